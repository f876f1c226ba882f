"""A `Fact`: something that a method can have and a search can ask for, in the terms of the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Options of a facet, any of `values`, or a range: `numbers` are the lowest and the highest in its unit.

    `name` is that of the facet or the range; exactly one of `values` and `numbers` is given.
    """

    name: str
    values: tuple[str, ...] = ()
    numbers: tuple[float, float] | None = None
