"""Reads single parameters of a query string.

Nothing raises: what cannot be used is left out or cut, and named in a `Notice`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Protocol

from catalogue.model.letters import compose
from catalogue.model.numbers import read_number
from catalogue.model.unprintable import escape, strip_line
from catalogue.search.query.quantities.finder import find_quantities
from catalogue.search.query.quantities.limits import MAX_NUMBER
from catalogue.search.query.quantities.money import OTHER_MONEY
from catalogue.search.query.quantities.number_words import SCALES
from catalogue.vocabulary import VOCABULARY

# A letter of some 170 words, of which MAX_TERMS of the parser are searched for.
MAX_WORDS_LENGTH = 1_000
MAX_SHOWN = 60
# How many parameters without a meaning a page names.
MAX_UNKNOWN = 3
# One fewer than a group of thousands has digits, so that what we write can be read in one way only.
DECIMALS = 2
# The units of ranges of which nobody means a thousandth: "1.500" is 1500.
COUNTED = ("people", "pounds")
# "20-40", "20 to 40", "12", "5,000", "£5000", "80k"
_NUMBER = r"£?\s*(\d(?:[\d.,\s]*\d)?)(?:\s?(k|thousand|m|million))?"
NUMBERS = re.compile(rf"{_NUMBER}(?:\s*(?:-|\u2013|to)\s*{_NUMBER})?", re.I)


class Parameters(Protocol):
    """The part of werkzeug's MultiDict that is used here."""

    def getlist(self, key: str) -> list[str]:
        """Return all values of a key."""

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, each once."""

    def __contains__(self, key: object) -> bool:
        """Whether there is a value of a key."""


@dataclass(frozen=True)
class Notice:
    """Something that was ignored or changed in a request, as data; not yet in words.

    `query` is the query string of what was left out; "" where that cannot be shown.
    """

    code: str
    name: str = ""
    found: str = ""
    options: tuple[str, ...] = ()
    query: str = ""


def readable(text: str) -> str:
    r"""Return unusable input as a message may quote it: short, and without what cannot be seen unless that is all.

    Then it is written as an escape, such as `\x00`.
    """
    plain = strip_line(text) or escape(text.strip())
    return plain if len(plain) <= MAX_SHOWN else plain[: MAX_SHOWN - 1] + "…"


def unknown_parameters(parameters: Parameters, known: Container[str]) -> list[Notice]:
    """Return notices on the first parameters whose names are not `known`, at most MAX_UNKNOWN."""
    unknown = [name for name in parameters if name not in known]
    return [Notice("parameter-unknown", readable(name) or "=") for name in unknown[:MAX_UNKNOWN]]


def read_values(name: str, parameters: Parameters) -> list[str]:
    """Return the different values of a parameter, without blanks."""
    return list(dict.fromkeys([compose(v.strip()) for v in parameters.getlist(name) if v.strip()]))


def read_words(parameters: Parameters, notices: list[Notice]) -> str:
    """Read the search words: one line, no control characters, cut at MAX_WORDS_LENGTH."""
    values = read_values("q", parameters)
    if len(values) > 1:
        notices.append(Notice("only-first", "q", readable(values[0])))
    words = strip_line(values[0]) if values else ""
    if len(words) > MAX_WORDS_LENGTH:
        notices.append(Notice("words-long", "q", str(MAX_WORDS_LENGTH)))
        words = strip_line(words[:MAX_WORDS_LENGTH])
    return words


def read_first(name: str, parameters: Parameters, notices: list[Notice]) -> str:
    """Read a parameter that has one value; the first counts."""
    if name not in parameters:
        return ""
    values = read_values(name, parameters)
    if len(values) > 1:
        notices.append(Notice("only-first", name, readable(values[0])))
    return values[0] if values else ""


def read_count(
    name: str, parameters: Parameters, default: int, maximum: int, notices: list[Notice]
) -> int:
    """Read a whole number from 1 to `maximum`; `default` where there is none."""
    value = read_first(name, parameters, notices)
    if not value:
        return default
    number = int(value) if re.fullmatch(r"[0-9]{1,12}", value) else 0
    if number < 1:
        notices.append(Notice("number-unreadable", name, readable(value)))
        return default
    if number > maximum:
        notices.append(Notice("number-large", name, readable(value), (str(maximum),)))
        return maximum
    return number


def read_switch(name: str, on: str, parameters: Parameters, notices: list[Notice]) -> bool:
    """Read a parameter that has one option, or is left out."""
    value = read_first(name, parameters, notices)
    if value and value != on:
        notices.append(Notice("option-unknown", name, readable(value), (on,)))
    return value == on


def read_range(
    name: str, parameters: Parameters, notices: list[Notice]
) -> tuple[float, float] | None:
    """Read a range of the vocabulary; None where there is none, or it cannot be read."""
    value = read_first(name, parameters, notices)
    if not value:
        return None
    numbers = None
    if len(value) < MAX_SHOWN:
        numbers = _in_figures(name, value) or _with_unit(name, value)
    if numbers is None:
        notices.append(Notice("range-unreadable", name, readable(value)))
    return numbers


def _in_figures(name: str, value: str) -> tuple[float, float] | None:
    """Return the range that one or two numbers mean; None if they are none, or are pounds where nothing is paid."""
    match = NUMBERS.fullmatch(value)
    unit = VOCABULARY.ranges[name].unit
    numbers = _ends(unit in COUNTED, *match.groups()) if match else []
    paid = "£" in value and unit != "pounds"
    if not numbers or paid or any(number is None or number > MAX_NUMBER for number in numbers):
        return None
    ends = sorted(number for number in numbers if number is not None)
    if len(ends) == 1:
        low = 0.0 if VOCABULARY.ranges[name].single == "at-most" else ends[0]
        return low, ends[0]
    return ends[0], ends[1]


def _with_unit(name: str, value: str) -> tuple[float, float] | None:
    """Return the range that a quantity with its unit means, such as "nine months".

    None if it has no upper end, another unit, or is other money than pounds, which nobody is to find converted.
    """
    found = [] if OTHER_MONEY.search(value) else find_quantities(value)
    if len(found) != 1 or found[0].name != name or found[0].high >= MAX_NUMBER:
        return None
    return (found[0].low, found[0].high) if found[0].end - found[0].start == len(value) else None


def _ends(
    whole: bool, low: str, low_unit: str | None, high: str | None, unit: str | None
) -> list[float | None]:
    """Return the one or two numbers of a range; in "10-20k", but not in "800-1k", the unit is that of both."""
    if high is None:
        return [_number(low, low_unit, whole)]
    shared = unit if (_number(low, None, whole) or 0) < (_number(high, None, whole) or 0) else None
    return [_number(low, low_unit or shared, whole), _number(high, unit, whole)]


def _number(text: str, unit: str | None, whole: bool) -> float | None:
    """Return the number that a text means, `whole` if money or people are counted; None if that is not sure."""
    meant = read_number(text, whole and not unit).sure
    return None if meant is None else round(meant * SCALES.get((unit or "").lower(), 1), DECIMALS)
