"""What a list says of the limits that its words name: how many methods fit, and how to make filters of them or forget them."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.model.facts import Fact
from catalogue.search.order.groups import FITS, OUTSIDE, UNKNOWN_FIGURES, Grouped, visible
from catalogue.search.ranking import Matched
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot


@dataclass(frozen=True)
class UnderstoodLimits:
    """The limits that words name, and how many methods of the list fit, do not say, or are outside.

    `only` is the request with all of them as filters, for `count` methods; `forgotten` the one by words alone.
    """

    facts: tuple[Fact, ...]
    fits: int
    unknown: int
    outside: int
    only: SearchRequest
    count: int
    forgotten: SearchRequest


def understood_limits(
    snapshot: Snapshot, request: SearchRequest, matched: Matched, grouped: Grouped
) -> UnderstoodLimits | None:
    """Return what to say of the limits; None where there are none that are not filters already."""
    if not grouped.limits:
        return None
    facts = grouped.limits.facts
    only = request
    for fact in facts:
        only = only.with_fact(fact)
    counts = {part.name: part.methods.bit_count() for part in grouped.groups}
    return UnderstoodLimits(
        facts,
        counts.get(FITS, 0),
        counts.get(UNKNOWN_FIGURES, 0),
        counts.get(OUTSIDE, 0),
        only,
        visible(snapshot, only, matched),
        request.with_limits_off(),
    )
