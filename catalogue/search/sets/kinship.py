"""Which methods are akin: those for like purposes and of one family, as far as these tell methods apart."""

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
PURPOSES = VOCABULARY.facets["purpose"].values
FAMILIES = VOCABULARY.facets["family"].values


class Kinship:
    """The purposes and the family of each method as one row of length 1 (`traits`), and how much others recommend it.

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
        self.traits = traits / np.maximum(np.sqrt((traits**2).sum(axis=1, keepdims=True)), 1e-9)

    def near(self, scores: Scores) -> Scores:
        """Return how akin each method is to the BEST of some scores, from 0 to 1 for the most akin."""
        if len(scores) > BEST:
            scores = np.where(scores >= np.partition(scores, -BEST)[-BEST], scores, 0.0)
        akin = self.traits @ (self.traits.T @ scores)
        highest = float(akin.max(initial=0.0))
        return np.asarray(akin / highest) if highest > 0 else np.zeros(len(scores))

    def serves(self, purposes: Iterable[str]) -> Scores:
        """Return how well each method serves some purposes on average, from 0 to 1; there must be one."""
        columns = [PURPOSES.index(purpose) for purpose in purposes]
        return np.asarray(self._purposes[:, columns].mean(axis=1))


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
