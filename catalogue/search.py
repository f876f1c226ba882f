"""Answers a `SearchRequest` from a `Snapshot`: results in order, counts, extracts, reasons.

Words are understood and ranked by their scores; filters and counts are set operations in memory.
Nothing here knows of Flask or HTML pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from catalogue.cards import Card
from catalogue.hints import Hint
from catalogue.index import Scores
from catalogue.lines import NO_LINES, Lines
from catalogue.ranking import held_stems
from catalogue.reader import near_slugs
from catalogue.request import Notice, SearchRequest
from catalogue.snapshot import Bits, Snapshot
from catalogue.understanding import MAX_CONCEPTS, Understanding, as_typed
from catalogue.vocabulary import UNKNOWN, VOCABULARY, Facet

NOTHING_ASKED = Understanding((), ())
NEAREST = 5


@dataclass(frozen=True)
class Result:
    """One method of a page of results: the words of the search it holds, in stems, and its sentences.

    extract.py works out from these what is shown. `facts` are those that somebody named and it has.
    """

    card: Card
    stems: frozenset[str] = frozenset()
    passages: Lines = NO_LINES
    facts: tuple[Hint, ...] = ()
    score: float = 0.0


class OptionCount(NamedTuple):
    """One option of a filter, and how many methods choosing it would bring."""

    value: str
    methods: int
    selected: bool


@dataclass(frozen=True)
class FacetCounts:
    """A filter with its options in the vocabulary's order."""

    facet: Facet
    options: tuple[OptionCount, ...]

    @property
    def chosen(self) -> int:
        """How many options are chosen."""
        return sum(option.selected for option in self.options)


@dataclass(frozen=True)
class Correction:
    """A word that was typed, the one searched for instead, and the request that undoes it."""

    typed: str
    instead: str
    undone: SearchRequest


@dataclass(frozen=True)
class Raised:
    """A fact named in the words: methods that have it were raised.

    `only` asks for them alone; None where the fact is not among the filters.
    """

    hint: Hint
    only: SearchRequest | None
    count: int


@dataclass(frozen=True)
class Way:
    """A way out of an empty list: a filter to drop, and how many methods that would give.

    A `value` of "" stands for the whole filter.
    """

    facet: str
    value: str
    request: SearchRequest
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of an answer. `request.page` is the page really given.

    Where nothing matches, `ways_out` and `nearest` say what to try.
    """

    request: SearchRequest
    total: int
    pages: int
    results: tuple[Result, ...]
    facets: tuple[FacetCounts, ...]
    notices: tuple[Notice, ...]
    corrections: tuple[Correction, ...] = ()
    raised: tuple[Raised, ...] = ()
    ways_out: tuple[Way, ...] = ()
    nearest: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Matched:
    """What the words of a request mean and which methods match them."""

    understanding: Understanding
    scores: Scores | None
    bits: Bits


def search(snapshot: Snapshot, request: SearchRequest) -> SearchPage:
    """Answer a request: filters are OR within a facet and AND between them, ranges overlap."""
    notices: list[Notice] = []
    matched = _match(snapshot, request.words, notices)
    matching = found = matched.bits
    chosen = {facet: snapshot.any_of(facet, values) for facet, values in request.choices.items()}
    for bits in chosen.values():
        found &= bits
    for name, numbers in request.ranges.items():
        if missing := (found & snapshot.without_range[name]).bit_count():
            notices.append(Notice("range-not-known", name, str(missing)))
        overlapping = snapshot.overlapping(name, *numbers)
        matching &= overlapping
        found &= overlapping
    facets = tuple(_counts(snapshot, request, matching, chosen))
    total = found.bit_count()
    pages = max(1, math.ceil(total / request.per_page))
    if request.page > pages:
        notices.append(Notice("page-beyond", "page", str(request.page), (str(pages),)))
        request = request.with_page(pages)
    start = (request.page - 1) * request.per_page
    places = _ordered(snapshot, request, matched, found, start + request.per_page)[start:]
    return SearchPage(
        request,
        total,
        pages,
        _results(snapshot, matched, places),
        facets,
        tuple(notices),
        tuple(_corrections(request, matched)),
        tuple(_raised(snapshot, request, matched)),
        tuple(_ways_out(snapshot, request, matched)) if not total else (),
        _nearest(snapshot, request, matched) if not total else (),
    )


def _match(snapshot: Snapshot, words: str, notices: list[Notice]) -> Matched:
    """Understand and rank the words; all methods match where no word can be searched for."""
    if not words:
        return Matched(NOTHING_ASKED, None, snapshot.all)
    understanding, ranking = snapshot.ranked(words)
    if not understanding.concepts:
        notices.append(Notice("words-empty", "q", words[:60]))
        return Matched(NOTHING_ASKED, None, snapshot.all)
    if understanding.cut:
        notices.append(Notice("words-many", "q", str(MAX_CONCEPTS)))
    bits = snapshot.bits_of(ranking.scores > 0)
    if bits and ranking.not_found:
        missing = tuple(concept.text[:60] for concept in ranking.not_found[:5])
        notices.append(Notice("words-not-found", "q", "", missing))
    return Matched(understanding, ranking.scores, bits)


def _counts(
    snapshot: Snapshot, request: SearchRequest, matching: Bits, chosen: dict[str, Bits]
) -> Iterator[FacetCounts]:
    """Count each option with its own facet's choice lifted and all other filters in force."""
    for facet in VOCABULARY.filters:
        base = matching
        for name, bits in chosen.items():
            if name != facet.name:
                base &= bits
        sets = snapshot.options[facet.name]
        selected = request.choices.get(facet.name, ())
        values = facet.values
        if sets[UNKNOWN] or UNKNOWN in selected:
            values = (*values, UNKNOWN)
        yield FacetCounts(
            facet,
            tuple(
                OptionCount(value, (base & sets[value]).bit_count(), value in selected)
                for value in values
            ),
        )


def _ordered(
    snapshot: Snapshot, request: SearchRequest, matched: Matched, found: Bits, last: int
) -> list[int]:
    """Return the places of the first `last` found methods in the order asked for."""
    mask = snapshot.mask(found)
    if request.order == "relevance" and matched.scores is not None:
        places = np.flatnonzero(mask)
        scores = matched.scores[places]
        if len(places) > last:
            # Only those that can be among the first are sorted; equal scores stay in the order of titles.
            places = places[scores >= np.partition(scores, -last)[-last]]
            scores = matched.scores[places]
        return [int(place) for place in places[np.argsort(-scores, kind="stable")][:last]]
    order = snapshot.orders["title" if request.order == "relevance" else request.order]
    return [int(place) for place in order[mask[order]][:last]]


def _results(snapshot: Snapshot, matched: Matched, places: list[int]) -> tuple[Result, ...]:
    cards = [snapshot.cards[place] for place in places]
    if matched.scores is None:
        return tuple(map(Result, cards))
    passages = snapshot.passages([card.slug for card in cards])
    held = held_stems(matched.understanding.marked, places, snapshot.index)
    having = [(hint, snapshot.having(hint)) for hint in matched.understanding.hints]
    return tuple(
        Result(
            card,
            stems,
            passages[card.slug],
            tuple([hint for hint, bits in having if bits >> place & 1]),
            float(matched.scores[place]),
        )
        for place, card, stems in zip(places, cards, held, strict=True)
    )


def _corrections(request: SearchRequest, matched: Matched) -> Iterator[Correction]:
    """Yield what was searched for instead; quotation marks round a word undo it."""
    for typed, instead in matched.understanding.corrections:
        undone = request.with_words(as_typed(request.words, typed))
        yield Correction(typed, instead, undone)


def _raised(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> Iterator[Raised]:
    """Yield the named facts that are not filters yet, with the request that makes them one."""
    for concept in matched.understanding.concepts:
        hint = concept.hint
        if hint is None or hint.facet in request.choices or hint.range in request.ranges:
            continue
        if hint.facet and VOCABULARY.facets[hint.facet] not in VOCABULARY.filters:
            yield Raised(hint, None, 0)
            continue
        only = request.with_hint(hint.facet, hint.values, hint.range, (hint.low, hint.high))
        if count := _count(snapshot, only, matched):
            yield Raised(hint, only, count)


def _ways_out(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> Iterator[Way]:
    """Yield each filter whose removal alone would give results, the one that gives most first."""
    ways = [
        (name, value, request.without_choice(name, value))
        for name, values in request.choices.items()
        for value in values
    ]
    several = [name for name, values in request.choices.items() if len(values) > 1]
    ways += [(name, "", request.without_facet(name)) for name in several]
    ways += [(name, "", request.without_range(name)) for name in request.ranges]
    found = [Way(n, v, asked, _count(snapshot, asked, matched)) for n, v, asked in ways]
    yield from sorted((way for way in found if way.count), key=lambda way: -way.count)


def _count(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> int:
    found = matched.bits
    for facet, values in request.choices.items():
        found &= snapshot.any_of(facet, values)
    for name, numbers in request.ranges.items():
        found &= snapshot.overlapping(name, *numbers)
    return found.bit_count()


def _nearest(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> tuple[Card, ...]:
    """Return methods worth a look where nothing matches: without the filters, or with a like name."""
    if request.filtered and matched.bits:
        places = _ordered(snapshot, replace(request, sort=""), matched, matched.bits, NEAREST)
        return tuple(snapshot.cards[place] for place in places)
    slugs = near_slugs(request.words, snapshot.slugs, NEAREST)
    return tuple(snapshot.cards[snapshot.places[slug]] for slug in slugs)
