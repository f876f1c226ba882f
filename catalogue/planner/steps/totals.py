"""A plan: some methods in an order, what they take together, and how that stands to the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from catalogue.model.method import Range
from catalogue.model.sizes import todays_pounds
from catalogue.planner.limits import BREAKS, FITS, TIGHT, UNKNOWN
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.schedule import overlaps
from catalogue.vocabulary import VOCABULARY

# Where some give more than so many times the hours of others, people do different things. Our judgement.
UNLIKE = 10


@dataclass(frozen=True)
class Total:
    """The sum of a fact over all steps; `high` is None if a step has no upper end.

    `unknown` are the titles of the steps that say nothing: the sum is then without them, and no upper end holds.
    """

    low: float
    high: float | None
    unknown: tuple[str, ...] = ()

    def state(self, limit: float | None) -> str:
        """Say how the sum stands to a limit: fits, tight (only at its lower end), breaks or unknown; "" without one."""
        if limit is None:
            return ""
        if self.low > limit:
            return BREAKS
        if self.unknown:
            return UNKNOWN
        return FITS if self.high is not None and self.high <= limit else TIGHT


@dataclass(frozen=True)
class Totals:
    """What all steps take: weeks in a row and with overlap, GBP in today's money, days, and hours of participants.

    `hours_each` is for somebody who takes part in every step, `hours_in_all` for all who take part together.
    """

    weeks_in_turn: Total
    weeks: Total
    money: Total
    staff_days: Total
    hours_each: Total
    hours_in_all: Total


def totals(picked: Sequence[Picked]) -> Totals:
    """Return the sums of a plan."""
    in_turn = _sum(picked, lambda one: one.run.weeks)
    lows, highs = (sum(ends) for ends in zip(*overlaps(picked), strict=True)) if len(picked) > 1 else (0.0, 0.0)  # fmt: skip
    weeks = Total(
        in_turn.low - lows, None if in_turn.high is None else in_turn.high - highs, in_turn.unknown
    )
    return Totals(
        in_turn,
        weeks,
        _sum(picked, lambda one: todays_pounds(one.run.cost)),
        _sum(picked, lambda one: one.run.staff_days),
        _sum(picked, lambda one: one.run.hours),
        _sum(picked, _hours_in_all),
    )


def _sum(picked: Iterable[Picked], part: Callable[[Picked], Range | None]) -> Total:
    low, high, unknown = 0.0, 0.0, []
    no_end = False
    for one in picked:
        numbers = part(one)
        if numbers is None:
            unknown.append(one.method.title)
            continue
        low += numbers.low
        no_end = no_end or numbers.high is None
        high += numbers.high or 0.0
    return Total(low, None if no_end else high, tuple(unknown))


def _hours_in_all(one: Picked) -> Range | None:
    """Return the hours that all who take part give together; None if people are not counted as taking part.

    No upper end is known where some give many times the hours of others: a vote takes all of them minutes, and the few of a steering group weeks.
    """
    people, hours = one.run.people, one.run.hours
    if hours is not None and hours.high == 0:
        return Range(0, 0)
    if people is None or hours is None or people.counts not in ("", "taking-part"):
        return None
    alike = hours.high is not None and hours.high <= UNLIKE * hours.low
    both = people.high is not None and alike
    return Range(people.low * hours.low, (people.high or 0) * (hours.high or 0) if both else None)


def covered(picked: Iterable[Picked]) -> dict[str, tuple[Picked, ...]]:
    """Return, for each stage of the vocabulary in its order, the steps that cover it."""
    steps = tuple(picked)
    stages = VOCABULARY.facets["stage"].values
    return {stage: tuple(one for one in steps if stage in one.method.stage) for stage in stages}
