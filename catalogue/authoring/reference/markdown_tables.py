"""Small pieces of Markdown that the generated guides share: tables, the note at the top.

Used by the makers of docs/problems.md and docs/fields.md only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

NOT_WRITTEN = "<!-- Made by `catalogue generate` from {source}. Do not change it by hand. -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a table."""
    head = list(head)
    yield _row(head)
    yield _row("---" for _ in head)
    for row in rows:
        yield _row(row)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
