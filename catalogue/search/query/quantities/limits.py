"""One quantity of a text, and what is said before and after a number that makes it an upper or a lower end."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalogue.search.query.quantities.number_words import SCALES, has_scale, number
from catalogue.vocabulary import VOCABULARY

# The largest number that a query string may have, which stands for no upper end.
MAX_NUMBER = 1_000_000_000
POPULATION = "population"

_BELOW = r"under|below|less\s+than|fewer\s+than"
_AT_MOST = (
    r"up\s+to|at\s+most|at\s+the\s+most|no\s+more\s+than|not\s+more\s+than|max(?:imum)?(?:\s+of)?|within|"
    r"no\s+longer\s+than|as\s+little\s+as|"
    r"(?:can(?:'|\u2019)?t|cannot|not|don(?:'|\u2019)?t|never)\s+(?:\w+\s+){0,3}(?:(?:more|longer)\s+than|over|above)"
)
_AT_LEAST = r"over|more\s+than|at\s+least|above|upwards\s+of|minimum(?:\s+budget)?(?:\s+of)?|min"
_ABOUT = (
    r"about|around|roughly|approximately|approx\.?|some|nearly|almost|circa|ca\.?|say|only|just|maybe|perhaps|"
    r"another|between"
)
_LEAD = r"in|by|for|with|have|has|got|of|takes?|taking|budget\s+of|is|are|last(?:s|ing)?"
BEFORE = rf"(?:\b(?:(?P<below>{_BELOW})|(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?:{_ABOUT})|(?P<lead>{_LEAD}))\s+)*"
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
    low, high = _by_comparison(name, match, low, high, bool(second))
    if high > 0 or name == "budget":
        yield Quantity(name, _rounded(low, math.floor), _rounded(high, math.ceil), *trimmed(match))


def _rounded(value: float, up_or_down: Callable[[float], int]) -> float:
    """Round an end outwards to the decimals of a query string: twenty minutes are 0.34 hours at most."""
    return up_or_down(round(value * 100, 6)) / 100


def _by_comparison(
    name: str, match: re.Match[str], low: float, high: float, both: bool
) -> tuple[float, float]:
    said = match.groupdict()
    at_least = said.get("more") or said.get("least")
    if both and not said.get("most") and not said.get("below"):
        return low, high
    lead = (said.get("lead") or "").lower()
    if (
        name == "weeks"
        and lead.startswith("last")
        and not (said.get("most") or said.get("below") or at_least)
    ):
        return low, high
    # "£500 over three months" is how long it lasts; "over three months" by itself is more than that.
    lasts = name == "weeks" and (at_least or "").lower() == "over" and not lead
    if at_least and not (lasts and not _BY_ITSELF.search(match.string[: match.start()])):
        return low, float(MAX_NUMBER)
    if said.get("below"):
        return 0.0, max(0.0, high - 1) if name in ("budget", "people") else high
    if said.get("most") or said.get("fewer") or VOCABULARY.ranges[name].single == "at-most":
        return 0.0, high
    return low, high


def trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a match without the spaces at its ends."""
    found = match[0]
    start = match.start() + len(found) - len(found.lstrip())
    return start, match.end() - len(found) + len(found.rstrip())
