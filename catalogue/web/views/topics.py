"""The pages of the purposes and the audiences: an introduction each, and its methods."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from catalogue.i18n import N_, gettext
from catalogue.presentation.view_models import card_view
from catalogue.rendering.site_texts import load_texts
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance
from catalogue.vocabulary import VOCABULARY
from catalogue.web.request_context import snapshot

blueprint = Blueprint("topics", __name__)
# Above the methods that are not made for a purpose or an audience.
POSSIBLE_HEADINGS = {
    "purpose": N_("Methods that help with this as one step"),
    "audience": N_("Methods that are possible with adaptation"),
}


@blueprint.get(PATHS.purpose("<slug>"))
def purpose(slug: str) -> ResponseReturnValue:
    """Introduce one purpose and list its methods, those it suits best first."""
    return _way_in("purpose", slug, load_texts().purposes)


@blueprint.get(PATHS.audience("<slug>"))
def audience(slug: str) -> ResponseReturnValue:
    """Introduce one audience and list the methods that reach it."""
    return _way_in("audience", slug, load_texts().audiences)


def _way_in(facet_name: str, slug: str, introductions: dict[str, str]) -> ResponseReturnValue:
    facet = VOCABULARY.facets[facet_name]
    if slug not in facet.values:
        abort(404)
    current = snapshot()
    cards = [card for card in current.cards if slug in card.choices.get(facet_name, ())]
    possible = [card for card in current.cards if slug in card.possible[facet_name]]
    return render_template(
        "topics/topic.html",
        facet=facet,
        option=facet.by_value[slug],
        guides=[guide for guide in load_guidance().guides if slug in guide.audience]
        if facet_name == "audience"
        else [],
        introduction=current.with_live_links(introductions.get(slug, "")),
        main=[card for card in cards if card.choices[facet_name][0] == slug],
        other=[card for card in cards if card.choices[facet_name][0] != slug],
        possible=possible,
        possible_heading=gettext(POSSIBLE_HEADINGS[facet_name]),
        view=card_view,
    )
