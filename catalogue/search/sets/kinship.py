"""Which methods are akin: those for like purposes and of one family, as far as these tell methods apart, and those that link to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from catalogue.search.cards import Card
from catalogue.storage.fulltext import Scores
from catalogue.vocabulary import VOCABULARY

# How much of a purpose a method has: as its main one, as another, as one that it only supports.
MAIN, OTHER, SUPPORTED = 1.0, 0.7, 0.35
# The best methods for the words of a search, to which others may be akin.
BEST = 10
# The ordinals of methods, in some order.
Ordinals = npt.NDArray[np.int64]
PURPOSES = VOCABULARY.facets["purpose"].values
FAMILIES = VOCABULARY.facets["family"].values


class Kinship:
    """The purposes and the family of each method as one row of length 1 (`traits`), the links between methods, and how much others recommend it.

    `links` are the ordinals of the two methods of each link, once in each direction. One counts as much as all purposes and the
    family being the same.

    `recommended` is from 0 to 1: the logarithm of how many other methods link to it in their texts, where they mostly say
    what to use instead.
    """

    def __init__(self, cards: Sequence[Card]) -> None:
        """Take the cards in the order of their ordinals."""
        purposes = np.array([[_share(card, purpose) for purpose in PURPOSES] for card in cards])
        families = np.array(
            [
                [float(family in card.choices.get("family", ())) for family in FAMILIES]
                for card in cards
            ]
        )
        self._purposes: npt.NDArray[np.float64] = purposes.reshape(len(cards), len(PURPOSES))
        traits = np.hstack([self._purposes, families.reshape(len(cards), len(FAMILIES))])
        # As for words, what few methods have says most.
        traits *= np.log1p(len(cards) / np.maximum(traits.sum(axis=0), 1.0))
        self.recommended = _recommended(cards)
        self.links = _links(cards)
        self.traits = traits / np.maximum(np.sqrt((traits**2).sum(axis=1, keepdims=True)), 1e-9)

    def near(self, scores: Scores) -> Scores:
        """Return how akin each method is to the BEST of some scores, from 0 to 1 for the most akin."""
        if len(scores) > BEST:
            scores = np.where(scores >= np.partition(scores, -BEST)[-BEST], scores, 0.0)
        akin = self.traits @ (self.traits.T @ scores)
        linking, linked = self.links
        akin += np.bincount(linked, scores[linking], minlength=len(scores))
        highest = float(akin.max(initial=0.0))
        return np.asarray(akin / highest) if highest > 0 else np.zeros(len(scores))

    def serves(self, purposes: Iterable[str]) -> Scores:
        """Return how well each method serves some purposes on average, from 0 to 1; there must be one."""
        columns = [PURPOSES.index(purpose) for purpose in purposes]
        return np.asarray(self._purposes[:, columns].mean(axis=1))


def _links(cards: Sequence[Card]) -> tuple[Ordinals, Ordinals]:
    """Return the ordinals of the two methods of each link in their texts, once in each direction."""
    ordinals = {card.slug: ordinal for ordinal, card in enumerate(cards)}
    links = {
        (ordinal, ordinals[slug])
        for ordinal, card in enumerate(cards)
        for slug in card.refers_to
        if slug in ordinals and slug != card.slug
    }
    both = sorted(links | {(target, source) for source, target in links})
    pairs = np.array(both, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _recommended(cards: Sequence[Card]) -> Scores:
    links = Counter(slug for card in cards for slug in card.refers_to if slug != card.slug)
    logarithms = np.log1p(np.array([links[card.slug] for card in cards], dtype=float))
    return np.asarray(logarithms / max(float(logarithms.max(initial=0.0)), 1.0))


def _share(card: Card, purpose: str) -> float:
    if card.purposes[:1] == (purpose,):
        return MAIN
    if purpose in card.purposes:
        return OTHER
    return SUPPORTED if purpose in card.possible.get("purpose", ()) else 0.0
