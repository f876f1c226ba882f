"""Which sizes of which methods have an option or a range: a method passes filters where one of its sizes meets them all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache, partial

import numpy as np
import numpy.typing as npt

from catalogue.model.sizes import SIZED_FACETS, SIZES, Run
from catalogue.search.cards import Card
from catalogue.search.sets.method_set import SizedSet, either, every, set_of
from catalogue.vocabulary import UNKNOWN, VOCABULARY

# A row for each of SIZES, a column for each method; NaN where a size has no such number.
Ends = npt.NDArray[np.float64]


class SizeSets:
    """The sizes of all methods, as sets."""

    def __init__(self, cards: Sequence[Card]) -> None:
        """Take the cards in the order of their ordinals."""
        self._runs = [_by_size(card) for card in cards]
        self.present: SizedSet = self._where(lambda run: True)
        self.options = {name: self._options(name) for name in SIZED_FACETS}
        # A range has the option of what is not known.
        for name in VOCABULARY.ranges:
            self.options[name] = {UNKNOWN: self._where(partial(_unknown, name))}
        self.overlapping = lru_cache(maxsize=1024)(self._overlapping)

    def _options(self, facet: str) -> dict[str, SizedSet]:
        values = (*VOCABULARY.facets[facet].values, UNKNOWN)
        return {value: self._where(partial(_has, facet, value)) for value in values}

    def _where(self, has: Callable[[Run], bool]) -> SizedSet:
        return tuple(
            sum(
                1 << ordinal
                for ordinal, runs in enumerate(self._runs)
                if size in runs and has(runs[size])
            )
            for size in SIZES
        )

    def chosen(self, facet: str, values: Iterable[str]) -> SizedSet:
        """Return the sizes that have at least one of the values, of which there must be one, in a facet or range of `options`."""
        return either([self.options[facet][value] for value in values])

    def _overlapping(self, name: str, low: float, high: float) -> SizedSet:
        """Return the sizes whose range overlaps that from `low` to `high`; none without a range."""
        lows, highs = self.ends[name]
        return tuple(set_of((lows[row] <= high) & (highs[row] >= low)) for row in range(len(SIZES)))

    def not_known(self, name: str, high: float) -> SizedSet:
        """Return the sizes of which it is not known whether they are within a range that ends at `high`."""
        lows, _ = self.ends[name]
        # NaN is not within it either.
        beyond = tuple(set_of(~(row <= high)) for row in lows)
        return every([self.options[name][UNKNOWN], beyond])

    @cached_property
    def ends(self) -> dict[str, tuple[Ends, Ends]]:
        """The lower and upper ends of all ranges by name: no range overlaps NaN."""
        return {name: self._ends(name) for name in VOCABULARY.ranges}

    def _ends(self, name: str) -> tuple[Ends, Ends]:
        shape = (len(SIZES), len(self._runs))
        lows, highs = np.full(shape, math.nan), np.full(shape, math.nan)
        for ordinal, runs in enumerate(self._runs):
            for row, size in enumerate(SIZES):
                numbers = runs[size].number_range(name) if size in runs else None
                if numbers:
                    lows[row, ordinal] = numbers.low
                    highs[row, ordinal] = math.inf if numbers.high is None else numbers.high
        return lows, highs


def _unknown(name: str, run: Run) -> bool:
    """Whether a run does not say its numbers of a range, or what it costs at least."""
    if name == "budget":
        return run.cost is None or not run.cost.least_known
    return run.number_range(name) is None


def _has(facet: str, value: str, run: Run) -> bool:
    return value in (run.choices(facet) or (UNKNOWN,))


def _by_size(card: Card) -> dict[str, Run]:
    return {run.size: run for run in card.runs}
