"""A deck of cards to print: the methods of a search, four A6 cards to a sheet of A4, fronts and then backs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.i18n import gettext
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.scales import ScaleRow, limit_marks, scale_rows
from catalogue.presentation.size_views import NAMES
from catalogue.presentation.view_models import CardView, card_view
from catalogue.search.cards import Card
from catalogue.search.engine import search
from catalogue.search.search_request import MAX_PER_PAGE, parse_request
from catalogue.urls import PATHS
from catalogue.web.request_context import snapshot

blueprint = Blueprint("deck", __name__)
A_SHEET = 4


@dataclass(frozen=True)
class DeckCard:
    """One card: the card of the list, its texts, its bars and the name of their size, what happens in a light run ("" without one), and its whole address."""

    card: Card
    view: CardView
    rows: list[ScaleRow]
    size: str
    light: str
    address: str


@blueprint.get(PATHS.deck)
def deck() -> ResponseReturnValue:
    """Lay out the methods of a search as cards, two columns by two, each sheet of fronts before its backs.

    Backs stand in the other order in each row, so that they lie behind their fronts when a printer turns the sheet over
    its long edge.
    """
    asked, notices = parse_request(request.args)
    current = snapshot()
    found = search(current, replace(asked, page=1, per_page=MAX_PER_PAGE))
    site_url = current_app.extensions["catalogue"].settings.site_url
    limited = tuple(asked.ranges)
    cards = [
        DeckCard(
            result.card,
            card_view(result.card),
            scale_rows(result.card.runs, standing.size, limited),
            gettext(NAMES[standing.size]),
            next((run.in_short for run in result.card.runs if run.in_short), ""),
            site_url + PATHS.method(result.card.slug),
        )
        for result, standing in zip(found.results, found.standings, strict=True)
    ]
    blank: list[DeckCard | None] = [None] * (-len(cards) % A_SHEET)
    places = [*cards, *blank]
    sheets = [places[start : start + A_SHEET] for start in range(0, len(places), A_SHEET)]
    return render_template(
        "deck/deck.html",
        sheets=[(sheet, [sheet[1], sheet[0], sheet[3], sheet[2]]) for sheet in sheets],
        total=found.total,
        shown=len(cards),
        limit_marks=limit_marks(asked.ranges),
        list_query=asked.query(),
        notices=[notice_text(notice) for notice in (*notices, *found.notices)],
    )
