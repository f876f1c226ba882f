"""Finds the methods that are similar to one that somebody is about to add.

Those with the same name come first, then alternately methods with a similar name and those that the search
finds for its summary and purposes, so that neither kind outweighs the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np
from rapidfuzz import fuzz, process

from catalogue.model.letters import name_key, typed_words
from catalogue.model.unprintable import strip_line
from catalogue.search.cards import Card
from catalogue.search.parameters import MAX_WORDS_LENGTH
from catalogue.search.snapshot import Snapshot

MAX_METHODS = 5
# Two names whose similarity (0 to 100) is higher than this are the same but for a typo or an ending.
SAME_NAME = 85.0
SIMILAR_NAME = 70.0
# Nobody has more names; each is compared with all names of the catalogue.
MAX_NAMES = 20
# Results of a search with less than this share of the best score are left out.
MIN_SHARE = 0.4
# How much each purpose that a method shares adds to its score for the words of the summary.
SHARED_PURPOSE = 0.25


@dataclass(frozen=True)
class SimilarMethod:
    """A method similar to a new one; `name` is its name that is similar to one of the new method's, or "".

    `same` if the two names differ by a typo at most, so that it is probably the same method.
    """

    card: Card
    name: str = ""
    same: bool = False


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Return at most three known names that are `name` but for a typo or an ending, the most similar first."""
    by_key = {_comparable(each): each for each in known}
    key = _comparable(name)
    near = process.extract(key, list(by_key), scorer=fuzz.ratio, score_cutoff=SAME_NAME, limit=3)
    return [by_key[found] for found, _, _ in near]


def similar_methods(
    snapshot: Snapshot,
    title: str,
    aliases: Iterable[str] = (),
    summary: str = "",
    purposes: Iterable[str] = (),
) -> list[SimilarMethod]:
    """Return at most five methods similar to a new one, those with the same name first.

    Of the others, one half is similar in name and one half in what it does.
    """
    names = [name for name in (title, *aliases) if name.strip()][:MAX_NAMES]
    named = list(_by_name(snapshot, names))
    like = [*named, *map(SimilarMethod, _by_words(snapshot, title))]
    doing = [*map(SimilarMethod, _by_words(snapshot, summary, frozenset(purposes)))]
    # Words of the title that others have in theirs say less than a name that is like another.
    turns = zip_longest(like, doing) if named else zip_longest(doing, like)
    found: dict[str, SimilarMethod] = {}
    same = (method for method in named if method.same)
    for method in chain(same, *turns):
        if method:
            found.setdefault(method.card.slug, method)
    ranked = sorted(found.values(), key=lambda method: not method.same)
    return ranked[:MAX_METHODS]


def _comparable(name: str) -> str:
    """Return the folded words of the beginning of a name, without punctuation."""
    return " ".join(word for word, _ in typed_words(name_key(name[:100]).replace("'", "")))


def _by_name(snapshot: Snapshot, names: list[str]) -> Iterable[SimilarMethod]:
    known = {_comparable(name): (card, name) for card in snapshot.cards for name in card.names}
    keys = list(known)
    for name in names:
        key = _comparable(name)
        near = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=SIMILAR_NAME, limit=2)
        for found, likeness, _ in near:
            card, like = known[found]
            yield SimilarMethod(card, like, likeness >= SAME_NAME)


def _by_words(snapshot: Snapshot, words: str, purposes: frozenset[str] = frozenset()) -> list[Card]:
    asked = strip_line(words)[:MAX_WORDS_LENGTH].strip()
    if not asked:
        return []
    # Not `snapshot.matched`, which caches: nothing that was typed into a form is kept.
    # What others recommend is no more similar.
    scores = snapshot.rank_uncached(asked, asks=False)[1].scores
    if purposes:
        shared = [len(purposes.intersection(card.purposes)) for card in snapshot.cards]
        scores = scores * (1 + SHARED_PURPOSE * np.array(shared))
    best = np.argsort(-scores, kind="stable")[:MAX_METHODS]
    return [
        snapshot.cards[int(p)]
        for p in best
        if scores[p] > 0 and scores[p] >= MIN_SHARE * scores[best[0]]
    ]
