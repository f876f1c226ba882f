"""The sizes of a method in words: the line on a card, and the blocks of its page, with what fits the limits asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalogue.i18n import N_, gettext, ngettext
from catalogue.model.method import Cost, Method
from catalogue.model.sizes import LARGE, LIGHT, USUAL, Run, runs
from catalogue.presentation.drawings.timeline_bars import step_bar
from catalogue.presentation.formatting import (
    basis_text,
    choice_option,
    figure_text,
    sums_text,
    sums_to_compare,
    uncapitalised,
)
from catalogue.presentation.view_models import asked_range_text

# By the name of a range of the vocabulary, what was asked for.
Limits = Mapping[str, tuple[float, float]]

NAMES = {LIGHT: N_("Light version"), USUAL: N_("Usual run"), LARGE: N_("Large version")}
IN_ITS = {LIGHT: N_("In its light version:"), LARGE: N_("In its large version:")}
THE = {LIGHT: N_("the light version"), USUAL: N_("the usual run"), LARGE: N_("the large version")}
LIMITED = {
    "people": N_("number of people"),
    "weeks": N_("weeks"),
    "hours": N_("hours"),
    "budget": N_("money"),
}


@dataclass(frozen=True)
class SizeRow:
    """One fact of a size: its label, the fact in words ("" if not known), and a remark."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class SizeView:
    """A size as a block of the page. `status` says whether it fits what was asked for; "" where nothing was."""

    size: str
    name: str
    rows: tuple[SizeRow, ...]
    fits: bool
    status: str


def size_label(run: Run) -> str:
    """Return the words before the figures of a size other than the usual one: "In its light version:"."""
    return gettext(IN_ITS[run.size])


def size_figures(run: Run) -> str:
    """Write what a size takes: "£0 to £200 (our estimate), 1 to 3 weeks, 20 to 60 people, 1 to 2 hours each"."""
    figures = [
        _sums(run.cost) if run.cost else "",
        figure_text(run, "weeks"),
        figure_text(run, "people"),
    ]
    if run.hours:
        hours = uncapitalised(figure_text(run, "hours"))
        figures.append(gettext("%(hours)s each", hours=hours))
    return ", ".join(figure for figure in figures if figure)


def _sums(cost: Cost) -> str:
    """Write the sums of a cost, with a word where they are our estimate, and the year of their prices where it is another than today's."""
    sums, remarks = sums_text(cost), []
    if cost.basis == "judgement":
        remarks.append(uncapitalised(gettext(choice_option("basis", cost.basis).label)))
    if sums_to_compare(cost) != sums:
        remarks.append(gettext("prices of %(year)s", year=str(cost.year)))
    if not remarks:
        return sums
    return gettext("%(sums)s (%(basis)s)", sums=sums, basis=", ".join(remarks))


def size_views(method: Method, limits: Limits) -> list[SizeView]:
    """Return the sizes of a method, the smallest first, each with how it stands to the limits."""
    return [
        SizeView(
            run.size,
            gettext(NAMES[run.size]),
            _rows(method, run),
            bool(limits) and not any(_unmet(run, limits)),
            _status(run, limits) if limits else "",
        )
        for run in runs(method)
    ]


def verdict(views: list[SizeView], limits: Limits) -> str:
    """Say in a sentence which sizes fit the limits; "" without limits."""
    if not limits:
        return ""
    asked = ", ".join(asked_range_text(name, numbers) for name, numbers in limits.items())
    fitting = [gettext(THE[view.size]) for view in views if view.fits]
    if not fitting:
        return gettext("No size fits what you asked for: %(asked)s.", asked=asked)
    listed = gettext(" and ").join(fitting)
    return ngettext(
        "What you asked for: %(asked)s. For that, %(sizes)s fits.",
        "What you asked for: %(asked)s. For that, %(sizes)s fit.",
        len(fitting), asked=asked, sizes=listed,
    )  # fmt: skip


def _unmet(run: Run, limits: Limits) -> tuple[list[str], list[str]]:
    """Return the limits that a size breaks, and those of which it says nothing."""
    ranges = {name: run.number_range(name) for name in limits}
    unknown = [name for name, own in ranges.items() if own is None]
    beyond = [name for name, own in ranges.items() if own and not own.overlaps(*limits[name])]
    return beyond, unknown


def _status(run: Run, limits: Limits) -> str:
    beyond, unknown = (
        ", ".join(gettext(LIMITED[name]) for name in names) for names in _unmet(run, limits)
    )
    parts = []
    if beyond:
        parts.append(gettext("Does not fit: %(names)s.", names=beyond))
    if unknown:
        parts.append(gettext("Not known: %(names)s.", names=unknown))
    return " ".join(parts) or gettext("Fits what you asked for.")


def _rows(method: Method, run: Run) -> tuple[SizeRow, ...]:
    usual = run.size == USUAL
    people, cost = run.people, run.cost
    counted = gettext(choice_option("counts", people.counts).help) if people else ""
    own_note = cost.note if cost and cost is not method.cost else ""
    basis = "; ".join(part for part in (basis_text(cost), own_note) if part)
    needs = [gettext(choice_option("needs", value).help) for value in run.needs]
    no_needs = gettext("Nothing named")
    return (
        SizeRow(gettext("What happens"), method.summary if usual else run.in_short),
        SizeRow(gettext("People"), figure_text(run, "people"), counted),
        SizeRow(gettext("From idea to result"), figure_text(run, "weeks")),
        SizeRow(gettext("Time for each person"), figure_text(run, "hours")),
        SizeRow(gettext("Money"), figure_text(run, "budget"), basis),
        SizeRow(gettext("Your own staff's time"), figure_text(run, "staff_days")),
        SizeRow(gettext("Facilitation"), _facilitation(run)),
        SizeRow(gettext("Must exist already"), "; ".join(needs) or no_needs),
        SizeRow(
            gettext("What it gives up"),
            gettext("See “Weaknesses” below") if usual else run.gives_up,
        ),
    )


def _facilitation(run: Run) -> str:
    if not run.facilitation:
        return ""
    return gettext(choice_option("facilitation", run.facilitation).label)


@dataclass(frozen=True)
class StepView:
    """A step of the timeline: its name, who does it, its weeks, a remark on the light version, and its bar as SVG."""

    name: str
    who: str
    weeks: str
    light: str
    bar: str


def timeline(method: Method) -> Iterator[StepView]:
    """Yield the steps of a method with the weeks in which they fall, the first week being week 1."""
    for step in method.timeline:
        weeks = _weeks(step.start, step.end)
        light = ""
        in_light = step.light_weeks
        if method.light and not in_light:
            light = gettext("Left out of the light version")
        elif method.light and in_light and (light_text := _weeks(*in_light)) != weeks:
            light = gettext("Light version: %(weeks)s", weeks=light_text)
        yield StepView(step.step, step.who, weeks, light, step_bar(method, step))


def _weeks(start: float, end: float) -> str:
    first = math.floor(start) + 1
    last = max(first, math.ceil(end))
    if first == last:
        return gettext("week %(number)s", number=first)
    return gettext("weeks %(first)s to %(last)s", first=first, last=last)
