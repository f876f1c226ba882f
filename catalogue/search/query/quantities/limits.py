"""One quantity of a text, and what is said before and after a number that makes it an upper or a lower end."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalogue.search.query.quantities.comparisons import (
    BELOW,
    LOWER,
    UNSURE,
    UPPER,
    side_of,
    start_of,
)
from catalogue.search.query.quantities.number_words import SCALES, has_scale, number
from catalogue.vocabulary import VOCABULARY

# The largest number that a query string may have, which stands for no upper end.
MAX_NUMBER = 1_000_000_000
POPULATION = "population"

_BY_ITSELF = re.compile(r"(?:^|[.,;:!?(/\u2013-])\s*$")
OR_MORE = r"(?P<more>\s?\+|\s+(?:or\s+more|plus)\b)?(?P<fewer>\s+or\s+(?:fewer|less)\b)?"
TO = r"\s?(?:-|\u2013|to\b|or\b|and\b)\s?"


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text, from `start` to `end` (exclusive): its lowest and highest numbers.

    `name` is a range of the vocabulary, in its unit, or POPULATION: people who live somewhere.
    """

    name: str
    low: float
    high: float
    start: int
    end: int


def limited(
    name: str,
    match: re.Match[str],
    ends: tuple[str, str | None],
    factor: float = 1.0,
    extra: float = 0.0,
) -> Iterator[Quantity]:
    """Yield the quantity of a match, unless its numbers cannot be read or are too large.

    What is said before the number makes it an upper or a lower end; where nothing is, the kind of range
    does. `ends` are its one or two numbers as written, `extra` is added to them, `factor` brings them to the unit.
    """
    first, second = ends
    whole = VOCABULARY.ranges[name].unit in ("people", "pounds")
    one, two = number(first, whole), number(second or first, whole)
    if one is None or two is None:
        return
    if second and has_scale(second) and not has_scale(first) and one < two:
        one *= SCALES.get(re.sub(r"[\d.,\s]", "", second.lower()), 1)  # "5-10k"
    low, high = sorted(((one + extra) * factor, (two if second else one + extra) * factor))
    if high > MAX_NUMBER or (name == "people" and high % 1):
        return
    side = side_of(match)
    if side == UNSURE:
        return
    low, high = _by_comparison(name, match, side, (low, high), bool(second))
    if high > 0 or name == "budget":
        yield Quantity(name, _rounded(low, math.floor), _rounded(high, math.ceil), *trimmed(match))


def _rounded(value: float, up_or_down: Callable[[float], int]) -> float:
    """Round an end outwards to the decimals of a query string: twenty minutes are 0.34 hours at most."""
    return up_or_down(round(value * 100, 6)) / 100


def _by_comparison(
    name: str, match: re.Match[str], side: str, ends: tuple[float, float], both: bool
) -> tuple[float, float]:
    said = match.groupdict()
    low, high = ends
    if both and side not in (UPPER, BELOW):
        return ends
    lead = (said.get("lead") or "").lower()
    if name == "weeks" and lead.startswith("last") and not (side or said.get("more")):
        return ends
    # "£500 over three months" is how long it lasts; "over three months" by itself is more than that.
    lasts = name == "weeks" and (said.get("larger") or "").lower() == "over" and not lead
    at_least = side == LOWER or said.get("more")
    if at_least and not (lasts and not _BY_ITSELF.search(match.string[: match.start()])):
        return low, float(MAX_NUMBER)
    if side == BELOW:
        return 0.0, max(0.0, high - 1) if name in ("budget", "people") else high
    if side == UPPER or said.get("fewer") or VOCABULARY.ranges[name].single == "at-most":
        return 0.0, high
    return ends


def trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a match without the spaces at its ends, from the negation on that turns it round."""
    found = match[0]
    start = match.start() + len(found) - len(found.lstrip())
    return min(start, start_of(match)), match.end() - len(found) + len(found.rstrip())
