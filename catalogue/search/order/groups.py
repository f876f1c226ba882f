"""The parts of a list: strong matches within the limits that words name, of unknown figures, outside them, and weaker ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from catalogue.model.facts import Fact
from catalogue.search.filters import Filters
from catalogue.search.order.limits import Limits, limits_of
from catalogue.search.query.facts import LIMITS
from catalogue.search.ranking import Matched, Ordinals
from catalogue.search.search_request import SearchRequest
from catalogue.search.sets.method_set import MethodSet
from catalogue.search.snapshot import Snapshot

# A list has so many strong matches at least, where there are so many matches.
MIN_STRONG = 10
# The parts in their order. Without limits all strong matches are of the first.
FITS, UNKNOWN_FIGURES, OUTSIDE, WEAKER = "fits", "unknown", "outside", "weaker"


class Group(NamedTuple):
    """One part of a list."""

    name: str
    methods: MethodSet


@dataclass(frozen=True)
class Standing:
    """How one method stands: the size in which it is shown, and the limits that this breaks or does not speak of."""

    size: str
    broken: tuple[Fact, ...] = ()
    unsaid: tuple[Fact, ...] = ()


@dataclass(frozen=True, eq=False)
class Grouped:
    """The methods that pass the words and filters of a request, in groups; empty ones are left out.

    `shown` are those in the list, `weaker` those that a request can ask for besides; `all_strong` are the strong
    matches whatever the filters are.
    """

    limits: Limits | None
    groups: tuple[Group, ...]
    weaker: MethodSet
    all_strong: MethodSet

    @property
    def shown(self) -> MethodSet:
        """All methods in the list."""
        methods = 0
        for group in self.groups:
            methods |= group.methods
        return methods

    @property
    def strong(self) -> MethodSet:
        """The methods that are counted: all but weaker ones, or those where there are no others."""
        return self.shown & ~self.weaker or self.shown

    def standing(self, filters: Filters, ordinal: int) -> Standing:
        """Return how a method that passes the filters stands in the size that breaks the fewest limits."""
        if not self.limits:
            return Standing(filters.size_of(ordinal))
        missed = [(size, *self.limits.missed(ordinal, size)) for size in filters.sizes_of(ordinal)]
        return Standing(*min(missed, key=lambda each: (len(each[1]), len(each[2]))))


def matched_by(snapshot: Snapshot, request: SearchRequest) -> Matched:
    """Return what the words of a request match today, with limits that they name or without."""
    without = LIMITS if request.limits_off else frozenset()
    return snapshot.matched(request.words, without, date.today())


def group(
    snapshot: Snapshot, request: SearchRequest, matched: Matched, passing: MethodSet
) -> Grouped:
    """Put the methods of `passing` that match the words into groups."""
    facts = matched.query.limits
    filtered = {*request.choices, *request.ranges}
    # A filter takes the place of a limit of the same name.
    limits = limits_of(snapshot, (fact for fact in facts if fact.name not in filtered))
    all_strong = _strong(matched, limits_of(snapshot, facts))
    passing &= matched.methods
    strong, weaker = passing & all_strong, passing & ~all_strong
    parts = [Group(FITS, strong)]
    if limits:
        fits, unknown = limits.fits, limits.unknown
        parts = [
            Group(FITS, strong & fits),
            Group(UNKNOWN_FIGURES, strong & unknown),
            Group(OUTSIDE, strong & ~fits & ~unknown),
        ]
    if request.weaker or not strong:
        parts.append(Group(WEAKER, weaker))
    return Grouped(limits, tuple(part for part in parts if part.methods), weaker, all_strong)


def visible(snapshot: Snapshot, request: SearchRequest, matched: Matched) -> int:
    """Return how many methods a request would count."""
    passing = Filters(snapshot, request).methods
    return group(snapshot, request, matched, passing).strong.bit_count()


def _strong(matched: Matched, limits: Limits | None) -> MethodSet:
    """Return the strong matches, whatever the filters are; all, where the words name facts alone.

    The best MIN_STRONG are always strong, and so are the best of those that fit the limits in the words.
    """
    if matched.strong is None:
        return matched.methods
    strong = matched.strong | _first(matched.best_first, matched.methods)
    return strong | _first(matched.best_first, limits.fits) if limits else strong


def _first(best_first: Ordinals, methods: MethodSet) -> MethodSet:
    """Return the first MIN_STRONG of some methods."""
    found, first = 0, 0
    for ordinal in map(int, best_first):
        if methods >> ordinal & 1:
            first |= 1 << ordinal
            found += 1
            if found == MIN_STRONG:
                break
    return first
