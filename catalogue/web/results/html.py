"""The HTML round the list of results, put together from parts that are rendered once for each language and URL prefix.

A page shows twenty cards and a hundred options; rendering their unchanging parts again for each
request would be most of its work. Each part is a template, cut where a request fills something in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from catalogue.i18n import N_, gettext, ngettext
from catalogue.model.facts import Fact
from catalogue.presentation.formatting import option_label
from catalogue.presentation.view_models import fact_text
from catalogue.search.engine import FacetCounts
from catalogue.search.search_request import SearchRequest, range_text
from catalogue.vocabulary import UNKNOWN, VOCABULARY
from catalogue.web.request_context import urls
from catalogue.web.results.paging import page_links

SORT_LABELS = {
    "relevance": N_("Best match"),
    "title": N_("A to Z"),
    "cost": N_("Lowest cost first"),
    "time": N_("Least time for participants first"),
    "reviewed": N_("Most recently reviewed first"),
}
# Where a template is cut: a character that no text contains.
CUT = "\x1f"
# By option: its HTML up to its count, for some methods and for none.
OptionStarts = dict[str, tuple[bytes, bytes]]


def _filter_group(counts: FacetCounts, opened: bool, language: str) -> bytes:
    """Return one filter as HTML: which options are chosen, and how many methods each brings."""
    start, end = _group_ends(counts.facet.name, opened, len(counts.chosen), language)
    parts = [start]
    plain, checked, option_end = _option_parts(counts.facet.name, language)
    for value, methods in counts.methods.items():
        some, none = (checked if value in counts.chosen else plain)[value]
        parts += (some if methods else none, b"%d%b" % (methods, option_end))
    parts.append(end)
    return b"".join(parts)


@lru_cache(maxsize=256)
def _group_ends(name: str, opened: bool, chosen: int, language: str) -> tuple[bytes, bytes]:
    """Return the HTML of a filter before its options, with how many are chosen, and after them."""
    facet = VOCABULARY.facets[name]
    before, opening, boxes, end = render_template("search/_group.html", facet=facet, cut=CUT).split(
        CUT
    )
    state = " open" if opened or chosen else ""
    start = f"{before}{state}{opening}{_chosen(chosen, language)}{boxes}"
    return start.encode(), end.encode()


@lru_cache(maxsize=256)
def _chosen(count: int, _locale: str) -> str:
    """Return how many options of a filter are chosen, as HTML; "" for none."""
    if not count:
        return ""
    text = ngettext("%(num)s chosen", "%(num)s chosen", count)
    return str(Markup(' <span class="group__chosen">{}</span>').format(text))


def _cut_option(name: str, value: str) -> list[str]:
    """Return the HTML of one option, cut where it may be checked and empty, and round its count."""
    facet = VOCABULARY.facets[name]
    label = option_label(facet, value)
    priced = name == "cost" and value != UNKNOWN
    help_text = gettext(facet.by_value[value].help) if priced else ""
    html = render_template(
        "search/_option.html", facet=facet, value=value, label=label, help=help_text, cut=CUT
    )
    return html.split(CUT)


@lru_cache(maxsize=256)
def _option_parts(name: str, _locale: str) -> tuple[OptionStarts, OptionStarts, bytes]:
    """Return the HTML of options up to their counts, not chosen and chosen, and what closes each of them."""
    plain: OptionStarts = {}
    checked: OptionStarts = {}
    end = ""
    for value in (*VOCABULARY.facets[name].values, UNKNOWN):
        box, caption, after, end = _cut_option(name, value)
        for starts, state in ((plain, ""), (checked, " checked")):
            some, none = (f"{box}{state}{caption}{count}{after}" for count in ("", " none"))
            starts[value] = some.encode(), none.encode()
    return plain, checked, end.encode()


def _range_inputs(asked: SearchRequest, language: str) -> str:
    """Return the filters by numbers as HTML, with what was asked for filled in."""
    parts = []
    for name in VOCABULARY.ranges:
        before, end = _range_parts(name, language)
        value = range_text(name, asked.ranges[name]) if name in asked.ranges else ""
        value = UNKNOWN if name in asked.choices else value
        parts.append(f"{before}{value}{end}")
    return "".join(parts)


@lru_cache(maxsize=256)
def _range_parts(name: str, _locale: str) -> list[str]:
    span = VOCABULARY.ranges[name]
    return render_template("search/_range.html", range=span, cut=CUT).split(CUT)


def filter_slots(
    facets: Iterable[FacetCounts], asked: SearchRequest, language: str
) -> dict[str, str | bytes]:
    """Return what fills the panel of filters, by the names of its slots."""
    first, more, chosen = [], [], 0
    all_chosen = 0
    heading = ""
    for counts in facets:
        facet = counts.facet
        all_chosen += len(counts.chosen)
        if facet.shown == "first":
            first.append(_filter_group(counts, True, language))
            continue
        if facet.group != heading:
            heading = facet.group
            more.append(_group_heading(heading, language))
        more.append(_filter_group(counts, False, language))
        chosen += len(counts.chosen)
    numbers = [name for name in VOCABULARY.ranges if name in asked.ranges or name in asked.choices]
    return {
        "filters_chosen": _chosen(all_chosen + len(numbers), language),
        "ranges_chosen": _chosen(len(numbers), language),
        "ranges": _range_inputs(asked, language),
        "filters": b"".join(first),
        "more_open": " open" if chosen else "",
        "more_chosen": _chosen(chosen, language),
        "more_filters": b"".join(more),
    }


@lru_cache(maxsize=64)
def _group_heading(text: str, _locale: str) -> bytes:
    return Markup('<h3 class="filters__heading">{}</h3>').format(gettext(text)).encode()


def tags(asked: SearchRequest, language: str) -> str:
    """Return the filters in force as HTML, each with the URL without it; "" where there are none."""
    if not asked.filtered:
        return ""
    before, then, after = _tags_parts(language)
    parts = []
    for fact, without in asked.without_each():
        opening, end = _tag_parts(fact, language)
        parts.append(f"{opening}{_address(without)}{end}")
    none = _address(asked.without_filters())
    return f"{before}{''.join(parts)}{then}{none}{after}"


def _address(request: SearchRequest) -> str:
    """Return a query string escaped for HTML: percent-encoded, it has no other special character than &."""
    return request.query().replace("&", "&amp;")


@lru_cache(maxsize=64)
def _tags_parts(_locale: str) -> list[str]:
    return render_template("search/_tags.html", cut=CUT).split(CUT)


@lru_cache(maxsize=1024)
def _tag_parts(fact: Fact, _locale: str) -> list[str]:
    return render_template("search/_tag.html", text=fact_text(fact), cut=CUT).split(CUT)


def paging(asked: SearchRequest, pages: int, language: str) -> str:
    """Return the links to the other pages of a list as HTML."""
    parts = _paging_parts(asked.page, pages, language).copy()
    # Every other part is the number of a page.
    parts[1::2] = [_address(asked.with_page(int(number))) for number in parts[1::2]]
    return "".join(parts)


@lru_cache(maxsize=256)
def _paging_parts(page: int, pages: int, _locale: str) -> list[str]:
    links = page_links(lambda number: f"{CUT}{number}{CUT}", page, pages)
    return render_template("partials/_paging.html", links=links, path=urls().methods).split(CUT)


@lru_cache(maxsize=256)
def sort_options(words: bool, order: str, _locale: str) -> str:
    """Return the orders to choose from; the value of the standard one is blank.

    So words typed into a list by title are sorted by best match, not again by title.
    """
    standard = SearchRequest(words="x" if words else "").order
    sorts = [
        ("" if sort == standard else sort, gettext(label), sort == order)
        for sort, label in SORT_LABELS.items()
        if sort != "relevance" or words
    ]
    return render_template("search/_sorts.html", sorts=sorts)
