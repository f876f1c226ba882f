"""The map of methods: those that a search and filters leave, on two axes that the address names."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from catalogue.model.sizes import Run
from catalogue.presentation.drawings.map_axes import AXES, Axis, axis_label, highest, limit_shares
from catalogue.presentation.drawings.map_drawing import NARROW, WIDE, Mark, Ruler, map_svg
from catalogue.presentation.drawings.scales import scale_rows
from catalogue.presentation.formatting import option_label
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.view_models import fact_text
from catalogue.search.cards import Card
from catalogue.search.engine import SearchPage, search
from catalogue.search.parameters import Notice, read_first, readable
from catalogue.search.search_request import (
    MAX_PER_PAGE,
    SearchRequest,
    limits_query,
    parse_request,
    range_text,
)
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.request_context import snapshot, urls

blueprint = Blueprint("map", __name__)
# What the table says beside figures.
GRADED = (VOCABULARY.facets["level"], VOCABULARY.facets["talk"])
# The labels of the boxes for numbers.
BOXES = {name: span.label for name, span in VOCABULARY.ranges.items()}
# The axes across and up where the address names none.
USUAL_AXES = {"x": "weeks", "y": "budget"}


@blueprint.get(PATHS.map)
def show() -> ResponseReturnValue:
    """Draw the methods of a search on two axes, with the same as a table."""
    parameters: MultiDict[str, str] = MultiDict(request.args)
    notices: list[Notice] = []
    across, up = (_axis(name, parameters, notices) for name in USUAL_AXES)
    for name in USUAL_AXES:
        parameters.poplist(name)
    asked, more = parse_request(parameters)
    found = search(snapshot(), replace(asked, page=1, per_page=MAX_PER_PAGE))
    rows = _rows(found)
    marks = [
        Mark(number, card.title, url, x, y)
        for number, card, run, url in rows
        if (x := across.share(card, run)) is not None and (y := up.share(card, run)) is not None
    ]
    rulers = [
        Ruler(axis.ticks(), limit_shares(axis, asked.ranges), whole=axis.whole)
        for axis in (across, up)
    ]
    return render_template(
        "map/map.html",
        across=axis_label(across),
        up=axis_label(up),
        axes=[(axis.name, axis_label(axis)) for axis in AXES.values()],
        chosen={"x": across.name, "y": up.name},
        asked=asked,
        kept=[(n, v) for n, v in asked.pairs() if n not in VOCABULARY.ranges and n not in NOT_KEPT],
        facts=[fact_text(fact) for fact in asked.facts()],
        ranges=[(r, _limit_text(r.name, asked)) for r in VOCABULARY.ranges.values()],
        total=found.total,
        rows=[_cells(number, card, run, url) for number, card, run, url in rows],
        missing=len(rows) - len(marks),
        sheets=[map_svg(sheet, marks, *rulers) for sheet in (WIDE, NARROW)],
        zone=any(ruler.limits for ruler in rulers),
        list_query=asked.query(),
        notices=[notice_text(notice, BOXES) for notice in (*notices, *more, *found.notices)],
    )  # fmt: skip


# What the form of the map does not carry on: it has a box for the words, and one page in one order.
NOT_KEPT = ("q", "page", "per_page", "sort")


def _axis(name: str, parameters: MultiDict[str, str], notices: list[Notice]) -> Axis:
    value = read_first(name, parameters, notices)
    if value and value not in AXES:
        notices.append(Notice("option-unknown", name, readable(value), tuple(AXES)))
    return AXES.get(value, AXES[USUAL_AXES[name]])


def _rows(found: SearchPage) -> list[tuple[int, Card, Run, str]]:
    """Return the methods found, by title: their number, card, the size that passes, and the URL of their page."""
    sized = (
        (result.card, standing.size)
        for result, standing in zip(found.results, found.standings, strict=True)
    )
    limits = limits_query(found.request.ranges, found.request.chosen)
    rows = []
    for number, (card, size) in enumerate(sorted(sized, key=lambda s: s[0].sort_key), start=1):
        run = next(run for run in card.runs if run.size == size)
        rows.append((number, card, run, urls().method(card.slug) + limits))
    return rows


def _cells(number: int, card: Card, run: Run, url: str) -> dict[str, object]:
    grades = ((facet, highest(card, facet)) for facet in GRADED)
    return {
        "number": number,
        "title": card.title,
        "url": url,
        "facts": [
            f"{row.text} ({row.note})" if row.note else row.text
            for row in scale_rows([run], run.size)
        ],
        "grades": [option_label(facet, value) if value else "" for facet, value in grades],
    }


def _limit_text(name: str, asked: SearchRequest) -> str:
    return range_text(name, asked.ranges[name]) if name in asked.ranges else ""
