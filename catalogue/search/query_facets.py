"""Finds facts named in a search, such as "cheap", "young people", "under £500" or "in two weeks".

Works for search/query_parser.py, which takes them out of what was typed; methods with those facts are
raised, and the page offers the filter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalogue.search.thesaurus import THESAURUS
from catalogue.vocabulary import VOCABULARY

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"a": 1, "an": 1, "single": 1, "few": 3, "couple of": 2}  # fmt: skip
_COUNT = r"(\d+(?:\.\d+)?|a few|a couple of|half an?|an?|" + "|".join(NUMBER_WORDS) + r")"
_SUM = r"(\d+(?:,\d+)*(?:\.\d+)?)(?:\s?(k|thousand|m|million))?"
_LIMIT = (
    r"(?:under|below|less than|up to|within|for|with|only|about|around|max(?:imum)?|budget of|have)"
)
_STRICT = re.compile(r"(?:under|below|less than)\b", re.I)
# The words, what they limit, and how many of the unit one of them is.
MONEY = re.compile(rf"(?:\b{_LIMIT}\s+)?(?:£\s?{_SUM}|\b{_SUM}\s?(?:pounds|quid|gbp))(?!\w)", re.I)
TIMES = (
    (re.compile(rf"\b(?:in|within|under|have|only)\s+{_COUNT}\s+weeks?\b", re.I), "weeks", 1.0),
    (re.compile(rf"\b(?:in|within|under|have|only)\s+{_COUNT}\s+months?\b", re.I), "weeks", 4.345),
    (re.compile(rf"\b(?:in|within|under|for|only)?\s*(?<![\d.,]){_COUNT}\s+hours?\b", re.I), "hours", 1.0),
    (re.compile(r"\b(?:in|within|for)?\s*(half)\s+a\s+day\b", re.I), "hours", 4.0),
    (re.compile(r"\b(?:in|within|for)\s+(an?|one|a single)\s+(?:evening|afternoon|morning)\b", re.I), "hours", 3.0),
)  # fmt: skip
PEOPLE = re.compile(
    r"\b(?:for|with|of)?\s*(?<![\d.,])(\d+(?:,\d+)*)\s+"
    r"(?:people|persons|residents|participants|patients|staff|citizens|members)\b", re.I
)  # fmt: skip
# The largest number that an address may carry; see search/search_request.py.
MAX_NUMBER = 1_000_000_000
THOUSANDS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


@dataclass(frozen=True)
class Hint:
    """A fact that somebody named: an option of a facet, or a range; `start` and `end` in the text."""

    text: str
    start: int
    end: int
    facet: str = ""
    values: tuple[str, ...] = ()
    range: str = ""
    low: float = 0.0
    high: float = 0.0


@cache
def _options() -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    """Return a pattern of all words for options that may be named, and what each means."""
    meanings: dict[str, tuple[str, tuple[str, ...]]] = {}
    for facet in VOCABULARY.facets.values():
        if not facet.hint:
            continue
        for option in facet.options:
            for word in (*option.synonyms, option.label):
                if word.lower() in THESAURUS.generic:
                    continue
                name, values = meanings.get(word.lower(), (facet.name, ()))
                if name == facet.name and option.value not in values:
                    meanings[word.lower()] = (name, (*values, option.value))
    joined = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE), meanings


def find_hints(text: str) -> list[Hint]:
    """Return the facts named in a text, in order and without overlaps; numbers come first."""
    found: list[Hint] = []
    for hint in (*_numbers(text), *_named_options(text)):
        if all(hint.end <= other.start or hint.start >= other.end for other in found):
            found.append(hint)
    return sorted(found, key=lambda hint: hint.start)


def _numbers(text: str) -> Iterator[Hint]:
    for match in MONEY.finditer(text):
        sum_, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        pounds = _float(sum_) * THOUSANDS.get((unit or "").lower(), 1)
        if _STRICT.match(match[0]):
            pounds -= 1  # "under £500" is £499 at most
        if 0 < pounds <= MAX_NUMBER:
            yield _range(match, "budget", 0.0, pounds)
    for pattern, name, factor in TIMES:
        for match in pattern.finditer(text):
            count = 1.0 if factor == 4.0 and name == "hours" else _count(match[1])
            if 0 < count <= MAX_NUMBER / factor:
                yield _range(match, name, 0.0, float(max(1, round(count * factor))) if factor > 1
                             else count * factor)  # fmt: skip
    for match in PEOPLE.finditer(text):
        number = _float(match[1])
        if 0 < number <= MAX_NUMBER:
            yield _range(match, "people", number, number)


def _range(match: re.Match[str], name: str, low: float, high: float) -> Hint:
    text = match[0].strip()
    start = match.start() + match[0].index(text)
    return Hint(text, start, match.end(), range=name, low=low, high=high)


def _float(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0


def _count(text: str) -> float:
    word = " ".join(text.lower().split()).removeprefix("a ") if " " in text else text.lower()
    if word.startswith("half"):
        return 0.5
    return float(NUMBER_WORDS.get(word) or _float(word))


def _named_options(text: str) -> Iterator[Hint]:
    pattern, meanings = _options()
    for match in pattern.finditer(text):
        # re takes "ſ" for "s"; lower() does not.
        if meaning := meanings.get(match[0].lower()):
            facet, values = meaning
            yield Hint(match[0], match.start(), match.end(), facet=facet, values=values)
