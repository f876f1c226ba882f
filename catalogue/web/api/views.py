"""The same answers as JSON, for other programs: searches and single methods.

Every answer is made from the same search as the page of the same address.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from catalogue.model.method import Cost
from catalogue.presentation.formatting import option_label
from catalogue.presentation.view_models import hint_text, notice_text
from catalogue.search.autocomplete import suggest
from catalogue.search.cards import Card
from catalogue.search.engine import FacetCounts, Result, search
from catalogue.search.search_request import read_words
from catalogue.urls import PATHS
from catalogue.web.api.api_types import (
    Item,
    ItemCost,
    Licence,
    Numbers,
    OptionCount,
    SearchAnswer,
    SectionText,
    Suggestions,
)
from catalogue.web.middleware.canonical_url import asked_in
from catalogue.web.request_context import serving, snapshot, urls

blueprint = Blueprint("api", __name__)

# What everybody may do with the texts; stands in every export.
LICENCE: Licence = {
    "name": "CC-BY-4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "The Participation Catalogue and its contributors",
}


@blueprint.after_request
def allow_everyone(response: Response) -> Response:
    """Let programs on other sites read the answers; there is nothing private in them."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get(PATHS.api_methods)
def methods() -> ResponseReturnValue:
    """Answer a search: total, items, counts of every filter, and what was ignored."""
    asked, notices = asked_in(request.query_string.decode("latin-1"))
    found = search(snapshot(), asked)
    answer: SearchAnswer = {
        "total": found.total,
        "page": found.request.page,
        "per_page": found.request.per_page,
        "items": [_item(result) for result in found.results],
        "facets": {facet.facet.name: _options(facet) for facet in found.facets},
        "corrections": [
            {"typed": c.typed, "instead": c.instead, "undone": c.undone.query()}
            for c in found.corrections
        ],
        "raised": [
            {
                "text": r.hint.text,
                "fact": hint_text(r.hint),
                "only": r.only.query() if r.only else None,
            }
            for r in found.raised
        ],
        "licence": LICENCE,
        "notices": [notice_text(notice) for notice in (*notices, *found.notices)],
    }
    return jsonify(answer)


@blueprint.get(PATHS.api_suggest)
def suggestions() -> ResponseReturnValue:
    """Answer what somebody is typing with methods, their other names, and purposes."""
    words = read_words(request.args, [])
    answer: Suggestions = {"items": suggest(snapshot(), words, urls())}
    return jsonify(answer)


@blueprint.get(PATHS.api_method("<slug>"))
def method(slug: str) -> ResponseReturnValue:
    """Answer one method whole, with its text as Markdown and as HTML."""
    page = snapshot().page(slug)
    if page is None:
        abort(404)
    data = page.method.to_dict()
    data["url"] = _address(slug)
    sections: list[SectionText] = [
        {"heading": section.heading, "markdown": section.markdown, "html": urls().in_html(html)}
        for section, (_, html) in zip(page.method.sections, page.sections, strict=True)
    ]
    return jsonify({**data, "sections": sections})


def _address(slug: str) -> str:
    return serving().settings.site_url + PATHS.method(slug)


def _item(result: Result) -> Item:
    card = result.card
    return {
        "slug": card.slug,
        "title": card.title,
        "summary": card.summary,
        "url": _address(card.slug),
        "purposes": card.purposes,
        "audience": card.audience,
        "level": card.choices.get("level", ()),
        "format": card.choices.get("format", ()),
        "recruitment": _single(card, "recruitment"),
        "facilitation": _single(card, "facilitation"),
        "cost": _cost(card.cost) if card.cost else None,
        "group_size": _numbers(card, "people"),
        "participant_hours": _numbers(card, "hours"),
        "lead_time_weeks": _numbers(card, "weeks"),
        "last_reviewed": card.last_reviewed or None,
    }


def _cost(cost: Cost) -> ItemCost:
    return {
        "low": cost.low,
        "high": cost.high,
        "currency": cost.currency,
        "year": cost.year,
        "basis": cost.basis,
        "band": cost.band,
    }


def _single(card: Card, facet: str) -> str | None:
    return next(iter(card.choices.get(facet, ())), None)


def _numbers(card: Card, name: str) -> Numbers | None:
    if name not in card.ranges:
        return None
    low, high = card.ranges[name]
    return {"min": low, "max": high}


def _options(counts: FacetCounts) -> list[OptionCount]:
    return [
        {
            "value": value,
            "label": option_label(counts.facet, value),
            "count": methods,
            "selected": value in counts.chosen,
        }
        for value, methods in counts.methods.items()
    ]
