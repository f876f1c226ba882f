"""BM25F scores of words and phrases, from Whoosh's postings, a block of 128 documents at a time.

Whoosh's own loops take some five microseconds for each document that contains a word, and more for phrases; here the same
formula is one line of arithmetic on whole blocks, and tests hold the two to the same scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.matching import FilterMatcher, Matcher
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

DocIds = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
# Term frequency saturation (k1 of BM25; Whoosh's usual value).
K1 = 1.2


class PostingList(NamedTuple):
    """The documents of a segment that contain a stem, in order, with its frequency and positions in each.

    The positions are as Whoosh packs them; [] for a field that is indexed without them.
    """

    doc_ids: DocIds
    term_freqs: Floats
    positions: list[bytes]


class Postings:
    """The postings of one opened index, read by one thread through its own Whoosh searcher."""

    def __init__(self, searcher: Searcher, lengths: dict[tuple[int, str], Floats]) -> None:
        """Take a searcher, and the cache of field lengths that all threads share; nothing is read yet."""
        self._searcher = searcher
        self._lengths = lengths

    def scores(self, field: str, stem: str, b: float) -> tuple[DocIds, Floats]:
        """Return the ids of the documents that contain a stem in a field, and its BM25F score in each.

        `b` is the length normalisation. Deleted documents are among them.
        Formula: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), as in whoosh.scoring.bm25.
        """
        doc_ids, scores = [], []
        for segment, offset in self._searcher.leaf_searchers():
            if postings := _posting_list(segment, field, stem):
                lengths = self._field_lengths(segment, offset, field)[postings.doc_ids]
                doc_ids.append(postings.doc_ids + offset)
                scores.append(self._bm25(field, stem, postings.term_freqs, lengths, b))
        return _joined(doc_ids, scores)

    def phrase_scores(self, field: str, stems: tuple[str, ...], b: float) -> tuple[DocIds, Floats]:
        """Return the same for a phrase of adjacent stems: the sum of their scores in the document."""
        doc_ids, scores = [], []
        for segment, offset in self._searcher.leaf_searchers():
            optional = [_posting_list(segment, field, stem) for stem in stems]
            lists = [postings for postings in optional if postings]
            if len(lists) < len(stems):
                continue
            decode = segment.schema[field].format.decoder("positions")
            matching = _adjacent(lists, decode)
            lengths = self._field_lengths(segment, offset, field)[matching]
            total = np.zeros(len(matching))
            for stem, postings in zip(stems, lists, strict=True):
                term_freqs = postings.term_freqs[np.searchsorted(postings.doc_ids, matching)]
                total += self._bm25(field, stem, term_freqs, lengths, b)
            doc_ids.append(matching + offset)
            scores.append(total)
        return _joined(doc_ids, scores)

    def _bm25(self, field: str, stem: str, term_freqs: Floats, lengths: Floats, b: float) -> Floats:
        idf = self._searcher.idf(field, stem)
        average = self._searcher.avg_field_length(field) or 1
        norm = 1 - b + b * lengths / average
        return np.asarray(idf * (term_freqs * (K1 + 1) / (term_freqs + K1 * norm)))

    def _field_lengths(self, segment: Searcher, offset: int, field: str) -> Floats:
        """Return the number of words in a field of each document of a segment, read once."""
        key = (offset, field)
        if key not in self._lengths:
            reader = segment.reader()
            count = reader.doc_count_all()
            lengths = (reader.doc_field_length(doc_id, field, 1) for doc_id in range(count))
            self._lengths[key] = np.fromiter(lengths, dtype=float, count=count)
        return self._lengths[key]


def _joined(doc_ids: list[DocIds], scores: list[Floats]) -> tuple[DocIds, Floats]:
    if not doc_ids:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(doc_ids), np.concatenate(scores)


def _adjacent(lists: list[PostingList], decode: Callable[[bytes], list[int]]) -> DocIds:
    """Return the documents in which the stems of the lists are adjacent, in this order."""
    common = reduce(np.intersect1d, [postings.doc_ids for postings in lists])
    rows = [np.searchsorted(postings.doc_ids, common).tolist() for postings in lists]
    matching = []
    for n in range(len(common)):
        starts = set(decode(lists[0].positions[rows[0][n]]))
        for offset in range(1, len(lists)):
            positions = decode(lists[offset].positions[rows[offset][n]])
            starts &= {position - offset for position in positions}
            if not starts:
                break
        matching.append(bool(starts))
    return np.asarray(common[np.array(matching, dtype=bool)], dtype=np.int64)


def _posting_list(segment: Searcher, field: str, stem: str) -> PostingList | None:
    """Return the posting list of a stem in a field of a segment; None if it has none."""
    try:
        matcher = segment.reader().postings(field, stem)
    except TermNotFound:
        return None
    blocks = list(_blocks(matcher, segment.schema[field].format.supports("positions")))
    if not blocks:  # in deleted documents alone
        return None
    return PostingList(
        np.concatenate([block.doc_ids for block in blocks]),
        np.concatenate([block.term_freqs for block in blocks]),
        [positions for block in blocks for positions in block.positions],
    )


def _blocks(matcher: Matcher, with_positions: bool) -> Iterator[PostingList]:
    """Yield a posting list block by block.

    Whoosh yields it document by document, so its blocks are copied as they are in memory; a stem of a single
    document has no block.
    """
    if isinstance(matcher, FilterMatcher):  # leaves out deleted documents one by one
        matcher = matcher.child
    while matcher.is_active():
        if hasattr(matcher, "_read_weights"):
            matcher.id()
            matcher.weight()
            doc_ids = np.array(matcher._ids, dtype=np.int64)
            term_freqs = np.array(matcher._weights, dtype=float)
            # What value() would split and yield one by one.
            yield PostingList(doc_ids, term_freqs, list(matcher._data[2]) if with_positions else [])
            matcher._next_block()
        else:
            one = [matcher.value()] if with_positions else []
            yield PostingList(np.array([matcher.id()]), np.array([matcher.weight()], dtype=float), one)  # fmt: skip
            matcher.next()
