"""The names of all methods in stems: which of them a search contains, and which it says no to."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.search.query.terms import ParsedQuery


class NameIndex:
    """All names of all methods in stems, to find those that a search contains in full."""

    def __init__(
        self, names: Iterable[tuple[int, tuple[str, ...]]], kinds: Iterable[tuple[int, str]] = ()
    ) -> None:
        """Take pairs, the ordinal of a method and the stems of one of its names, and others with a word for what it is."""
        self._ordinals: dict[tuple[str, ...], set[int]] = {}
        for ordinal, stems in names:
            if stems:
                self._ordinals.setdefault(stems, set()).add(ordinal)
        self._max_length = max(map(len, self._ordinals), default=0)
        self._kinds: dict[str, set[int]] = {}
        for ordinal, word in kinds:
            self._kinds.setdefault(_singular(word), set()).add(ordinal)

    def is_name(self, typed: tuple[str, ...]) -> bool:
        """Whether the stems of a search are those of one name."""
        return typed in self._ordinals

    def named(self, typed: tuple[str, ...]) -> dict[int, int]:
        """Return the ordinals of the methods whose name a search contains, with the words of the longest such name."""
        lengths: dict[int, int] = {}
        for start in range(len(typed)):
            for end in range(start + 1, min(len(typed), start + self._max_length) + 1):
                for ordinal in self._ordinals.get(typed[start:end], ()):
                    lengths[ordinal] = max(lengths.get(ordinal, 0), end - start)
        return lengths

    def unwanted(self, query: ParsedQuery) -> tuple[frozenset[str], tuple[int, ...], tuple[int, ...]]:  # fmt: skip
        """Return the stems by which a search refuses methods, the ordinals of these, and those of the ones that it only passes over."""
        passed_over = self._not_wanted(query, query.passed_over)
        every = self._not_wanted(query, query.refused)
        refused = {n: stems for n, stems in every.items() if n not in passed_over}
        return frozenset[str]().union(*refused.values()), tuple(refused), tuple(passed_over)

    def _not_wanted(self, query: ParsedQuery, words: tuple[str, ...]) -> dict[int, frozenset[str]]:
        """Return the ordinals of the methods that a search does not want by some of its words, each with the stems by which it does.

        `words` are those of the search that count, with "" in place of the others.

        A single word refuses all of its kind: "no meetings" a public meeting; but "not consulted" refuses no consultation.
        """
        places = [n for n, word in enumerate(words) if word]
        if not places:
            return {}
        found: dict[int, frozenset[str]] = {}
        in_names: set[int] = set()
        for start in range(max(0, places[0] - self._max_length), places[-1] + 1):
            for end in range(start + 2, start + self._max_length + 1):
                stems = query.typed[start:end]
                if any(words[start:end]) and stems in self._ordinals:
                    found |= dict.fromkeys(self._ordinals[stems], frozenset(stems))
                    in_names.update(range(start, end))
        for place in set(places) - in_names:
            kind = self._kinds.get(_singular(words[place]), ())
            found |= dict.fromkeys(kind, frozenset(query.typed[place : place + 1]))
        return {n: stems for n, stems in found.items() if not stems.issubset(query.wanted)}


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")
