"""Short texts of one method that a result may show: its sentences, its other names, its needs.

Made at build time by build/documents.py and kept in the database; search/engine.py asks which of them says most
about a search, without reading any of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lines:
    """Texts in order, and the words they hold: each stem with the set of its texts.

    `words` holds one string for each first letter, "|juri=3|judg=2|": bit n of a number (written in hexadecimal) is
    the nth text. Thousands of methods are kept in memory so, and looked through for a few stems at a time.
    """

    texts: tuple[str, ...]
    words: dict[str, str]

    def best(self, stems: Iterable[str]) -> tuple[str, int]:
        """Return the first text that holds the most of the distinct stems, and how many; ("", 0) if none does."""
        # levels[n] is the set of texts that hold more than n of the stems seen so far.
        levels: list[int] = []
        for stem in stems:
            words = self.words.get(stem[0], "")
            found = words.find(f"|{stem}=")
            if found < 0:
                continue
            start = found + len(stem) + 2
            more = int(words[start : words.index("|", start)], 16)
            for place, held in enumerate(levels):
                levels[place], more = held | more, held & more
            if more:
                levels.append(more)
        if not levels:
            return "", 0
        top = levels[-1]
        return self.texts[(top & -top).bit_length() - 1], len(levels)


NO_LINES = Lines((), {})


def make_lines(texts: Iterable[tuple[str, Iterable[str]]]) -> Lines:
    """Put texts, each with the stems of its words, into `Lines`."""
    kept = []
    holding: dict[str, int] = {}
    for place, (text, stems) in enumerate(texts):
        kept.append(text)
        for stem in stems:
            holding[stem] = holding.get(stem, 0) | 1 << place
    words: dict[str, str] = {}
    for stem, held in holding.items():
        words[stem[0]] = f"{words.get(stem[0], '|')}{stem}={held:x}|"
    return Lines(tuple(kept), words)
