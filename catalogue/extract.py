"""Short extracts and marked words: why a result matches the words that were typed.

Works on texts cut and stemmed at build time, so that a request compares sets and stems only
what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from catalogue.cards import Card
from catalogue.index import analyse
from catalogue.lines import Lines

MAX_EXTRACT = 220
SHOWN_KEPT = 16_384


class Piece(NamedTuple):
    """A piece of text; `marked` if it is a word that was asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, eq=False)
class Shown:
    """What a result shows of a method; title, summary and extract are cut where words match.

    `other_name` is a name that matched where the title does not show why, `need` one of the needs
    it is asked for. Two are the same only if they are one object, so that pages made of them can be kept.
    """

    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    extract: tuple[Piece, ...] = ()
    other_name: tuple[Piece, ...] = ()
    need: tuple[Piece, ...] = ()


@lru_cache(maxsize=16384)
def _spans(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return where each stem stands in a text."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for token in analyse(text):
        spans.setdefault(token.stem, []).append((token.start, token.end))
    return spans


def mark(text: str, stems: frozenset[str]) -> tuple[Piece, ...]:
    """Cut a text into marked and unmarked pieces, which together are the text."""
    spans = _spans(text)
    found = sorted(span for stem in spans.keys() & stems for span in spans[stem])
    if not found:
        return (Piece(text),) if text else ()
    pieces = []
    end = 0
    for start, stop in found:
        if start > end:
            pieces.append(Piece(text[end:start]))
        pieces.append(Piece(text[start:stop], marked=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def best_extract(lines: Lines, stems: frozenset[str]) -> tuple[Piece, ...]:
    """Return the first text that holds the most of the stems, marked and cut short; () if none does."""
    best, most = lines.best(stems)
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


@lru_cache(maxsize=SHOWN_KEPT)
def plain(card: Card) -> Shown:
    """Return what a method shows where no words were typed."""
    return Shown((Piece(card.title),), (Piece(card.summary),))


@lru_cache(maxsize=SHOWN_KEPT)
def marked(card: Card, stems: frozenset[str], passages: Lines) -> Shown:
    """Mark the words in what a method shows; kept, as other filters bring the same methods again."""
    return Shown(
        title=mark(card.title, stems),
        summary=mark(card.summary, stems),
        extract=best_extract(passages, stems),
        other_name=_best_of(card.other_names, stems, card.title_stems),
        need=_best_of(card.needs, stems, card.title_stems, least=2),
    )


def _best_of(
    lines: Lines, stems: frozenset[str], shown: frozenset[str], least: int = 1
) -> tuple[Piece, ...]:
    """Return the text with the most of the stems that are not shown yet, marked; () if too few."""
    best, most = lines.best(stems - shown)
    return mark(best, stems) if most >= least else ()
