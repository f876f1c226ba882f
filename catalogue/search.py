"""Answers a `SearchRequest` from a `Snapshot`: results in order, counts, extracts.

Whoosh ranks the words; filters and counts are set operations in memory. Nothing here knows of
Flask or HTML pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalogue.extract import Piece, best_extract, mark
from catalogue.index import Ranking
from catalogue.request import Notice, SearchRequest
from catalogue.snapshot import Bits, Card, Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY, Facet

EMPTY_RANKING = Ranking({}, (), ())


@dataclass(frozen=True)
class Result:
    """One method of a page of results; title, summary and extract are cut where words match.

    `also_known_as` is the other name that matched, if the title does not show why.
    """

    card: Card
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    extract: tuple[Piece, ...]
    score: float


@dataclass(frozen=True)
class OptionCount:
    """One option of a filter, and how many methods choosing it would bring."""

    value: str
    count: int
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
class SearchPage:
    """One page of an answer. `request.page` is the page really given."""

    request: SearchRequest
    total: int
    pages: int
    results: tuple[Result, ...]
    facets: tuple[FacetCounts, ...]
    notices: tuple[Notice, ...]


def search(snapshot: Snapshot, request: SearchRequest) -> SearchPage:
    """Answer a request: filters are OR within a facet and AND between them, ranges overlap."""
    notices: list[Notice] = []
    ranking = snapshot.index.rank(request.words) if request.words else EMPTY_RANKING
    matching = _matching(snapshot, request, ranking, notices)
    chosen = {facet: snapshot.any_of(facet, values) for facet, values in request.choices.items()}
    found = matching
    for bits in chosen.values():
        found &= bits
    for name, numbers in request.ranges.items():
        overlapping = snapshot.overlapping(name, *numbers)
        if missing := (found & snapshot.without_range[name]).bit_count():
            notices.append(Notice("range-not-known", name, str(missing)))
        matching &= overlapping
        found &= overlapping
    facets = tuple(_counts(snapshot, request, matching, chosen))
    total = found.bit_count()
    pages = max(1, math.ceil(total / request.per_page))
    if request.page > pages:
        notices.append(Notice("page-beyond", "page", str(request.page), (str(pages),)))
        request = request.with_page(pages)
    start = (request.page - 1) * request.per_page
    places = _ordered(snapshot, request, ranking, found)[start : start + request.per_page]
    results = _results(snapshot, ranking, places)
    return SearchPage(request, total, pages, results, facets, tuple(notices))


def _matching(
    snapshot: Snapshot, request: SearchRequest, ranking: Ranking, notices: list[Notice]
) -> Bits:
    """Return the methods that match the words; all of them where no word can be searched for."""
    if not request.words:
        return snapshot.all
    if not ranking.terms:
        notices.append(Notice("words-empty", "q", request.words[:60]))
        return snapshot.all
    if ranking.scores and ranking.not_found:
        missing = tuple(term.text[:60] for term in ranking.not_found[:5])
        notices.append(Notice("words-not-found", "q", "", missing))
    return snapshot.bits(snapshot.places[slug] for slug in ranking.scores)


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
    snapshot: Snapshot, request: SearchRequest, ranking: Ranking, found: Bits
) -> list[int]:
    """Return the places of the found methods in the order asked for."""
    flags = f"{found:b}"[::-1]
    last = len(flags)
    if request.order == "relevance" and ranking.scores:
        ranked = sorted((-score, snapshot.places[slug]) for slug, score in ranking.scores.items())
        return [place for _, place in ranked if place < last and flags[place] == "1"]
    order = snapshot.orders["title" if request.order == "relevance" else request.order]
    return [place for place in order if place < last and flags[place] == "1"]


def _results(snapshot: Snapshot, ranking: Ranking, places: list[int]) -> tuple[Result, ...]:
    cards = [snapshot.cards[place] for place in places]
    if not ranking.stems:
        return tuple(
            Result(card, (Piece(card.title),), (Piece(card.summary),), (), 0.0) for card in cards
        )
    passages = snapshot.passages([card.slug for card in cards])
    return tuple(
        Result(
            card=card,
            title=mark(card.title, ranking.stems),
            summary=mark(card.summary, ranking.stems),
            extract=best_extract(passages.get(card.slug, ()), ranking.stems),
            score=ranking.scores.get(card.slug, 0.0),
        )
        for card in cards
    )


def first_pages(snapshot: Snapshot, request: SearchRequest, limit: int) -> tuple[Result, ...]:
    """Return the first `limit` results of a request, for lists outside the results page."""
    return search(snapshot, replace(request, page=1, per_page=limit)).results
