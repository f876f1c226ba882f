"""What reports from practice come to, in words: ranges beside our own figures, and the facts of each report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from catalogue.i18n import N_, gettext, ngettext, number
from catalogue.model.method import Method, People, Range
from catalogue.model.sizes import Run, runs
from catalogue.presentation.formatting import (
    choice_option,
    counted_text,
    days_text,
    money,
    month_text,
    people_text,
    weeks_text,
)
from catalogue.uses.practice import ENOUGH, Spread, spread
from catalogue.uses.use import Use


@dataclass(frozen=True)
class PracticeRow:
    """One fact of a method: its label, our figure for all its sizes ("" if not known), and what practice says."""

    label: str
    ours: str
    practice: str


def _money_text(low: float, high: float | None) -> str:
    if high is None:
        return gettext("from %(sum)s", sum=money(low))
    if low == high:
        return money(low)
    return gettext("%(low)s to %(high)s", low=money(low), high=money(high))


# The figures of uses: their label, the range of a size that they are set beside, and how both are written.
FACTS: dict[
    str, tuple[str, Callable[[Run], Range | None], Callable[[float, float | None], str]]
] = {
    "people": (N_("People"), lambda run: run.people, people_text),
    "weeks": (N_("From idea to result"), lambda run: run.weeks, weeks_text),
    "money": (N_("Money"), lambda run: run.cost.gbp if run.cost else None, _money_text),
    "staff_days": (N_("Your own staff's time"), lambda run: run.staff_days, days_text),
}


def practice_rows(method: Method, uses: Sequence[Use]) -> list[PracticeRow]:
    """Return our figures and those of practice side by side; [] where too few have reported a figure."""
    rows = []
    for figure, (label, ours, write) in FACTS.items():
        if found := spread(uses, figure):
            own = _over_all_sizes(method, ours, write)
            rows.append(PracticeRow(gettext(label), own, spread_text(figure, found)))
    return rows if len(uses) >= ENOUGH else []


def _over_all_sizes(
    method: Method,
    ours: Callable[[Run], Range | None],
    write: Callable[[float, float | None], str],
) -> str:
    """Write one of our figures from the least of any size to the most."""
    found = [own for run in runs(method) if (own := ours(run)) is not None]
    if not found:
        return ""
    low = min(own.low for own in found)
    highs = [own.high for own in found if own.high is not None]
    high = max(highs) if len(highs) == len(found) else None
    counts = next((own.counts for own in found if isinstance(own, People)), "")
    return counted_text(People(low, high, "", counts)) if counts else write(low, high)


def spread_text(figure: str, found: Spread) -> str:
    """Write a spread: "12 to 40 people, in the middle 24 (5 reports)"."""
    write = FACTS[figure][2]
    middle = money(found.middle) if figure == "money" else number(round(found.middle, 1))
    reports = ngettext("%(num)s report", "%(num)s reports", found.count)
    return gettext(
        "%(range)s, in the middle %(middle)s (%(reports)s)",
        range=write(found.low, found.high), middle=middle, reports=reports,
    )  # fmt: skip


def use_heading(use: Use, title: str) -> str:
    """Write what a report is of: "Citizens' jury, Leeds, March 2025"."""
    return f"{title}, {use.place}, {month_text(use.when)}"


def use_facts(use: Use) -> Iterator[tuple[str, str]]:
    """Yield the facts of a report that are known: label and words."""
    facts = (
        (N_("Organisation"), use.organiser),
        (N_("Country"), use.country),
        (N_("Size"), gettext(choice_option("size", use.size).label) if use.size else ""),
        (N_("People"), people_text(use.people, use.people) if use.people is not None else ""),
        (N_("Who came"), use.who_came),
        (N_("From idea to result"), weeks_text(use.weeks, use.weeks) if use.weeks is not None else ""),
        (N_("Money"), money(use.money, use.currency) if use.money is not None else ""),
        (N_("Own staff's time"), days_text(use.staff_days, use.staff_days) if use.staff_days is not None else ""),
        (N_("What happened"), use.what_happened),
        (N_("What changed"), use.what_changed),
        (N_("Would do it again"), gettext(choice_option("again", use.again).label)),
        (N_("Would do differently"), use.differently),
    )  # fmt: skip
    yield from ((gettext(label), text) for label, text in facts if text)
