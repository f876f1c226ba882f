"""The pages people see: home, results, method, about.

Each view does three things: reads the request, asks the snapshot, prints a template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.method import Method
from catalogue.presentation import (
    active_filters,
    glance,
    hint_text,
    notice_text,
    way_text,
)
from catalogue.quality import completeness, review_due
from catalogue.request import SORTS, SearchRequest, parse_request
from catalogue.search import search
from catalogue.snapshot import Snapshot
from catalogue.translation import day, gettext, number
from catalogue.vocabulary import VOCABULARY
from catalogue.web.current import snapshot
from catalogue.web.doors import method_doors
from catalogue.web.fragments import cards, chosen_text, filter_group, range_inputs
from catalogue.web.paging import page_links

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Say what this is, and offer words and the purposes as ways in."""
    current = snapshot()
    purpose = VOCABULARY.facets["purpose"]
    doors = sorted(purpose.options, key=lambda option: _doors().index(option.door))
    return render_template(
        "home.html",
        total=len(current.cards),
        last_reviewed=current.last_reviewed,
        audiences=VOCABULARY.facets["audience"].options,
        doors=[(door, list(options)) for door, options in groupby(doors, key=lambda o: o.door)],
        day=day_text,
        counts={value: bits.bit_count() for value, bits in current.options["purpose"].items()},
    )


def _doors() -> list[str]:
    """Return the groups of purposes in the order in which they first appear."""
    return list(dict.fromkeys(option.door for option in VOCABULARY.facets["purpose"].options))


@blueprint.get("/methods")
def methods() -> ResponseReturnValue:
    """List the methods that match words and filters."""
    asked, notices = parse_request(request.args)
    found = search(snapshot(), asked)
    shown = found.request
    return render_template(
        "results.html",
        found=found,
        asked=shown,
        notices=[notice_text(notice) for notice in (*notices, *found.notices)],
        active=list(active_filters(shown)),
        sorts=list(_sorts(shown)),
        links=page_links(lambda n: shown.with_page(n).query(), shown.page, found.pages),
        query=shown.query(),
        cards=cards,
        filter_group=filter_group,
        range_inputs=range_inputs,
        chosen_text=chosen_text,
        hint_text=hint_text,
        way_text=way_text,
        indexable=len(asked.pairs()) <= 1,
    )


def _sorts(asked: SearchRequest) -> Iterator[tuple[str, str, bool]]:
    """Yield value, label and whether it is in force; the value of the standard order is blank.

    So words typed into a list by title are answered by best match, not again by title.
    """
    standard = replace(asked, sort="").order
    for sort in SORTS:
        if sort != "relevance" or asked.words:
            yield "" if sort == standard else sort, _sort_label(sort), sort == asked.order


def _sort_label(sort: str) -> str:
    labels = {
        "relevance": gettext("Best match"),
        "title": gettext("A to Z"),
        "cost": gettext("Lowest cost first"),
        "time": gettext("Least time for participants first"),
        "reviewed": gettext("Most recently reviewed first"),
    }
    return labels[sort]


@blueprint.get("/methods/<slug>")
def method(slug: str) -> ResponseReturnValue:
    """Show one method whole."""
    current = snapshot()
    page = current.page(slug)
    if page is None:
        abort(404)
    settings = current_app.extensions["catalogue"].settings
    address = settings.site_url + request.path
    doors = method_doors(settings, page.method, address)
    context = method_context(current, page.method, page.sections)
    return render_template("method.html", **context, address=address, doors=doors)


def method_context(
    current: Snapshot, method: Method, sections: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    """Return what `_method.html` prints of a method, on its own page and in a preview."""
    related = [current.cards[current.places[s]] for s in method.related if s in current.places]
    return {
        "method": method,
        "sections": sections,
        "rows": list(glance(method)),
        "related": related,
        "facets": VOCABULARY.facets,
        "complete": completeness(method),
        "due": review_due(method.last_reviewed),
        "overdue": _overdue(method),
        "choices": VOCABULARY.choices,
        "day": day_text,
        "number": number,
    }


def _overdue(method: Method) -> bool:
    due = review_due(method.last_reviewed)
    return due is not None and due < date.today()


def day_text(value: date | str) -> str:
    """Write a day as "23 November 2026"; takes a date or its ISO form."""
    return day(date.fromisoformat(str(value)))


@blueprint.get("/about")
def about() -> ResponseReturnValue:
    """Say what the catalogue is, what it does with data, and how accessible it is."""
    return render_template("about.html", total=len(snapshot().cards))
