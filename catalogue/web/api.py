"""The same answers as JSON, for other programs: searches and single methods.

Every answer is made from the same search as the page of the same address.
"""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from catalogue.cards import Card
from catalogue.presentation import hint_text, notice_text
from catalogue.request import parse_request, read_words
from catalogue.search import FacetCounts, Result, search
from catalogue.suggest import suggest
from catalogue.web.current import serving, snapshot
from catalogue.wording import option_label

blueprint = Blueprint("api", __name__)

# What everybody may do with the texts; stands in every export.
LICENCE = {
    "name": "CC-BY-4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "The Participation Catalogue and its contributors",
}

# The names that ranges have in method files.
RANGE_NAMES = {"people": "group_size", "hours": "participant_hours", "weeks": "lead_time_weeks"}


@blueprint.after_request
def allow_everyone(response: Response) -> Response:
    """Let programs on other sites read the answers; there is nothing private in them."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/api/v1/methods")
def methods() -> ResponseReturnValue:
    """Answer a search: total, items, counts of every filter, and what was ignored."""
    asked, notices = parse_request(request.args)
    found = search(snapshot(), asked)
    return jsonify(
        {
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
    )


@blueprint.get("/api/v1/suggest")
def suggestions() -> ResponseReturnValue:
    """Answer what somebody is typing with methods, their other names, and purposes."""
    words = read_words(request.args, [])
    found = suggest(snapshot(), words)
    return jsonify({"items": [asdict(suggestion) for suggestion in found]})


@blueprint.get("/api/v1/methods/<slug>")
def method(slug: str) -> ResponseReturnValue:
    """Answer one method whole, with its text as Markdown and as HTML."""
    page = snapshot().page(slug)
    if page is None:
        abort(404)
    data = page.method.to_dict()
    data["url"] = _address(slug)
    data["sections"] = [
        {"heading": section.heading, "markdown": section.markdown, "html": html}
        for section, (_, html) in zip(page.method.sections, page.sections, strict=True)
    ]
    return jsonify(data)


def _address(slug: str) -> str:
    return f"{serving().settings.site_url}/methods/{slug}"


def _item(result: Result) -> dict[str, object]:
    card = result.card
    cost = asdict(card.cost) if card.cost else None
    if cost:
        del cost["note"]
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
        "cost": cost,
        **{name: _numbers(card, range_name) for range_name, name in RANGE_NAMES.items()},
        "last_reviewed": card.last_reviewed or None,
    }


def _single(card: Card, facet: str) -> str | None:
    return next(iter(card.choices.get(facet, ())), None)


def _numbers(card: Card, name: str) -> dict[str, float | None] | None:
    if name not in card.ranges:
        return None
    low, high = card.ranges[name]
    return {"min": low, "max": high}


def _options(counts: FacetCounts) -> list[dict[str, object]]:
    return [
        {
            "value": option.value,
            "label": option_label(counts.facet, option.value),
            "count": option.methods,
            "selected": option.selected,
        }
        for option in counts.options
    ]
