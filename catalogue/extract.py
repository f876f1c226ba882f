"""Short extracts and marked words: why a result matches the words that were typed.

Works on passages cut and stemmed at build time, so that a request compares sets and stems only
the sentence it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from catalogue.index import analyse
from catalogue.store import Passage

MAX_EXTRACT = 220


@dataclass(frozen=True)
class Piece:
    """A piece of text; `marked` if it is a word that was asked for."""

    text: str
    marked: bool = False


@lru_cache(maxsize=4096)
def mark(text: str, stems: frozenset[str]) -> tuple[Piece, ...]:
    """Cut a text into marked and unmarked pieces, which together are the text."""
    pieces = []
    end = 0
    for token in analyse(text):
        if token.stem in stems:
            if token.start > end:
                pieces.append(Piece(text[end : token.start]))
            pieces.append(Piece(text[token.start : token.end], marked=True))
            end = token.end
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def best_extract(passages: Iterable[Passage], stems: frozenset[str]) -> tuple[Piece, ...]:
    """Return the first passage that holds the most of the stems, marked and cut short; () if none does."""
    best, most = "", 0
    for passage in passages:
        held = len(passage.stems & stems)
        if held > most:
            best, most = passage.text, held
    return mark(_cut(best, stems), stems) if most else ()


def _cut(text: str, stems: frozenset[str]) -> str:
    """Shorten a long passage to whole words around its first match."""
    if len(text) <= MAX_EXTRACT:
        return text
    first = next((token.start for token in analyse(text) if token.stem in stems), 0)
    start = max(0, min(first - 60, len(text) - MAX_EXTRACT))
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = start + MAX_EXTRACT
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
