"""Finds the methods nearest to one that somebody is about to add: "is it one of these?".

Asks the machinery of the search: the same names first, then by turns what has a name like the new
one's, and what the search gives for its summary and purposes. So neither outweighs the other. The
form shows what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np
from rapidfuzz import fuzz, process

from catalogue.model.slugs import proposed_slug
from catalogue.model.unprintable import strip_line
from catalogue.search.cards import Card
from catalogue.search.search_request import MAX_WORDS_LENGTH
from catalogue.search.snapshot import Snapshot

MOST = 5
# Two names more alike than this are the same but for a slip or an ending.
SAME = 85.0
LIKE = 70.0
# Nobody has more names; each is compared with all names of the catalogue.
MOST_NAMES = 20
# Results of a search below this share of its best one are left out.
WEAK = 0.4
# How much each purpose that a method shares adds to its score by the words of the summary.
SHARED = 0.25


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
    near = process.extract(slug, list(by_slug), scorer=fuzz.ratio, score_cutoff=SAME, limit=3)
    return [by_slug[found] for found, _, _ in near]


def neighbours(
    snapshot: Snapshot,
    title: str,
    aliases: Iterable[str] = (),
    summary: str = "",
    purposes: Iterable[str] = (),
) -> list[Neighbour]:
    """Return at most five methods near to a new one, those with the same name first.

    Of the others, one half is like it in name and one half in what it does.
    """
    names = [name for name in (title, *aliases) if name.strip()][:MOST_NAMES]
    named = list(_by_name(snapshot, names))
    like = [*named, *map(Neighbour, _by_words(snapshot, title))]
    doing = [*map(Neighbour, _by_words(snapshot, summary, frozenset(purposes)))]
    # Words of the title that others have in theirs say less than a name that is like another.
    turns = zip_longest(like, doing) if named else zip_longest(doing, like)
    found: dict[str, Neighbour] = {}
    same = (neighbour for neighbour in named if neighbour.same)
    for neighbour in chain(same, *turns):
        if neighbour:
            found.setdefault(neighbour.card.slug, neighbour)
    ranked = sorted(found.values(), key=lambda neighbour: not neighbour.same)
    return ranked[:MOST]


def _by_name(snapshot: Snapshot, names: list[str]) -> Iterable[Neighbour]:
    known = {proposed_slug(name): (card, name) for card in snapshot.cards for name in card.names}
    slugs = list(known)
    for name in names:
        slug = proposed_slug(name[:100])
        near = process.extract(slug, slugs, scorer=fuzz.ratio, score_cutoff=LIKE, limit=2)
        for found, likeness, _ in near:
            card, like = known[found]
            yield Neighbour(card, like, likeness >= SAME)


def _by_words(snapshot: Snapshot, words: str, purposes: frozenset[str] = frozenset()) -> list[Card]:
    asked = strip_line(words)[:MAX_WORDS_LENGTH].strip()
    if not asked:
        return []
    # Not `snapshot.ranked`, which remembers what was asked: nothing of a form is kept.
    scores = snapshot.rank_anew(asked)[1].scores
    if purposes:
        shared = [len(purposes.intersection(card.purposes)) for card in snapshot.cards]
        scores = scores * (1 + SHARED * np.array(shared))
    best = np.argsort(-scores, kind="stable")[:MOST]
    return [
        snapshot.cards[int(p)]
        for p in best
        if scores[p] > 0 and scores[p] >= WEAK * scores[best[0]]
    ]
