"""Turns results into the plain dicts of the JSON API, for the API and for exports.

Labels and notices are in the current language of i18n. `site_url` is the URL of the site, without a slash at its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from catalogue.model.method import Cost, People, Range
from catalogue.model.sizes import USUAL, Run, runs
from catalogue.presentation.api_types import (
    Item,
    ItemCost,
    Licence,
    Numbers,
    OptionCount,
    PeopleNumbers,
    SearchAnswer,
    SectionText,
    SizeData,
    Suggestions,
)
from catalogue.presentation.api_understood import LimitsFound
from catalogue.presentation.formatting import option_label
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.named_texts import out_of_reach
from catalogue.presentation.view_models import broken_text, fact_text, parameter_label
from catalogue.search.autocomplete import Suggestion
from catalogue.search.cards import Card
from catalogue.search.engine import FacetCounts, SearchPage
from catalogue.search.order.groups import Standing
from catalogue.search.parameters import Notice
from catalogue.storage.database import Page
from catalogue.urls import PATHS, Urls
from catalogue.vocabulary import VOCABULARY

# The licence of the texts; part of every export.
LICENCE: Licence = {
    "name": "CC-BY-4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "The Participation Catalogue and its contributors",
}


def search_data(page: SearchPage, notices: Iterable[Notice], site_url: str) -> SearchAnswer:
    """Return a page of results with its counts; `notices` are those of parsing the request, put before its own."""
    return {
        "total": page.total,
        "page": page.request.page,
        "per_page": page.request.per_page,
        "items": [
            item(result.card, standing, site_url)
            for result, standing in zip(page.results, page.standings, strict=True)
        ],
        "facets": {counts.facet.name: _options(counts) for counts in page.facets},
        "corrections": [
            {
                "typed": c.typed,
                "instead": c.instead,
                "undone": c.undone.query() if c.undone else None,
            }
            for c in page.corrections
        ],
        "offered": [
            {"typed": o.typed, "instead": o.instead, "query": o.request.query()}
            for o in page.offers
        ],
        "raised": [
            {
                "text": raised.text,
                "fact": fact_text(raised.fact),
                "only": raised.only.query() if raised.only else None,
            }
            for raised in page.raised
        ],
        "groups": [{"name": name, "count": count} for name, count in page.groups],
        "weaker": page.weaker,
        "limits": _limits(page),
        "licence": LICENCE,
        "notices": [
            *(notice_text(notice) for notice in (*notices, *page.notices)),
            *(each.text for each in out_of_reach(page)),
        ],
    }


def _limits(page: SearchPage) -> LimitsFound | None:
    if not page.limits:
        return None
    return {
        "facts": [fact_text(fact) for fact in page.limits.facts],
        "fits": page.limits.fits,
        "unknown": page.limits.unknown,
        "outside": page.limits.outside,
        "only": page.limits.only.query() if page.limits.count else None,
        "off": page.limits.forgotten.query(),
    }


def method_data(page: Page, site_url: str, urls: Urls = PATHS) -> dict[str, Any]:
    """Return a whole method: its fields and cases, its URL, and its text as Markdown and as HTML with `urls`."""
    sections: list[SectionText] = [
        {
            "heading": VOCABULARY.sections[section.id].heading,
            "markdown": section.markdown,
            "html": urls.in_html(html),
        }
        for section, (_, html) in zip(page.method.sections, page.sections, strict=True)
    ]
    url = _method_url(page.method.slug, site_url)
    sizes = [size_data(run) for run in runs(page.method)]
    method = msgspec.to_builtins(page.method)
    return {**method, "url": url, "sizes": sizes, "sections": sections}


def size_data(run: Run) -> SizeData:
    """Return a method in one size."""
    cost = run.cost
    return {
        "size": run.size,
        "in_short": run.in_short,
        "people": _people(run.people),
        "weeks": _range(run.weeks),
        "hours": _range(run.hours),
        "cost": {
            "low": cost.low,
            "high": cost.high,
            "currency": cost.currency,
            "basis": cost.basis,
            "year": cost.year,
        }
        if cost
        else None,
        "staff_days": _range(run.staff_days),
        "facilitation": run.facilitation or None,
        "format": run.format,
        "needs": run.needs,
        "gives_up": run.gives_up,
    }


def suggestions_data(suggestions: Iterable[Suggestion]) -> Suggestions:
    """Return suggestions for somebody who is typing, in their order."""
    return {
        "items": [
            {"kind": s.kind, "text": s.text, "path": s.path, "also": s.also, "language": s.language}
            for s in suggestions
        ]
    }


def item(card: Card, standing: Standing, site_url: str) -> Item:
    """Return a method as an item of a list, as it stands in the size in which it passes the filters."""
    usual = card.run(USUAL)
    return {
        "slug": card.slug,
        "title": card.title,
        "summary": card.summary,
        "url": _method_url(card.slug, site_url),
        "purposes": card.purposes,
        "audience": card.audience,
        "supports": card.possible["purpose"],
        "audience_possible": card.possible["audience"],
        "level": card.choices.get("level", ()),
        "format": card.choices.get("format", ()),
        "recruitment": _single(card, "recruitment"),
        "facilitation": _single(card, "facilitation"),
        "cost": _cost(card.cost) if card.cost else None,
        "size": standing.size,
        "group_size": _range(card.group_size),
        "people": _people(usual.people),
        "participant_hours": _numbers(card, "hours"),
        "lead_time_weeks": _numbers(card, "weeks"),
        "last_reviewed": card.last_reviewed or None,
        "breaks": [broken_text(card, standing.size, fact) for fact in standing.broken],
        "unsaid": [parameter_label(fact.name) for fact in standing.unsaid],
    }


def _method_url(slug: str, site_url: str) -> str:
    return site_url + PATHS.method(slug)


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


def _range(numbers: Range | None) -> Numbers | None:
    return {"min": numbers.low, "max": numbers.high} if numbers else None


def _people(people: People | None) -> PeopleNumbers | None:
    return {"min": people.low, "max": people.high, "counts": people.counts} if people else None


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
