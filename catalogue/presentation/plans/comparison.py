"""Methods side by side: one row for each fact, with what differs said in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from catalogue.i18n import N_, gettext
from catalogue.model.sizes import LARGE, LIGHT, USUAL, runs
from catalogue.planner.steps.picked import Picked
from catalogue.presentation.drawings.scales import SCALES, bar
from catalogue.presentation.formatting import (
    basis_text,
    choice_option,
    counted_text,
    figure_text,
    option_label,
)
from catalogue.presentation.size_views import Limits
from catalogue.presentation.view_models import asked_range_text
from catalogue.vocabulary import VOCABULARY

# What the smallest of a fact is called. No word for people: more of them is neither better nor worse.
LEAST = {
    "weeks": N_("Quickest of these"),
    "hours": N_("Least time of these"),
    "budget": N_("Cheapest of these"),
    "staff_days": N_("Least work of these"),
}
SIZE_NAMES = {LIGHT: N_("light version"), USUAL: N_("usual run"), LARGE: N_("large version")}
# The facets that are compared, before and after the figures.
FIRST_FACETS = ("purpose", "level", "audience", "recruitment")
LAST_FACETS = (
    "format", "stage", "outcome", "handles_conflict", "handles_complexity", "talk", "decision", "kind", "inclusion",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A fact of one method in words, "" if not known; a remark on it; what sets it apart from the others; its bar as SVG.

    `broken` says that it does not fit what somebody asked for, "" where it does or nothing was asked.
    `options` are the labels and `ends` the figures by which the script of a copy without a server sets it apart.
    """

    text: str
    note: str = ""
    apart: str = ""
    bar: str = ""
    options: tuple[str, ...] = ()
    ends: tuple[float, float] | None = None
    broken: str = ""


@dataclass(frozen=True)
class Row:
    """One fact of all methods; `same` says whether they agree in it.

    `several` says whether methods can share some options of it and not others; `least` is what its smallest figure is called, `name` its range.
    """

    label: str
    cells: tuple[Cell, ...]
    several: bool = False
    least: str = ""
    name: str = ""

    @property
    def same(self) -> bool:
        """Whether all methods say the same."""
        return len({cell.text for cell in self.cells}) == 1


def size_name(size: str) -> str:
    """Return the name of a size inside a sentence: "light version"."""
    return gettext(SIZE_NAMES[size])


def compare(picked: Sequence[Picked], limits: Limits = MappingProxyType({})) -> list[Row]:
    """Return the facts of some methods in their sizes as rows, each with one cell for each method.

    `limits` are what somebody asked for, which bars show and which say in words where a size does not fit.
    """
    rows = [
        _row(gettext("What happens"), picked, _happens),
        *(_options_row(name, picked) for name in FIRST_FACETS),
        replace(_row(gettext("People in all"), picked, _people), name="people"),
        _figures(gettext("From idea to result"), "weeks", picked),
        _figures(gettext("Time for each person"), "hours", picked),
        _figures(gettext("Cost, without your own staff"), "budget", picked),
        _figures(gettext("Your own staff's time"), "staff_days", picked),
        _row(gettext("Facilitation"), picked, _facilitation),
        _row(gettext("Must exist already"), picked, _needs),
        *(_options_row(name, picked) for name in LAST_FACETS),
        _row(gettext("What this size gives up"), picked, lambda p: Cell(_gives_up(p))),
        _row(gettext("Do not expect it to do this"), picked, lambda p: Cell(" ".join(p.method.not_for))),
        _row(gettext("What can go wrong for people"), picked, _harm),
    ]  # fmt: skip
    return [_with_bars(row, picked, limits) for row in rows]


def _with_bars(row: Row, picked: Sequence[Picked], limits: Limits) -> Row:
    """Return a row with a bar in each cell, if its range has a shared scale, and with the limits that it breaks."""
    if row.name not in SCALES:
        return row
    cells = (
        replace(
            cell,
            bar=bar(row.name, runs(one.method), one.run.size, row.name in limits),
            broken=_broken(row.name, one, limits),
        )
        for cell, one in zip(row.cells, picked, strict=True)
    )
    return replace(row, cells=tuple(cells))


def _broken(name: str, one: Picked, limits: Limits) -> str:
    """Say that a size does not fit a limit, and which; "" where it does, does not say, or there is none."""
    numbers = one.run.number_range(name)
    if name not in limits or numbers is None or numbers.overlaps(*limits[name]):
        return ""
    return gettext("Does not fit: %(names)s.", names=asked_range_text(name, limits[name]))


def _row(label: str, picked: Sequence[Picked], cell: Callable[[Picked], Cell]) -> Row:
    return Row(label, tuple(cell(one) for one in picked))


def _options_row(name: str, picked: Sequence[Picked]) -> Row:
    """Return a row of options; where methods share some, what only one of them has is named."""
    facet = VOCABULARY.facets[name]
    chosen = [
        one.run.format if name == "format" else tuple(one.method.choices(name)) for one in picked
    ]
    cells = []
    for number, values in enumerate(chosen):
        others = {v for n, other in enumerate(chosen) if n != number for v in other}
        own = [option_label(facet, value) for value in values if value not in others]
        labels = tuple(option_label(facet, value) for value in values)
        apart = ""
        if facet.several and others and own and len(chosen) > 1:
            apart = gettext("Only here: %(listed)s", listed=", ".join(own))
        cells.append(Cell(", ".join(labels), apart=apart, options=labels))
    return Row(gettext(facet.label), tuple(cells), several=facet.several)


def _figures(label: str, name: str, picked: Sequence[Picked]) -> Row:
    """Return a row of ranges, in which the one that no other goes below at either end is named."""
    ends = [_ends(one, name) for one in picked]
    cells = []
    for number, one in enumerate(picked):
        own, others = ends[number], [e for n, e in enumerate(ends) if n != number]
        least = (
            own is not None
            and len(others) > 0
            and all(
                o is not None and own != o and own[0] <= o[0] and own[1] <= o[1] for o in others
            )
        )
        note = basis_text(one.run.cost) if name == "budget" else ""
        apart = gettext(LEAST[name]) if least else ""
        cells.append(Cell(figure_text(one.run, name), note, apart, ends=own))
    return Row(label, tuple(cells), least=gettext(LEAST[name]), name=name)


def _ends(one: Picked, name: str) -> tuple[float, float] | None:
    numbers = one.run.number_range(name)
    if numbers is None:
        return None
    return numbers.low, math.inf if numbers.high is None else numbers.high


def _happens(one: Picked) -> Cell:
    return Cell(one.run.in_short or one.method.summary)


def _people(one: Picked) -> Cell:
    people = one.run.people
    if people is None:
        return Cell("")
    counted = gettext(choice_option("counts", people.counts).help) if people.counts else ""
    return Cell(counted_text(people), counted)


def _facilitation(one: Picked) -> Cell:
    value = one.run.facilitation
    return Cell(gettext(choice_option("facilitation", value).label) if value else "")


def _needs(one: Picked) -> Cell:
    needs = [gettext(choice_option("needs", value).help) for value in one.run.needs]
    return Cell("; ".join(needs) or gettext("Nothing named"))


def _gives_up(one: Picked) -> str:
    if one.run.size == USUAL:
        return gettext("Nothing: this is the usual run")
    return one.run.gives_up


def _harm(one: Picked) -> Cell:
    harms = [gettext(choice_option("harm", value).label) for value in one.method.can_harm]
    return Cell(", ".join(harms))
