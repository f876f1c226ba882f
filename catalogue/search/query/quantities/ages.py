"""The ages of people that a text names, and the group that people of such an age are: "under 5s", "aged 50 plus"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from catalogue.search.query.quantities.number_words import number

_THINGS = "plan|strategy|policy|building|hall|bridge|scheme|contract|house|road|system|agreement|law|row|dispute|problem|project|estate|school|tree|pool"
_TO = r"\s?(?:-|\u2013|to|and)\s?"
_UP = r"\s?(?:\+|plus\b|(?:and|or)\s+(?:over|above|older|up|upwards)\b)"
_AGE = re.compile(
    rf"\b(?:(?P<low>\d{{1,2}}){_TO})?(?P<age>\d{{1,2}}|[a-z]+teen|seven|eight|nine|ten|eleven|twelve)[\s-]+years?[\s-]+olds?\b(?!\s(?:{_THINGS}))"
    rf"|\b(?:aged?|ages)\s(?:between\s)?(?P<from>\d{{1,2}})(?:{_TO}(?P<to>\d{{1,2}}))?(?P<up>{_UP})?(?!\d)"
    r"|\bover[\s-]?(?P<over>\d{2})['\u2019]?s\b|\b(?P<at_least>\d{2})\s?(?:\+|(?:and|or)\s+(?:over|older))(?=\s*(?:[.,;:!?)]|$))"
    rf"|\bunder[\s-]?(?P<under>\d{{1,2}})['\u2019]?s\b|\b(?P<first>\d{{1,2}}){_TO}(?P<last>\d{{1,2}})s\b"
    r"|\b(?:people|residents|tenants|adults|patients|those|anyone|everyone)\s+over\s+(?P<past>\d{2})\b(?!\s*(?:%|people|days|weeks|hours|miles|,\d))",
    re.I,
)  # fmt: skip
# Below the first age people are young, in the vocabulary; from the second on they are older.
_YOUNG, _OLDER = 25, 50
YOUNG_PEOPLE, OLDER_PEOPLE = "young-people", "older people"


@dataclass(frozen=True)
class Ages:
    """The ages that a text names at a place of it, in years, from `low` to `high`: infinite where no end is named."""

    low: float
    high: float
    start: int
    end: int

    @property
    def are_young(self) -> bool:
        """Whether people of these ages are young: those "16 to 25" are."""
        return self.high <= _YOUNG

    @property
    def are_older(self) -> bool:
        """Whether people of these ages are older people."""
        return self.low >= _OLDER


def find_ages(text: str) -> Iterator[Ages]:
    """Yield the ages that a text names, in their order."""
    for match in _AGE.finditer(text):
        low, high = _ends({name: value for name, value in match.groupdict().items() if value})
        if low is not None and high is not None:
            yield Ages(min(low, high), max(low, high), *match.span())


def ages_in(text: str) -> tuple[float, ...]:
    """Return the ages of people that a text names, in years, both ends of a range."""
    ends = (end for ages in find_ages(text) for end in (ages.low, ages.high))
    return tuple(dict.fromkeys(end for end in ends if 0 < end < inf))


def _ends(said: dict[str, str]) -> tuple[float | None, float | None]:
    if under := said.get("under"):
        return 0.0, float(under) - 1
    if over := said.get("over") or said.get("past") or said.get("at_least"):
        return float(over), inf
    low = number(said.get("low") or said.get("from") or said.get("first") or said["age"])
    if said.get("up"):
        return low, inf
    return low, number(said.get("age") or said.get("to") or said.get("last") or said["from"])
