"""Scores of words and phrases, from Whoosh's postings, a block of 128 methods at a time.

Used by storage/fulltext.py alone. Whoosh's own loops take some five microseconds for each method that holds a word, and more
for phrases; here the same formula is one line of arithmetic on whole blocks, and tests hold the two to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.matching import FilterMatcher, Matcher
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

Numbers = npt.NDArray[np.int64]
Amounts = npt.NDArray[np.float64]
# How fast more of the same word stops counting (k1 of BM25; Whoosh's usual value).
K1 = 1.2
# Words of fields of segments whose postings are kept as they were read, by each thread.
HOLDINGS_KEPT = 32


class Holding(NamedTuple):
    """The documents of a segment that hold a word: their numbers in order, its counts, and where it stands.

    The places are as Whoosh packs them; none for a field that does not know them.
    """

    numbers: Numbers
    counts: Amounts
    places: list[bytes]


class Postings:
    """The postings of one opened index, read by one thread through its own Whoosh searcher."""

    def __init__(self, searcher: Searcher, lengths: dict[tuple[int, str], Amounts]) -> None:
        """Take a searcher, and the lengths of fields, which all threads share; nothing is read until asked for."""
        self._searcher = searcher
        self._lengths = lengths
        # A search asks for its words one by one, and again for those that belong together.
        self._holding = lru_cache(maxsize=HOLDINGS_KEPT)(_holding)

    def scores(self, field: str, stem: str, b: float) -> tuple[Numbers, Amounts]:
        """Return the numbers of the documents that hold a stem in a field, and its BM25F score in each.

        `b` says how much the length of the field counts. Deleted documents are among them.
        Formula: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), as in whoosh.scoring.bm25.
        """
        numbers, scores = [], []
        for leaf, offset in self._searcher.leaf_searchers():
            if found := self._holding(leaf, field, stem):
                lengths = self._field_lengths(leaf, offset, field)[found.numbers]
                numbers.append(found.numbers + offset)
                scores.append(self._bm25(field, stem, found.counts, lengths, b))
        return _joined(numbers, scores)

    def phrase_scores(
        self, field: str, stems: tuple[str, ...], b: float
    ) -> tuple[Numbers, Amounts]:
        """Return the same for stems that stand side by side: the sum of what each is worth in the document."""
        numbers, scores = [], []
        for leaf, offset in self._searcher.leaf_searchers():
            held = [self._holding(leaf, field, stem) for stem in stems]
            words = [found for found in held if found]
            if len(words) < len(stems):
                continue
            decode = leaf.schema[field].format.decoder("positions")
            together = _side_by_side(words, decode)
            lengths = self._field_lengths(leaf, offset, field)[together]
            total = np.zeros(len(together))
            for stem, found in zip(stems, words, strict=True):
                counts = found.counts[np.searchsorted(found.numbers, together)]
                total += self._bm25(field, stem, counts, lengths, b)
            numbers.append(together + offset)
            scores.append(total)
        return _joined(numbers, scores)

    def _bm25(self, field: str, stem: str, counts: Amounts, lengths: Amounts, b: float) -> Amounts:
        rarity = self._searcher.idf(field, stem)
        usual = self._searcher.avg_field_length(field) or 1
        norm = 1 - b + b * lengths / usual
        return np.asarray(rarity * (counts * (K1 + 1) / (counts + K1 * norm)))

    def _field_lengths(self, leaf: Searcher, offset: int, field: str) -> Amounts:
        """Return the number of words in a field of each document of a segment, read once."""
        key = (offset, field)
        if key not in self._lengths:
            reader = leaf.reader()
            count = reader.doc_count_all()
            lengths = (reader.doc_field_length(number, field, 1) for number in range(count))
            self._lengths[key] = np.fromiter(lengths, dtype=float, count=count)
        return self._lengths[key]


def _joined(numbers: list[Numbers], scores: list[Amounts]) -> tuple[Numbers, Amounts]:
    if not numbers:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(numbers), np.concatenate(scores)


def _side_by_side(words: list[Holding], decode: Callable[[bytes], list[int]]) -> Numbers:
    """Return the documents in which the words follow each other in this order."""
    common = reduce(np.intersect1d, [found.numbers for found in words])
    rows = [np.searchsorted(found.numbers, common).tolist() for found in words]
    kept = []
    for n in range(len(common)):
        starts = set(decode(words[0].places[rows[0][n]]))
        for behind in range(1, len(words)):
            places = decode(words[behind].places[rows[behind][n]])
            starts &= {place - behind for place in places}
            if not starts:
                break
        kept.append(bool(starts))
    return np.asarray(common[np.array(kept, dtype=bool)], dtype=np.int64)


def _holding(leaf: Searcher, field: str, stem: str) -> Holding | None:
    """Return what a segment holds of a word in a field; None if nothing."""
    try:
        matcher = leaf.reader().postings(field, stem)
    except TermNotFound:
        return None
    blocks = list(_blocks(matcher, leaf.schema[field].format.supports("positions")))
    if not blocks:  # in deleted documents alone
        return None
    return Holding(
        np.concatenate([block.numbers for block in blocks]),
        np.concatenate([block.counts for block in blocks]),
        [place for block in blocks for place in block.places],
    )


def _blocks(matcher: Matcher, placed: bool) -> Iterator[Holding]:
    """Yield what Whoosh keeps of a word, block by block.

    Whoosh gives it out document by document, so its blocks are taken as they lie in memory; a word of a single
    document has no block.
    """
    if isinstance(matcher, FilterMatcher):  # leaves out deleted documents one by one
        matcher = matcher.child
    while matcher.is_active():
        if hasattr(matcher, "_read_weights"):
            matcher.id()
            matcher.weight()
            numbers = np.array(matcher._ids, dtype=np.int64)
            counts = np.array(matcher._weights, dtype=float)
            # What value() would split and give out one by one.
            yield Holding(numbers, counts, list(matcher._data[2]) if placed else [])
            matcher._next_block()
        else:
            one = [matcher.value()] if placed else []
            yield Holding(np.array([matcher.id()]), np.array([matcher.weight()], dtype=float), one)
            matcher.next()
