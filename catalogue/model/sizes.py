"""The sizes in which a method can be run, each with all its figures: what a light or large run leaves out is as usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.model.method import Cost, Method, People, Range, Size
from catalogue.model.price_levels import in_todays_money

LIGHT, USUAL, LARGE = "light", "usual", "large"
# From the smallest to the largest.
SIZES = (LIGHT, USUAL, LARGE)
# Of those that fit, the one that cards and the method's page show: the usual run first, as most of the page is about it.
PREFERRED = (USUAL, LIGHT, LARGE)
# The facets in which the sizes of a method may differ.
SIZED_FACETS = ("cost", "facilitation")


@dataclass(frozen=True)
class Run:
    """A method in one size, with all figures; `people` are those in all, `unsuitable` whom its form shuts out, and why."""

    size: str
    in_short: str
    people: People | None
    group_size: Range | None
    hours: Range | None
    weeks: Range | None
    cost: Cost | None
    staff_days: Range | None
    facilitation: str
    format: tuple[str, ...]
    needs: tuple[str, ...]
    gives_up: str
    unsuitable: Mapping[str, str] = field(default_factory=dict, hash=False)

    def number_range(self, name: str) -> Range | None:
        """Return the numbers of this run in a range of the vocabulary, money in pounds of today; None if not known."""
        if name == "budget":
            return todays_pounds(self.cost)
        value: Range | None = getattr(self, name)
        return value

    def choices(self, facet: str) -> tuple[str, ...]:
        """Return the values of this run in one of SIZED_FACETS; () if not known."""
        value = self.cost and self.cost.band if facet == "cost" else self.facilitation
        return (value,) if value else ()


def todays_pounds(cost: Cost | None) -> Range | None:
    """Return an outside cost in whole GBP, old sums in today's money: the one level at which costs meet limits; None if not known."""
    if cost is None:
        return None
    year = cost.year if cost.currency == "GBP" and (cost.low, cost.high) != (None, None) else None
    low, high = (
        None if end is None else round((year and in_todays_money(end, year)) or end)
        for end in (cost.gbp.low, cost.gbp.high)
    )
    return Range(low or 0, high)


def usual_run(method: Method) -> Run:
    """Return the usual run of a method. Where only the size of a group is known, it counts as all people."""
    size = method.group_size
    people = method.people_in_all or (
        People(size.low, size.high, size.note, "taking-part") if size else None
    )
    return Run(
        USUAL, "", people, method.group_size, method.participant_hours, method.lead_time_weeks, method.cost,
        method.staff_days, method.facilitation, method.format, (), "", method.inclusion_unsuitable,
    )  # fmt: skip


def runs(method: Method) -> tuple[Run, ...]:
    """Return the runs of a method in the order of SIZES; the usual one is always there."""
    usual = usual_run(method)
    light = (_resolved(LIGHT, method.light, usual),) if method.light else ()
    large = (_resolved(LARGE, method.large, usual),) if method.large else ()
    return (*light, usual, *large)


def _resolved(name: str, size: Size, usual: Run) -> Run:
    return Run(
        name,
        size.in_short,
        size.people_in_all or usual.people,
        size.group_size or usual.group_size,
        size.participant_hours or usual.hours,
        size.lead_time_weeks or usual.weeks,
        size.cost or usual.cost,
        size.staff_days or usual.staff_days,
        size.facilitation or usual.facilitation,
        size.format or usual.format,
        size.needs,
        size.gives_up,
        usual.unsuitable,
    )
