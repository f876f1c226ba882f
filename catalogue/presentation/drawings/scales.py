"""Money, weeks, hours and people of a method as bars on four shared logarithmic scales, drawn as inline SVG.

A bar shows one size filled and the others outlined; the words beside it say the same, and only they are read aloud.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from catalogue.i18n import N_, gettext
from catalogue.model.method import Cost, Range
from catalogue.model.price_levels import PRICE_YEAR
from catalogue.model.sizes import Run
from catalogue.presentation.formatting import choice_option, figure_text, uncapitalised

# The width and height of a bar in the units of its drawing, and the blank at each of its ends.
WIDTH, HEIGHT, MARGIN = 160, 16, 4
# The least length of a bar, so that a single number can be seen.
LEAST_LENGTH = 5


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale from `least` to `most`; what lies outside is drawn at its end. `ticks` lie between."""

    label: str
    least: float
    most: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a value stands on the scale, from 0 at its least end to 1."""
        inside = min(max(value, self.least), self.most)
        return math.log(inside / self.least) / math.log(self.most / self.least)

    def place(self, value: float) -> float:
        """Return how far from the left a value stands, in the units of the drawing."""
        return round(MARGIN + self.share(value) * (WIDTH - 2 * MARGIN), 1)


# By the name of a range of the vocabulary, in the order in which they are shown. The ends hold all but a
# few of the methods; the ticks are sums and times that people count in (a week, a month, a season, a year).
SCALES = {
    "budget": Scale(N_("Money"), 30, 1_000_000, (100, 1_000, 10_000, 100_000)),
    "weeks": Scale(N_("Weeks"), 0.5, 150, (1, 4, 13, 52)),
    "hours": Scale(N_("Hours"), 0.1, 150, (1, 8, 40)),
    "people": Scale(N_("People"), 1, 30_000, (10, 100, 1_000, 10_000)),
}


@dataclass(frozen=True)
class ScaleRow:
    """One fact of a size: its label, its words ("" if not known), a remark, and its bar as SVG."""

    name: str
    label: str
    text: str
    note: str
    bar: str


def scale_rows(runs: Iterable[Run], size: str, limited: Collection[str] = ()) -> list[ScaleRow]:
    """Return the rows of a method: the words of one size, and bars on which that size is filled.

    `limited` names the ranges that somebody limits; `limit_marks` must stand on the same page for them.
    """
    sizes = tuple(runs)
    shown = next(run for run in sizes if run.size == size)
    return [
        ScaleRow(
            name,
            gettext(scale.label),
            figure_text(shown, name),
            _basis(shown.cost) if name == "budget" and shown.cost else "",
            bar(name, sizes, size, name in limited),
        )
        for name, scale in SCALES.items()
    ]


def _basis(cost: Cost) -> str:
    """Return the basis of a cost in words, with the year of its prices where they are old; its page has today's money."""
    basis = uncapitalised(gettext(choice_option("basis", cost.basis).label))
    if cost.year and cost.year < PRICE_YEAR:
        return gettext("prices of %(year)s, %(basis)s", basis=basis, year=str(cost.year))
    return basis


def bar(name: str, runs: Iterable[Run], filled: str, limited: bool = False) -> str:
    """Return the bar of a range as SVG: the `filled` size over the outlines of the others ("" fills none)."""
    scale = SCALES[name]
    other, fit = "", ""
    for run in runs:
        numbers = run.number_range(name)
        if not numbers:
            continue
        if run.size == filled:
            fit = _shape(scale, numbers, 8)
        else:
            other += _shape(scale, numbers, 6)
    parts = [f'<path class="bar__axis" d="{_axis(scale)}"/>']
    parts += [f'<path class="bar__other" d="{other}"/>'] if other else []
    parts += [f'<path class="bar__fit" d="{fit}"/>'] if fit else []
    parts += [f'<use href="#limit-{name}"/>'] if limited else []
    return (
        f'<svg class="bar" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'
    )


@cache
def _axis(scale: Scale) -> str:
    ticks = "".join(f"M{scale.place(tick):g} 3v10" for tick in scale.ticks)
    return f"M{MARGIN} 8h{WIDTH - 2 * MARGIN}{ticks}"


def _shape(scale: Scale, numbers: Range, height: int) -> str:
    """Return the outline of a bar with round ends; one without an upper end is pointed to the right."""
    start = scale.place(numbers.low)
    half = height // 2
    top = HEIGHT // 2 - half
    if numbers.high is None:
        tip = WIDTH - 1 - half
        return f"M{start:g} {top}H{tip:g}l{half} {half}l-{half} {half}H{start:g}z"
    end = max(scale.place(numbers.high), start + LEAST_LENGTH)
    if end > WIDTH - MARGIN:
        start, end = start - (end - WIDTH + MARGIN), WIDTH - MARGIN
    curve = min(float(half), (end - start) / 2)
    length = round(end - start - 2 * curve, 1)
    return (
        f"M{round(start + curve, 1):g} {top}h{length:g}a{curve:g} {half} 0 0 1 0 {height}"
        f"h-{length:g}a{curve:g} {half} 0 0 1 0-{height}z"
    )


def limit_marks(limits: Mapping[str, tuple[float, float]]) -> str:
    """Return the lines that bars show where somebody's limits are, once for a page; "" without limits."""
    marks = []
    for name, (low, high) in limits.items():
        if name not in SCALES:
            continue
        ends = {SCALES[name].place(end) for end in (low, high) if end}
        lines = "".join(f"M{place:g} 0v{HEIGHT}" for place in sorted(ends))
        marks.append(f'<path class="bar__limit" id="limit-{name}" d="{lines}"/>')
    if not marks:
        return ""
    return f'<svg class="bars-limits" width="0" height="0" aria-hidden="true"><defs>{"".join(marks)}</defs></svg>'
