"""Autocompletion of a search: methods by any of their names, and purposes, from the names in memory.

The page works the same without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalogue.model.letters import split_words
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS, Urls
from catalogue.vocabulary import VOCABULARY, Option

MAX_SUGGESTIONS = 8
MIN_LETTERS = 2
# What the rank of other names and purposes comes after that of titles.
OTHERS = 2


@dataclass(frozen=True)
class Suggestion:
    """One suggestion: its kind (method, name, purpose), its text, and the URL it leads to.

    For the kind "name", an alias, `also` is the title of its method, and `language` the code of its language, "" for English.
    """

    kind: str
    text: str
    path: str
    also: str = ""
    language: str = ""


def suggest(snapshot: Snapshot, typed: str, urls: Urls = PATHS) -> list[Suggestion]:
    """Return at most MAX_SUGGESTIONS: titles first, then other names, which may be of other languages, and purposes.

    Of each, those that begin with what was typed come before those with such a word.
    """
    words = tuple(split_words(typed))
    if sum(map(len, words)) < MIN_LETTERS:
        return []
    # A stable sort: equal ones stay in the order of titles.
    matching = sorted(_matching(snapshot, words, urls), key=lambda pair: pair[0])
    distinct: dict[str, Suggestion] = {}
    for _, suggestion in matching:
        distinct.setdefault(suggestion.path, suggestion)
    return list(distinct.values())[:MAX_SUGGESTIONS]


def _matching(
    snapshot: Snapshot, words: tuple[str, ...], urls: Urls
) -> Iterator[tuple[int, Suggestion]]:
    """Yield suggestions, each with a rank: 0 and 1 for titles, 2 and 3 for the rest."""
    for card in snapshot.cards:
        path = urls.method(card.slug)
        for position, name in enumerate(card.names):
            rank = _rank(card.name_words[position], words)
            if rank is None:
                continue
            alias = position > 0
            language = card.languages.get(name, "")
            suggestion = (
                Suggestion("name", name, path, card.title, language)
                if alias
                else Suggestion("method", name, path)
            )
            yield rank + OTHERS * alias, suggestion
    for option in VOCABULARY.facets["purpose"].options:
        ranks = [_rank(name, words) for name in _option_words(option)]
        if matched := [rank for rank in ranks if rank is not None]:
            suggestion = Suggestion("purpose", option.label, urls.purpose(option.value))
            yield min(matched) + OTHERS, suggestion


@cache
def _option_words(option: Option) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(split_words(word)) for word in (option.label, *option.synonyms))


def _rank(name: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    """Return 0 for a name that begins with the words, 1 for one that contains them, None for others."""
    whole, last = words[:-1], words[-1]
    if name[: len(whole)] == whole and len(name) > len(whole) and name[len(whole)].startswith(last):
        return 0
    if all(word in name for word in whole) and any(word.startswith(last) for word in name):
        return 1
    return None
