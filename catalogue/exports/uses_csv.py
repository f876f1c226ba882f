"""All reports from practice as CSV, one row each, made for spreadsheets."""

from __future__ import annotations

from catalogue.exports.csv_files import csv_text, safe_cell
from catalogue.search.snapshot import Snapshot
from catalogue.uses.use import FIELDS

COLUMNS = ("report", "method_title", *(field.name for field in FIELDS))


def uses_csv(snapshot: Snapshot) -> str:
    """Return all reports, by the titles of their methods and then the newest first."""
    rows = []
    for card in snapshot.cards:
        for use in snapshot.uses.get(card.slug, ()):
            values = (use.slug, card.title, *(getattr(use, field.name) for field in FIELDS))
            rows.append([safe_cell(v) if isinstance(v, str) else v for v in values])
    return csv_text(COLUMNS, rows)
