"""Finds the guides and the rules that the words of a search name, by the words in their front matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from catalogue.model.guides import Guide, Rule
from catalogue.model.letters import split_words
from catalogue.search.query.groups import apart, key_of
from catalogue.search.query.quantities.ages import OLDER_PEOPLE, ages_in, find_ages
from catalogue.storage.fulltext import stems_of
from catalogue.validation.guides import load_guidance

MAX_FOUND = 2
# How many letters a typed word may be shorter than the one of the guide: "refugee" finds "refugees". So "travel", which
# has the stem of "Traveller", does not find it.
MAX_SHORTER = 1
# "£50,000" is not the 50 of "over 50s".
_SUM = re.compile(r"[£€$]\s?\d[\d.,]*|\b\d{1,3}(?:,\d{3})+\b")
# The oldest of each age, in years, and words of the guide that is about it.
AGES = ((7, "young children"), (12, "primary school children"), (19, "teenagers"))
# Numbers and "not" mean something only with the words beside them: "over 65s", "can't read".
_AS_WRITTEN = re.compile(r"\d|n't\b|\bnot\b")
_SENTENCE_END = re.compile(r"[.!?;]+(?:\s|$)")


class Phrase(NamedTuple):
    """One entry of a guide's `words`: the fewest letters of each word by its stem, and its place in the list.

    `key` has the stems of all words in order, stop words too; `as_written` are words that must stand so, or "".
    """

    words: dict[str, int]
    place: int
    leads_to: Guide | Rule
    key: tuple[str, ...]
    as_written: str

    def stands_in(self, text: _Text) -> bool:
        """Whether a text has all words of the entry, none of them in a group of words that means something else."""
        if self.as_written and f" {self.as_written} " not in text.words:
            return False
        # The words of a law mean it only together: a plan for local shops is no local plan.
        if isinstance(self.leads_to, Rule) and not text.has(self.key):
            return False
        return all(
            text.typed.get(stem, 0) >= least
            and (stem in text.outside or any(stem in g and g <= {*self.key} for g in text.groups))
            for stem, least in self.words.items()
        )

    def rank(self) -> tuple[int, int]:
        """Return what orders entries: longer ones come first, then those that stand earlier in their list."""
        return -len(self.words), self.place


class _Text:
    """A text as entries are looked for in it, with words for the ages that it names."""

    def __init__(self, text: str) -> None:
        about = (
            next((words for up_to, words in AGES if age <= up_to), "") for age in ages_in(text)
        )
        older = [OLDER_PEOPLE] if any(ages.are_older for ages in find_ages(text)) else []
        text = "; ".join((text, *dict.fromkeys(about), *older))
        outside, self.groups = apart(text)
        words = split_words(text)
        self.words = f" {' '.join(words)} "
        self.typed = _letters(words)
        self.outside = _letters(split_words(outside))
        self._stems = f" {' '.join(key_of(text))} "

    def has(self, key: tuple[str, ...]) -> bool:
        """Whether words stand in the text one after another."""
        return f" {' '.join(key)} " in self._stems


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
                    as_written = " ".join(words) if _AS_WRITTEN.search(entry) else ""
                    phrase = Phrase(stems, place, each, key_of(entry), as_written)
                    self._phrases[min(stems)].append(phrase)

    def find(self, text: str) -> tuple[Guide | Rule, ...]:
        """Return the guides and rules of which a text has all words of an entry, at most MAX_FOUND.

        Longer entries come first, then those that stand earlier in their list. A part of an entry that stands in the text
        as a whole finds nothing else: "young children" are not "children" of any age.
        """
        found = self._best(text)
        return tuple(sorted(found, key=lambda each: (*found[each].rank(), each.title))[:MAX_FOUND])

    def guides_in(self, story: str) -> tuple[Guide, ...]:
        """Return the guides that a story of several sentences names, as `find` does; an entry must stand in one sentence."""
        found: dict[Guide, tuple[int, int]] = {}
        for sentence in _SENTENCE_END.split(story):
            for each, phrase in self._best(sentence).items():
                if isinstance(each, Guide):
                    found[each] = min(phrase.rank(), found.get(each, phrase.rank()))
        return tuple(sorted(found, key=lambda each: (*found[each], each.title))[:MAX_FOUND])

    def _best(self, typed: str) -> dict[Guide | Rule, Phrase]:
        """Return what a text names, each with its best entry."""
        text = _Text(_SUM.sub(" ", typed))
        standing = [
            p for stem in text.typed for p in self._phrases.get(stem, ()) if p.stands_in(text)
        ]
        best: dict[Guide | Rule, Phrase] = {}
        for phrase in sorted(standing, key=Phrase.rank):
            best.setdefault(phrase.leads_to, phrase)
        whole = [set(p.words) for p in best.values() if text.has(p.key)]
        return {
            each: phrase
            for each, phrase in best.items()
            if not any(set(phrase.words) < words for words in whole)
        }


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
