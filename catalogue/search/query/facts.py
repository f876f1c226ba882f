"""Finds the facts that a search names, such as "cheap", "young people", "under £500" or "in two weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalogue.model.facts import Fact
from catalogue.search.query.thesaurus import THESAURUS
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
# (pattern, name of the range, units of the range for each one counted).
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
# The largest number that a query string may have.
MAX_NUMBER = 1_000_000_000
THOUSANDS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


@dataclass(frozen=True)
class FactMention:
    """A fact and its mention in a search: the text, from `start` to `end` (exclusive) in the search."""

    fact: Fact
    text: str
    start: int
    end: int


@cache
def _named_facts() -> tuple[re.Pattern[str], dict[str, Fact]]:
    """Return a pattern of all words for the options of facts, and the fact that each means, in lowercase."""
    meanings: dict[str, Fact] = {}
    for facet in VOCABULARY.facets.values():
        if not facet.fact:
            continue
        for option in facet.options:
            for word in (*option.synonyms, option.label):
                if word.lower() in THESAURUS.generic:
                    continue
                fact = meanings.get(word.lower(), Fact(facet.name))
                if fact.name == facet.name and option.value not in fact.values:
                    meanings[word.lower()] = Fact(facet.name, (*fact.values, option.value))
    joined = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE), meanings


def find_mentions(text: str) -> list[FactMention]:
    """Return the facts that a text names, in order and without overlaps; numbers win over options."""
    mentions: list[FactMention] = []
    for mention in (*_mentioned_numbers(text), *_mentioned_options(text)):
        if all(mention.end <= other.start or mention.start >= other.end for other in mentions):
            mentions.append(mention)
    return sorted(mentions, key=lambda mention: mention.start)


def _mentioned_numbers(text: str) -> Iterator[FactMention]:
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


def _range(match: re.Match[str], name: str, low: float, high: float) -> FactMention:
    text = match[0].strip()
    start = match.start() + match[0].index(text)
    return FactMention(Fact(name, numbers=(low, high)), text, start, match.end())


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


def _mentioned_options(text: str) -> Iterator[FactMention]:
    pattern, meanings = _named_facts()
    for match in pattern.finditer(text):
        # re takes "ſ" for "s"; lower() does not.
        if fact := meanings.get(match[0].lower()):
            yield FactMention(fact, match[0], match.start(), match.end())
