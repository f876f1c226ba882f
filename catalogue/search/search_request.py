"""The query string of a search: read into a `SearchRequest`, and encoded in one canonical form.

A request never fails: a parameter that cannot be used is left out and named in a `Notice`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from catalogue.model.facts import Fact
from catalogue.search.chosen import NOTHING_CHOSEN, Chosen, read_chosen
from catalogue.search.parameters import (
    DECIMALS,
    Notice,
    Parameters,
    read_count,
    read_first,
    read_range,
    read_switch,
    read_values,
    read_words,
    readable,
    unknown_parameters,
)
from catalogue.search.query.quantities.limits import MAX_NUMBER
from catalogue.vocabulary import UNKNOWN, VOCABULARY

PER_PAGE = 20
MAX_PER_PAGE = 100
SORTS = ("relevance", "title", "cost", "time", "reviewed")
# Filters in canonical order.
FILTER_NAMES = (*(facet.name for facet in VOCABULARY.filters), *VOCABULARY.ranges)
KNOWN_NAMES = frozenset(
    ("q", "sort", "compare", "plan", "limits", "weaker", "page", "per_page", *FILTER_NAMES)
)
# What switches off that limits named in words order the list, and what shows weaker matches too.
LIMITS_OFF, WEAKER_SHOWN = "off", "show"


@dataclass(frozen=True)
class SearchRequest:
    """A search: its words, filters, order and page. `choices` and `ranges` have only what was chosen, in canonical order.

    A range may also be a choice, of UNKNOWN alone: methods that do not say. `limits_off` where limits that the words
    name are words like others, `weaker` where weaker matches are listed too. `chosen` are methods to compare and to plan
    with, which change no result and are carried along.
    """

    words: str = ""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    sort: str = ""
    limits_off: bool = False
    weaker: bool = False
    page: int = 1
    per_page: int = PER_PAGE
    chosen: Chosen = NOTHING_CHOSEN

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
        pairs += self.chosen.carried()
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.limits_off:
            pairs.append(("limits", LIMITS_OFF))
        if self.weaker:
            pairs.append(("weaker", WEAKER_SHOWN))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        if self.per_page != PER_PAGE:
            pairs.append(("per_page", str(self.per_page)))
        return pairs

    def query(self) -> str:
        """Return the canonical query string, with its question mark; "" without parameters."""
        return _encoded(self.pairs())

    def without_each(self) -> Iterator[tuple[Fact, SearchRequest]]:
        """Yield each filter in force, an option or numbers, with the search without it, from its first page."""
        for name, values in self.choices.items():
            for value in values:
                yield Fact(name, (value,)), self.without_choice(name, value)
        for name, numbers in self.ranges.items():
            yield Fact(name, numbers=numbers), self.without_range(name)

    def without_filters(self) -> SearchRequest:
        """Return the search for the same words without any filter, from its first page."""
        return replace(self, choices={}, ranges={}, page=1)

    def with_limits_off(self) -> SearchRequest:
        """Return the search by words alone, from its first page: limits that they name are words like others."""
        return replace(self, limits_off=True, page=1)

    def with_limits_on(self) -> SearchRequest:
        """Return the search with limits that its words name, from its first page."""
        return replace(self, limits_off=False, page=1)

    def with_weaker(self) -> SearchRequest:
        """Return the search with its weaker matches, from its first page."""
        return replace(self, weaker=True, page=1)

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
        choices, ranges = dict(self.choices), dict(self.ranges)
        for chosen in (choices, ranges):
            chosen.pop(fact.name, None)
        if fact.numbers:
            ranges[fact.name] = fact.numbers
        else:
            choices[fact.name] = fact.values
        return replace(
            self,
            choices={name: choices[name] for name in FILTER_NAMES if name in choices},
            ranges={name: ranges[name] for name in FILTER_NAMES if name in ranges},
            page=1,
        )

    def facts(self) -> Iterator[Fact]:
        """Yield each filter in force as a fact: all chosen options of a facet are one."""
        for name, values in self.choices.items():
            yield Fact(name, values)
        for name, numbers in self.ranges.items():
            yield Fact(name, numbers=numbers)


def limits_query(limits: dict[str, tuple[float, float]], chosen: Chosen = NOTHING_CHOSEN) -> str:
    """Return the canonical query string of ranges and a choice, with its question mark; "" without any."""
    return _encoded([*limit_pairs(limits), *chosen.carried()])


def limit_pairs(limits: Mapping[str, tuple[float, float]]) -> list[tuple[str, str]]:
    """Return ranges as the parameters of a query string."""
    return [(name, range_text(name, numbers)) for name, numbers in limits.items()]


def _encoded(pairs: list[tuple[str, str]]) -> str:
    text = "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)
    return f"?{text}" if text else ""


def range_text(name: str, numbers: tuple[float, float]) -> str:
    """Write a range as in a query string: "20-40", or one number where the range means one."""
    low, high = (f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".") for number in numbers)
    if VOCABULARY.ranges[name].single == "at-most":
        return high if numbers[0] == 0 else f"{low}-{high}"
    return low if low == high else f"{low}-{high}"


def parse_request(parameters: Parameters) -> tuple[SearchRequest, list[Notice]]:
    """Read a query string into a request, and notices of what was ignored or changed. Never raises."""
    notices: list[Notice] = []
    words = read_words(parameters, notices)
    choices = {}
    for facet in VOCABULARY.filters:
        # Most requests have few of the parameters.
        if facet.name not in parameters:
            continue
        values = read_values(facet.name, parameters)
        known = (*facet.values, UNKNOWN)
        chosen = tuple(value for value in known if value in values)
        if chosen:
            choices[facet.name] = chosen
        notices += [
            Notice("option-unknown", facet.name, readable(value), facet.values)
            for value in values
            if value not in known
        ][:3]
    for name in VOCABULARY.ranges:
        if name in parameters and read_values(name, parameters) == [UNKNOWN]:
            choices[name] = (UNKNOWN,)
    ranges, unreadable = parse_limits(parameters, set(choices))
    notices += unreadable
    sort = _sort(words, parameters, notices)
    limits_off = read_switch("limits", LIMITS_OFF, parameters, notices)
    weaker = read_switch("weaker", WEAKER_SHOWN, parameters, notices)
    page = read_count("page", parameters, 1, MAX_NUMBER, notices)
    per_page = read_count("per_page", parameters, PER_PAGE, MAX_PER_PAGE, notices)
    carried = read_chosen(parameters, notices) if _carries(parameters) else NOTHING_CHOSEN
    notices += unknown_parameters(parameters, KNOWN_NAMES)
    return SearchRequest(
        words, choices, ranges, sort, limits_off, weaker, page, per_page, carried
    ), notices


def _carries(parameters: Parameters) -> bool:
    return "compare" in parameters or "plan" in parameters


def parse_limits(
    parameters: Parameters, but: Container[str] = ()
) -> tuple[dict[str, tuple[float, float]], list[Notice]]:
    """Read the ranges of a query string alone, with notices on them, without those named in `but`."""
    notices: list[Notice] = []
    names = [name for name in VOCABULARY.ranges if name not in but]
    read = {name: read_range(name, parameters, notices) for name in names}
    return {name: numbers for name, numbers in read.items() if numbers}, notices


def _sort(words: str, parameters: Parameters, notices: list[Notice]) -> str:
    value = read_first("sort", parameters, notices)
    if value and value not in SORTS:
        notices.append(Notice("option-unknown", "sort", readable(value), SORTS))
        return ""
    default = "relevance" if words else "title"
    return "" if value in (default, "relevance") else value
