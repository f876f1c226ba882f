"""An index of short texts of one method that a result may show: its sentences, its other names, its needs.

It finds the text that contains most stems of a search without stemming any text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class PassageIndex:
    """Texts in order, and for each stem the set of the texts that contain it.

    `words` has one string for each first letter, "|juri=3|judg=2|": bit n of a number (in hexadecimal) is
    the nth text. So thousands of methods fit into a cache, and are searched for a few stems at a time.
    """

    texts: tuple[str, ...]
    words: dict[str, str]

    def best(self, stems: Iterable[str]) -> tuple[str, int]:
        """Return the first text that contains the most of the distinct stems, and how many; ("", 0) if none does."""
        # levels[n] is the set of texts that contain more than n of the stems seen so far.
        levels: list[int] = []
        for stem in stems:
            words = self.words.get(stem[0], "")
            position = words.find(f"|{stem}=")
            if position < 0:
                continue
            start = position + len(stem) + 2
            more = int(words[start : words.index("|", start)], 16)
            for level, texts in enumerate(levels):
                levels[level], more = texts | more, texts & more
            if more:
                levels.append(more)
        if not levels:
            return "", 0
        top = levels[-1]
        return self.texts[(top & -top).bit_length() - 1], len(levels)


NO_PASSAGES = PassageIndex((), {})


def index_passages(passages: Iterable[tuple[str, Iterable[str]]]) -> PassageIndex:
    """Return the index of pairs of a text and the stems of its words."""
    texts = []
    containing: dict[str, int] = {}
    for ordinal, (text, stems) in enumerate(passages):
        texts.append(text)
        for stem in stems:
            containing[stem] = containing.get(stem, 0) | 1 << ordinal
    words: dict[str, str] = {}
    for stem, bits in containing.items():
        words[stem[0]] = f"{words.get(stem[0], '|')}{stem}={bits:x}|"
    return PassageIndex(tuple(texts), words)
