"""The page of all reports from practice with their totals, and the same as CSV."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from catalogue.exports.uses_csv import uses_csv
from catalogue.i18n import number
from catalogue.presentation.formatting import choice_option, money
from catalogue.presentation.practice_texts import FACTS, spread_text, use_facts, use_heading
from catalogue.search.cards import Card
from catalogue.urls import PATHS
from catalogue.uses.practice import Totals, spread, totals
from catalogue.uses.use import Use
from catalogue.web.file_responses import CSV, file_response
from catalogue.web.request_context import snapshot

blueprint = Blueprint("uses", __name__)


@dataclass(frozen=True)
class Practised:
    """A method with its reports, the newest first, and their totals; `ranges` are (label, words)."""

    card: Card
    uses: list[Use]
    totals: Totals
    ranges: list[tuple[str, str]]


@blueprint.get(PATHS.uses)
def uses() -> ResponseReturnValue:
    """Show how much has been reported, in all and by method, and each report."""
    current = snapshot()
    practised = [
        _practised(card, current.uses[card.slug])
        for card in current.cards
        if card.slug in current.uses
    ]
    every = [use for method in practised for use in method.uses]
    return render_template(
        "uses/uses.html",
        practised=practised,
        totals=totals(every),
        again=lambda value: choice_option("again", value).label,
        heading=use_heading,
        facts=use_facts,
        money=money,
        number=number,
    )


def _practised(card: Card, uses: list[Use]) -> Practised:
    ranges = [
        (label, spread_text(figure, found))
        for figure, (label, _, _) in FACTS.items()
        if (found := spread(uses, figure))
    ]
    return Practised(card, uses, totals(uses), ranges)


@blueprint.get(PATHS.uses_csv)
def uses_file() -> Response:
    """Return all reports as CSV."""
    return file_response(uses_csv(snapshot()), CSV, "uses.csv")
