"""Highlights of results: short extracts and marked words, where a result matches a search.

The best text is chosen by the stems that the build stored, so that a request stems only what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from catalogue.search.cards import Card
from catalogue.storage.fulltext import spans_of
from catalogue.storage.passages import PassageIndex

MAX_EXTRACT = 220


class Piece(NamedTuple):
    """A piece of a text; `marked` if it is a word that was searched for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Highlights:
    """The texts of a method that a result shows, each cut where words match.

    `other_name` is a name that matches where the title does not, `need` one of the needs it is asked for; () if none.
    """

    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    extract: tuple[Piece, ...] = ()
    other_name: tuple[Piece, ...] = ()
    need: tuple[Piece, ...] = ()
    # The code of the language of `other_name`, "" for English.
    language: str = ""


def mark(text: str, stems: frozenset[str]) -> tuple[Piece, ...]:
    """Cut a text into marked and unmarked pieces, which together are the text."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in spans_of(stems, text):
        if pieces and start == end:  # in scripts without spaces, where each letter is a word
            pieces[-1] = Piece(pieces[-1].text + text[start:stop], marked=True)
        else:
            if start > end:
                pieces.append(Piece(text[end:start]))
            pieces.append(Piece(text[start:stop], marked=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def best_extract(
    texts: PassageIndex, stems: frozenset[str], common: frozenset[str] = frozenset()
) -> tuple[Piece, ...]:
    """Return the first text that contains the most of the stems that are not common, marked and shortened; () if none does."""
    telling = stems - common
    best, count = texts.best(telling)
    return mark(_cut(best, telling), stems) if count else ()


def _cut(text: str, stems: frozenset[str]) -> str:
    """Shorten a long passage to whole words around its first match."""
    if len(text) <= MAX_EXTRACT:
        return text
    first = next((start for start, _ in spans_of(stems, text)), 0)
    start = max(0, min(first - 60, len(text) - MAX_EXTRACT))
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = start + MAX_EXTRACT
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def highlight(
    card: Card, stems: frozenset[str], passages: PassageIndex, common: frozenset[str] = frozenset()
) -> Highlights:
    """Return what a result shows of a method; without stems, its title and summary as they are.

    Words of the `common` stems are marked and give no extract of their own.
    """
    other_name = _best_of(card.other_names, stems, card.title_stems)
    return Highlights(
        title=_mark_known(card.title, card.title_stems, stems),
        summary=_mark_known(card.summary, card.summary_stems, stems),
        extract=best_extract(passages, stems, common),
        other_name=other_name,
        need=_best_of(card.needs, stems, card.title_stems, min_stems=2),
        language=card.languages.get("".join(piece.text for piece in other_name), ""),
    )


def _mark_known(text: str, known: frozenset[str], stems: frozenset[str]) -> tuple[Piece, ...]:
    """Mark a text whose stems are known; most contain no word of a search."""
    return (Piece(text),) if known.isdisjoint(stems) else mark(text, stems)


def _best_of(
    texts: PassageIndex, stems: frozenset[str], shown: frozenset[str], min_stems: int = 1
) -> tuple[Piece, ...]:
    """Return the text with the most of the stems that are not shown yet, marked; () if too few."""
    best, count = texts.best(stems - shown)
    return mark(best, stems) if count >= min_stems else ()
