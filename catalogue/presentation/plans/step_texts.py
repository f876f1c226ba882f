"""A plan in words: its sums against the limits, what each step hands on, and its timeline."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.i18n import N_, gettext
from catalogue.model.method import Method
from catalogue.model.sizes import Run, runs
from catalogue.planner.answers import COUNCIL, FREE
from catalogue.planner.limits import BREAKS, FITS, TIGHT, UNKNOWN
from catalogue.planner.steps.handover import Handover, handovers, must_exist
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.schedule import Slot, schedule
from catalogue.planner.steps.totals import Total, Totals
from catalogue.presentation.drawings.scales import ScaleRow, scale_rows
from catalogue.presentation.formatting import (
    choice_option,
    days_text,
    hours_text,
    money,
    most_text,
    option_label,
    uncapitalised,
    weeks_text,
)
from catalogue.presentation.plans.comparison import size_name
from catalogue.presentation.size_views import size_figures
from catalogue.vocabulary import VOCABULARY

# What a step of some stages does, inside a sentence.
DOES = {
    "generate": N_("brings up options"),
    "weigh": N_("weighs options"),
    "decide": N_("decides"),
    "follow-up": N_("acts and reports back"),
}
STATES = {
    FITS: N_("Fits your limit of %(limit)s."),
    TIGHT: N_("Tight: fits your limit of %(limit)s only near its lower end."),
    BREAKS: N_("Breaks your limit of %(limit)s: at least %(over)s too much."),
    UNKNOWN: N_("Not known to fit your limit of %(limit)s, as a step says nothing."),
}
FREE_ROOMS = N_("Rooms are counted as free.")
# The width of the picture of the timeline, in units of its own.
PICTURE_WIDTH = 1000


@dataclass(frozen=True)
class SumText:
    """One sum: its label, the range in words, a remark, and how it stands to the limit ("" without one)."""

    name: str
    label: str
    text: str
    note: str
    state: str
    verdict: str


@dataclass(frozen=True)
class Bar:
    """The bar of a step in units of the picture: where it begins, and its ends if it is short or long."""

    start: float
    shortest: float
    longest: float


@dataclass(frozen=True)
class StepText:
    """A step of a plan in words; `hands_on` and `gap` are about the step after it, "" for the last."""

    picked: Picked
    number: int
    name: str
    figures: str
    stages: str
    weeks: str
    bar: Bar
    hands_on: str
    gap: str
    must_exist: str
    scales: tuple[ScaleRow, ...]


def step_name(one: Picked) -> str:
    """Write a step with its size: "Survey, light version"; the usual run is not named."""
    return sized_name(one.method, one.run)


def sized_name(method: Method, run: Run) -> str:
    """Write a method with one of its sizes as `step_name` does."""
    if run.size == "usual":
        return method.title
    return gettext("%(method)s, %(size)s", method=method.title, size=size_name(run.size))


def step_texts(
    picked: Sequence[Picked], limits: Mapping[str, tuple[float, float]]
) -> list[StepText]:
    """Return the steps of a plan in words, with their bars on the shared scales, and on one of all weeks and the limit."""
    slots = schedule(picked)
    scale = timeline_weeks(slots, limits)
    hands = [*handovers(picked), None] if picked else []
    stage = VOCABULARY.facets["stage"]
    found = []
    for n, (one, slot, hand, needs) in enumerate(
        zip(picked, slots, hands, must_exist(picked), strict=True), start=1
    ):
        following = picked[n] if n < len(picked) else None
        found.append(
            StepText(
                one, n, step_name(one), size_figures(one.run),
                ", ".join(option_label(stage, value) for value in one.method.stage),
                _slot_text(slot), _bar(slot, scale),
                _hands_on(hand) if hand else "",
                _gap(hand, following) if hand and following else "",
                "; ".join(gettext(choice_option("needs", need).help) for need in needs),
                tuple(scale_rows(runs(one.method), one.run.size, limits)),
            )
        )  # fmt: skip
    return found


def timeline_note(totals: Totals) -> str:
    """Say how the ends of the steps belong to the weeks in all, which begin at the shortest time of every step."""
    shortest = _weeks(totals.weeks.low, totals.weeks.low)
    return gettext(
        "Each step is set down as if the ones before it took their longest. If every step takes its shortest, all of them take %(weeks)s.",
        weeks=shortest,
    )  # fmt: skip


def timeline_weeks(slots: Sequence[Slot], limits: Mapping[str, tuple[float, float]]) -> float:
    """Return how many weeks the picture shows: the whole plan at its longest, or the limit if that is more."""
    ends = [slot.longest for slot in slots]
    if "weeks" in limits:
        ends.append(min(limits["weeks"][1], 2 * max(ends, default=0.0) or 1.0))
    return max(1.0, *ends) if ends else 1.0


def limit_mark(scale: float, limits: Mapping[str, tuple[float, float]]) -> float | None:
    """Return where the limit of weeks lies in the picture; None without one or beyond its end."""
    if "weeks" not in limits or limits["weeks"][1] > scale:
        return None
    return round(limits["weeks"][1] / scale * PICTURE_WIDTH, 1)


def _bar(slot: Slot, scale: float) -> Bar:
    start, shortest, longest = (
        round(week / scale * PICTURE_WIDTH, 1) for week in (slot.start, slot.shortest, slot.longest)
    )
    return Bar(start, shortest, longest)


def _slot_text(slot: Slot) -> str:
    first = math.floor(slot.start) + 1
    if not slot.known:
        return gettext("from week %(first)s; how long it takes is not known", first=first)
    short = max(first, math.ceil(slot.shortest))
    long = max(first, math.ceil(slot.longest))
    if slot.open:
        return gettext("from week %(first)s, until week %(last)s or later", first=first, last=short)
    if first == long:
        return gettext("in week %(first)s", first=first)
    if short == long:
        return gettext("from week %(first)s until week %(last)s", first=first, last=long)
    return gettext(
        "from week %(first)s, until week %(short)s at the earliest and week %(long)s at the latest",
        first=first, short=short, long=long,
    )  # fmt: skip


def _labels(values: Sequence[str]) -> str:
    outcome = VOCABULARY.facets["outcome"]
    return ", ".join(uncapitalised(option_label(outcome, value)) for value in values)


def _hands_on(hand: Handover) -> str:
    if not hand.outcomes:
        return gettext("What it hands on is not known.")
    if hand.usable:
        return gettext(
            "Hands on: %(outcomes)s. The next step can start from its %(usable)s.",
            outcomes=_labels(hand.outcomes), usable=_labels(hand.usable),
        )  # fmt: skip
    return gettext("Hands on: %(outcomes)s.", outcomes=_labels(hand.outcomes))


def _gap(hand: Handover, following: Picked) -> str:
    """Say what is wrong between a step and the next; "" if nothing is."""
    if hand.backwards:
        return gettext(
            "The next step, %(name)s, belongs to an earlier stage than this one. Should it come first?",
            name=step_name(following),
        )
    if hand.gap and hand.outcomes:
        does = gettext(" and ").join(gettext(DOES[stage]) for stage in following.method.stage)
        return gettext(
            "The next step %(does)s: it needs a %(wanted)s to start from, and this one gives none. Add a step between them, or write it yourselves.",
            does=does, wanted=_labels(hand.wanted).replace(", ", gettext(" or ")),
        )  # fmt: skip
    return ""


def sum_texts(
    totals: Totals, limits: Mapping[str, tuple[float, float]], hire: str = COUNCIL
) -> list[SumText]:
    """Return the sums of a plan in words, the limited ones with how they stand to their limit; free rooms are named."""
    ends = {name: numbers[1] for name, numbers in limits.items()}
    overlap = gettext("The next step is set up while the last one is written up.")
    return [
        _sum("weeks_in_turn", gettext("Weeks, one step after the other"), totals.weeks_in_turn, _weeks, None),
        _sum("weeks", gettext("Weeks, with overlap"), totals.weeks, _weeks, ends.get("weeks"), overlap),
        _sum(
            "budget", gettext("Outside cost"), totals.money, money_span, ends.get("budget"),
            gettext("Our estimate from prices and from the pages of the methods, in pounds of today; without your own staff.")
            + (f" {gettext(FREE_ROOMS)}" if hire == FREE else ""),
        ),
        _sum("staff_days", gettext("Your own staff's time"), totals.staff_days, _days, None),
        _sum(
            "hours", gettext("Time of somebody who takes part in every step"), totals.hours_each, _hours,
            ends.get("hours"),
        ),
        _sum(
            "hours_in_all", gettext("Time that all who take part give together"), totals.hours_in_all, _hours,
            None,
        ),
    ]  # fmt: skip


Write = Callable[[float, float | None], str]


def _sum(
    name: str, label: str, total: Total, write: Write, limit: float | None, note: str = ""
) -> SumText:
    high = total.high
    text = write(total.low, high)
    if total.unknown:
        unknown = gettext("Not known for: %(listed)s.", listed=", ".join(total.unknown))
        note = f"{note} {unknown}".strip()
    state = total.state(limit)
    verdict = ""
    if limit is not None:
        over = write(total.low - limit, total.low - limit) if state == BREAKS else ""
        verdict = gettext(STATES[state], limit=uncapitalised(most_text(name, limit)), over=over)
    return SumText(name, label, text, note, state, verdict)


def _weeks(low: float, high: float | None) -> str:
    """Write weeks to a tenth: in halves, the least would look as if it kept a limit that it breaks."""
    return weeks_text(round(low, 1), None if high is None else round(high, 1))


def money_span(low: float, high: float | None) -> str:
    """Write a floor and a ceiling: "£4,000 to £9,000"."""
    if high is None:
        return gettext("from %(sum)s", sum=money(low))
    if round(low) == round(high):
        return money(low)
    return gettext("%(low)s to %(high)s", low=money(low), high=money(high))


def _days(low: float, high: float | None) -> str:
    return days_text(round(low, 1), None if high is None else round(high, 1))


def _hours(low: float, high: float | None) -> str:
    if high is not None and low >= 10:
        low, high = round(low), round(high)
    if high == 0:
        return gettext("None")
    return hours_text(low, high)
