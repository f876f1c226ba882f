"""Reads judged searches: what somebody types, the methods to recommend first, and others that could serve."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalogue.model.slugs import near_slugs

SEARCHES_FILE = Path(__file__).with_name("searches.csv")
COLUMNS = ["search", "first", "also"]


class JudgedSearchesError(Exception):
    """The file cannot be used; the message names each wrong line, what was found, and how to mend it."""


@dataclass(frozen=True)
class JudgedSearch:
    """The words of a search, the slugs to recommend first, and those that could serve; all others are no help."""

    words: str
    first: tuple[str, ...]
    also: tuple[str, ...]


def read_judged_searches(path: Path = SEARCHES_FILE) -> tuple[JudgedSearch, ...]:
    """Read a CSV file with the columns search, first and also; slugs are separated by spaces.

    Raises JudgedSearchesError if it cannot be read, has other columns or another number of them, or holds no search.
    """
    try:
        # A spreadsheet may put a byte order mark first.
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except OSError as error:
        raise JudgedSearchesError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise JudgedSearchesError(f"{path} is no CSV file in UTF-8 ({error}). Save it as CSV UTF-8, with commas.") from error  # fmt: skip
    if not rows or rows[0] != COLUMNS:
        raise JudgedSearchesError(f"{path}:1: the columns are {', '.join(rows[0] if rows else ['none'])}. Write search,first,also, with commas between them.")  # fmt: skip
    wrong = [
        f"{path}:{number}: this row has {len(row)} parts, and there are three: search, first and also. "
        "Put quotation marks around a search that has a comma."
        for number, row in enumerate(rows[1:], start=2)
        if len(row) != len(COLUMNS)
    ]
    if wrong:
        raise JudgedSearchesError("\n".join(wrong))
    if not rows[1:]:
        raise JudgedSearchesError(f"{path} holds no searches. Write one a row below search,first,also.")  # fmt: skip
    return tuple(
        JudgedSearch(words, tuple(first.split()), tuple(also.split()))
        for words, first, also in rows[1:]
    )


def problems_of(searches: Sequence[JudgedSearch], slugs: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with judged searches, each in a sentence; `slugs` are those of all methods, in any order."""
    seen: set[str] = set()
    for each in searches:
        named = (*each.first, *each.also)
        if not each.first:
            yield f'"{each.words}" has no method to recommend first.'
        if each.words.casefold() in seen:
            yield f'"{each.words}" stands there twice. Take one row out.'
        seen.add(each.words.casefold())
        for slug in dict.fromkeys(slug for slug in named if slug not in slugs):
            near = near_slugs(slug, list(slugs), 1)
            meant = f' Did you mean "{near[0]}"?' if near else ""
            yield f'"{each.words}" names "{slug}", which is no method.{meant}'
        for slug in sorted({slug for slug in named if named.count(slug) > 1}):
            yield f'"{each.words}" names "{slug}" twice.'
