"""A whole list of results, all pages in one: as the rows of a CSV file for a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from catalogue.exports.csv_files import csv_text, safe_cell
from catalogue.presentation.formatting import option_label
from catalogue.search.cards import Card
from catalogue.search.engine import SearchPage, search
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY

HEADER = (
    "slug", "title", "summary", "url", "purposes", "audience", "size", "people_min", "people_max", "weeks_min",
    "weeks_max", "hours_min", "hours_max", "cost_low", "cost_high", "cost_currency", "cost_year", "cost_basis",
    "cost_band", "last_reviewed",
)  # fmt: skip


def whole_list(snapshot: Snapshot, request: SearchRequest) -> SearchPage:
    """Return all results of a search on one page."""
    return search(snapshot, replace(request, page=1, per_page=max(1, len(snapshot.cards))))


def list_csv(found: SearchPage, site_url: str) -> str:
    """Return results as CSV, each with the figures of its card: those of the size in which it passes the filters."""
    rows = (
        _row(result.card, standing.size, site_url)
        for result, standing in zip(found.results, found.standings, strict=True)
    )
    return csv_text(HEADER, rows)


def _row(card: Card, size: str, site_url: str) -> list[object]:
    run = card.run(size)
    cost = run.cost
    ends = [
        end
        for numbers in (run.people, run.weeks, run.hours)
        for end in ((numbers.low, numbers.high) if numbers else (None, None))
    ]
    figures = (*cost.shown, cost.year, cost.basis, cost.band) if cost else (None,) * 6
    return [
        card.slug, safe_cell(card.title), safe_cell(card.summary), site_url + PATHS.method(card.slug),
        _labels("purpose", card.purposes), _labels("audience", card.audience), size, *ends, *figures,
        card.last_reviewed,
    ]  # fmt: skip


def _labels(facet: str, values: tuple[str, ...]) -> str:
    return "; ".join(option_label(VOCABULARY.facets[facet], value) for value in values)
