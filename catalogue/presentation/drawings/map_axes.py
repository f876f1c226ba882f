"""The axes of the map of methods: where a method stands on each, and what is written beside it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from catalogue.i18n import N_, gettext, number
from catalogue.model.method import Range
from catalogue.model.sizes import Run
from catalogue.presentation.drawings.scales import SCALES
from catalogue.presentation.formatting import money, option_label
from catalogue.search.cards import Card
from catalogue.vocabulary import VOCABULARY, Facet


@dataclass(frozen=True)
class Axis:
    """A way to order methods along a line; `label` says what lies along it.

    `share` gives where a method in one size stands, from 0 to 1, None where that is not known; `ticks` are (share, text).
    `whole` is set where the axis is drawn from end to end, as its few grades are.
    """

    name: str
    label: str
    share: Callable[[Card, Run], float | None]
    ticks: Callable[[], list[tuple[float, str]]]
    whole: bool = False


def _middle(name: str, numbers: Range) -> float:
    """Return where the middle of a range stands on its scale; one without an upper end stands at its least."""
    scale = SCALES[name]
    low = scale.share(numbers.low)
    return low if numbers.high is None else (low + scale.share(numbers.high)) / 2


def _numbers(name: str, label: str, ticks: tuple[float, ...]) -> Axis:
    def share(_card: Card, run: Run) -> float | None:
        numbers = run.number_range(name)
        return _middle(name, numbers) if numbers else None

    def named() -> list[tuple[float, str]]:
        write = money if name == "budget" else number
        return [(SCALES[name].share(tick), write(tick)) for tick in ticks]

    return Axis(name, label, share, named)


def highest(card: Card, facet: Facet) -> str:
    """Return the last, in the order of the vocabulary, of the options that a method has in a facet; "" if it has none."""
    values = card.choices.get(facet.name, ())
    return max(values, key=facet.values.index) if values else ""


def _graded(name: str, label: str) -> Axis:
    """Return an axis of a facet whose options are grades, each the middle of a band; a method stands at its highest."""
    facet = VOCABULARY.facets[name]
    places = {value: (n + 0.5) / len(facet.values) for n, value in enumerate(facet.values)}

    def share(card: Card, _run: Run) -> float | None:
        return places.get(highest(card, facet))

    def ticks() -> list[tuple[float, str]]:
        return [(place, option_label(facet, value)) for value, place in places.items()]

    return Axis(name, label, share, ticks, whole=True)


AXES = {
    axis.name: axis
    for axis in (
        _numbers("weeks", N_("Weeks from idea to result"), (1, 4, 13, 26, 52, 104)),
        _numbers("budget", N_("Money"), (100, 1_000, 10_000, 100_000)),
        _numbers("people", N_("Number of people"), (10, 100, 1_000, 10_000)),
        _numbers("hours", N_("Hours of each person"), (0.5, 1, 3, 8, 40)),
        _graded("level", N_("How much say people have")),
        _graded("talk", N_("How much people talk together")),
    )
}


def axis_label(axis: Axis) -> str:
    """Return the label of an axis in the current language."""
    return gettext(axis.label)


def limit_shares(axis: Axis, limits: dict[str, tuple[float, float]]) -> tuple[float, float] | None:
    """Return between which shares of an axis somebody's limit lies; None where there is none."""
    if axis.name not in limits or axis.name not in SCALES:
        return None
    low, high = limits[axis.name]
    scale = SCALES[axis.name]
    return (scale.share(low) if low else 0.0, 1.0 if math.isinf(high) else scale.share(high))
