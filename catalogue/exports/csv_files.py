"""CSV: UTF-8, rows ended as RFC 4180 says; exact for programs, or with cells that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so is taken for a formula by spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV. None is an empty cell, True and False are true and false."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return table.getvalue()


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that looks so gets an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
