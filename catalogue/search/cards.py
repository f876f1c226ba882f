"""Cards: what a list shows of a method, read from the database when a build is opened, and the orders of a list.

A card that did not change is reused by the next snapshot, with everything that is cached for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from catalogue.model import method as method_model
from catalogue.model.method import POSSIBLE, Cost
from catalogue.model.sizes import Run
from catalogue.storage.database import Store
from catalogue.storage.passages import PassageIndex, index_passages
from catalogue.vocabulary import VOCABULARY

# The lower and the upper end; None for no upper end.
Range = tuple[float, float | None]


# Words for kinds of methods; others that end a title, such as "council" and "change", are words of any story.
KINDS = frozenset(
    ("meeting", "hearing", "consultation", "forum", "panel", "assembly", "jury", "poll", "workshop", "group", "interview", "conference")
)  # fmt: skip
# Words for what ends in a vote or shares out money by one.
VOTING = ("vote", "voting", "ballot")


def ends_in_a_vote(outcomes: Container[str], family: Container[str]) -> bool:
    """Whether people vote at the end of a method, by what comes of it or what it is akin to."""
    return "vote-result" in outcomes or "budgeting" in family


@dataclass(frozen=True, eq=False)
class Card:
    """What a list shows of a method; `possible` are the options of POSSIBLE that it is not made for.

    Cards are equal only if they are one object, so that a card can be the key of a cache of texts made from it.
    """

    slug: str
    title: str
    sort_key: bytes
    aliases: tuple[str, ...]
    languages: dict[str, str]
    asked_as: tuple[str, ...]
    name_stems: tuple[tuple[str, ...], ...]
    need_stems: tuple[tuple[str, ...], ...]
    name_words: tuple[tuple[str, ...], ...]
    summary: str
    picture: str
    purposes: tuple[str, ...]
    audience: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]
    possible: dict[str, tuple[str, ...]]
    ranges: dict[str, Range]
    cost: Cost | None
    group_size: method_model.Range | None
    runs: tuple[Run, ...]
    last_reviewed: str
    added: str = ""
    was: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()

    @property
    def changed(self) -> str:
        """The day on which it was added or last reviewed, the later one (ISO); "" if neither is known."""
        return max(self.added, self.last_reviewed)

    def run(self, size: str) -> Run:
        """Return the method in one of its sizes."""
        return next(run for run in self.runs if run.size == size)

    @property
    def names(self) -> tuple[str, ...]:
        """The title and the aliases."""
        return (self.title, *self.aliases)

    @cached_property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title."""
        return frozenset(self.name_stems[0])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words for what it is by themselves, as in "no meetings": names of one word, the last of its title if in KINDS, and VOTING."""
        last = self.title.partition(" (")[0].split()[-1:]
        votes = ends_in_a_vote(self.choices.get("outcome", ()), self.choices.get("family", ()))
        names = (name for name in self.names if name.isalnum())
        return (*names, *KINDS.intersection(last), *(VOTING if votes else ()))

    @cached_property
    def summary_stems(self) -> frozenset[str]:
        """The stems of the summary."""
        return frozenset(self.need_stems[0])

    @cached_property
    def other_names(self) -> PassageIndex:
        """An index of the aliases, to find the one that matches a search."""
        return index_passages(zip(self.aliases, self.name_stems[1:], strict=True))

    @cached_property
    def needs(self) -> PassageIndex:
        """An index of the needs the method is asked for, to find the one that matches a search."""
        return index_passages(zip(self.asked_as, self.need_stems[1:], strict=True))


def read_cards(store: Store, slugs: list[str]) -> Iterator[Card]:
    """Read the cards of methods from the database, in no particular order. Raises StoreError."""
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
            sort_key=row.sort_key,
            aliases=tuple(row.aliases),
            languages=row.languages,
            asked_as=tuple(row.asked_as),
            name_stems=_tuples(row.name_stems),
            need_stems=_tuples(row.need_stems),
            name_words=_tuples(row.name_words),
            summary=row.summary,
            picture=row.picture,
            purposes=choices.get("purpose", ()),
            audience=choices.get("audience", ()),
            choices=choices,
            possible={facet: choices.pop(field, ()) for facet, field in POSSIBLE.items()},
            ranges={name: numbers for name, numbers in ranges.items() if numbers[0] is not None},
            cost=Cost(**row.cost) if row.cost else None,
            group_size=method_model.Range(**row.group_size) if row.group_size else None,
            runs=msgspec.convert(row.sizes, tuple[Run, ...]),
            last_reviewed=row.last_reviewed or "",
            added=row.added or "",
            was=tuple(row.was),
            refers_to=tuple(row.refers_to),
            split_from=tuple(row.split_from),
        )


def _tuples(lists: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, lists))


def moved_slugs(cards: Iterable[Card], taken: Container[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each slug that methods had or were divided from, those of the methods that it leads to.

    A slug among `taken` is that of a method there is, and leads nowhere else.
    """
    found: dict[str, tuple[str, ...]] = {}
    for card in cards:
        for old in (*card.was, *card.split_from):
            if old not in taken:
                found[old] = (*found.get(old, ()), card.slug)
    return found


def upper_end(numbers: Range) -> float:
    """Return the upper end of a range, infinity if it is open."""
    return math.inf if numbers[1] is None else numbers[1]


def _range_key(card: Card, name: str) -> tuple[float, float]:
    """Return a sort key: smaller ranges first, methods without one last."""
    numbers = card.ranges.get(name)
    return (math.inf, math.inf) if numbers is None else (numbers[0], upper_end(numbers))


def _cost_key(card: Card) -> tuple[float, float, float]:
    bands = VOCABULARY.facets["cost"].values
    band = bands.index(card.cost.band) if card.cost else len(bands)
    return (band, *_range_key(card, "budget"))


def _reviewed_key(card: Card) -> tuple[int, ...]:
    return (
        tuple(-int(part) for part in card.last_reviewed.split("-")) if card.last_reviewed else (1,)
    )


# The keys by which a list is sorted where relevance is not its order; ties fall back to the title.
SORT_KEYS: dict[str, Callable[[Card], Any]] = {
    "title": lambda card: (),
    "cost": _cost_key,
    "time": lambda card: _range_key(card, "hours"),
    "reviewed": _reviewed_key,
}
