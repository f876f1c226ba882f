"""The query string of a search: read into a `SearchRequest`, and written in one canonical form.

A request never fails: what cannot be used is left out and named in a `Notice`. search/engine.py
answers requests; the pages link to each other by the addresses made here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Protocol
from urllib.parse import quote_plus

from catalogue.model.facts import Fact
from catalogue.model.unprintable import strip_line
from catalogue.vocabulary import UNKNOWN, VOCABULARY

MAX_WORDS_LENGTH = 300
MAX_SHOWN = 60
MAX_NUMBER = 1_000_000_000
DECIMALS = 3
PER_PAGE = 20
MAX_PER_PAGE = 100
SORTS = ("relevance", "title", "cost", "time", "reviewed")
KNOWN_NAMES = frozenset(
    ("q", "sort", "page", "per_page", *VOCABULARY.ranges, *(f.name for f in VOCABULARY.filters))
)
# "20-40", "20 to 40", "12", "5,000", "£5000"
NUMBERS = re.compile(r"£?\s*([\d,]+(?:\.\d+)?)(?:\s*(?:-|\u2013|to)\s*£?\s*([\d,]+(?:\.\d+)?))?")


class Parameters(Protocol):
    """The part of werkzeug's MultiDict that is used here."""

    def getlist(self, key: str) -> list[str]:
        """Return all values of a key."""

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, each once."""

    def __contains__(self, key: object) -> bool:
        """Whether a key was given."""


@dataclass(frozen=True)
class Notice:
    """Something that was ignored or changed in a request; presentation/view_models.py puts it in words."""

    code: str
    name: str = ""
    found: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchRequest:
    """What is asked for. `choices` and `ranges` hold only what was chosen, in canonical order."""

    words: str = ""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    per_page: int = PER_PAGE

    @property
    def order(self) -> str:
        """The sort in force: best match with words and title without, unless one was chosen."""
        return self.sort or ("relevance" if self.words else "title")

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.choices or self.ranges)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters in canonical order, without blanks and defaults."""
        pairs = [("q", self.words)] if self.words else []
        for facet, values in self.choices.items():
            pairs += [(facet, value) for value in values]
        pairs += [(name, range_text(name, numbers)) for name, numbers in self.ranges.items()]
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        if self.per_page != PER_PAGE:
            pairs.append(("per_page", str(self.per_page)))
        return pairs

    @cached_property
    def _written(self) -> list[str]:
        """The parameters as they stand in an address; a page of results needs them again and again."""
        return [f"{name}={_quoted(value)}" for name, value in self.pairs()]

    def query(self) -> str:
        """Return the canonical query string, with its question mark; "" if nothing is asked."""
        return _joined(self._written)

    def without_each(self) -> Iterator[tuple[Fact, str]]:
        """Yield each filter in force, an option or numbers, with the query string without it.

        The same as `without_choice` and `without_range` give one by one, from the first page.
        """
        first = self.with_page(1)
        written = first._written
        for n, (name, value) in enumerate(first.pairs()):
            if self._filters_by(name):
                numbers = self.ranges.get(name)
                fact = Fact(name, numbers=numbers) if numbers else Fact(name, (value,))
                yield fact, _joined(written[:n] + written[n + 1 :])

    def query_without_filters(self) -> str:
        """Return the query string of the same words without any filter, from the first page."""
        first = self.with_page(1)
        pairs = zip(first.pairs(), first._written, strict=True)
        return _joined([text for (name, _), text in pairs if not self._filters_by(name)])

    def _filters_by(self, name: str) -> bool:
        return name in self.choices or name in self.ranges

    def each_page(self, pages: Iterable[int]) -> list[str]:
        """Return the query strings of some pages of the same search, as `with_page` gives them one by one."""
        written = self.with_page(1)._written
        after = written[-1:] if self.per_page != PER_PAGE else []
        before = written[: len(written) - len(after)]
        return [
            _joined([*before, f"page={page}", *after] if page > 1 else written) for page in pages
        ]

    def with_page(self, page: int) -> SearchRequest:
        """Return the same search on another page."""
        return self if page == self.page else replace(self, page=page)

    def with_words(self, words: str) -> SearchRequest:
        """Return the same search for other words, from its first page."""
        return replace(self, words=words, page=1)

    def without_choice(self, facet: str, value: str) -> SearchRequest:
        """Return the search without one chosen option, from its first page."""
        choices = {
            name: tuple(v for v in values if (name, v) != (facet, value))
            for name, values in self.choices.items()
        }
        return replace(self, choices={n: v for n, v in choices.items() if v}, page=1)

    def without_facet(self, facet: str) -> SearchRequest:
        """Return the search without all chosen options of one filter, from its first page."""
        choices = {name: values for name, values in self.choices.items() if name != facet}
        return replace(self, choices=choices, page=1)

    def without_range(self, name: str) -> SearchRequest:
        """Return the search without one range, from its first page."""
        ranges = {n: numbers for n, numbers in self.ranges.items() if n != name}
        return replace(self, ranges=ranges, page=1)

    def with_fact(self, fact: Fact) -> SearchRequest:
        """Return the search with a fact as a filter, in place of one of the same name, from its first page."""
        chosen = self.choices if fact.numbers else {**self.choices, fact.name: fact.values}
        spans = {**self.ranges, fact.name: fact.numbers} if fact.numbers else self.ranges
        choices = {f.name: chosen[f.name] for f in VOCABULARY.filters if f.name in chosen}
        ranges = {name: spans[name] for name in VOCABULARY.ranges if name in spans}
        return replace(self, choices=choices, ranges=ranges, page=1)


def _joined(written: list[str]) -> str:
    return f"?{'&'.join(written)}" if written else ""


@lru_cache(maxsize=2048)
def _quoted(text: str) -> str:
    """Write a value as it stands in an address; a page of results writes the same ones many times."""
    return quote_plus(text)


def range_text(name: str, numbers: tuple[float, float]) -> str:
    """Write a range as in an address: "20-40", or one number where the range means one."""
    low, high = (f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".") for number in numbers)
    if VOCABULARY.ranges[name].single == "at-most":
        return high if numbers[0] == 0 else f"{low}-{high}"
    return low if low == high else f"{low}-{high}"


def parse_request(parameters: Parameters) -> tuple[SearchRequest, list[Notice]]:
    """Read a query string. Never raises; returns the request and what was ignored or changed."""
    notices: list[Notice] = []
    words = read_words(parameters, notices)
    choices = {}
    for facet in VOCABULARY.filters:
        # Most parameters are not there, in most requests.
        if facet.name not in parameters:
            continue
        given = _distinct(parameters.getlist(facet.name))
        known = (*facet.values, UNKNOWN)
        chosen = tuple(value for value in known if value in given)
        if chosen:
            choices[facet.name] = chosen
        notices += [
            Notice("option-unknown", facet.name, readable(value), facet.values)
            for value in given
            if value not in known
        ][:3]
    ranges = {}
    for name in VOCABULARY.ranges:
        numbers = _range(name, parameters, notices)
        if numbers:
            ranges[name] = numbers
    sort = _sort(words, parameters, notices)
    page = read_count("page", parameters, 1, MAX_NUMBER, notices)
    per_page = read_count("per_page", parameters, PER_PAGE, MAX_PER_PAGE, notices)
    strange = [name for name in parameters if name not in KNOWN_NAMES]
    notices += [Notice("parameter-unknown", readable(name) or "=") for name in strange[:3]]
    return SearchRequest(words, choices, ranges, sort, page, per_page), notices


def readable(text: str) -> str:
    """Return odd input as it may be repeated on a page: short and without control characters."""
    plain = strip_line(text)
    return plain if len(plain) <= MAX_SHOWN else plain[: MAX_SHOWN - 1] + "…"


def _distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys([v.strip() for v in values if v.strip()]))


def read_words(parameters: Parameters, notices: list[Notice]) -> str:
    """Read the search words: one line, no control characters, cut at the limit."""
    given = _distinct(parameters.getlist("q"))
    if len(given) > 1:
        notices.append(Notice("only-first", "q", readable(given[0])))
    words = strip_line(given[0]) if given else ""
    if len(words) > MAX_WORDS_LENGTH:
        notices.append(Notice("words-long", "q", str(MAX_WORDS_LENGTH)))
        words = words[:MAX_WORDS_LENGTH].strip()
    return words


def read_first(name: str, parameters: Parameters, notices: list[Notice]) -> str:
    """Read a parameter that can be given once; the first value counts."""
    if name not in parameters:
        return ""
    given = _distinct(parameters.getlist(name))
    if len(given) > 1:
        notices.append(Notice("only-first", name, readable(given[0])))
    return given[0] if given else ""


def _range(name: str, parameters: Parameters, notices: list[Notice]) -> tuple[float, float] | None:
    given = read_first(name, parameters, notices)
    if not given:
        return None
    match = NUMBERS.fullmatch(given) if len(given) < MAX_SHOWN else None
    numbers = [_number(text) for text in match.groups() if text] if match else []
    if not numbers or any(number is None or number > MAX_NUMBER for number in numbers):
        notices.append(Notice("range-unreadable", name, readable(given)))
        return None
    ends = sorted(number for number in numbers if number is not None)
    if len(ends) == 1:
        low = 0.0 if VOCABULARY.ranges[name].single == "at-most" else ends[0]
        return low, ends[0]
    return ends[0], ends[1]


def _number(text: str) -> float | None:
    try:
        number = round(float(text.replace(",", "")), DECIMALS)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _sort(words: str, parameters: Parameters, notices: list[Notice]) -> str:
    given = read_first("sort", parameters, notices)
    if given and given not in SORTS:
        notices.append(Notice("option-unknown", "sort", readable(given), SORTS))
        return ""
    default = "relevance" if words else "title"
    return "" if given in (default, "relevance") else given


def read_count(
    name: str, parameters: Parameters, default: int, largest: int, notices: list[Notice]
) -> int:
    """Read a whole number from 1 to `largest`; `default` where there is none."""
    given = read_first(name, parameters, notices)
    if not given:
        return default
    number = int(given) if re.fullmatch(r"[0-9]{1,12}", given) else 0
    if number < 1:
        notices.append(Notice("number-unreadable", name, readable(given)))
        return default
    if number > largest:
        notices.append(Notice("number-large", name, readable(given), (str(largest),)))
        return largest
    return number
