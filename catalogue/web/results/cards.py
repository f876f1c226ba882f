"""The list of results as HTML: cards that are rendered once, and on each what a request makes it say."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache

from flask import render_template
from markupsafe import Markup, escape

from catalogue.budget import share
from catalogue.i18n import N_, gettext, ngettext
from catalogue.model.facts import Fact
from catalogue.model.method import POSSIBLE
from catalogue.model.sizes import USUAL
from catalogue.presentation.drawings.scales import limit_marks, scale_rows
from catalogue.presentation.formatting import option_label
from catalogue.presentation.reasons import Reason, reasons
from catalogue.presentation.size_views import size_label
from catalogue.presentation.view_models import broken_words, card_view, parameter_label
from catalogue.search.cards import Card
from catalogue.search.engine import SearchPage
from catalogue.search.highlights import Piece, highlight
from catalogue.search.order.groups import Standing
from catalogue.search.order.results import Result
from catalogue.search.search_request import limits_query
from catalogue.search.snapshot import Snapshot
from catalogue.storage.passages import NO_PASSAGES, PassageIndex
from catalogue.vocabulary import VOCABULARY
from catalogue.web.results.card_links import CardLinks
from catalogue.web.results.groups import group_headings
from catalogue.web.results.html import CUT

MAX_CACHED_CARDS = 20_000
# Cards with marked words, some 1,300 bytes each with their key.
MAX_CACHED_RESULTS = 32_000
# What a card says where the method is not made for what was chosen in one of POSSIBLE.
POSSIBLE_LABELS = {
    "purpose": N_("Helps with this as one step:"),
    "audience": N_("Possible with adaptation:"),
}
# How many cards have their bars kept, one for each size and each set of limits that was asked for.
MAX_CACHED_SCALES = 10_000
# A card, cut in its link, where the limits of the request stand, and before its bars.
CutCard = tuple[bytes, bytes, bytes]
# Below the bars: what does not fit, what the size is, and why the result is there.
MORE = b'<div class="card__more">'
# The HTML of results, by all that it depends on: searches that match the same words share it.
Key = tuple[Card, frozenset[str], frozenset[str], tuple[Fact, ...], str]
_results: OrderedDict[Key, CutCard] = OrderedDict()
_results_lock = threading.Lock()


def cards(found: SearchPage, snapshot: Snapshot, language: str) -> bytes:
    """Return the list of results as HTML in UTF-8, each with the reasons why it is there.

    Other filters bring the same results again, so their HTML is cached.
    """
    results, asked = found.results, found.request
    keys = [(r.card, r.stems, r.common, r.facts, language) for r in results]
    with _results_lock:
        shown = {key: html for key in keys if (html := _results.get(key))}
        for key in shown:
            _results.move_to_end(key)
    new = {key: r for key, r in zip(keys, results, strict=True) if key not in shown}
    if new:
        # A list without words needs nothing from the database.
        passages = snapshot.passages([r.card.slug for r in new.values() if r.stems])
        for key, result in new.items():
            index = passages.get(result.card.slug, NO_PASSAGES)
            shown[key] = _card(result, index, language)
        with _results_lock:
            _results.update((key, shown[key]) for key in new)
            while len(_results) > share(MAX_CACHED_RESULTS):
                _results.popitem(last=False)
    limits = limits_query(_ranges(found), asked.chosen).replace("&", "&amp;").encode()
    chosen = [(facet, asked.choices[facet]) for facet in POSSIBLE if facet in asked.choices]
    ranges = _ranges(found)
    links = CardLinks(asked.chosen, ranges, language)
    limited = tuple(ranges)
    parts: list[bytes] = [_key(bool(limited)), limit_marks(ranges).encode()]
    headings = group_headings(found, language)
    for place, (key, standing) in enumerate(zip(keys, found.standings, strict=True)):
        if not place or place in headings:
            closed = b"</ol>" if place else b""
            parts += (closed, headings.get(place, b""), b'<ol class="cards">')
        start, middle, end = shown[key]
        parts += (start, limits, middle, _scales(key[0], standing.size, limited, language))
        parts.append(MORE)
        if standing.broken or standing.unsaid:
            parts.append(_missed_line(key[0], standing, language))
        parts += [_possible_line(key[0], *choice, language) for choice in chosen]
        if standing.size != USUAL:
            parts.append(_size_line(key[0], standing.size, language))
        parts += (end, links.html(key[0].slug, standing.size, key[0].title), b"</li>\n")
    parts.append(b"</ol>")
    return b"".join(parts)


def _ranges(found: SearchPage) -> dict[str, tuple[float, float]]:
    """Return the ranges asked for by filters and by words, which the links to methods carry too."""
    return found.limits.only.ranges if found.limits else found.request.ranges


@lru_cache(maxsize=MAX_CACHED_CARDS)
def _missed_line(card: Card, standing: Standing, _locale: str) -> bytes:
    """Return what a method breaks of the limits in the words, and what it does not say."""
    broken = [broken_words(card, standing.size, fact) for fact in standing.broken]
    unsaid = [parameter_label(fact.name) for fact in standing.unsaid]
    return render_template("search/_missed.html", broken=broken, unsaid=unsaid).encode()


def made_for(found: SearchPage, language: str) -> str:
    """Say how many results are made for the chosen purposes and audiences; "" where all are."""
    shown = sum(count for _, count in found.groups)
    return "" if found.made_for == shown else _made_for(found.made_for, language)


@lru_cache(maxsize=1024)
def _made_for(count: int, _locale: str) -> str:
    if count:
        text = ngettext(
            "%(num)s is made for this and comes first. The others help as one step, or are possible with adaptation.",
            "%(num)s are made for this and come first. The others help as one step, or are possible with adaptation.",
            count,
        )
    else:
        text = gettext(
            "None is made for this. These help as one step, or are possible with adaptation."
        )
    return str(Markup('<p class="results__order">{}</p>').format(text))


def _card(result: Result, passages: PassageIndex, language: str) -> CutCard:
    """Return the HTML of a card; all text of the method is escaped."""
    highlights = highlight(result.card, result.stems, passages, result.common)
    start, link_end, between, after, _ = _card_parts(result.card, language)
    why = "".join([_why(reason) for reason in reasons(highlights, result.facts)])
    title, summary = _marked(highlights.title), _marked(highlights.summary)
    middle = f"{link_end}{title}{between}{summary}{after}"
    if why:
        why = f'<div class="card__reasons">{why}</div>'
    return start.encode(), middle.encode(), f"{why}</div>".encode()


@lru_cache(maxsize=MAX_CACHED_CARDS)
def _card_parts(card: Card, _locale: str) -> list[str]:
    return render_template("search/_card.html", card=card_view(card), cut=CUT).split(CUT)


@lru_cache(maxsize=MAX_CACHED_SCALES)
def _scales(card: Card, size: str, limited: tuple[str, ...], _locale: str) -> bytes:
    """Return the bars of a card: the size that passes is filled, and its figures stand beside."""
    rows = scale_rows(card.runs, size, limited)
    return render_template("partials/_scales.html", rows=rows).encode()


def _key(limited: bool) -> bytes:
    return render_template("partials/_scales_key.html", limited=limited).encode()


@lru_cache(maxsize=MAX_CACHED_CARDS)
def _size_line(card: Card, size: str, _locale: str) -> bytes:
    """Return what happens in the size that passes, where that is not the usual run."""
    run = next(run for run in card.runs if run.size == size)
    return render_template("search/_size.html", label=size_label(run), run=run).encode()


@lru_cache(maxsize=MAX_CACHED_CARDS)
def _possible_line(card: Card, facet: str, chosen: tuple[str, ...], _locale: str) -> bytes:
    """Return the chosen options for which a method is not made but possible; "" if it is made for one of them."""
    if set(chosen) & set(card.choices.get(facet, ())):
        return b""
    options = VOCABULARY.facets[facet]
    labels = [option_label(options, value) for value in card.possible[facet] if value in chosen]
    if not labels:
        return b""
    return render_template(
        "search/_possible.html", label=gettext(POSSIBLE_LABELS[facet]), text=", ".join(labels)
    ).encode()


@lru_cache(maxsize=64)
def _why_parts(kind: str, label: str) -> list[str]:
    return render_template("search/_why.html", kind=kind, label=label, cut=CUT).split(CUT)


def _why(reason: Reason) -> str:
    before, end = _why_parts(reason.kind, reason.label)
    text = _marked(reason.text)
    if reason.language:
        text = f'<span lang="{reason.language}">{text}</span>'
    return f"{before}{text}{end}\n"


def _escaped(text: str) -> str:
    return str(escape(text))


def _marked(pieces: tuple[Piece, ...]) -> str:
    """Return a text cut where words match as HTML, with those words marked."""
    if len(pieces) == 1 and not pieces[0].marked:
        return _escaped(pieces[0].text)
    return "".join(
        [f"<mark>{_escaped(text)}</mark>" if marked else _escaped(text) for text, marked in pieces]
    )
