"""The blocks of a document: what Word and Markdown are both made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; `level` is 1 for the main parts. With `new_page`, it begins a page."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph. With `numbered`, it gets the next number of its part (1.1, 1.2); `link` is what it leads to."""

    text: str
    numbered: bool = False
    link: str = ""


@dataclass(frozen=True)
class Open:
    """A field that the author has to fill in: its label, and what belongs there."""

    label: str
    hint: str


@dataclass(frozen=True)
class Points:
    """A list of points."""

    points: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with one row of headings."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bars:
    """When each of some steps goes on, drawn: its name and the weeks from the start in which it begins and ends.

    `label` heads the names, and `described` says the same in words for those who do not see the drawing.
    """

    label: str
    rows: tuple[tuple[str, float, float], ...]
    described: str


@dataclass(frozen=True)
class Prose:
    """The text of a section: as Markdown, and as the safe HTML that was made of it, which links without a host."""

    markdown: str
    html: str


Block = Heading | Text | Open | Points | Table | Bars | Prose


@dataclass(frozen=True)
class Document:
    """A document: its title, who published it, its language such as "en-GB", and its blocks."""

    title: str
    publisher: str
    language: str
    blocks: tuple[Block, ...]
