"""A `Snapshot`: one build, opened, with everything a results page needs in memory.

Filled from the database when a build is opened and never changed afterwards, so any number of
threads share it. Filters and counts are set operations on it; search/engine.py does the searching.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalogue.budget import share
from catalogue.build.sources import MethodTexts
from catalogue.model.facts import Fact
from catalogue.search.cards import Card, read_cards
from catalogue.search.cases import CaseEntry, make_entry
from catalogue.search.credits import Contributor, gather
from catalogue.search.lexicon import Lexicon
from catalogue.search.query_parser import ParsedQuery, QueryTerm, parse_query
from catalogue.search.ranking import NameIndex, NeedIndex, Ranking, rank
from catalogue.storage.database import Page, Store
from catalogue.storage.folder import DATABASE, INDEX, Manifest, read_manifest
from catalogue.storage.fulltext import Scores, SearchIndex
from catalogue.storage.passages import PassageIndex
from catalogue.validation.reader import Reading
from catalogue.vocabulary import UNKNOWN, VOCABULARY

# A set of methods is an integer: bit n stands for the nth method in the order of titles.
# Counting one option is then a single `&` and bit_count, and needs no dependency.
MethodSet = int
# The same set as an array of flags, for picking scores.
Mask = npt.NDArray[np.bool_]
# Methods in an order, by their places in the order of titles.
Places = npt.NDArray[np.int64]
NOTHING_ASKED = ParsedQuery((), ())

# Cached pages of methods, and searches parsed and ranked, with 16 bytes of scores and ordinals for each method.
MAX_PAGES, MAX_SEARCHES = 512, 1024
# Ends of ranges that have no proper one, for comparing on a scale of ratios.
MIN_AMOUNT, MAX_AMOUNT = 0.05, 100_000.0


@dataclass(frozen=True, eq=False)
class Matched:
    """What the words of a search mean and which methods match them, whatever the filters are.

    `best_first` holds their places; scores are None where words ask for nothing. `results` is room for
    search/engine.py: what it has found out about single methods, by their places.
    """

    query: ParsedQuery
    scores: Scores | None
    not_found: tuple[QueryTerm, ...]
    bits: MethodSet
    best_first: Places
    results: dict[int, Any] = field(default_factory=dict)


class Snapshot:
    """An opened build: cards in the order of titles, one set of methods for each option, orders."""

    def __init__(
        self, folder: Path, before: Snapshot | None = None, methods_dir: Path | None = None
    ) -> None:
        """Open the build in `folder`. Cards that are the same in the snapshot `before` are taken from it.

        From `methods_dir` pages are made if the database cannot be read later.
        Raises BuildError, or what the database or the index raise.
        """
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self.store = Store(folder / DATABASE)
        self.index = SearchIndex(folder / INDEX)
        self.digests = self.store.digests()
        self.texts = MethodTexts(self.store, methods_dir, self.digests)
        self.cards: tuple[Card, ...] = tuple(self._all_cards(before))
        self.places = {card.slug: place for place, card in enumerate(self.cards)}
        self.index.arrange(self.places)
        self.lexicon = Lexicon(self.index, lambda: (w for c in self.cards for w in c.name_words))
        self.all: MethodSet = (1 << len(self.cards)) - 1
        self.options = _option_sets(self.cards)
        self._passages: dict[str, PassageIndex] = {}
        self.orders = {name: _order(self.cards, key) for name, key in SORT_KEYS.items()}
        self.overlapping = lru_cache(maxsize=1024)(self._overlapping)
        self.page = lru_cache(maxsize=share(MAX_PAGES))(self._page)
        self.matched = lru_cache(maxsize=share(MAX_SEARCHES))(self._matched)

    def _all_cards(self, before: Snapshot | None) -> list[Card]:
        """Return the cards of all methods in the order of titles; only those that changed are read."""
        same = before if before and before.manifest.engine == self.manifest.engine else None
        kept = [
            card
            for card in (same.cards if same else ())
            if same and self.digests.get(card.slug) == same.digests[card.slug]
        ]
        known = {card.slug for card in kept}
        cards = [*kept, *read_cards(self.store, [s for s in self.digests if s not in known])]
        return sorted(cards, key=lambda card: (card.title.lower(), card.slug))

    def prepare(self) -> None:
        """Read now what the first search by words would wait for: a third of a second at 10,000 methods."""
        self.lexicon.prepare()
        _ = self.names, self.needs

    @property
    def build_id(self) -> str:
        """The fingerprint of the sources this build was made from."""
        return self.manifest.fingerprint

    @cached_property
    def names(self) -> NameIndex:
        """All names of all methods, for finding those typed in full."""
        return NameIndex(
            (p, stems) for p, card in enumerate(self.cards) for stems in card.name_stems
        )

    @cached_property
    def needs(self) -> NeedIndex:
        """The short texts that say what each method answers."""
        pairs = ((p, stems) for p, card in enumerate(self.cards) for stems in card.need_stems)
        return NeedIndex(pairs, len(self.cards))

    @cached_property
    def slugs(self) -> list[str]:
        """All slugs, in the order of titles."""
        return [card.slug for card in self.cards]

    @cached_property
    def cases(self) -> tuple[CaseEntry, ...]:
        """All cases of all methods, ready to search."""
        return tuple(
            make_entry(case, slug, self.cards[self.places[slug]].title)
            for slug, case in self.store.cases()
        )

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What each file gave when it was read: names and links, for checks across files."""
        return tuple(file.reading for file in self.store.files().values())

    @cached_property
    def quality(self) -> list[Any]:
        """What is known of each method's completeness; see Store.quality."""
        return self.store.quality()

    @cached_property
    def contributors(self) -> tuple[Contributor, ...]:
        """Everybody who worked on the methods, from A to Z."""
        places = ((self.places[slug], slug, credit) for slug, credit in self.store.credits())
        # Stable, so that the credits of one method keep the order of its file.
        ordered = sorted(places, key=lambda found: found[0])
        return gather((slug, self.cards[place].title, credit) for place, slug, credit in ordered)

    @cached_property
    def last_reviewed(self) -> str:
        """The latest day on which a method was reviewed (ISO), "" if none says."""
        return max((card.last_reviewed for card in self.cards), default="")

    def mask(self, bits: MethodSet) -> Mask:
        """Return a set of methods as one flag for each."""
        size = (len(self.cards) + 7) // 8
        octets = np.frombuffer(bits.to_bytes(size, "little"), dtype=np.uint8)
        return np.unpackbits(octets, count=len(self.cards), bitorder="little").view(bool)

    def with_fact(self, fact: Fact) -> MethodSet:
        """Return the methods that have a fact."""
        if fact.numbers:
            return self.overlapping(fact.name, *fact.numbers)
        return self.any_of(fact.name, fact.values)

    def fact_fit(self, fact: Fact) -> Scores:
        """Return how well each method has a fact, from 0 (not) to 1.

        People and hours fit best where the middle of a method's own range is near what was asked
        for: a method for 5 to 5,000 people is not what somebody with 30 looks for.
        """
        has = self.mask(self.with_fact(fact)).astype(float)
        if fact.name not in ("people", "hours") or not fact.numbers:
            return has
        lows, highs = self._ends[fact.name]
        middles = np.sqrt(np.maximum(lows, MIN_AMOUNT) * np.minimum(highs, MAX_AMOUNT))
        apart = np.log(np.maximum(middles, MIN_AMOUNT) / max(fact.numbers[1], MIN_AMOUNT))
        return np.asarray(has * (0.5 + 0.5 * np.nan_to_num(np.exp(-(apart**2) / 2))))

    def rank_anew(self, words: str) -> tuple[ParsedQuery, Ranking]:
        """Parse and rank the words of a search, without keeping anything."""
        query = parse_query(words, self.lexicon)
        fact_fit = {fact: self.fact_fit(fact) for fact in query.facts}
        return query, rank(query, self.index, self.names, self.needs, fact_fit)

    def _matched(self, words: str) -> Matched:
        if words:
            query, ranking = self.rank_anew(words)
            if query.terms:
                scores = ranking.scores
                places = np.flatnonzero(scores > 0)
                # Equal scores stay in the order of titles.
                best_first = places[np.argsort(-scores[places], kind="stable")]
                bits = bits_of(scores > 0)
                return Matched(query, scores, ranking.not_found, bits, best_first)
        return Matched(NOTHING_ASKED, None, (), self.all, self.orders["title"])

    def any_of(self, facet: str, values: Iterable[str]) -> MethodSet:
        """Return the methods that have at least one of the values in a facet."""
        found = 0
        for value in values:
            found |= self.options[facet].get(value, 0)
        return found

    def _overlapping(self, name: str, low: float, high: float) -> MethodSet:
        """Return the methods whose own range overlaps the asked one; not those without a range."""
        lows, highs = self._ends[name]
        return bits_of((lows <= high) & (highs >= low))

    @cached_property
    def _ends(self) -> dict[str, tuple[Scores, Scores]]:
        """The ends of all ranges, by name; no number overlaps one that is not known (NaN)."""
        ends = {}
        for name in VOCABULARY.ranges:
            pairs = [card.ranges.get(name, (math.nan, math.nan)) for card in self.cards]
            lows = np.array([low for low, _ in pairs], dtype=float)
            highs = np.array([_end(pair) for pair in pairs], dtype=float)
            ends[name] = (lows, highs)
        return ends

    @cached_property
    def without_range(self) -> dict[str, MethodSet]:
        """The methods whose numbers are not known, by range."""
        return {name: bits_of(np.isnan(lows)) for name, (lows, _) in self._ends.items()}

    def _page(self, slug: str) -> Page | None:
        return self.texts.page(slug) if slug in self.places else None

    def passages(self, slugs: list[str]) -> dict[str, PassageIndex]:
        """Return what results may show as extracts, by slug; some 12 kB for each method are cached."""
        if missing := [slug for slug in slugs if slug not in self._passages]:
            self._passages.update(self.texts.passages(missing))
        return {slug: self._passages[slug] for slug in slugs}


def bits_of(mask: Mask) -> MethodSet:
    """Return the set of the methods a mask marks."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def _end(numbers: tuple[float, float | None]) -> float:
    return math.inf if numbers[1] is None else numbers[1]


def _option_sets(cards: tuple[Card, ...]) -> dict[str, dict[str, MethodSet]]:
    """Return one set of methods for each option of each facet, and for "unknown"."""
    sets = {
        name: dict.fromkeys((*facet.values, UNKNOWN), 0)
        for name, facet in VOCABULARY.facets.items()
    }
    for ordinal, card in enumerate(cards):
        for name, options in sets.items():
            for value in card.choices.get(name) or (UNKNOWN,):
                options[value] |= 1 << ordinal
    return sets


def _typical(card: Card, name: str) -> tuple[float, float]:
    """Return a key that puts the smaller range first, and methods without one last."""
    numbers = card.ranges.get(name)
    return (math.inf, math.inf) if numbers is None else (numbers[0], _end(numbers))


def _cost_key(card: Card) -> tuple[float, float, float]:
    bands = VOCABULARY.facets["cost"].values
    band = bands.index(card.cost.band) if card.cost else len(bands)
    return (band, *_typical(card, "budget"))


def _reviewed_key(card: Card) -> tuple[int, ...]:
    return (
        tuple(-int(part) for part in card.last_reviewed.split("-")) if card.last_reviewed else (1,)
    )


# How a list without words, or with a chosen sort, is ordered; ties fall back to the title.
SORT_KEYS: dict[str, Callable[[Card], Any]] = {
    "title": lambda card: (),
    "cost": _cost_key,
    "time": lambda card: _typical(card, "hours"),
    "reviewed": _reviewed_key,
}


def _order(cards: tuple[Card, ...], key: Callable[[Card], Any]) -> Places:
    places = sorted(range(len(cards)), key=lambda place: (key(cards[place]), place))
    return np.array(places, dtype=np.int64)
