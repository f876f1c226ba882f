"""Searches a `Snapshot` for a `SearchRequest`: results in order, facet counts, corrections, ways out.

Words are parsed and ranked by their scores; filters and counts are set operations in memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.model.facts import Fact
from catalogue.search.cards import Card
from catalogue.search.filters import Filters
from catalogue.search.nearest import NearMethod, nearest
from catalogue.search.order.groups import FITS, Group, Grouped, Standing, group, matched_by, visible
from catalogue.search.order.results import Result, results_of
from catalogue.search.order.understood import UnderstoodLimits, understood_limits
from catalogue.search.parameters import Notice
from catalogue.search.query.parser import MAX_TERMS, as_typed
from catalogue.search.ranking import Matched
from catalogue.search.search_request import SearchRequest
from catalogue.search.sets.method_set import MethodSet
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN, VOCABULARY, Facet


class FacetCounts(NamedTuple):
    """A filter: how many methods choosing each option would bring, in the vocabulary's order.

    `chosen` are the options that are chosen.
    """

    facet: Facet
    methods: dict[str, int]
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """A word as typed, the one searched for instead, and the request that undoes the correction.

    `undone` is None where nothing has the word as typed.
    """

    typed: str
    instead: str
    undone: SearchRequest | None


@dataclass(frozen=True)
class Offer:
    """A word as typed, one that may be meant, and the request for that."""

    typed: str
    instead: str
    request: SearchRequest


@dataclass(frozen=True)
class Raised:
    """A fact that the words of a search name in `text`: methods that have it rank higher.

    `only` is the request for these `count` methods alone; None where the fact is not among the filters.
    """

    fact: Fact
    text: str
    only: SearchRequest | None
    count: int


@dataclass(frozen=True)
class WayOut:
    """A way out of an empty list: a filter to drop, and how many methods that would give.

    `name` is that of a facet or a range; a `value` of "" stands for the whole filter.
    """

    name: str
    value: str
    request: SearchRequest
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of results. `request.page` is its number, the last page where the request is beyond it.

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
    ways_out: tuple[WayOut, ...] = ()
    nearest: tuple[NearMethod, ...] = ()
    # How each result stands, in the order of `results`.
    standings: tuple[Standing, ...] = ()
    # How many of all results are made for the chosen purposes and audiences; they come first in their group.
    made_for: int = 0
    # The groups of all pages in their order, each with its number of methods: one where the list has another order.
    groups: tuple[tuple[str, int], ...] = ()
    # How many weaker matches the list has, or leaves out.
    weaker: int = 0
    limits: UnderstoodLimits | None = None
    offers: tuple[Offer, ...] = ()
    # The methods that the words name, by their longest name.
    named: tuple[Card, ...] = ()


def search(snapshot: Snapshot, request: SearchRequest) -> SearchPage:
    """Return the page of results for a request."""
    notices: list[Notice] = []
    matched = matched_by(snapshot, request)
    notices += _words_notices(snapshot, request.words, matched)
    filters = Filters(snapshot, request)
    grouped = group(snapshot, request, matched, filters.methods)
    notices += _not_known(request, matched, filters)
    shown, strong = grouped.shown, grouped.strong
    pages = max(1, math.ceil(shown.bit_count() / request.per_page))
    if request.page > pages:
        notices.append(Notice("page-beyond", "page", str(request.page), (str(pages),)))
        request = request.with_page(pages)
    start = (request.page - 1) * request.per_page
    by_match = request.order == "relevance"
    groups = grouped.groups if by_match else (Group(FITS, shown),)
    parts = [each.methods & part for each in groups
             for part in (filters.made_for, ~filters.made_for)]  # fmt: skip
    ordinals = _ordered(snapshot, request, matched, parts, start + request.per_page)[start:]
    standings = [grouped.standing(filters, ordinal) for ordinal in ordinals]
    sized = [(ordinal, each.size) for ordinal, each in zip(ordinals, standings, strict=True)]
    return SearchPage(
        request,
        strong.bit_count(),
        pages,
        tuple(results_of(snapshot, matched, sized)),
        tuple(_counts(request, matched, grouped, filters)),
        tuple(notices),
        tuple(_corrections(snapshot, request, matched)),
        tuple(_raised(snapshot, request, matched)),
        tuple(_ways_out(snapshot, request, matched)) if not shown else (),
        nearest(snapshot, request, matched) if not shown else (),
        tuple(standings),
        (shown & filters.made_for).bit_count(),
        tuple((each.name, each.methods.bit_count()) for each in groups),
        grouped.weaker.bit_count(),
        understood_limits(snapshot, request, matched, grouped),
        tuple(_offers(request, matched)),
        tuple(_named(snapshot, matched)),
    )


def _named(snapshot: Snapshot, matched: Matched) -> Iterator[Card]:
    """Yield the methods whose name the words contain and do not refuse; "citizens' jury" names no other jury."""
    lengths = snapshot.names.named(matched.query.wanted)
    for ordinal, length in sorted(lengths.items()):
        if length == max(lengths.values()) and ordinal not in matched.refused:
            yield snapshot.cards[ordinal]


def _not_known(request: SearchRequest, matched: Matched, filters: Filters) -> Iterator[Notice]:
    """Yield a notice for each range of which methods that are left out say nothing; each method counts once."""
    others = matched.methods
    for name in request.ranges:
        unknown = others & filters.not_known(name)
        others &= ~unknown
        if unknown:
            query = request.with_fact(Fact(name, (UNKNOWN,))).query()
            yield Notice("range-not-known", name, str(unknown.bit_count()), query=query)


def _words_notices(snapshot: Snapshot, words: str, matched: Matched) -> Iterator[Notice]:
    """Yield notices on the words: too many, not found, naming what is refused, or stop words alone."""
    if words and matched.scores is None:
        yield Notice("words-empty", "q", words[:60])
    if matched.query.cut:
        yield Notice("words-many", "q", str(MAX_TERMS))
    unwanted = {"words-refused": matched.refused, "words-passed-over": matched.passed_over}
    for code, ordinals in unwanted.items():
        if titles := tuple([snapshot.cards[ordinal].title for ordinal in sorted(ordinals)]):
            yield Notice(code, "q", "", titles)
    for term in matched.query.terms:
        if term.topic and matched.query.broader:
            yield Notice("words-broader", "q", term.text[:60], term.topic.about)
    if matched.methods and matched.not_found:
        missing = tuple(term.text[:60] for term in matched.not_found[:5])
        yield Notice("words-not-found", "q", "", missing)


def _counts(
    request: SearchRequest, matched: Matched, grouped: Grouped, filters: Filters
) -> Iterator[FacetCounts]:
    """Count each option of each filter, in the vocabulary's order, UNKNOWN last and only where a method is so.

    Strong matches are counted, all others where an option has none that are strong, as a list of them would be shown.
    """
    counted = grouped.all_strong
    for facet in VOCABULARY.filters:
        chosen = request.choices.get(facet.name, ())
        counts = filters.counts(facet.name, counted)
        if counted != matched.methods and not all(counts.values()):
            others = filters.counts(facet.name, matched.methods)
            counts = {value: count or others[value] for value, count in counts.items()}
        if not (filters.snapshot.has_unknown(facet.name) or UNKNOWN in chosen):
            del counts[UNKNOWN]
        yield FacetCounts(facet, counts, chosen)


def _ordered(
    snapshot: Snapshot,
    request: SearchRequest,
    matched: Matched,
    parts: list[MethodSet],
    last: int,
) -> list[int]:
    """Return the ordinals of the first `last` methods, part by part, each in the order of the request."""
    order = matched.best_first if request.order == "relevance" else snapshot.orders[request.order]
    ordinals: list[int] = []
    for part in parts:
        if part and len(ordinals) < last:
            ordinals += order[snapshot.mask(part)[order]][: last - len(ordinals)].tolist()
    return ordinals


def _corrections(
    snapshot: Snapshot, request: SearchRequest, matched: Matched
) -> Iterator[Correction]:
    """Yield the corrections of typos; quotation marks around a word undo one."""
    for typed, instead in matched.query.corrections:
        undone = request.with_words(as_typed(request.words, typed))
        found = visible(snapshot, undone, matched_by(snapshot, undone))
        yield Correction(typed, instead, undone if found else None)


def _offers(request: SearchRequest, matched: Matched) -> Iterator[Offer]:
    """Yield what may be meant by a word that is no clear slip."""
    for typed, instead in matched.query.offers:
        words = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", instead, request.words, flags=re.I)
        if words != request.words:
            yield Offer(typed, instead, request.with_words(words))


def _raised(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> Iterator[Raised]:
    """Yield the named facts that are not filters yet, with the request that makes them one."""
    for term in matched.query.terms:
        fact = term.fact
        if fact is None or fact.name in request.choices or fact.name in request.ranges:
            continue
        if fact in matched.query.limits:  # `limits` of the page speaks of it
            continue
        if fact.values and VOCABULARY.facets[fact.name] not in VOCABULARY.filters:
            yield Raised(fact, term.text, None, 0)
            continue
        only = request.with_fact(fact)
        if count := visible(snapshot, only, matched):
            yield Raised(fact, term.text, only, count)


def _ways_out(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> Iterator[WayOut]:
    """Yield each filter whose removal alone would give results, the one that gives most first."""
    ways = [
        (name, value, request.without_choice(name, value))
        for name, values in request.choices.items()
        for value in values
    ]
    several = [name for name, values in request.choices.items() if len(values) > 1]
    ways += [(name, "", request.without_facet(name)) for name in several]
    ways += [(name, "", request.without_range(name)) for name in request.ranges]
    counted = [WayOut(n, v, wider, visible(snapshot, wider, matched)) for n, v, wider in ways]
    yield from sorted((way for way in counted if way.count), key=lambda way: -way.count)
