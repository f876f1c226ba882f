"""Suggestions while somebody types: methods by any of their names, and purposes.

Answered from memory, from the names of the snapshot; the page works the same without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import split_words
from catalogue.urls import PATHS, Urls
from catalogue.vocabulary import VOCABULARY, Option

MOST = 8
LEAST_LETTERS = 2


@dataclass(frozen=True)
class Suggestion:
    """One thing to choose: its kind (method, name, purpose), what it says, where it leads.

    `also` is the title of the method that has this other name.
    """

    kind: str
    text: str
    path: str
    also: str = ""


def suggest(snapshot: Snapshot, typed: str, urls: Urls = PATHS) -> list[Suggestion]:
    """Return at most eight suggestions: names that begin so first, then those with such a word."""
    words = tuple(split_words(typed))
    if sum(map(len, words)) < LEAST_LETTERS:
        return []
    found = sorted(_matching(snapshot, words, urls), key=lambda pair: pair[0])
    seen: set[str] = set()
    kept = []
    for _, suggestion in found:
        if suggestion.path not in seen:
            seen.add(suggestion.path)
            kept.append(suggestion)
    return kept[:MOST]


def _matching(
    snapshot: Snapshot, words: tuple[str, ...], urls: Urls
) -> Iterator[tuple[tuple[int, int, str], Suggestion]]:
    """Yield suggestions with a key that sorts the best first."""
    for card in snapshot.cards:
        path = urls.method(card.slug)
        for place, name in enumerate(card.names):
            rank = _rank(card.name_words[place], words)
            if rank is None:
                continue
            other = place > 0
            suggestion = Suggestion(
                "name" if other else "method", name, path, card.title if other else ""
            )
            yield (rank, int(other), name.lower()), suggestion
    for option in VOCABULARY.facets["purpose"].options:
        ranks = [_rank(name, words) for name in _option_words(option)]
        if known := [rank for rank in ranks if rank is not None]:
            suggestion = Suggestion("purpose", option.label, urls.purpose(option.value))
            yield (min(known) + 1, 0, option.label.lower()), suggestion


@cache
def _option_words(option: Option) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(split_words(word)) for word in (option.label, *option.synonyms))


def _rank(name: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    """Return 0 for a name that begins so, 1 for one with such words anywhere, None for others."""
    whole, last = words[:-1], words[-1]
    if name[: len(whole)] == whole and len(name) > len(whole) and name[len(whole)].startswith(last):
        return 0
    if all(word in name for word in whole) and any(word.startswith(last) for word in name):
        return 1
    return None
