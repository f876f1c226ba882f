"""The limits that the words of a search name: which methods fit them, may fit them, and are outside them.

What belongs to a size must be met by one size together, as with filters (`search/filters.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalogue.model.facts import Fact
from catalogue.model.sizes import SIZES
from catalogue.search.query.facts import LIMITS
from catalogue.search.sets.method_set import MethodSet, SizedSet, either, every, in_any_size
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import UNKNOWN

# Words for conflict ask for what is made for it; what copes fairly, or keeps the sides apart, is within the limit too.
COPES = Fact("handles_conflict", ("not-affected", "medium", "high"))
MADE_FOR_CONFLICT = Fact("handles_conflict", ("high",))


@dataclass(frozen=True)
class OneLimit:
    """The methods that have one limit in each size, and those of which it is not known."""

    fact: Fact
    has: SizedSet
    unknown: SizedSet


@dataclass(frozen=True, eq=False)
class Limits:
    """The limits of a search on one snapshot: `fits`, and `unknown` where none is known to be broken.

    All other methods are outside. `sized` and `open` are the same for each size.
    """

    each: tuple[OneLimit, ...]
    sized: SizedSet
    open: SizedSet
    fits: MethodSet = field(init=False)
    unknown: MethodSet = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fits", in_any_size(self.sized))
        object.__setattr__(self, "unknown", in_any_size(self.open) & ~self.fits)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The limits themselves, in the order of the words."""
        return tuple(limit.fact for limit in self.each)

    def missed(self, ordinal: int, size: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
        """Return the limits that a method breaks in a size, and those of which it says nothing."""
        row = SIZES.index(size)
        broken: list[Fact] = []
        unsaid: list[Fact] = []
        for limit in self.each:
            if not limit.has[row] >> ordinal & 1:
                (unsaid if limit.unknown[row] >> ordinal & 1 else broken).append(limit.fact)
        return tuple(broken), tuple(unsaid)


def limits_of(snapshot: Snapshot, facts: Iterable[Fact]) -> Limits | None:
    """Return the limits among the facts that words name; None where there are none."""
    named = (COPES if fact == MADE_FOR_CONFLICT else fact for fact in facts)
    each = tuple(_one(snapshot, fact) for fact in named if fact.name in LIMITS)
    if not each:
        return None
    present = snapshot.sizes.present
    has = every([present, *(limit.has for limit in each)])
    possible = every([present, *(either([limit.has, limit.unknown]) for limit in each)])
    return Limits(each, has, possible)


def _one(snapshot: Snapshot, fact: Fact) -> OneLimit:
    sizes = snapshot.sizes
    if fact.numbers:
        has = sizes.overlapping(fact.name, *fact.numbers)
        return OneLimit(fact, has, sizes.not_known(fact.name, fact.numbers[1]))
    if fact.name in sizes.options:
        return OneLimit(
            fact, sizes.chosen(fact.name, fact.values), sizes.options[fact.name][UNKNOWN]
        )
    in_all = len(SIZES)
    return OneLimit(
        fact,
        (snapshot.any_of(fact.name, fact.values),) * in_all,
        (snapshot.options[fact.name][UNKNOWN],) * in_all,
    )
