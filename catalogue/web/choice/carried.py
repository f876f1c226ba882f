"""What the pages of the catalogue show of a choice: a bar that leads to what is chosen, and links that add to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl

from flask import current_app
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from catalogue.presentation.plans.comparison import size_name
from catalogue.search.chosen import CARRIED, Chosen, Pairs, Pick, query, read_chosen
from catalogue.search.search_request import limit_pairs
from catalogue.search.snapshot import Snapshot

# The least and the most that somebody can do with, by the name of the filter.
Limits = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class AddLinks:
    """The query strings that add a method in one size, to what is compared and to the plan."""

    size: str
    compare: str
    plan: str


def known(chosen: Chosen, current: Snapshot) -> Chosen:
    """Return a choice without the methods that are not in a build."""
    return Chosen(
        tuple(pick for pick in chosen.compare if pick.slug in current.ordinals),
        tuple(pick for pick in chosen.plan if pick.slug in current.ordinals),
    )


def add_links(
    chosen: Chosen, slug: str, sizes: Iterable[str], limits: Limits, answers: Pairs = ()
) -> dict[str, AddLinks]:
    """Return the links that add a method, by its sizes, with somebody's limits.

    The plan takes the answers to the planner instead, where there are any: they name the limits too.
    """
    for_plan = list(answers) or plan_pairs(limits)
    return {
        size: AddLinks(
            size_name(size),
            chosen.with_compared(Pick(slug, size)).compare_query(limit_pairs(limits)),
            chosen.with_step(Pick(slug, size)).plan_query(for_plan),
        )
        for size in sizes
    }


def plan_pairs(limits: Limits) -> list[tuple[str, str]]:
    """Return limits as parameters of a plan, which has none of people: each step has its own."""
    return [pair for pair in limit_pairs(limits) if pair[0] != "people"]


def choice_bar(
    chosen: Chosen, current: Snapshot, without: str, limits: Limits = MappingProxyType({})
) -> str:
    """Return the bar that names what is chosen as HTML, "" where nothing is.

    `without` is the query string of the same page with nothing chosen. Its links carry somebody's limits on.
    """
    shown = known(chosen, current)
    if not shown:
        return ""
    # Without the context processors of whole pages, which this part does not need.
    template = current_app.jinja_env.get_template("partials/_choice.html")
    names = [
        (current.cards[current.ordinals[pick.slug]].title, size_name(pick.size))
        for pick in shown.compare
    ]
    return template.render(
        compared=names,
        compare_query=shown.compare_query(limit_pairs(limits)),
        steps=len(shown.plan),
        plan_query=shown.plan_query(plan_pairs(limits)),
        methods_query=query([*limit_pairs(limits), *shown.carried()]),
        without=without,
    )


def split_choice(query_string: str) -> tuple[str, Chosen]:
    """Return a query string without the choice that it carries, and the choice."""
    parts = [part for part in query_string.split("&") if part.partition("=")[0] not in CARRIED]
    return "&".join(parts), read_chosen(MultiDict(parse_qsl(query_string)), [])


def with_choice(query_string: str, chosen: Chosen) -> str:
    """Return a query string, with its question mark or empty, that carries a choice too."""
    carried = query(chosen.carried())
    return f"{query_string}&{carried[1:]}" if query_string and carried else query_string or carried


def hidden_inputs(chosen: Chosen) -> str:
    """Return the choice as hidden fields of a form."""
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in chosen.carried()
    )
