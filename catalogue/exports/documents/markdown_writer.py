"""Writes a document as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.exports.documents.blocks import (
    Bars,
    Block,
    Document,
    Heading,
    Open,
    Points,
    Prose,
    Table,
    Text,
)

# What Markdown would read in a plain text.
SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def write_markdown(document: Document) -> str:
    """Return a document as Markdown; the title is its only heading of the first level."""
    parts = [f"# {_plain(document.title)}"]
    parts += [part for block in document.blocks for part in _block(block)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_plain(block.text)}"
        case Text():
            yield f"[{_plain(block.text)}]({block.link})" if block.link else _plain(block.text)
        case Open():
            yield f"**{_plain(block.label)}:** \\[{_plain(block.hint)}\\]"
        case Points():
            yield "\n".join(f"- {_plain(point)}" for point in block.points)
        case Table():
            rows = (block.header, ("---",) * len(block.header), *block.rows)
            plain = (tuple(c if c == "---" else _plain(c) for c in row) for row in rows)
            yield "\n".join(f"| {' | '.join(row)} |" for row in plain)
        case Bars():
            yield _plain(block.described)
        case Prose():
            yield block.markdown


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
