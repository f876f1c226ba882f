"""Sets and orders of methods, for filters, counts and sorted lists.

The ordinal of a method is its position in the order of titles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from catalogue.search.cards import Card
from catalogue.storage.fulltext import Scores
from catalogue.vocabulary import UNKNOWN, VOCABULARY

# A set of methods is an integer: bit n stands for the nth method in the order of titles.
# Counting one option is then a single `&` and bit_count, and needs no dependency.
MethodSet = int
# The same set as an array of flags, for picking scores.
Mask = npt.NDArray[np.bool_]
# Methods in an order, by their ordinals in the order of titles.
Ordinals = npt.NDArray[np.int64]


def set_of(mask: Mask) -> MethodSet:
    """Return the set of the methods a mask marks."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def option_sets(cards: tuple[Card, ...]) -> dict[str, dict[str, MethodSet]]:
    """Return one set of methods for each option of each facet, and for "unknown"."""
    sets = {
        name: dict.fromkeys((*facet.values, UNKNOWN), 0)
        for name, facet in VOCABULARY.facets.items()
    }
    for ordinal, card in enumerate(cards):
        for name, options in sets.items():
            for value in card.choices.get(name) or (UNKNOWN,):
                options[value] |= 1 << ordinal
    return sets


def range_ends(cards: tuple[Card, ...]) -> dict[str, tuple[Scores, Scores]]:
    """Return the low and high ends of all methods in each range; NaN, which overlaps nothing, if not known."""
    ends = {}
    for name in VOCABULARY.ranges:
        pairs = [card.ranges.get(name, (math.nan, math.nan)) for card in cards]
        lows = np.array([low for low, _ in pairs], dtype=float)
        highs = np.array([_end(pair) for pair in pairs], dtype=float)
        ends[name] = (lows, highs)
    return ends


def _end(numbers: tuple[float, float | None]) -> float:
    return math.inf if numbers[1] is None else numbers[1]


def _typical(card: Card, name: str) -> tuple[float, float]:
    """Return a key that puts the smaller range first, and methods without one last."""
    numbers = card.ranges.get(name)
    return (math.inf, math.inf) if numbers is None else (numbers[0], _end(numbers))


def _cost_key(card: Card) -> tuple[float, float, float]:
    bands = VOCABULARY.facets["cost"].values
    band = bands.index(card.cost.band) if card.cost else len(bands)
    return (band, *_typical(card, "budget"))


def _reviewed_key(card: Card) -> tuple[int, ...]:
    return (
        tuple(-int(part) for part in card.last_reviewed.split("-")) if card.last_reviewed else (1,)
    )


# How a list without words, or with a chosen sort, is ordered; ties fall back to the title.
SORT_KEYS: dict[str, Callable[[Card], Any]] = {
    "title": lambda card: (),
    "cost": _cost_key,
    "time": lambda card: _typical(card, "hours"),
    "reviewed": _reviewed_key,
}


def orders(cards: tuple[Card, ...]) -> dict[str, Ordinals]:
    """Return the ordinals of all methods in the order of each sort."""
    return {
        name: np.array(sorted(range(len(cards)), key=lambda n: (key(cards[n]), n)), dtype=np.int64)
        for name, key in SORT_KEYS.items()
    }
