"""Scores of single words, from Whoosh's postings, a block of 128 methods at a time.

Used by index.py alone. Whoosh's own loop takes some five microseconds for each method that holds a word; here
the same formula is one line of arithmetic on whole blocks, and tests hold the two to the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from whoosh.matching import FilterMatcher, Matcher
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

Numbers = npt.NDArray[np.int64]
Amounts = npt.NDArray[np.float64]
# How fast more of the same word stops counting (k1 of BM25; Whoosh's usual value).
K1 = 1.2


class Postings:
    """The postings of one opened index, read by one thread through its own Whoosh searcher."""

    def __init__(self, searcher: Searcher) -> None:
        """Take a searcher; nothing is read until a word is asked for."""
        self._searcher = searcher
        self._lengths: dict[tuple[int, str], Amounts] = {}

    def scores(self, field: str, stem: str, b: float) -> tuple[Numbers, Amounts]:
        """Return the numbers of the documents that hold a stem in a field, and its BM25F score in each.

        `b` says how much the length of the field counts. Deleted documents are among them.
        Formula: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), as in whoosh.scoring.bm25.
        """
        numbers, scores = [], []
        usual = self._searcher.avg_field_length(field) or 1
        for leaf, offset in self._searcher.leaf_searchers():
            try:
                matcher = leaf.reader().postings(field, stem)
            except TermNotFound:
                continue
            lengths = self._field_lengths(leaf, offset, field)
            for found, weights in _blocks(matcher):
                norm = 1 - b + b * lengths[found] / usual
                scores.append(weights * (K1 + 1) / (weights + K1 * norm))
                numbers.append(found + offset)
        if not numbers:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        rarity = self._searcher.idf(field, stem)
        return np.concatenate(numbers), rarity * np.concatenate(scores)

    def _field_lengths(self, leaf: Searcher, offset: int, field: str) -> Amounts:
        """Return the number of words in a field of each document of a segment, read once."""
        key = (offset, field)
        if key not in self._lengths:
            reader = leaf.reader()
            count = reader.doc_count_all()
            lengths = (reader.doc_field_length(number, field, 1) for number in range(count))
            self._lengths[key] = np.fromiter(lengths, dtype=float, count=count)
        return self._lengths[key]


def _blocks(matcher: Matcher) -> Iterator[tuple[Numbers, Amounts]]:
    """Yield the document numbers and the counts of a word, block by block.

    Whoosh gives them out one by one, so its blocks are taken as they lie in memory; a word of a single
    document has no block.
    """
    if isinstance(matcher, FilterMatcher):  # leaves out deleted documents one by one
        matcher = matcher.child
    while matcher.is_active():
        if hasattr(matcher, "_read_weights"):
            matcher.id()
            matcher.weight()
            yield np.array(matcher._ids, dtype=np.int64), np.array(matcher._weights, dtype=float)
            matcher._next_block()
        else:
            yield np.array([matcher.id()]), np.array([matcher.weight()], dtype=float)
            matcher.next()
