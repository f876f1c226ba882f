"""The ways in beside the search: purposes, audiences, cases, glossary, advice, credits, and quality.

Like web/views/pages.py, each view reads the request, asks the snapshot or the texts, and prints a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.i18n import gettext
from catalogue.model.completeness import REVIEW_AFTER_MONTHS, RULES, review_due
from catalogue.presentation.formatting import option_label
from catalogue.presentation.view_models import card_view, notice_text, parameter_label
from catalogue.rendering.site_texts import load_texts
from catalogue.search.cards import Card
from catalogue.search.cases import FILTERS, find_cases
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY
from catalogue.web.request_context import snapshot
from catalogue.web.results.paging import page_links
from catalogue.web.views.pages import day_text

blueprint = Blueprint("guide", __name__)


@blueprint.get("/purposes/<slug>")
def purpose(slug: str) -> ResponseReturnValue:
    """Introduce one purpose and list its methods, those it suits best first."""
    return _way_in("purpose", slug, load_texts().purposes)


@blueprint.get("/audiences/<slug>")
def audience(slug: str) -> ResponseReturnValue:
    """Introduce one audience and list the methods that reach it."""
    return _way_in("audience", slug, load_texts().audiences)


def _way_in(facet_name: str, slug: str, introductions: dict[str, str]) -> ResponseReturnValue:
    facet = VOCABULARY.facets[facet_name]
    if slug not in facet.values:
        abort(404)
    cards = [card for card in snapshot().cards if slug in card.choices.get(facet_name, ())]
    return render_template(
        "topics/topic.html",
        facet=facet,
        option=facet.by_value[slug],
        introduction=introductions.get(slug, ""),
        main=[card for card in cards if card.choices[facet_name][0] == slug],
        other=[card for card in cards if card.choices[facet_name][0] != slug],
        view=card_view,
    )


@blueprint.get("/cases")
def cases() -> ResponseReturnValue:
    """List the real cases of all methods, searched and filtered."""
    current = snapshot()
    found = find_cases(current.cases, request.args)
    labels = _case_labels(current)
    return render_template(
        "cases/cases.html",
        found=found,
        everything=len(current.cases),
        notices=[notice_text(notice) for notice in found.notices],
        filters=[
            (
                name,
                parameter_label(name),
                sorted(
                    ((value, labels[name](value), n) for value, n in found.counts[name].items()),
                    key=lambda option: option[1].lower(),
                ),
            )
            for name in FILTERS
        ],
        label=lambda name, value: labels[name](value),
        filter_label=parameter_label,
        result_label=labels["result"],
        links=page_links(found.query, found.page, found.pages),
    )


def _case_labels(current: Snapshot) -> dict[str, Callable[[str], str]]:
    """Return, for each filter of cases, how a value is written for people."""
    results = VOCABULARY.choices["result"]
    return {
        "method": lambda slug: current.cards[current.places[slug]].title,
        "country": str,
        "decade": str,
        "result": lambda value: option_label(results, value),
    }


@blueprint.get("/glossary")
def glossary() -> ResponseReturnValue:
    """Explain the words of the field."""
    return render_template("about/glossary.html", entries=load_texts().glossary)


@blueprint.get("/before-you-choose")
def before_you_choose() -> ResponseReturnValue:
    """Ask whether to engage at all."""
    return render_template("about/text.html", title=gettext("Before you choose"),
                           html=load_texts().before_you_choose)  # fmt: skip


@blueprint.get("/contributors")
def contributors() -> ResponseReturnValue:
    """Name everybody who worked on the catalogue, with what they did."""
    return render_template(
        "about/contributors.html",
        people=snapshot().contributors,
        roles=VOCABULARY.choices["role"].by_value,
    )


@blueprint.get("/about/quality")
def quality() -> ResponseReturnValue:
    """Show how complete, how well sourced and how fresh the whole catalogue is."""
    current = snapshot()
    rows = current.quality
    missing = Counter(name for row in rows for name in row.incomplete)
    today = date.today()
    return render_template(
        "about/quality.html",
        rows=rows,
        average=round(sum(row.completeness for row in rows) / len(rows)) if rows else 0,
        least=sorted(rows, key=lambda row: (row.completeness, row.slug))[:10],
        rules=[(rule, missing[rule.name]) for rule in RULES],
        sources=sum(row.sources for row in rows),
        independent=sum(row.independent_sources for row in rows),
        cases=len(current.cases),
        results=Counter(entry.case.result for entry in current.cases),
        result=VOCABULARY.choices["result"],
        overdue=[card for card in current.cards if _overdue(card, today)],
        never=[card for card in current.cards if not card.last_reviewed],
        months=REVIEW_AFTER_MONTHS,
        title_of=lambda slug: current.cards[current.places[slug]].title,
        day=day_text,
    )


def _overdue(card: Card, today: date) -> bool:
    due = review_due(date.fromisoformat(card.last_reviewed) if card.last_reviewed else None)
    return due is not None and due < today
