"""Methods side by side as a document and as the rows of a CSV file: the facts of the page that compares them."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.exports.csv_files import csv_text, safe_cell
from catalogue.exports.documents.blocks import Document, Table, Text
from catalogue.i18n import gettext
from catalogue.planner.steps.picked import Picked
from catalogue.presentation.plans.comparison import Cell, compare
from catalogue.presentation.plans.step_texts import step_name
from catalogue.settings import Settings
from catalogue.urls import PATHS


def comparison_document(picked: Sequence[Picked], query: str, settings: Settings) -> Document:
    """Return some methods side by side, one row for each fact; `query` is that of the page that compares them."""
    address = settings.site_url + PATHS.compare + query
    rows = tuple((row.label, *map(_words, row.cells)) for row in compare(picked))
    header = (gettext("Fact"), *map(step_name, picked))
    licence = Text(gettext("Texts: CC-BY-4.0. Name the catalogue as the source."))
    return Document(
        gettext("Methods compared"), settings.site_name, settings.language.replace("_", "-"),
        (Text(address, link=address), Table(header, rows), licence),
    )  # fmt: skip


def comparison_csv(picked: Sequence[Picked]) -> str:
    """Return some methods side by side as CSV: a fact, whether they differ in it, and what each says."""
    header = (gettext("Fact"), gettext("Differs"), *(safe_cell(step_name(one)) for one in picked))
    rows = (
        (row.label, not row.same, *(safe_cell(_words(cell)) for cell in row.cells))
        for row in compare(picked)
    )
    return csv_text(header, rows)


def _words(cell: Cell) -> str:
    """Return a fact with its remark; no sum stands without the basis that is its remark."""
    parts = [part.rstrip(".") for part in (cell.text, cell.note, cell.apart) if part]
    return "; ".join(parts) or gettext("Not known")
