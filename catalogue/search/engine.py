"""Answers a `SearchRequest` from a `Snapshot`: results in order, counts, extracts, reasons.

Words are understood and ranked by their scores; filters and counts are set operations in memory.
Nothing here knows of Flask or HTML pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from catalogue.model.slugs import near_slugs
from catalogue.search.cards import Card
from catalogue.search.query_facets import Hint
from catalogue.search.query_parser import MAX_CONCEPTS, as_typed
from catalogue.search.ranking import held_stems
from catalogue.search.search_request import Notice, SearchRequest
from catalogue.search.snapshot import Bits, Matched, Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY, Facet

NEAREST = 5
# So many results of a search are kept, for the same words with other filters.
RESULTS_KEPT = 100


@dataclass(frozen=True)
class Result:
    """One method of a page of results, and the words of the search it holds, in stems.

    search/highlights.py works out from these what is shown. `facts` are those that somebody named and it has.
    """

    card: Card
    stems: frozenset[str] = frozenset()
    facts: tuple[Hint, ...] = ()
    score: float = 0.0


class FacetCounts(NamedTuple):
    """A filter: how many methods choosing each option would bring, in the vocabulary's order.

    `chosen` are the options that are chosen.
    """

    facet: Facet
    methods: dict[str, int]
    chosen: tuple[str, ...]


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


def search(snapshot: Snapshot, request: SearchRequest) -> SearchPage:
    """Answer a request: filters are OR within a facet and AND between them, ranges overlap."""
    notices: list[Notice] = []
    matched = snapshot.matched(request.words)
    notices += _words_notices(request.words, matched)
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
    facets = tuple(_counts(snapshot, request, matching, found, chosen))
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


def _words_notices(words: str, matched: Matched) -> Iterator[Notice]:
    """Yield what must be said of the words: some were too many, or not found, or ask for nothing."""
    if words and matched.scores is None:
        yield Notice("words-empty", "q", words[:60])
    if matched.understanding.cut:
        yield Notice("words-many", "q", str(MAX_CONCEPTS))
    if matched.bits and matched.not_found:
        missing = tuple(concept.text[:60] for concept in matched.not_found[:5])
        yield Notice("words-not-found", "q", "", missing)


def _counts(
    snapshot: Snapshot,
    request: SearchRequest,
    matching: Bits,
    found: Bits,
    chosen: dict[str, Bits],
) -> Iterator[FacetCounts]:
    """Count each option with its own facet's choice lifted and all other filters in force.

    `matching` are the methods that match words and ranges, `found` those of them that match all filters.
    """
    for facet in VOCABULARY.filters:
        base = found
        if facet.name in chosen:
            base = matching
            for name, bits in chosen.items():
                if name != facet.name:
                    base &= bits
        chosen_here = request.choices.get(facet.name, ())
        # In the vocabulary's order, and those whose facts are not known last.
        sets = snapshot.options[facet.name]
        methods = {value: (base & bits).bit_count() for value, bits in sets.items()}
        if not (sets[UNKNOWN] or UNKNOWN in chosen_here):
            del methods[UNKNOWN]
        yield FacetCounts(facet, methods, chosen_here)


def _ordered(
    snapshot: Snapshot, request: SearchRequest, matched: Matched, found: Bits, last: int
) -> list[int]:
    """Return the places of the first `last` found methods in the order asked for."""
    order = matched.best_first if request.order == "relevance" else snapshot.orders[request.order]
    places: list[int] = order[snapshot.mask(found)[order]][:last].tolist()
    return places


def _results(snapshot: Snapshot, matched: Matched, places: list[int]) -> tuple[Result, ...]:
    """Return what is known of the methods at some places; those found out before are taken as they are."""
    kept: dict[int, Result] = matched.results
    missing = [place for place in places if place not in kept]
    if not missing:
        return tuple([kept[place] for place in places])
    new = dict(zip(missing, _new_results(snapshot, matched, missing), strict=True))
    if len(kept) < RESULTS_KEPT:
        kept.update(new)
    return tuple([kept.get(place) or new[place] for place in places])


def _new_results(snapshot: Snapshot, matched: Matched, places: list[int]) -> Iterator[Result]:
    if matched.scores is None:
        yield from (Result(snapshot.cards[place]) for place in places)
        return
    held = held_stems(matched.understanding.marked, places, snapshot.index)
    having = [(hint, snapshot.having(hint)) for hint in matched.understanding.hints]
    for place, stems in zip(places, held, strict=True):
        facts = tuple([hint for hint, bits in having if bits >> place & 1])
        yield Result(snapshot.cards[place], stems, facts, float(matched.scores[place]))


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
