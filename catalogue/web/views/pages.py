"""The home page, the results page and the pages of methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from catalogue.exports.linked_data import list_linked_data, method_linked_data
from catalogue.i18n import gettext, locale, ngettext
from catalogue.model.letters import split_words
from catalogue.model.sizes import USUAL, runs
from catalogue.presentation.drawings.map_axes import AXES
from catalogue.presentation.drawings.map_drawing import map_picture
from catalogue.presentation.drawings.scales import SCALES
from catalogue.presentation.formatting import day_text
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.use_tomorrow import use_tomorrow_text
from catalogue.presentation.view_models import fact_text, missed_texts, way_out_text
from catalogue.search.chosen import NOTHING_CHOSEN, query
from catalogue.search.engine import SearchPage, search
from catalogue.search.parameters import Notice
from catalogue.search.search_request import SearchRequest, limits_query
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.choice.carried import add_links, choice_bar, hidden_inputs, known
from catalogue.web.contribution_links import method_links
from catalogue.web.guidance_context import adapted_methods, guidance_for, with_guidance
from catalogue.web.method_context import method_context
from catalogue.web.middleware.canonical_url import parsed_limits, parsed_search
from catalogue.web.request_context import live_build, query_string, snapshot, urls
from catalogue.web.results.advice import advice_for
from catalogue.web.results.cards import cards, made_for
from catalogue.web.results.groups import (
    out_of_reach_line,
    plan_line,
    understood_line,
    weaker_line,
)
from catalogue.web.results.html import filter_slots, paging, sort_options, tags
from catalogue.web.results.template import fill
from catalogue.web.views.moved import to_new_slug

blueprint = Blueprint("pages", __name__)
# Filtered lists are for people; search engines index the methods themselves.
NOT_INDEXED = '<meta name="robots" content="noindex, follow">'


@blueprint.get(PATHS.home)
def home() -> ResponseReturnValue:
    """Say what this is, and offer words and the purposes as ways in."""
    current = snapshot()
    purpose = VOCABULARY.facets["purpose"]
    options = sorted(purpose.options, key=lambda option: _purpose_groups().index(option.group))
    return render_template(
        "search/home.html",
        total=len(current.cards),
        last_reviewed=current.last_reviewed,
        audiences=VOCABULARY.facets["audience"].options,
        groups=[
            (group, list(members)) for group, members in groupby(options, key=lambda o: o.group)
        ],
        day=day_text,
        counts={value: bits.bit_count() for value, bits in current.made_for["purpose"].items()},
        ranges=[
            (VOCABULARY.ranges[name], gettext(SCALES[name].label))
            for name in ("people", "weeks", "budget")
        ],
        map=map_picture(_points(current)),
    )


def _points(current: Snapshot) -> Iterator[tuple[float, float]]:
    """Yield where each method stands in weeks and money, in its usual run."""
    for card in current.cards:
        run = next(run for run in card.runs if run.size == USUAL)
        weeks, money = (AXES[name].share(card, run) for name in ("weeks", "budget"))
        if weeks is not None and money is not None:
            yield weeks, money


def _purpose_groups() -> list[str]:
    """Return the groups of purposes in the order in which they first appear."""
    return list(dict.fromkeys(option.group for option in VOCABULARY.facets["purpose"].options))


@blueprint.get(PATHS.methods)
def methods() -> ResponseReturnValue:
    """List the methods that match words and filters."""
    asked, notices = parsed_search(query_string())
    # What cached HTML depends on besides its values.
    current, variant = snapshot(), f"{locale()}{urls().prefix}"
    found = search(current, asked)
    shown = found.request
    heading, skip = _counted(found.total, found.limits.fits if found.limits else -1, variant)
    if shown.words:
        heading += " " + gettext("for “%(words)s”", words=shown.words)
    title = heading
    if found.pages > 1:
        page = gettext("page %(page)s of %(pages)s", page=shown.page, pages=found.pages)
        title = f"{heading}, {page}"
    slots: dict[str, str | bytes] = {
        "title": str(escape(title)),
        "query": str(escape(shown.query())),
        "robots": _list_data(found)
        if len(asked.pairs()) <= 1 and not asked.chosen
        else NOT_INDEXED,
        "words": str(escape(shown.words)),
        "skip": skip,
        "sorts": sort_options(bool(shown.words), shown.order, variant),
        "hidden": hidden_inputs(shown.chosen),
        "choice": _choice(shown, current),
        "guidance": guidance_for(shown.words, variant),
        "advice": advice_for(shown, current, variant),
        "understood": _understood(found, with_guidance((*notices, *found.notices), shown.words)),
        "limits": out_of_reach_line(found) + understood_line(found) + plan_line(found),
        "heading": str(escape(heading)),
        "tags": tags(shown, variant),
        "made_for": made_for(found, variant),
        "list": cards(found, current, variant) if found.results else _nothing(found),
        "weaker": weaker_line(found),
        "paging": paging(shown, found.pages, variant) if found.pages > 1 else "",
    }
    return fill("search/results.html", slots | filter_slots(found.facets, shown, variant))


def _list_data(found: SearchPage) -> str:
    """Return a list that search engines index in the words of schema.org; "" for a site without an address."""
    site_url = live_build().settings.site_url
    if not site_url:
        return ""
    first = (found.request.page - 1) * found.request.per_page + 1
    data = list_linked_data((result.card for result in found.results), first, site_url)
    return f'<script type="application/ld+json">{htmlsafe_json_dumps(data)}</script>'


def _choice(asked: SearchRequest, current: Snapshot) -> str:
    """Return the bar that names what is chosen; "" for most visitors."""
    if not asked.chosen:
        return ""
    without = replace(asked, chosen=NOTHING_CHOSEN).query()
    return choice_bar(asked.chosen, current, f"{urls().methods}{without}", asked.ranges)


@lru_cache(maxsize=1024)
def _counted(total: int, fits: int, _locale: str) -> tuple[str, str]:
    """Return how many methods match, in words, and the text of the link that leads to them.

    `fits` of them fit the limits in the words; -1 without limits.
    """
    heading = ngettext("%(num)s method", "%(num)s methods", total)
    if 0 <= fits < total:
        heading = gettext("%(methods)s, %(fits)s of which fit", methods=heading, fits=fits)
    return heading, ngettext("Skip to %(num)s result", "Skip to %(num)s results", total)


def _understood(found: SearchPage, notices: tuple[Notice, ...]) -> str:
    """Return what was ignored, corrected or raised; most lists have nothing to say."""
    if not (notices or found.corrections or found.raised or found.offers):
        return ""
    # Without the context processors of whole pages, which this part does not need.
    template = current_app.jinja_env.get_template("search/_understood.html")
    shown = [(notice_text(notice), notice.query) for notice in notices]
    return template.render(found=found, notices=shown, fact_text=fact_text)


def _nothing(found: SearchPage) -> str:
    """Return what to try where there are no results."""
    asked = found.request
    words = split_words(asked.words)
    numbers = [word for word in words if any(map(str.isdigit, word))]
    return render_template(
        "search/_nothing.html",
        found=found,
        asked=asked,
        way_out_text=way_out_text,
        adapted=adapted_methods(asked.words, snapshot()),
        missed_texts=missed_texts,
        numbers=bool(numbers),
        words=len(numbers) < len(words),
    )


@blueprint.get(PATHS.method("<slug>"))
def method(slug: str) -> ResponseReturnValue:
    """Show one method whole, with the size that fits the limits in the URL."""
    current = snapshot()
    page = current.page(slug)
    if page is None:
        return to_new_slug(current, slug, urls().method)
    settings = live_build().settings
    address = settings.site_url + request.path
    links = method_links(settings, page.method, address)
    limits, asked, notices = parsed_limits(query_string())
    chosen = known(asked, current)
    context = method_context(current, page.method, page.sections, limits)
    linked = method_linked_data(page.method, settings)
    own_limits = limits_query(limits)
    without = f"{urls().method(slug)}{own_limits}"
    shown = [notice_text(notice) for notice in notices]
    return render_template(
        "method/method.html",
        **context,
        address=address,
        links=links,
        notices=shown,
        linked_data=linked,
        choice=choice_bar(chosen, current, without, limits) if chosen else "",
        choose=add_links(chosen, slug, [run.size for run in runs(page.method)], limits),
        own_limits=own_limits,
        carried=query(chosen.carried()),
    )


@blueprint.get(PATHS.use_tomorrow("<slug>"))
def use_tomorrow(slug: str) -> ResponseReturnValue:
    """Return the letters and lists of a method as a text file."""
    page = snapshot().page(slug)
    settings = live_build().settings
    text = use_tomorrow_text(page.method, settings.site_name, settings.site_url) if page else ""
    if not text:
        abort(404)
    name = f"{slug}-use-it-tomorrow.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/plain", headers=headers)
