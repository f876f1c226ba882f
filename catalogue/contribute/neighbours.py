"""Finds the methods nearest to one that somebody is about to add: "is it one of these?".

Asks the machinery of the search: names much like the new one, then what the search gives for its
name, and for its summary. The form and the command line show what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from catalogue.cards import Card
from catalogue.contribute.writing import clean_text
from catalogue.reader import near_slugs, proposed_slug
from catalogue.request import MAX_WORDS_LENGTH, SearchRequest
from catalogue.search import search
from catalogue.snapshot import Snapshot

MOST = 5
# Two names more alike than this are the same but for a slip or an ending.
SAME = 0.85
LIKE = 0.7
# Results of a search below this share of its best one are left out.
WEAK = 0.4


@dataclass(frozen=True)
class Neighbour:
    """A method near to a new one; `name` is the name of it that is like the new one's, or "".

    `same` if that name is the new one's but for a slip, so that it is probably the same method.
    """

    card: Card
    name: str = ""
    same: bool = False


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are `name` but for a slip or an ending, the most alike first."""
    by_slug = {proposed_slug(each): each for each in known}
    slug = proposed_slug(name[:100])
    near = near_slugs(slug, list(by_slug))
    return [by_slug[found] for found in near if _likeness(slug, found) >= SAME]


def neighbours(
    snapshot: Snapshot, title: str, aliases: Iterable[str] = (), summary: str = ""
) -> list[Neighbour]:
    """Return at most five methods near to a new one, those with the same name first."""
    names = [name for name in (title, *aliases) if name.strip()]
    found: dict[str, Neighbour] = {}
    for neighbour in _by_name(snapshot, names):
        found.setdefault(neighbour.card.slug, neighbour)
    for words in (title, summary):
        for card in _by_words(snapshot, words):
            found.setdefault(card.slug, Neighbour(card))
    ranked = sorted(found.values(), key=lambda neighbour: not neighbour.same)
    return ranked[:MOST]


def _by_name(snapshot: Snapshot, names: list[str]) -> Iterable[Neighbour]:
    known = {proposed_slug(name): (card, name) for card in snapshot.cards for name in card.names}
    slugs = list(known)
    for name in names:
        slug = proposed_slug(name[:100])
        for near in near_slugs(slug, slugs, 2):
            card, like = known[near]
            if (likeness := _likeness(slug, near)) >= LIKE:
                yield Neighbour(card, like, likeness >= SAME)


def _by_words(snapshot: Snapshot, words: str) -> list[Card]:
    asked = clean_text(words)[:MAX_WORDS_LENGTH].strip()
    if not asked:
        return []
    page = search(snapshot, SearchRequest(words=asked))
    best = page.results[0].score if page.results else 0.0
    return [result.card for result in page.results[:MOST] if result.score >= WEAK * best]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
