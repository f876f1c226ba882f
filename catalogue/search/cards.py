"""Cards: what a list shows of a method, read from the database when a build is opened.

An unchanged card is passed from one snapshot to the next, and with it the HTML that is cached for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from catalogue.model.method import Cost
from catalogue.storage.database import Store
from catalogue.storage.passages import PassageIndex, index_passages


@dataclass(frozen=True, eq=False)
class Card:
    """What a list shows of a method. Ranges are (low, high); a high of None is open.

    Two cards are equal only if they are one object, so that a card is a cheap cache key.
    """

    slug: str
    title: str
    aliases: tuple[str, ...]
    asked_as: tuple[str, ...]
    name_stems: tuple[tuple[str, ...], ...]
    need_stems: tuple[tuple[str, ...], ...]
    name_words: tuple[tuple[str, ...], ...]
    summary: str
    purposes: tuple[str, ...]
    audience: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    ranges: dict[str, tuple[float, float | None]]
    cost: Cost | None
    last_reviewed: str

    @property
    def names(self) -> tuple[str, ...]:
        """The title and all other names."""
        return (self.title, *self.aliases)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title."""
        return frozenset(self.name_stems[0])

    @cached_property
    def summary_stems(self) -> frozenset[str]:
        """The stems of the summary."""
        return frozenset(self.need_stems[0])

    @cached_property
    def other_names(self) -> PassageIndex:
        """The names other than the title, to find the one that matches a search."""
        return index_passages(zip(self.aliases, self.name_stems[1:], strict=True))

    @cached_property
    def needs(self) -> PassageIndex:
        """What the method is asked for as, to find what matches a search."""
        return index_passages(zip(self.asked_as, self.need_stems[1:], strict=True))


def read_cards(store: Store, slugs: list[str]) -> Iterator[Card]:
    """Read the cards of some methods from the database."""
    chosen: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for slug, facet, value in store.facets(slugs):
        chosen[slug][facet].append(value)
    for row in store.rows(slugs):
        choices = {facet: tuple(values) for facet, values in chosen[row.slug].items()}
        ranges = {
            "people": (row.people_min, row.people_max),
            "weeks": (row.weeks_min, row.weeks_max),
            "hours": (row.hours_min, row.hours_max),
            "budget": (row.cost_low_gbp, row.cost_high_gbp),
        }
        yield Card(
            slug=row.slug,
            title=row.title,
            aliases=tuple(row.aliases),
            asked_as=tuple(row.asked_as),
            name_stems=_tuples(row.name_stems),
            need_stems=_tuples(row.need_stems),
            name_words=_tuples(row.name_words),
            summary=row.summary,
            purposes=choices.get("purpose", ()),
            audience=choices.get("audience", ()),
            choices=choices,
            ranges={name: numbers for name, numbers in ranges.items() if numbers[0] is not None},
            cost=Cost(**row.cost) if row.cost else None,
            last_reviewed=row.last_reviewed or "",
        )


def _tuples(lists: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, lists))
