"""Finds the guides and the rules that the words of a search name, by the words in their front matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from catalogue.model.guides import Guide, Rule
from catalogue.model.letters import split_words
from catalogue.storage.fulltext import stems_of
from catalogue.validation.guides import load_guidance

MAX_FOUND = 2
# How many letters a typed word may be shorter than the one of the guide: "refugee" finds "refugees". So "travel", which
# has the stem of "Traveller", does not find it.
MAX_SHORTER = 1
# "£50,000" is not the 50 of "over 50s".
_SUM = re.compile(r"[£€$]\s?\d[\d.,]*|\b\d{1,3}(?:,\d{3})+\b")
_SENTENCE_END = re.compile(r"[.!?;]+(?:\s|$)")


class Phrase(NamedTuple):
    """The words of one entry of a guide's `words`: the fewest letters of each by its stem, and its place in the list."""

    words: dict[str, int]
    place: int
    leads_to: Guide | Rule


class GuidanceIndex:
    """The phrases of all guides and rules, by one of their stems. Built once, never changed."""

    def __init__(self, guidance: Iterable[Guide | Rule]) -> None:
        """Index the words of these guides and rules."""
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        self.words: set[str] = set()
        for each in guidance:
            for place, entry in enumerate(each.words):
                words = split_words(entry)
                self.words.update(word for word in words if stems_of(word))
                if stems := _letters(words, -MAX_SHORTER):
                    self._phrases[min(stems)].append(Phrase(stems, place, each))

    def find(self, text: str) -> tuple[Guide | Rule, ...]:
        """Return the guides and rules of which a text has all words of an entry, at most MAX_FOUND.

        Longer entries come first, then those that stand earlier in their list.
        """
        found = self._ranks(text)
        return tuple(sorted(found, key=lambda each: (*found[each], each.title))[:MAX_FOUND])

    def guides_in(self, story: str) -> tuple[Guide, ...]:
        """Return the guides that a story of several sentences names, as `find` does; an entry must stand in one sentence."""
        found: dict[Guide, tuple[int, int]] = {}
        for sentence in _SENTENCE_END.split(story):
            for each, rank in self._ranks(sentence).items():
                if isinstance(each, Guide):
                    found[each] = min(rank, found.get(each, rank))
        return tuple(sorted(found, key=lambda each: (*found[each], each.title))[:MAX_FOUND])

    def _ranks(self, text: str) -> dict[Guide | Rule, tuple[int, int]]:
        """Return what a text names, each with the number of words of its best entry, negative, and the entry's place."""
        typed = _letters(split_words(_SUM.sub(" ", text)))
        found: dict[Guide | Rule, tuple[int, int]] = {}
        for stem in typed:
            for phrase in self._phrases.get(stem, ()):
                if all(typed.get(s, 0) >= least for s, least in phrase.words.items()):
                    rank = (-len(phrase.words), phrase.place)
                    found[phrase.leads_to] = min(rank, found.get(phrase.leads_to, rank))
        return found


def _letters(words: Iterable[str], added: int = 0) -> dict[str, int]:
    """Return the number of letters of the longest word with each stem, with some `added`; no stop words."""
    letters: dict[str, int] = {}
    for word in words:
        for stem in stems_of(word):
            letters[stem] = max(letters.get(stem, 0), len(word) + added)
    return letters


@cache
def guidance_index() -> GuidanceIndex:
    """Return the index of the site's own guides and rules."""
    return GuidanceIndex(load_guidance().all)
