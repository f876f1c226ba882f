"""The cases of all methods as one collection: a page each, its neighbours, and a search by query string."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from catalogue.model.method import Case
from catalogue.model.slugs import NO_SLUG, slug_of
from catalogue.search.chosen import CARRIED
from catalogue.search.parameters import (
    Notice,
    Parameters,
    read_count,
    read_first,
    read_words,
    readable,
    unknown_parameters,
)
from catalogue.storage.fulltext import analyse

PER_PAGE = 30
# What the page of a case is called whose title has no Latin letter or figure.
UNNAMED = "case"
# How many cases of the same sector, and of the same country, the page of a case names.
MAX_NEIGHBOURS = 5


@dataclass(frozen=True)
class CaseEntry:
    """A case with the slug and title of its method, and the slug of its own page."""

    case: Case
    slug: str
    method: str
    page: str = ""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its own words, its location and its method."""
        case = self.case
        words = f"{case.title} {case.place} {case.country} {case.outcome} {self.method}"
        return frozenset(token.stem for token in analyse(words))

    @property
    def decade(self) -> str:
        """The decade it happened in, such as "1990s"; "" if the year is not known."""
        return f"{self.case.year // 10 * 10}s" if self.case.year else ""


# The value of a case for each filter.
FILTERS: dict[str, Callable[[CaseEntry], str]] = {
    "method": lambda entry: entry.slug,
    "sector": lambda entry: entry.case.sector,
    "country": lambda entry: entry.case.country,
    "decade": lambda entry: entry.decade,
    "result": lambda entry: entry.case.result,
}


@dataclass(frozen=True)
class CasesPage:
    """One page of cases. `counts` gives, for each filter, how many each value would bring."""

    words: str
    chosen: dict[str, str]
    counts: dict[str, Counter[str]]
    entries: tuple[CaseEntry, ...]
    total: int
    page: int
    pages: int
    notices: tuple[Notice, ...]

    def query(self, page: int = 1, without: str = "") -> str:
        """Return the query string of this search on a page, without one of its filters."""
        pairs = [("q", self.words)] if self.words and without != "q" else []
        pairs += [(name, value) for name, value in self.chosen.items() if name != without]
        pairs += [("page", str(page))] if page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""


def page_slugs(cases: Sequence[tuple[str, Case]]) -> list[str]:
    """Return the slug of the page of each (slug of the method, case): that of its title.

    Where several have the same, each has the slug of its method behind it, and a number where that is not enough.
    """
    own = [_title_slug(case) for _, case in cases]
    times = Counter(own)
    slugs: list[str] = []
    taken: set[str] = set()
    for (method, _), slug in zip(cases, own, strict=True):
        name = slug if times[slug] == 1 else f"{slug}-{method}"
        free, number = name, 1
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        slugs.append(free)
    return slugs


def _title_slug(case: Case) -> str:
    slug = slug_of(case.title)
    return UNNAMED if slug == NO_SLUG else slug


def case_pages(entries: Iterable[CaseEntry]) -> dict[str, CaseEntry]:
    """Return the case of each page by its slug.

    The slug of a title that several cases have leads to the first of them, so that the URL of a case lasts when another
    case gets its title.
    """
    entries = list(entries)
    pages = {entry.page: entry for entry in entries}
    for entry in entries:
        pages.setdefault(_title_slug(entry.case), entry)
    return pages


@dataclass(frozen=True)
class CaseNeighbours:
    """Cases beside one case, newest first and none of them twice: of its method, sector and country."""

    method: tuple[CaseEntry, ...]
    sector: tuple[CaseEntry, ...]
    country: tuple[CaseEntry, ...]


def neighbours(entry: CaseEntry, entries: Iterable[CaseEntry]) -> CaseNeighbours:
    """Return the cases beside one; those of its sector that are also of its country come first."""
    others = _newest_first(other for other in entries if other.page != entry.page)
    method = [other for other in others if other.slug == entry.slug]
    case, rest = entry.case, [other for other in others if other.slug != entry.slug]
    sector = [other for other in rest if case.sector and other.case.sector == case.sector]
    sector.sort(key=lambda other: other.case.country != case.country)
    sector = sector[:MAX_NEIGHBOURS]
    country = [
        other
        for other in rest
        if case.country and other.case.country == case.country and other not in sector
    ]
    return CaseNeighbours(tuple(method), tuple(sector), tuple(country[:MAX_NEIGHBOURS]))


def find_cases(
    entries: Iterable[CaseEntry], parameters: Parameters, per_page: int = PER_PAGE
) -> CasesPage:
    """Return the page of cases for a query string; never raises, and notes what was ignored.

    All words must be in a case. Each filter takes one value; its counts ignore its own choice.
    Newest first, those of one year in the order of the entries; cases without a year come last.
    """
    notices: list[Notice] = []
    entries = list(entries)
    words = read_words(parameters, notices)
    stems = {token.stem for token in analyse(words)}
    if words and not stems:
        notices.append(Notice("words-empty", "q", readable(words)))
    matching = [entry for entry in entries if stems <= entry.stems]
    chosen = {}
    for name, value_of in FILTERS.items():
        value = read_first(name, parameters, notices)
        if value and value not in {value_of(entry) for entry in entries}:
            notices.append(Notice("value-unknown", name, readable(value)))
        elif value:
            chosen[name] = value
    counts = {}
    for name, value_of in FILTERS.items():
        others = [e for e in matching if _meets(e, chosen, but=name)]
        counts[name] = Counter(value_of(entry) for entry in others if value_of(entry))
        if name in chosen:  # stays an option, so that the form shows the filter in force
            counts[name].setdefault(chosen[name], 0)
    filtered = _newest_first(entry for entry in matching if _meets(entry, chosen))
    pages = max(1, math.ceil(len(filtered) / per_page))
    page = read_count("page", parameters, 1, pages, notices)
    notices += unknown_parameters(parameters, ("q", "page", *FILTERS, *CARRIED))
    shown = filtered[(page - 1) * per_page : page * per_page]
    return CasesPage(
        words, chosen, counts, tuple(shown), len(filtered), page, pages, tuple(notices)
    )


def _newest_first(entries: Iterable[CaseEntry]) -> list[CaseEntry]:
    """Return cases by year, those of one year in the order they had; those without a year last."""
    return sorted(entries, key=lambda entry: -(entry.case.year or 0))


def _meets(entry: CaseEntry, chosen: dict[str, str], but: str = "") -> bool:
    return all(FILTERS[name](entry) == value for name, value in chosen.items() if name != but)
