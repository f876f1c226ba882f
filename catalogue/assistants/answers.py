"""The answers to an assistant: the same searches, methods, plans and comparisons as the site, each with addresses.

Plain values that JSON can carry. Nothing is refused: what cannot be used is left out and named under "notices".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from catalogue.model.letters import name_key
from catalogue.model.slugs import near_slugs
from catalogue.planner.answers import parse_answers
from catalogue.planner.plan import make_plan
from catalogue.planner.steps.picked import look_up
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.comparison import compare
from catalogue.presentation.plans.plan_data import plan_data
from catalogue.presentation.serialisers import LICENCE, method_data, search_data
from catalogue.search.chosen import read_picks
from catalogue.search.engine import search
from catalogue.search.parameters import Notice
from catalogue.search.search_request import MAX_PER_PAGE, parse_request
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS

# A parameter of the site: one value, or several.
Given = str | float | list[str | float]
MAX_COMPARED = 4


def search_answer(
    current: Snapshot, site_url: str, words: str, filters: Mapping[str, Given], limit: int
) -> dict[str, Any]:
    """Return the methods that match words and filters, at most `limit` of them, without the counts of every filter."""
    own = {"q": words, "per_page": str(min(max(1, limit), MAX_PER_PAGE))}
    asked, notices = parse_request(_parameters({**filters, **own}))
    found: dict[str, Any] = dict(search_data(search(current, asked), notices, site_url))
    kept = ("total", "items", "corrections", "raised", "notices", "licence")
    return {
        **{name: found[name] for name in kept},
        "page": site_url + PATHS.methods + asked.query(),
    }


def method_answer(current: Snapshot, site_url: str, name: str) -> dict[str, Any]:
    """Return a method whole, by its slug or any of its names; where there is none, the nearest ones."""
    wanted = name.strip().lower()
    # The parts of a method that was divided are named; none of them is taken for the whole.
    moved = current.moved.get(wanted, ())
    slug = wanted if wanted in current.ordinals else moved[0] if len(moved) == 1 else ""
    slug = slug or current.slugs_by_name.get(name_key(name), "")
    page = current.page(slug) if slug else None
    if page is None:
        near = list(moved) or near_slugs(wanted.replace(" ", "-")[:60], current.slugs)
        return {"notices": [f"There is no method “{name[:60]}”. Search for it, or ask for one of these."],
                "near": _addresses(near, site_url)}  # fmt: skip
    data = method_data(page, site_url)
    sections = [{"heading": s["heading"], "markdown": s["markdown"]} for s in data["sections"]]
    return {
        **data,
        "last_reviewed": str(data["last_reviewed"] or ""),
        "sections": sections,
        "licence": LICENCE,
    }


def plan_answer(
    current: Snapshot, site_url: str, situation: str, answers: Mapping[str, Given]
) -> dict[str, Any]:
    """Return a plan for a situation in somebody's own words and answers to the planner's questions."""
    asked, notices = parse_answers(_parameters({**answers, "text": situation}))
    data: dict[str, Any] = dict(plan_data(make_plan(current, asked, today=date.today()), notices))
    slugs = [step["slug"] for step in (*data["process"], *data["results"])]
    slugs += [slug for change in data["near_misses"] for slug in change["slugs"]]
    page = site_url + PATHS.plan + asked.query()
    return {**data, "addresses": _addresses(slugs, site_url), "page": page, "licence": LICENCE}


def compare_answer(current: Snapshot, site_url: str, methods: Iterable[str]) -> dict[str, Any]:
    """Return up to four methods, each a slug or slug:size, side by side: one row for each fact in words."""
    notices: list[Notice] = []
    picks = read_picks("m", MultiDict([("m", each) for each in methods]), MAX_COMPARED, notices)
    picked = look_up(current, picks, notices)
    rows = [
        {"fact": row.label, "same": row.same,
         "values": [{"text": cell.text, "note": cell.note, "apart": cell.apart} for cell in row.cells]}
        for row in compare(picked)
    ]  # fmt: skip
    query = "&".join(f"m={one.pick}" for one in picked)
    return {
        "methods": [str(one.pick) for one in picked],
        "rows": rows,
        "addresses": _addresses([one.pick.slug for one in picked], site_url),
        "page": f"{site_url}{PATHS.compare}?{query}",
        "notices": [notice_text(notice) for notice in notices],
        "licence": LICENCE,
    }


def _addresses(slugs: Iterable[str], site_url: str) -> dict[str, str]:
    return {slug: site_url + PATHS.method(slug) for slug in dict.fromkeys(slugs)}


def _parameters(values: Mapping[str, Given]) -> MultiDict[str, str]:
    pairs = []
    for name, value in values.items():
        several = value if isinstance(value, list) else [value]
        pairs += [(name, f"{each:g}" if isinstance(each, float) else str(each)) for each in several]
    return MultiDict(pairs)
