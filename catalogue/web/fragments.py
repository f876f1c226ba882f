"""Pieces of the results page that are the same in every answer, rendered once for each language.

A list shows twenty cards and sixty options; rendering their unchanging parts again for each
request would be most of its work.
"""

from __future__ import annotations

from functools import lru_cache

from flask import render_template
from markupsafe import Markup, escape

from catalogue.extract import Piece
from catalogue.presentation import card_view
from catalogue.search import FacetCounts
from catalogue.snapshot import Card
from catalogue.translation import gettext, locale
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.wording import option_label

CARDS_KEPT = 20_000


def card_facts(card: Card) -> Markup:
    """Return the facts of a card as HTML."""
    return _card_facts(card, locale())


@lru_cache(maxsize=CARDS_KEPT)
def _card_facts(card: Card, _locale: str) -> Markup:
    # What a template rendered is escaped already.
    return Markup(render_template("_card_facts.html", card=card_view(card)))  # noqa: S704


def marked(pieces: tuple[Piece, ...]) -> Markup:
    """Return a text cut where words match as HTML, with those words marked."""
    parts = (f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in pieces)
    return Markup("".join(parts))  # noqa: S704  (each part is escaped)


def options(counts: FacetCounts) -> Markup:
    """Return the check boxes of one filter as HTML: which are chosen, and how many each brings."""
    language = locale()
    parts = []
    for option in counts.options:
        box, caption, end = _option_parts(counts.facet.name, option.value, language)
        checked = " checked" if option.selected else ""
        empty = "" if option.count else " none"
        parts.append(f"{box}{checked}{caption}{empty}{end}{option.count}</span></label></div>")
    return Markup("".join(parts))  # noqa: S704  (made of a template's parts and numbers)


@lru_cache(maxsize=2048)
def _option_parts(name: str, value: str, _locale: str) -> tuple[str, str, str]:
    """Return the HTML of one option, cut where it may be checked, empty, counted."""
    facet = VOCABULARY.facets[name]
    label = option_label(facet, value)
    priced = name == "cost" and value != UNKNOWN
    help_text = gettext(facet.by_value[value].help) if priced else ""
    html = render_template("_option.html", facet=facet, value=value, label=label, help=help_text)
    box, caption, end = html.split("|cut|")
    return box, caption, end
