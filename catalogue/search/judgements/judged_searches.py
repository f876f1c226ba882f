"""Reads judged searches: what somebody types, the methods to recommend first, and others that could serve."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

SEARCHES_FILE = Path(__file__).with_name("searches.csv")


@dataclass(frozen=True)
class JudgedSearch:
    """The words of a search, the slugs to recommend first, and those that could serve; all others are no help."""

    words: str
    first: tuple[str, ...]
    also: tuple[str, ...]


def read_judged_searches(path: Path = SEARCHES_FILE) -> tuple[JudgedSearch, ...]:
    """Read a CSV file with the columns search, first and also; slugs are separated by spaces.

    Raises OSError, or KeyError if a column is missing.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            JudgedSearch(row["search"], tuple(row["first"].split()), tuple(row["also"].split()))
            for row in csv.DictReader(file)
        )
