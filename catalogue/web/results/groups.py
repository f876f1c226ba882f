"""The parts of a list as HTML: what was understood of limits, the headings of groups, and the way to weaker matches."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from flask import render_template
from markupsafe import Markup

from catalogue.i18n import N_, gettext
from catalogue.presentation.plans.named_texts import out_of_reach
from catalogue.presentation.view_models import fact_text
from catalogue.search.engine import SearchPage
from catalogue.search.order.groups import FITS, OUTSIDE, UNKNOWN_FIGURES, WEAKER

# The facts in a search from which it is taken for a situation.
MIN_SAID = 2
# The headings of groups. Those that fit come first and have none, unless weaker ones alone follow.
HEADINGS = {
    UNKNOWN_FIGURES: N_("May fit: some figures are not known"),
    OUTSIDE: N_("Outside what you said"),
    WEAKER: N_("Weaker matches"),
}


def group_headings(found: SearchPage, language: str) -> dict[int, bytes]:
    """Return the headings of the groups that a page shows, by the place of the first result."""
    headings: dict[int, bytes] = {}
    first = (found.request.page - 1) * found.request.per_page
    start = 0
    for name, count in found.groups:
        # A page that goes on with a group says so again.
        place = max(start, first) - first
        if name != FITS and start + count > first and place < len(found.results):
            headings[place] = _heading(name, language)
        start += count
    return headings


@lru_cache(maxsize=64)
def _heading(name: str, _locale: str) -> bytes:
    text = gettext(HEADINGS[name])
    return Markup('<h3 class="govuk-heading-m cards__group">{}</h3>').format(text).encode()


def understood_line(found: SearchPage) -> str:
    """Return what the list says of the limits in the words, with the links that make filters of them or forget them."""
    if found.request.limits_off:
        again = found.request.with_limits_on()
        return render_template("search/_limits.html", limits=None, again=again)
    if not found.limits:
        return ""
    return render_template("search/_limits.html", limits=found.limits, fact_text=fact_text)


def out_of_reach_line(found: SearchPage) -> str:
    """Return what the list says of the methods that the words name and that do not fit; "" where they do."""
    methods = list(out_of_reach(found))
    return render_template("search/_out_of_reach.html", methods=methods) if methods else ""


def plan_line(found: SearchPage) -> str:
    """Return the link to the planner, which takes the words as a situation, where they say two things or more; else ""."""
    said = len(found.raised) + (len(found.limits.facts) if found.limits else 0)
    if said < MIN_SAID:
        return ""
    return render_template("search/_plan.html", query=urlencode({"text": found.request.words}))


def weaker_line(found: SearchPage) -> str:
    """Return the link to the weaker matches that the list leaves out; "" where there are none."""
    if not found.weaker or found.request.weaker:
        return ""
    return render_template("search/_weaker.html", found=found)
