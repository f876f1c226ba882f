"""Finds the facts that a search names, such as "cheap", "young people", "under £500" or "in two weeks"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalogue.model.facts import Fact
from catalogue.model.numbers import read_number
from catalogue.search.query.thesaurus import THESAURUS
from catalogue.vocabulary import VOCABULARY

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"a": 1, "an": 1, "single": 1, "few": 3, "couple of": 2}  # fmt: skip
_COUNT = r"(\d+(?:[.,]\d{1,2})?|a few|a couple of|half an?|an?|" + "|".join(NUMBER_WORDS) + r")"
_UNIT = r"(?:\s?(k|thousand|grand|m|mn|million)(?!\w))?"
_LIMIT = r"(?:under|below|less than|up to|within|between|for|with|only|about|around|max(?:imum)?|budget of|have)"
_STRICT = re.compile(r"(?:under|below|less than)\b", re.I)
_AMOUNT = (
    rf"(£|€|us\$|\$)?(?:(?<=\W)\s)?(?<![\w.,])(\d(?:[\d.,]*\d)?){_UNIT}"
    r"(?:\s?(pounds|quid|gbp|euros?|eur|dollars|usd))?(?!\w)"
)
# One number or a range of two; `_pounds` decides whether it is money.
MONEY = re.compile(rf"(?:\b{_LIMIT}\s+)?(?:{_AMOUNT}\s?(?:-|\u2013|to|and)\s?)?{_AMOUNT}", re.I)
# A number of thousands or millions is money but before a noun in the plural: "10k homes".
COUNTED = re.compile(r"\s+(?:people\b|(?!this\b|plus\b|less\b|across\b|towards\b)\w{2,}s\b)", re.I)
# A number alone is money after one of these words, if it is no year and nothing else is measured by it.
SPENT = re.compile(r"\b(?:budget|spend|spending|afford|costs?|costing|funding|grant)(?:\s+(?:of|is|up to|about|around|only))?\s*$", re.I)  # fmt: skip
MEASURED = re.compile(
    r"\s*(?:%|people\b|(?!this\b|plus\b|less\b)\w+s\b|hour|day|week|month|year)", re.I
)
YEARS = range(1900, 2100)
CURRENCIES = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
              "$": "USD", "us$": "USD", "dollars": "USD", "usd": "USD"}  # fmt: skip
TIMES = (
    (re.compile(rf"\b(?:in|within|under|have|only)\s+{_COUNT}\s+weeks?\b", re.I), "weeks", 1.0),
    (re.compile(rf"\b(?:in|within|under|have|only)\s+{_COUNT}\s+months?\b", re.I), "weeks", 4.345),
    (re.compile(rf"\b(?:in|within|under|for|only)?\s*(?<![\d.,]){_COUNT}\s+hours?\b", re.I), "hours", 1.0),
    (re.compile(r"\b(?:in|within|for)?\s*(half)\s+a\s+day\b", re.I), "hours", 4.0),
    (re.compile(r"\b(?:in|within|for)\s+(an?|one|a single)\s+(?:evening|afternoon|morning)\b", re.I), "hours", 3.0),
)  # fmt: skip
PEOPLE = re.compile(
    rf"\b(?:for|with|of)?\s*(?<![\d.,])(\d(?:[\d.,]*\d)?){_UNIT}\s+"
    r"(?:people|persons|residents|participants|patients|staff|citizens|members)\b", re.I
)  # fmt: skip
# The largest number that a query string may have.
MAX_NUMBER = 1_000_000_000
THOUSANDS = dict.fromkeys(("k", "thousand", "grand"), 1_000) | dict.fromkeys(("m", "mn", "million"), 1_000_000)  # fmt: skip


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
        # A mark behind it belongs to its last letter, so the word goes on.
        goes_on = unicodedata.combining(text[mention.end : mention.end + 1] or " ")
        if not goes_on and all(
            mention.end <= other.start or mention.start >= other.end for other in mentions
        ):
            mentions.append(mention)
    return sorted(mentions, key=lambda mention: mention.start)


def _mentioned_numbers(text: str) -> Iterator[FactMention]:
    for match in MONEY.finditer(text):
        pounds = _pounds(match)
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
        number = amount(match[1], match[2])
        if 0 < number <= MAX_NUMBER and number % 1 == 0:
            yield _range(match, "people", number, number)


def _pounds(match: re.Match[str]) -> float:
    """Return the most that a number or a range comes to in pounds; 0.0 if it is no money."""
    text, end = match.string, match.end()
    lower_sign, _, _, lower_name, sign, digits, unit, name = match.groups()
    currency = sign or name or lower_sign or lower_name
    if not currency and not (unit and not COUNTED.match(text, end)):
        spent = SPENT.search(match[0][: -len(digits)]) or SPENT.search(text[: match.start()])
        if not spent or unit or MEASURED.match(text, end) or (digits.isdigit() and int(digits) in YEARS):  # fmt: skip
            return 0.0
    rate = VOCABULARY.gbp_rates[CURRENCIES.get((currency or "").lower(), "GBP")]
    return amount(digits, unit) if rate == 1 else float(round(amount(digits, unit) / rate))


def amount(digits: str, unit: str | None) -> float:
    """Return the number that digits and a unit such as "k" stand for; 0.0 if it cannot be read."""
    return _float(digits, whole=not unit) * THOUSANDS.get((unit or "").lower(), 1)


def _range(match: re.Match[str], name: str, low: float, high: float) -> FactMention:
    text = match[0].strip()
    start = match.start() + match[0].index(text)
    return FactMention(Fact(name, numbers=(low, high)), text, start, match.end())


def _float(text: str, whole: bool = False) -> float:
    """Return the number that a text means, `whole` if money or people are counted; 0.0 if that is not sure."""
    return float(read_number(text, whole).sure or 0)


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
