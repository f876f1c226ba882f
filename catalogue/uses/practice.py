"""What several uses of a method come to: ranges, beside the figures of its page, and totals.

A range is shown only of three figures or more, so that no single use is taken for what is usual.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from catalogue.uses.use import Use

# Fewer say nothing of what is usual.
ENOUGH = 3
# The figures of a use; money in GBP.
FIGURES: dict[str, Callable[[Use], float | None]] = {
    "people": lambda use: use.people,
    "weeks": lambda use: use.weeks,
    "money": lambda use: use.gbp,
    "staff_days": lambda use: use.staff_days,
}


@dataclass(frozen=True)
class Spread:
    """The least, the middle (median) and the most of some figures, and how many there are."""

    low: float
    middle: float
    high: float
    count: int


@dataclass(frozen=True)
class Totals:
    """What some uses come to in all: each sum with the number of uses that give the figure."""

    uses: int
    methods: int
    people: tuple[float, int]
    money: tuple[float, int]
    changed: int
    again: Counter[str]


def spread(uses: Iterable[Use], figure: str) -> Spread | None:
    """Return the spread of one of FIGURES; None if fewer than ENOUGH uses give it."""
    found = _known(uses, figure)
    if len(found) < ENOUGH:
        return None
    return Spread(min(found), median(found), max(found), len(found))


def totals(uses: Sequence[Use]) -> Totals:
    """Return what uses come to in all; money in GBP."""
    people, money = _known(uses, "people"), _known(uses, "money")
    return Totals(
        uses=len(uses),
        methods=len({use.method for use in uses}),
        people=(sum(people), len(people)),
        money=(sum(money), len(money)),
        changed=sum(bool(use.what_changed) for use in uses),
        again=Counter(use.again for use in uses),
    )


def _known(uses: Iterable[Use], figure: str) -> list[float]:
    value = FIGURES[figure]
    return [number for use in uses if (number := value(use)) is not None]
