"""The methods nearest to a search that nothing matches: those that miss the fewest filters, and by the least."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalogue.model.facts import Fact
from catalogue.model.slugs import near_slugs
from catalogue.search.cards import Card
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Matched, Snapshot
from catalogue.storage.fulltext import Scores
from catalogue.vocabulary import VOCABULARY

MAX_NEAREST = 5
# How far a method misses a filter, as the logarithm of a ratio: another option, each band of cost in between, and a
# fact that is not known, which comes after those that are.
OTHER_OPTION, BAND, NOT_KNOWN = 1.0, 1.6, 10.0


@dataclass(frozen=True)
class NearMethod:
    """A method near to a search, and the filters of the search that it misses."""

    card: Card
    missed: tuple[Fact, ...] = ()


def nearest(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> tuple[NearMethod, ...]:
    """Return at most five methods for a search without results, the nearest first.

    Of the methods that match the words, those that miss the fewest filters; where none does, those with a like name.
    """
    if not (request.filtered and matched.methods):
        slugs = near_slugs(request.words, snapshot.slugs, MAX_NEAREST)
        return tuple(NearMethod(snapshot.cards[snapshot.ordinals[slug]]) for slug in slugs)
    facts = list(request.facts())
    distances = np.array([_distances(snapshot, fact) for fact in facts])
    # Best match first, or in the order of titles; equal ones stay so, as lexsort is stable.
    candidates = matched.best_first
    far = distances[:, candidates]
    order = candidates[np.lexsort((far.sum(axis=0), np.count_nonzero(far, axis=0)))]
    return tuple(
        NearMethod(
            snapshot.cards[ordinal],
            tuple(fact for fact, row in zip(facts, distances, strict=True) if row[ordinal]),
        )
        for ordinal in order[:MAX_NEAREST].tolist()
    )


def _distances(snapshot: Snapshot, fact: Fact) -> Scores:
    """Return how far each method is from having a fact; 0 where it has it."""
    if fact.numbers:
        distances = _from_range(snapshot, fact.name, *fact.numbers)
    elif fact.name == "cost":
        distances = _from_bands(snapshot, fact.values)
    else:
        distances = np.full(len(snapshot.cards), OTHER_OPTION)
    if fact.name in snapshot.unknown:
        known = ~snapshot.mask(snapshot.unknown[fact.name])
        distances = np.where(known, distances, NOT_KNOWN)
    return np.where(snapshot.mask(snapshot.with_fact(fact)), 0.0, distances)


def _from_range(snapshot: Snapshot, name: str, low: float, high: float) -> Scores:
    lows, highs = snapshot.ends[name]
    above, below = np.log1p(np.maximum(lows, 0)) - np.log1p(high), np.log1p(low) - np.log1p(highs)
    return np.asarray(np.nan_to_num(np.maximum(above, below), nan=NOT_KNOWN))


def _from_bands(snapshot: Snapshot, values: tuple[str, ...]) -> Scores:
    bands = VOCABULARY.facets["cost"].values
    asked = [bands.index(value) for value in values if value in bands]
    steps = {band: min((abs(n - a) for a in asked), default=1) for n, band in enumerate(bands)}
    return np.array(
        [BAND * steps[card.cost.band] if card.cost else NOT_KNOWN for card in snapshot.cards]
    )
