"""What is made for paper: the methods of a search as a deck of cards, four A6 to a sheet of A4, and one method on one sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.i18n import gettext
from catalogue.model.method import Case, Method
from catalogue.model.sizes import LIGHT
from catalogue.presentation.drawings.scales import ScaleRow, limit_marks, scale_rows
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.size_views import NAMES, size_figures
from catalogue.presentation.view_models import CardView, card_view
from catalogue.search.cards import Card
from catalogue.search.engine import search
from catalogue.search.search_request import MAX_PER_PAGE, limits_query, parse_request
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.method_context import method_context
from catalogue.web.middleware.canonical_url import parsed_limits
from catalogue.web.request_context import live_build, query_string, snapshot, urls
from catalogue.web.views.moved import to_new_slug

blueprint = Blueprint("deck", __name__)
A_SHEET = 4
# The sections that a sheet for a folder has, in the order of the page.
ON_ONE_PAGE = ("use-when", "avoid-when", "how-to-run", "what-it-costs")


@dataclass(frozen=True)
class DeckCard:
    """One card: the card of the list, its texts, its bars and the name of their size, its light run ("" without one), and its whole address."""

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
    site_url = live_build().settings.site_url
    limited = tuple(asked.ranges)
    cards = [
        DeckCard(
            result.card,
            card_view(result.card),
            scale_rows(result.card.runs, standing.size, limited),
            gettext(NAMES[standing.size]),
            _light(result.card, standing.size),
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


def _light(card: Card, shown: str) -> str:
    """Return what happens in a light run, with its figures where the bars of the card are of another size; "" without one."""
    light = next((run for run in card.runs if run.size == LIGHT), None)
    if light is None:
        return ""
    if shown == LIGHT:
        return light.in_short
    return gettext(
        "%(happens)s It takes %(figures)s.", happens=light.in_short, figures=size_figures(light)
    )


@blueprint.get(PATHS.sheet("<slug>"))
def sheet(slug: str) -> ResponseReturnValue:
    """Put one method on one sheet of A4 for a folder: what it is, when to use it, its steps, cost and one case.

    Limits in the address choose the size, as on the method's page.
    """
    current = snapshot()
    page = current.page(slug)
    if page is None:
        return to_new_slug(current, slug, urls().sheet)
    limits, _, notices = parsed_limits(query_string())
    sections = tuple(each for each in page.sections if each[0] in ON_ONE_PAGE)
    return render_template(
        "deck/sheet.html",
        **method_context(current, page.method, sections, limits),
        case=_told_case(page.method),
        address=live_build().settings.site_url + PATHS.method(slug),
        page_query=limits_query(limits),
        notices=[notice_text(notice) for notice in notices],
    )


def _told_case(method: Method) -> Case | None:
    """Return the case that says most surely what came of it, the first of the file among equals; None without one."""
    results = VOCABULARY.choices["result"].values
    return min(
        method.cases,
        key=lambda case: results.index(case.result) if case.result else len(results),
        default=None,
    )
