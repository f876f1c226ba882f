"""The cases of all methods as one collection, searched and filtered by a query string."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from catalogue.model.method import Case
from catalogue.search.parameters import (
    Notice,
    Parameters,
    read_count,
    read_first,
    read_words,
    readable,
)
from catalogue.storage.fulltext import analyse

PER_PAGE = 30


@dataclass(frozen=True)
class CaseEntry:
    """A case with the slug and title of its method, and the stems of its words."""

    case: Case
    slug: str
    method: str
    stems: frozenset[str]

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


def make_entry(case: Case, slug: str, method: str) -> CaseEntry:
    """Return a case with its stems: those of its own words, its location and its method."""
    words = f"{case.title} {case.place} {case.country} {case.outcome} {method}"
    return CaseEntry(case, slug, method, frozenset(token.stem for token in analyse(words)))


def find_cases(entries: Iterable[CaseEntry], parameters: Parameters) -> CasesPage:
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
    filtered = [entry for entry in matching if _meets(entry, chosen)]
    filtered.sort(key=lambda entry: -(entry.case.year or 0))
    pages = max(1, math.ceil(len(filtered) / PER_PAGE))
    page = read_count("page", parameters, 1, pages, notices)
    unknown = [name for name in parameters if name not in ("q", "page", *FILTERS)]
    notices += [Notice("parameter-unknown", readable(name)) for name in unknown[:3]]
    shown = filtered[(page - 1) * PER_PAGE : page * PER_PAGE]
    return CasesPage(
        words, chosen, counts, tuple(shown), len(filtered), page, pages, tuple(notices)
    )


def _meets(entry: CaseEntry, chosen: dict[str, str], but: str = "") -> bool:
    return all(FILTERS[name](entry) == value for name, value in chosen.items() if name != but)
