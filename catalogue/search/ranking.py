"""Ranks the methods for an understood search.

Scores come from Whoosh's own postings through storage/fulltext.py; this module adds them up, method by
method, and knows nothing of filters or pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt

from catalogue.search.query_parser import Alternative, Concept, Understanding
from catalogue.storage.fulltext import PHRASE_FIELDS, SHORT_FIELDS, Scores, SearchIndex

# What a method with a named fact gains: about as much as a word in its text would bring.
HINT_SCORE = 8.0
# A name typed in full, or the words of a need a method is known for, standing together.
NAME_FACTOR = 2.0
# Several words of the search in one short text about the method.
NEED_FACTOR = 8.0
# Two words both there but not side by side count half of what the phrase would.
APART = 0.5
# Places of methods, or numbers of texts.
Places = npt.NDArray[np.int32]
NOWHERE: Places = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Ranking:
    """A score for every method (0: no match), and the concepts that no method meets."""

    scores: Scores
    not_found: tuple[Concept, ...]


class NameBook:
    """All names of all methods in stems, to see which of them a search holds in full."""

    def __init__(self, names: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        """Take (place of the method, stems of a name) pairs."""
        self._places: dict[tuple[str, ...], set[int]] = {}
        for place, stems in names:
            if stems:
                self._places.setdefault(stems, set()).add(place)
        self._longest = max(map(len, self._places), default=0)

    def named(self, typed: tuple[str, ...]) -> dict[int, int]:
        """Return the methods whose name stands in a search, with the words of the longest such name."""
        found: dict[int, int] = {}
        for start in range(len(typed)):
            for end in range(start + 1, min(len(typed), start + self._longest) + 1):
                for place in self._places.get(typed[start:end], ()):
                    found[place] = max(found.get(place, 0), end - start)
        return found


class NeedBook:
    """The needs each method is asked for, and its summary: short texts whose words belong together.

    Several words of a search in one of them say more than the same words spread over a page.
    """

    def __init__(self, needs: Iterable[tuple[int, tuple[str, ...]]], methods: int) -> None:
        """Take (place of the method, distinct stems of a text) pairs and the number of methods."""
        places: list[int] = []
        lengths: list[int] = []
        holding: dict[str, list[int]] = {}
        self._methods = methods
        for number, (place, stems) in enumerate(needs):
            places.append(place)
            lengths.append(max(1, len(stems)))
            for stem in stems:
                holding.setdefault(stem, []).append(number)
        self._places = np.array(places, dtype=np.int32)
        self._roots = np.sqrt(np.array(lengths, dtype=float))
        self._holding = {s: np.array(texts, dtype=np.int32) for s, texts in holding.items()}

    def scores(self, concepts: Iterable[Concept]) -> Scores:
        """Return, for each method, how much of a search its nearest text holds; 0 for one word alone.

        The rarity (inverse document frequency) of the words held, times their number, over the
        square root of the text's length.
        """
        total = np.zeros(len(self._places))
        count = np.zeros(len(self._places), dtype=np.int8)
        for concept in concepts:
            texts, worth = self._worth(concept)
            total[texts] += worth
            count[texts] += 1
        scores = np.zeros(self._methods)
        held = np.flatnonzero(count > 1)
        worth = total[held] * count[held] / self._roots[held]
        np.maximum.at(scores, self._places[held], worth)
        return scores

    def _worth(self, concept: Concept) -> tuple[Places, Scores]:
        """Return the texts that hold a concept, each once, and what its best word there is worth."""
        found: list[Places] = []
        worths: list[Scores] = []
        for way in concept.alternatives:
            for stem in way.stems:
                texts = self._holding.get(stem)
                if texts is not None:
                    rarity = math.log(1 + len(self._places) / (1 + len(texts)))
                    worth = rarity * way.weight * concept.weight / len(way.stems)
                    found.append(texts)
                    worths.append(np.full(len(texts), worth))
        if not found:
            return NOWHERE, np.zeros(0)
        if len(found) == 1:
            return found[0], worths[0]
        # The first of equal texts is the one with the most worth.
        holding, values = np.concatenate(found), np.concatenate(worths)
        best_first = np.argsort(-values, kind="stable")
        once, first = np.unique(holding[best_first], return_index=True)
        return once, values[best_first][first]


def rank(
    understanding: Understanding,
    index: SearchIndex,
    names: NameBook,
    needs: NeedBook,
    having: dict[Concept, Scores],
) -> Ranking:
    """Score all methods: the sum over the concepts, times the share of the concepts met.

    A concept is worth its best alternative in each method. More concepts met rank higher, and one
    odd word does not empty the list; what is required must be there. `having` says how well each
    method has the fact that a concept names, from 0 to 1. A method whose name was typed gains the share of the search
    that is its name.
    """
    total = np.zeros(len(index.slugs))
    met = np.zeros(len(index.slugs))
    allowed = np.ones(len(index.slugs), dtype=bool)
    not_found = []
    wanted = 0
    for concept in understanding.concepts:
        best = concept.weight * concept_scores(concept, index)
        if concept in having:
            best = best + HINT_SCORE * having[concept]
        matched = best > 0
        if not matched.any() and not concept.filler:
            not_found.append(concept)
        if concept.required:
            allowed &= matched
        total += best
        if not concept.filler:
            met += matched
            wanted += bool(matched.any())
    if wanted:
        total = total * met / wanted
    if len(understanding.concepts) > 1:
        total += NEED_FACTOR * needs.scores(understanding.concepts)
    scores = np.where(allowed, total, 0.0)
    for place, words in names.named(understanding.typed).items():
        scores[place] *= 1 + NAME_FACTOR * words / max(1, len(understanding.typed))
    return Ranking(scores, tuple(not_found))


def concept_scores(concept: Concept, index: SearchIndex) -> Scores:
    """Return, for each method, the score of the best alternative of a concept."""
    best = np.zeros(len(index.slugs))
    for way in concept.alternatives:
        np.maximum(best, way.weight * _alternative_scores(way, index, concept.required), out=best)
    return best


def held_stems(stems: Iterable[str], places: list[int], index: SearchIndex) -> list[frozenset[str]]:
    """Return which of the stems the method at each place holds."""
    asked = tuple(stems)
    if not asked:
        return [frozenset()] * len(places)
    held = np.array([index.word_scores(stem)[places] > 0 for stem in asked])
    return [frozenset(compress(asked, flags)) for flags in held.T.tolist()]


def _alternative_scores(way: Alternative, index: SearchIndex, exact: bool) -> Scores:
    if len(way.stems) == 1:
        return index.word_scores(way.stems[0])
    if exact:
        return index.phrase_scores(way.stems)
    # Words that belong together: a method needs them all, and gains if they stand side by side.
    apart = np.zeros(len(index.slugs))
    for stem in way.stems:
        apart += index.word_scores(stem)
    for stem in way.stems:
        apart *= index.word_scores(stem) > 0
    if not apart.any():
        return apart
    # Words that nobody typed need not be looked for side by side in long texts, which takes most of the time.
    fields = PHRASE_FIELDS if way.weight == 1.0 else SHORT_FIELDS
    return APART * apart + index.phrase_scores(way.stems, fields)
