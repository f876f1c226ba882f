"""The lexicon: the words of the catalogue, for spelling correction, completion and compounds."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.search.query.english import english_words, is_common, is_english
from catalogue.search.query.guidance import guidance_index
from catalogue.search.query.spellings import other_spellings
from catalogue.storage.fulltext import STOP_WORDS, SearchIndex, stems_of

# Stop words, and what is left of "it's" and "don't".
PARTS_OF_NOTHING = frozenset((*STOP_WORDS, "s", "t", "am"))
# Letters that an unfinished word needs before it is completed.
MIN_PREFIX_LENGTH = 3
MAX_COMPLETIONS = 12
# Letters of the shortest words that are corrected; shorter ones are too similar to each other.
MIN_CORRECTED_LENGTH = 4
# A word of a name is likelier to be meant than one of a text: it weighs as much as so many methods more.
NAME_WEIGHT = 25
# Letters of words in which two typos are corrected, and how much more a word weighs than any other as near to be clear.
LONG, CLEARLY = 7, 2


class Correction(NamedTuple):
    """The word that was probably meant, "" for none, and whether that is clear; else it is only offered."""

    word: str
    clear: bool


NO_CORRECTION = Correction("", clear=False)


class Lexicon:
    """Whole words, lowercase and without accents, with the number of methods that use each."""

    def __init__(self, index: SearchIndex, names: Callable[[], Iterable[tuple[str, ...]]]) -> None:
        """Take the index, and the words of the names of all methods; both are read when first needed."""
        self._index = index
        self._names = names
        self.correct: Callable[[str], Correction] = lru_cache(maxsize=4096)(self._correct)

    def uncorrecting(self) -> Lexicon:
        """Return a lexicon of the same words that corrects none."""
        same = copy(self)
        same.correct = lambda _word: NO_CORRECTION
        return same

    def prepare(self) -> None:
        """Fill all cached properties now, so that the first searches need not wait for them."""
        _ = self.counts, self.name_words, self._sorted, self.pairs, is_english("")

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of methods that use each word."""
        return dict(self._index.lexicon("words"))

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of titles and aliases."""
        return frozenset(word for word, _ in self._index.lexicon("names"))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of words that stand side by side in a name."""
        return frozenset(pair for words in self._names() for pair in pairwise(words))

    def knows(self, word: str) -> bool:
        """Whether any method uses exactly this word, or a guide or a rule is found by it."""
        return word in self.counts or word in guidance_index().words

    def completions(self, prefix: str) -> list[str]:
        """Return the commonest words with a prefix, at most MAX_COMPLETIONS; [] for one of one or two letters."""
        if len(prefix) < MIN_PREFIX_LENGTH:
            return []
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\uffff")
        completions = self._sorted[start:end]
        return sorted(completions, key=lambda word: (-self._weight(word), word))[:MAX_COMPLETIONS]

    def other_spelling(self, word: str) -> str:
        """Return the word in the other of UK and US spelling, if the catalogue uses it; else ""."""
        return next((other for other in other_spellings(word) if other in self.counts), "")

    def joined(self, first: str, second: str) -> str:
        """Return two words written as one ("fish bowl": "fishbowl") if a name has it so; else "".

        Stop words are words of their own: "a long" is not "along".
        """
        together = first + second
        apart = PARTS_OF_NOTHING.isdisjoint((first, second))
        return together if apart and together in self.name_words else ""

    def parted(self, word: str) -> tuple[str, str] | None:
        """Return a word written as the two words of a name ("fishbowl": "fish bowl"); else None."""
        for split in range(2, len(word) - 1):
            if (word[:split], word[split:]) in self.pairs:
                return word[:split], word[split:]
        return None

    def _weight(self, word: str) -> int:
        return self.counts.get(word, 0) + (NAME_WEIGHT if word in self.name_words else 0)

    def _correct(self, word: str) -> Correction:
        """Return the word of the catalogue that was probably meant, and whether that is clear.

        An English word or a name is none of our business, unless a rare one is a single letter away from a name of a method,
        which is then offered. Else one typo (a letter inserted, deleted, substituted, or two transposed) in a word that
        has no other word as near is clear, and so are two in a long one. Fewer typos come first, then the words of
        names, then the commoner ones.
        """
        short = len(word) < MIN_CORRECTED_LENGTH
        if short or any(letter.isdigit() for letter in word) or is_common(word):
            return NO_CORRECTION
        english = is_english(word)
        max_typos = 2 if len(word) >= LONG and not english else 1
        near = process.extract(
            word, self._sorted, scorer=OSA.distance, score_cutoff=max_typos, limit=30
        )
        # People seldom get the first letter wrong.
        ranked = sorted(
            near, key=lambda hit: (hit[1], hit[0][0] != word[0], -self._weight(hit[0]), hit[0])
        )
        if not ranked:
            return NO_CORRECTION
        best = str(ranked[0][0])
        if english:
            return Correction(best if best in self.name_words else "", clear=False)
        return Correction(best, self._is_clear(word, ranked))

    def _is_clear(self, word: str, ranked: Sequence[tuple[str, float, int]]) -> bool:
        """Whether the first of some words is meant: it begins like the slip, and English words as near are of its stem or much rarer."""
        best, typos, _ = ranked[0]
        rivals = [
            self._weight(other)
            for other, far, _ in ranked[1:]
            if far == typos and stems_of(other) != stems_of(best) and is_english(other)
        ]
        return best[0] == word[0] and self._weight(best) >= CLEARLY * max(rivals, default=0)


def words_near(known: Iterable[str], least: int) -> list[str]:
    """Return the English words of at least so many letters that are one slip away from a known word with the same first letter, and not known.

    Words one slip apart are alike when a letter is left out of one or both, so only those are compared.
    """
    by_rest = defaultdict[str, set[str]](set)
    for word in known:
        for rest in _with_one_left_out(word):
            by_rest[rest].add(word)
    return sorted(
        word
        for word in english_words()
        if len(word) >= least
        and word not in by_rest.get(word, ())
        and any(
            word[0] == other[0] and OSA.distance(word, other, score_cutoff=1) == 1
            for rest in _with_one_left_out(word)
            for other in by_rest.get(rest, ())
        )
    )


def _with_one_left_out(word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without each of its letters."""
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))
