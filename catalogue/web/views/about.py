"""The pages about the catalogue and its field: about, glossary, advice, credits, and quality."""

from __future__ import annotations

from collections import Counter
from datetime import date

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from catalogue.i18n import gettext
from catalogue.model.completeness import REVIEW_AFTER_MONTHS, RULES, review_due
from catalogue.presentation import design_samples
from catalogue.presentation.drawings.scales import limit_marks
from catalogue.presentation.formatting import day_text
from catalogue.rendering.site_texts import load_texts
from catalogue.search.cards import Card
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("about", __name__)


@blueprint.get(PATHS.about)
def about() -> ResponseReturnValue:
    """Say what the catalogue is, what it does with data, and how accessible it is."""
    return render_template("about/about.html", total=len(snapshot().cards))


@blueprint.get(PATHS.glossary)
def glossary() -> ResponseReturnValue:
    """Explain the words of the field."""
    return render_template("about/glossary.html", entries=load_texts().glossary)


@blueprint.get(PATHS.before_you_choose)
def before_you_choose() -> ResponseReturnValue:
    """Ask whether to engage at all."""
    html = snapshot().with_live_links(load_texts().before_you_choose)
    return render_template("about/text.html", title=gettext("Before you choose"), html=html)


@blueprint.get(PATHS.contributors)
def contributors() -> ResponseReturnValue:
    """Name everybody who worked on the catalogue, with what they did."""
    return render_template(
        "about/contributors.html",
        people=snapshot().contributors,
        roles=VOCABULARY.choices["role"].by_value,
    )


@blueprint.get(PATHS.quality)
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
        title_of=lambda slug: current.cards[current.ordinals[slug]].title,
        day=day_text,
    )


@blueprint.get(PATHS.design)
def design() -> ResponseReturnValue:
    """Show all parts in all states, for those who change them; a public site has no such page."""
    if not live_build().settings.reload:
        abort(404)
    return render_template(
        "about/design.html",
        choices=VOCABULARY.choices,
        limit_marks=limit_marks(design_samples.LIMITS),
        scales=design_samples.scale_samples(),
        pictures=design_samples.picture_samples(),
        room=design_samples.room_sample(),
        timeline=design_samples.timeline_samples(),
        maps=design_samples.map_samples(),
    )


def _overdue(card: Card, today: date) -> bool:
    due = review_due(date.fromisoformat(card.last_reviewed) if card.last_reviewed else None)
    return due is not None and due < today
