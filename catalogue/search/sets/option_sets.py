"""One set of methods for each option of each facet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from catalogue.model.method import POSSIBLE
from catalogue.search.cards import Card
from catalogue.search.sets.method_set import MethodSet
from catalogue.vocabulary import UNKNOWN, VOCABULARY


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


def possible_sets(cards: tuple[Card, ...]) -> dict[str, dict[str, MethodSet]]:
    """Return the methods for which each option of POSSIBLE is possible, though they are not made for it."""
    sets = {name: dict.fromkeys(VOCABULARY.facets[name].values, 0) for name in POSSIBLE}
    for ordinal, card in enumerate(cards):
        for name, values in card.possible.items():
            for value in values:
                sets[name][value] |= 1 << ordinal
    return sets


def with_possible(
    made_for: dict[str, dict[str, MethodSet]], possible: dict[str, dict[str, MethodSet]]
) -> dict[str, dict[str, MethodSet]]:
    """Return the sets that filters compare; a method for which something is possible is not unknown."""
    sets = dict(made_for)
    for name, options in possible.items():
        sets[name] = {v: made_for[name][v] | methods for v, methods in options.items()}
        sets[name][UNKNOWN] = made_for[name][UNKNOWN] & ~union(options, options)
    return sets


def union(sets: dict[str, MethodSet], values: Iterable[str]) -> MethodSet:
    """Return the methods that are in the set of at least one of the values."""
    return reduce(or_, (sets.get(value, 0) for value in values), 0)
