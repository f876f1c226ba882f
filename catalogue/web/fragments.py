"""Pieces of the results page that are the same in every answer, rendered once for each language.

A list shows twenty cards and sixty options; rendering their unchanging parts again for each
request would be most of its work.
"""

from __future__ import annotations

from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from catalogue.presentation import card_view
from catalogue.snapshot import Card
from catalogue.translation import gettext, locale
from catalogue.vocabulary import UNKNOWN, Facet
from catalogue.wording import option_label

CARDS_KEPT = 20_000


def card_facts(card: Card) -> Markup:
    """Return the facts of a card as HTML."""
    return _card_facts(card, locale())


@lru_cache(maxsize=CARDS_KEPT)
def _card_facts(card: Card, _locale: str) -> Markup:
    # What a template rendered is escaped already.
    return Markup(render_template("_card_facts.html", card=card_view(card)))  # noqa: S704


def option_parts(facet: Facet, value: str) -> tuple[Markup, Markup, Markup]:
    """Return the HTML of one option of a filter, cut where it may be checked, empty, counted."""
    return _option_parts(facet.name, value, facet, locale())


@lru_cache(maxsize=2048)
def _option_parts(
    _name: str, value: str, facet: Facet, _locale: str
) -> tuple[Markup, Markup, Markup]:
    label = option_label(facet, value)
    help_text = (
        gettext(facet.by_value[value].help) if facet.name == "cost" and value != UNKNOWN else ""
    )
    html = render_template("_option.html", facet=facet, value=value, label=label, help=help_text)
    box, caption, count = html.split("|cut|")
    return Markup(box), Markup(caption), Markup(count)  # noqa: S704
