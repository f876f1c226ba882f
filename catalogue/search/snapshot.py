"""A `Snapshot`: one build, opened, with everything a results page needs in memory.

Filled from the database when a build is opened and never changed afterwards, so any number of
threads share it. Filters and counts are set operations on it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from catalogue.budget import share
from catalogue.build.sources import MethodTexts
from catalogue.model.facts import Fact
from catalogue.model.letters import name_key
from catalogue.model.method import Case
from catalogue.model.sizes import SIZED_FACETS, SIZES
from catalogue.rendering.hrefs import unlink_methods
from catalogue.search.cards import SORT_KEYS, Card, moved_slugs, read_cards
from catalogue.search.cases import CaseEntry, case_pages, page_slugs
from catalogue.search.credits import Contributor, gather
from catalogue.search.judgements.recommended import Recommended, with_recommended
from catalogue.search.judgements.weights import read_weights
from catalogue.search.query.lexicon import Lexicon
from catalogue.search.query.parser import parse_query
from catalogue.search.query.terms import ParsedQuery
from catalogue.search.ranking import (
    STRONG,
    Matched,
    NeedIndex,
    Ordinals,
    Ranking,
    rank,
    with_kin,
)
from catalogue.search.sets.fact_fit import usual_run_with, weigh_sizes
from catalogue.search.sets.kinship import Kinship
from catalogue.search.sets.method_set import Mask, MethodSet, SizedSet, in_any_size, set_of
from catalogue.search.sets.names import NameIndex
from catalogue.search.sets.option_sets import option_sets, possible_sets, union, with_possible
from catalogue.search.sets.size_sets import SizeSets
from catalogue.storage.database import Page, Store
from catalogue.storage.folder import DATABASE, INDEX, Manifest, read_manifest
from catalogue.storage.fulltext import Scores, SearchIndex
from catalogue.storage.passages import PassageIndex
from catalogue.storage.uses_file import read_stored_uses
from catalogue.validation.reader import Reading
from catalogue.vocabulary import UNKNOWN

EMPTY_QUERY = ParsedQuery((), ())

MAX_CACHED_PAGES = 512
# Searches that are cached parsed and ranked, with 16 bytes of scores and ordinals for each method.
MAX_CACHED_SEARCHES = 1024


class Snapshot:
    """An opened build: cards in the order of titles, one set of methods for each option, orders."""

    def __init__(
        self, folder: Path, before: Snapshot | None = None, methods_dir: Path | None = None
    ) -> None:
        """Open the build in `folder`, and reuse the cards that have not changed since the snapshot `before`.

        Pages are rendered from the files in `methods_dir` if the database cannot be read later.
        Raises BuildError, StoreError, or what Whoosh raises for a damaged index.
        """
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self.store = Store(folder / DATABASE)
        self.index = SearchIndex(folder / INDEX)
        self.digests = self.store.digests()
        self.texts = MethodTexts(self.store, methods_dir, self.digests)
        self.cards: tuple[Card, ...] = tuple(self._all_cards(before))
        self.ordinals = {card.slug: ordinal for ordinal, card in enumerate(self.cards)}
        self.uses = read_stored_uses(folder, self.ordinals)
        self.index.arrange(self.ordinals)
        self.lexicon = Lexicon(self.index, lambda: (w for c in self.cards for w in c.name_words))
        self.all: MethodSet = (1 << len(self.cards)) - 1
        self.made_for = option_sets(self.cards)
        self.possible = possible_sets(self.cards)
        self.options = with_possible(self.made_for, self.possible)
        self.sizes = SizeSets(self.cards)
        self._passages: dict[str, PassageIndex] = {}
        self.orders = {name: _order(self.cards, key) for name, key in SORT_KEYS.items()}
        self.page = lru_cache(maxsize=share(MAX_CACHED_PAGES))(self._page)
        self.matched = lru_cache(maxsize=share(MAX_CACHED_SEARCHES))(self._matched)

    def _all_cards(self, before: Snapshot | None) -> list[Card]:
        """Return the cards of all methods in the order of titles; only those that changed are read."""
        same = before if before and before.manifest.engine == self.manifest.engine else None
        reused = [
            card
            for card in (same.cards if same else ())
            if same and self.digests.get(card.slug) == same.digests[card.slug]
        ]
        known = {card.slug for card in reused}
        cards = [*reused, *read_cards(self.store, [s for s in self.digests if s not in known])]
        return sorted(cards, key=lambda card: (card.sort_key, card.slug))

    def prepare(self) -> None:
        """Read now what the first search by words would wait for: a third of a second at 10,000 methods."""
        self.lexicon.prepare()
        _ = self.names, self.needs, self.kinship, self.recommended

    @property
    def build_id(self) -> str:
        """The fingerprint of the sources this build was made from."""
        return self.manifest.fingerprint

    @cached_property
    def names(self) -> NameIndex:
        """All names of all methods, to find those typed in full."""
        pairs = ((p, stems) for p, card in enumerate(self.cards) for stems in card.name_stems)
        kinds = ((p, word) for p, card in enumerate(self.cards) for word in card.kinds)
        return NameIndex(pairs, kinds)

    @cached_property
    def needs(self) -> NeedIndex:
        """The summaries and needs of all methods."""
        pairs = ((p, stems) for p, card in enumerate(self.cards) for stems in card.need_stems)
        return NeedIndex(pairs, len(self.cards))

    @cached_property
    def kinship(self) -> Kinship:
        """Which methods are akin."""
        return Kinship(self.cards)

    @cached_property
    def recommended(self) -> Recommended:
        """What the judged searches recommend."""
        return Recommended(read_weights(), self.cards, self.moved)

    @cached_property
    def slugs(self) -> list[str]:
        """All slugs, in the order of titles."""
        return [card.slug for card in self.cards]

    @cached_property
    def slugs_by_name(self) -> dict[str, str]:
        """The slug of each method by the keys of its names."""
        return {name_key(name): card.slug for card in self.cards for name in card.names}

    @cached_property
    def moved(self) -> dict[str, tuple[str, ...]]:
        """The slugs of the methods that an old slug leads to; see `moved_slugs`."""
        return moved_slugs(self.cards, self.ordinals)

    @cached_property
    def cases(self) -> tuple[CaseEntry, ...]:
        """All cases of all methods in the order of their titles."""
        stored = self.store.cases()
        return tuple(
            CaseEntry(case, slug, self.cards[self.ordinals[slug]].title, page)
            for (slug, case), page in zip(stored, page_slugs(stored), strict=True)
        )

    @cached_property
    def case_pages(self) -> dict[str, CaseEntry]:
        """The case of each page, by its slug."""
        return case_pages(self.cases)

    @cached_property
    def case_slugs(self) -> dict[tuple[str, Case], str]:
        """The slug of the page of each case, by the slug of its method and the case."""
        return {(entry.slug, entry.case): entry.page for entry in self.cases}

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The readings of all files without their methods: names and links, for checks across files."""
        return tuple(file.reading for file in self.store.files().values())

    @cached_property
    def quality(self) -> list[Any]:
        """Rows on the completeness of each method; see Store.quality."""
        return self.store.quality()

    @cached_property
    def contributors(self) -> tuple[Contributor, ...]:
        """Everybody who worked on the methods, from A to Z."""
        credits = self.store.credits()
        names = {name_key(credit.name): n for n, (_, credit) in reversed(list(enumerate(credits)))}
        # A stable sort: what one method says of a name stays in the order of its file.
        ordered = sorted(
            credits, key=lambda pair: (names[name_key(pair[1].name)], self.ordinals[pair[0]])
        )
        titles = {card.slug: card.title for card in self.cards}
        return gather((slug, titles[slug], credit) for slug, credit in ordered)

    @cached_property
    def last_reviewed(self) -> str:
        """The latest day on which a method was reviewed (ISO), "" if no date is known."""
        return max((card.last_reviewed for card in self.cards), default="")

    def mask(self, methods: MethodSet) -> Mask:
        """Return a set of methods as an array of one flag for each method."""
        size = (len(self.cards) + 7) // 8
        octets = np.frombuffer(methods.to_bytes(size, "little"), dtype=np.uint8)
        return np.unpackbits(octets, count=len(self.cards), bitorder="little").view(bool)

    def sizes_with_fact(self, fact: Fact) -> SizedSet:
        """Return the methods that have a fact in each size."""
        if fact.numbers:
            return self.sizes.overlapping(fact.name, *fact.numbers)
        if fact.name in self.sizes.options:
            return self.sizes.chosen(fact.name, fact.values)
        return (union(self.made_for[fact.name], fact.values),) * len(SIZES)

    def with_fact(self, fact: Fact) -> MethodSet:
        """Return the methods that have a fact in some size."""
        return in_any_size(self.sizes_with_fact(fact))

    def fact_fit(self, fact: Fact) -> Scores:
        """Return how well each method has a fact, from 0 (not) to 1, in the size that has it best."""
        has = self.mask(self.with_fact(fact))
        if fact.name not in self.sizes.options:
            return has.astype(float)
        return weigh_sizes(fact, has, self.mask(usual_run_with(fact, self.sizes)), self.sizes)

    def rank_uncached(self, words: str, without: Container[str] = (), asks: bool = True, today: date | None = None) -> tuple[ParsedQuery, Ranking]:  # fmt: skip
        """Parse and rank the words of a search without the cache of `matched`; where none is found, by what they are about.

        Days of the calendar are read as weeks from `today`, and not read without it.
        """
        query = replace(parse_query(words, self.lexicon, without, today), asks=asks)
        if self.names.is_name(query.typed) and not all(query.refused or ("",)):
            query = query.as_words()
        fact_fit = {fact: self.fact_fit(fact) for fact in query.facts}
        ranking = rank(query, self.index, self.names, self.needs, fact_fit)
        if not ranking.by_words.any() and (broader := query.broadened()):
            query, ranking = broader, rank(broader, self.index, self.names, self.needs, fact_fit)
        ranking = with_kin(query, ranking, self.names, self.kinship)
        ranking = with_recommended(query, ranking, self.names, self.recommended)
        return query, ranking.without_refused()

    def _matched(
        self, words: str, without: frozenset[str] = frozenset(), today: date | None = None
    ) -> Matched:
        if words:
            query, ranking = self.rank_uncached(words, without, today=today)
            if query.terms:
                scores = ranking.scores
                ordinals = np.flatnonzero(scores > 0)
                # Equal scores stay in the order of titles.
                best_first = ordinals[np.argsort(-scores[ordinals], kind="stable")]
                best = ranking.by_words.max(initial=0.0)
                strong = set_of(ranking.by_words >= STRONG * best) if best > 0 else None
                return Matched(
                    query, scores, ranking.not_found, set_of(scores > 0), best_first, strong, ranking.refused, ranking.passed_over
                )  # fmt: skip
        return Matched(EMPTY_QUERY, None, (), self.all, self.orders["title"])

    def has_unknown(self, facet: str) -> bool:
        """Whether some method, or a size of one, has no value in a facet."""
        if facet in SIZED_FACETS:
            return bool(in_any_size(self.sizes.options[facet][UNKNOWN]))
        return bool(self.options[facet][UNKNOWN])

    def any_of(self, facet: str, values: Iterable[str]) -> MethodSet:
        """Return the methods that pass a filter: they have at least one of the values, if only as possible."""
        return union(self.options[facet], values)

    def only_possible(self, facet: str, values: Iterable[str]) -> MethodSet:
        """Return the methods that are made for none of the values of a facet of POSSIBLE, but for which one is possible."""
        return union(self.possible[facet], values) & ~union(self.made_for[facet], values)

    def _page(self, slug: str) -> Page | None:
        page = self.texts.page(slug) if slug in self.ordinals else None
        if page is None:
            return None
        related = tuple(slug for slug in page.method.related if slug in self.ordinals)
        sections = tuple((name, self.with_live_links(html)) for name, html in page.sections)
        return Page(replace(page.method, related=related), sections)

    def with_live_links(self, html: str) -> str:
        """Return stored HTML, in which links to methods that are not in this build are plain text."""
        return unlink_methods(html, self.ordinals.keys())

    def passages(self, slugs: list[str]) -> dict[str, PassageIndex]:
        """Return the sentences that results may show as extracts, by slug; some 12 kB for each method are cached."""
        if missing := [slug for slug in slugs if slug not in self._passages]:
            self._passages.update(self.texts.passages(missing))
        return {slug: self._passages[slug] for slug in slugs}


def _order(cards: tuple[Card, ...], key: Callable[[Card], Any]) -> Ordinals:
    ordinals = sorted(range(len(cards)), key=lambda ordinal: (key(cards[ordinal]), ordinal))
    return np.array(ordinals, dtype=np.int64)
