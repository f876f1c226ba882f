"""What the judged searches recommend for a search, for the methods of one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from catalogue.search.cards import Card
from catalogue.search.judgements.features import Features, features_in, features_of
from catalogue.search.judgements.weights import Weights
from catalogue.search.query.terms import ParsedQuery
from catalogue.search.ranking import NameIndex, Ranking
from catalogue.storage.fulltext import Scores

# What the weights of a search add, and how often a method is recommended whatever is searched for, as shares of the best score.
LEARNED, OFTEN = 1.75, 1.0
# A method that so many searches name goes half by these and half by the methods that it refers to: a few searches say little.
FEW = 5


class Recommended:
    """The weights by ordinal. A method that few judged searches name goes by those that it refers to as well."""

    def __init__(
        self, weights: Weights, cards: Sequence[Card], moved: Mapping[str, Sequence[str]]
    ) -> None:
        """Take the weights, the cards in the order of their ordinals, and where old slugs lead to."""
        self._weights = weights
        places = {slug: place for place, slug in enumerate(weights.slugs)}
        for old, new in moved.items():
            if old in places:
                places.update((slug, places[old]) for slug in new if slug not in places)
        # For each method a row of the methods that speak for it: itself, the more the more searches name it, and others.
        self._speaking = np.zeros((len(cards), len(weights.slugs)))
        for row, card in zip(self._speaking, cards, strict=True):
            place = places.get(card.slug)
            named = float(weights.counts[place]) if place is not None else 0.0
            own = named / (named + FEW)
            others = [
                places[slug] for slug in card.refers_to if slug in places and slug != card.slug
            ]
            for other in others:
                row[other] += (1 - own) / len(others)
            if place is not None:
                row[place] += own if others else 1.0
        # How often each method is recommended, whatever is searched for.
        self.often = self.by_ordinal(weights.mean)

    def by_ordinal(self, values: Scores) -> Scores:
        """Return values by the slugs of the weights as one for each method, by ordinal; 0 where nothing is known."""
        return np.asarray(self._speaking @ values)

    def scores(self, query: ParsedQuery) -> Scores:
        """Return how much each method is recommended for a search, from about -0.5 to 2."""
        stems = {stem for term in query.terms for stem in term.typed_stems}
        return self._of(features_of(stems, query.wants, query.facts))

    def shares(self, text: str) -> Scores:
        """Return the same for a text of any length, from 0 for the least to 1 for the most recommended; 0 for all if it says nothing."""
        features = features_in(text)
        if not any(name in self._weights for name in features):
            return np.zeros(len(self._speaking))
        scores = self._of(features)
        scores -= scores.min(initial=0.0)
        return np.asarray(scores / max(float(scores.max(initial=0.0)), 1e-9))

    def _of(self, features: Features) -> Scores:
        learned = self.by_ordinal(self._weights.scores(features))
        return np.asarray(LEARNED * learned + OFTEN * self.often)


def with_recommended(
    query: ParsedQuery, ranking: Ranking, names: NameIndex, recommended: Recommended
) -> Ranking:
    """Raise the methods that are recommended for searches like this one, among those that match.

    A few words with the name of a method ask for that, and a text that does not ask is left alone.
    """
    if not query.asks or (not query.is_sentence and names.named(query.wanted)):
        return ranking
    best = float(ranking.scores.max(initial=0.0))
    raised = ranking.scores + best * recommended.scores(query)
    # Whatever is least recommended still matches.
    return replace(ranking, scores=np.where(ranking.scores > 0, np.maximum(raised, 1e-9), 0.0))
