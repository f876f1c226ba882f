"""Pieces of the results page, put together from parts that are rendered once for each language.

A list shows twenty cards and sixty options; rendering their unchanging parts again for each
request would be most of its work. Each part is a template, cut where a request fills something in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import render_template
from markupsafe import Markup, escape

from catalogue.cards import Card
from catalogue.extract import Piece
from catalogue.presentation import card_view, hint_text
from catalogue.request import SearchRequest, range_text
from catalogue.search import FacetCounts, Result
from catalogue.translation import gettext, locale, ngettext
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.wording import option_label

CARDS_KEPT = 20_000
# Where a template is cut: a character that no text holds.
CUT = "\x1f"


def cards(results: Iterable[Result]) -> Markup:
    """Return the list of results as HTML, each with why it is there."""
    language = locale()
    return Markup("".join([_card(result, language) for result in results]))  # noqa: S704


def _card(result: Result, language: str) -> str:
    """Fill in a card; all that comes from elsewhere has been escaped."""
    before, summary, reasons, end = _card_parts(result.card, language)
    why = [
        _why(kind, _marked(pieces), language)
        for kind, pieces in (("other_name", result.other_name), ("need", result.need))
        if pieces
    ]
    if result.facts:
        facts = ", ".join(hint_text(hint) for hint in result.facts)
        why.append(_why("facts", _escaped(facts), language))
    if result.extract:
        why.append(_why("extract", _marked(result.extract), language))
    title, text = _marked(result.title), _marked(result.summary)
    return f"{before}{title}{summary}{text}{reasons}{''.join(why)}{end}"


@lru_cache(maxsize=CARDS_KEPT)
def _card_parts(card: Card, _locale: str) -> list[str]:
    return render_template("_card.html", card=card_view(card), cut=CUT).split(CUT)


@lru_cache(maxsize=64)
def _why_parts(kind: str, _locale: str) -> list[str]:
    return render_template("_why.html", kind=kind, cut=CUT).split(CUT)


def _why(kind: str, reason: str, language: str) -> str:
    before, end = _why_parts(kind, language)
    return f"{before}{reason}{end}\n"


@lru_cache(maxsize=CARDS_KEPT)
def _escaped(text: str) -> str:
    return str(escape(text))


def _marked(pieces: tuple[Piece, ...]) -> str:
    """Return a text cut where words match as HTML, with those words marked."""
    if len(pieces) == 1 and not pieces[0].marked:
        return _escaped(pieces[0].text)
    return "".join(
        [f"<mark>{_escaped(text)}</mark>" if marked else _escaped(text) for text, marked in pieces]
    )


def filter_group(counts: FacetCounts, opened: bool) -> Markup:
    """Return one filter as HTML: which options are chosen, and how many methods each brings."""
    language = locale()
    before, opening, boxes, end = _group_parts(counts.facet.name, language)
    parts = []
    for value, methods, selected in counts.options:
        box, caption, after = _option_parts(counts.facet.name, value, language)
        checked = " checked" if selected else ""
        empty = "" if methods else " none"
        parts.append(f"{box}{checked}{caption}{empty}{after}{methods}</span></label></div>")
    chosen = f" {chosen_text(counts.chosen)}" if counts.chosen else ""
    state = " open" if opened or chosen else ""
    # Made of templates' parts and numbers.
    return Markup(f"{before}{state}{opening}{chosen}{boxes}{''.join(parts)}{end}")  # noqa: S704


def chosen_text(count: int) -> Markup:
    """Return how many options of a filter are chosen, as HTML."""
    text = ngettext("%(num)s chosen", "%(num)s chosen", count)
    return Markup('<span class="group__chosen">{}</span>').format(text)


@lru_cache(maxsize=256)
def _group_parts(name: str, _locale: str) -> list[str]:
    facet = VOCABULARY.facets[name]
    return render_template("_group.html", facet=facet, cut=CUT).split(CUT)


@lru_cache(maxsize=2048)
def _option_parts(name: str, value: str, _locale: str) -> list[str]:
    """Return the HTML of one option, cut where it may be checked, empty, counted."""
    facet = VOCABULARY.facets[name]
    label = option_label(facet, value)
    priced = name == "cost" and value != UNKNOWN
    help_text = gettext(facet.by_value[value].help) if priced else ""
    html = render_template(
        "_option.html", facet=facet, value=value, label=label, help=help_text, cut=CUT
    )
    return html.split(CUT)


def range_inputs(asked: SearchRequest) -> Markup:
    """Return the filters by numbers as HTML, with what was asked for filled in."""
    language = locale()
    parts = []
    for name in VOCABULARY.ranges:
        before, end = _range_parts(name, language)
        value = range_text(name, asked.ranges[name]) if name in asked.ranges else ""
        parts.append(f"{before}{value}{end}")
    return Markup("".join(parts))  # noqa: S704  (made of templates' parts and numbers)


@lru_cache(maxsize=256)
def _range_parts(name: str, _locale: str) -> list[str]:
    span = VOCABULARY.ranges[name]
    return render_template("_range.html", range=span, cut=CUT).split(CUT)
