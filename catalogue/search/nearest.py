"""The methods nearest to a search that nothing matches: those that miss the fewest filters, and by the least."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalogue.model.facts import Fact
from catalogue.model.sizes import PREFERRED, SIZES, USUAL, Run
from catalogue.model.slugs import near_slugs
from catalogue.search.cards import Card
from catalogue.search.ranking import Matched
from catalogue.search.search_request import SearchRequest
from catalogue.search.sets.method_set import MethodSet, SizedSet
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY

MAX_NEAREST = 5
# How far a method misses a filter, as the logarithm of a ratio: another option, each band of cost in between, and a
# fact that is not known, which comes after those that are.
OTHER_OPTION, BAND, NOT_KNOWN = 1.0, 1.6, 20.0
# One filter missed counts more than any distances of the others; a size that does not exist comes after all.
MISS, ABSENT = 1e4, 1e9
# For each of SIZES and each method, how far it is from a fact; 0 where it has it.
Distances = npt.NDArray[np.float64]


@dataclass(frozen=True)
class NearMethod:
    """A method near to a search in one of its sizes, and the filters of the search that this misses."""

    card: Card
    run: Run
    missed: tuple[Fact, ...] = ()


def nearest(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> tuple[NearMethod, ...]:
    """Return at most five methods for a search without results, the nearest first.

    Of the methods that match the words, those that miss the fewest filters in one size; where none does, those with a
    like name.
    """
    if not (request.filtered and matched.methods):
        slugs = near_slugs(request.words, snapshot.slugs, MAX_NEAREST)
        cards = [snapshot.cards[snapshot.ordinals[slug]] for slug in slugs]
        return tuple(NearMethod(card, card.run(USUAL)) for card in cards)
    facts = list(request.facts())
    distances = np.array([_distances(snapshot, fact) for fact in facts])
    far = distances.sum(axis=0) + MISS * np.count_nonzero(distances, axis=0)
    far[~_masks(snapshot, snapshot.sizes.present)] = ABSENT
    rows = [SIZES.index(size) for size in PREFERRED]
    best = np.array(rows)[np.argmin(far[rows], axis=0)]
    # Best match first, or in the order of titles; equal ones stay so.
    candidates = matched.best_first
    order = candidates[np.argsort(far.min(axis=0)[candidates], kind="stable")][:MAX_NEAREST]
    return tuple(
        NearMethod(
            snapshot.cards[ordinal],
            snapshot.cards[ordinal].run(SIZES[best[ordinal]]),
            tuple(f for f, d in zip(facts, distances, strict=True) if d[best[ordinal], ordinal]),
        )
        for ordinal in order.tolist()
    )


def _distances(snapshot: Snapshot, fact: Fact) -> Distances:
    """Return how far each size of each method is from having a fact."""
    sizes = snapshot.sizes
    if fact.numbers:
        has = sizes.overlapping(fact.name, *fact.numbers)
        distances = _from_range(snapshot, fact.name, *fact.numbers)
    elif fact.name in sizes.options:
        has = sizes.chosen(fact.name, fact.values)
        distances = np.full((len(SIZES), len(snapshot.cards)), OTHER_OPTION)
        if fact.name == "cost":
            distances = _from_bands(snapshot, fact.values)
    else:
        has = _in_all_sizes(snapshot.any_of(fact.name, fact.values))
        distances = np.full((len(SIZES), len(snapshot.cards)), OTHER_OPTION)
    if fact.name in sizes.options:
        unknown = sizes.options[fact.name][UNKNOWN]
    else:
        unknown = _in_all_sizes(snapshot.options[fact.name][UNKNOWN])
    distances[_masks(snapshot, unknown)] = NOT_KNOWN
    distances[_masks(snapshot, has)] = 0.0
    return distances


def _from_range(snapshot: Snapshot, name: str, low: float, high: float) -> Distances:
    lows, highs = snapshot.sizes.ends[name]
    return np.asarray(np.maximum(np.log1p(lows) - np.log1p(high), np.log1p(low) - np.log1p(highs)))


def _from_bands(snapshot: Snapshot, values: tuple[str, ...]) -> Distances:
    bands = VOCABULARY.facets["cost"].values
    asked = [bands.index(value) for value in values if value in bands]
    steps = np.zeros((len(SIZES), len(snapshot.cards)))
    for ordinal, card in enumerate(snapshot.cards):
        for run in card.runs:
            if run.cost and asked:
                own = bands.index(run.cost.band)
                steps[SIZES.index(run.size), ordinal] = min(abs(own - band) for band in asked)
    return BAND * np.maximum(steps, 1)


def _in_all_sizes(methods: MethodSet) -> SizedSet:
    return (methods,) * len(SIZES)


def _masks(snapshot: Snapshot, sized: SizedSet) -> npt.NDArray[np.bool_]:
    return np.array([snapshot.mask(methods) for methods in sized])
