"""The filters of a request as sets: options are OR within a facet, filters AND between them, ranges overlap.

People, weeks, hours, budget, cost and facilitation belong to a size: they hold together where one size of a method
meets them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from catalogue.model.method import POSSIBLE
from catalogue.model.sizes import PREFERRED, SIZED_FACETS, SIZES
from catalogue.search.search_request import SearchRequest
from catalogue.search.sets.method_set import MethodSet, SizedSet, every, in_any_size
from catalogue.search.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Filters:
    """The filters of one request on one snapshot."""

    snapshot: Snapshot
    request: SearchRequest

    def plain(self, but: str = "") -> MethodSet:
        """Return the methods that have the chosen options of all facets that are the same in every size."""
        methods = self.snapshot.all
        for facet, values in self.request.choices.items():
            if facet not in self.snapshot.sizes.options and facet != but:
                methods &= self.snapshot.any_of(facet, values)
        return methods

    def sized(self, but: str = "") -> SizedSet:
        """Return the sizes that meet all ranges and chosen options that a size has."""
        sizes = self.snapshot.sizes
        sets = [sizes.present]
        sets += [sizes.overlapping(name, *ends) for name, ends in self.request.ranges.items()]
        return every([*sets, *self._chosen(but)])

    def _chosen(self, but: str = "") -> list[SizedSet]:
        """Return the sizes that have the chosen options of each facet that a size has."""
        sizes = self.snapshot.sizes
        return [
            sizes.chosen(facet, values)
            for facet, values in self.request.choices.items()
            if facet in sizes.options and facet != but
        ]

    def not_known(self, name: str) -> MethodSet:
        """Return the methods that are left out, and of which a size may be within a range but does not say."""
        not_known = self.snapshot.sizes.not_known(name, self.request.ranges[name][1])
        return self.plain() & in_any_size(every([not_known, *self._chosen()])) & ~self.methods

    @cached_property
    def fitting(self) -> SizedSet:
        """The sizes that meet everything that a size can meet."""
        return self.sized()

    @cached_property
    def methods(self) -> MethodSet:
        """The methods that pass all filters."""
        return self.plain() & in_any_size(self.fitting)

    @cached_property
    def made_for(self) -> MethodSet:
        """The methods made for the chosen purposes and audiences; the others only help, or can be adapted."""
        methods = self.snapshot.all
        for facet in POSSIBLE:
            if values := self.request.choices.get(facet):
                methods &= ~self.snapshot.only_possible(facet, values)
        return methods

    def counts(self, facet: str, matched: MethodSet) -> dict[str, int]:
        """Return how many of the matched methods choosing each option would bring, its own facet's choice lifted."""
        if facet in SIZED_FACETS:
            lifted = facet in self.request.choices
            sized = self.sized(facet) if lifted else self.fitting
            base = matched & self.plain()
            return {
                value: (base & in_any_size(every([sized, having]))).bit_count()
                for value, having in self.snapshot.sizes.options[facet].items()
            }
        lifted = facet in self.request.choices
        base = self.plain(facet) & in_any_size(self.fitting) if lifted else self.methods
        base &= matched
        return {
            value: (base & having).bit_count()
            for value, having in self.snapshot.options[facet].items()
        }

    def sizes_of(self, ordinal: int) -> list[str]:
        """Return the sizes in which a method passes, the usual one first."""
        return [size for size in PREFERRED if self.fitting[SIZES.index(size)] >> ordinal & 1]

    def size_of(self, ordinal: int) -> str:
        """Return the size in which a method that passes is shown: the usual one where it fits."""
        return self.sizes_of(ordinal)[0]
