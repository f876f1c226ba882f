"""The advice above a list of results: sentences of the introductions that fit what was asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from flask import render_template

from catalogue.model.facts import Fact
from catalogue.model.guides import Advice, Situation
from catalogue.model.sizes import SIZED_FACETS
from catalogue.rendering.site_texts import INTRODUCTIONS
from catalogue.search.filters import Filters
from catalogue.search.query.decided import decided_in
from catalogue.search.query.wants import INFORM
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.validation.guides import load_advice
from catalogue.vocabulary import VOCABULARY
from catalogue.web.request_context import urls

MOST = 2
# Whoever is heard on what they lived through is advised as people who use a service are.
PAINFUL, HEARD = "trauma-aware", ("audience", "service-users")


def advice_for(request: SearchRequest, snapshot: Snapshot, variant: str) -> str:
    """Return the advice that fits a search as HTML; "" for none."""
    found = fitting(request, snapshot)
    return _advice_lines(tuple(found), variant) if found else ""


def fitting(request: SearchRequest, snapshot: Snapshot) -> list[Advice]:
    """Return the advice on the purposes and audiences of a search that holds in its limits: one or two pieces at most.

    What meets most conditions comes first. Its method must exist and meet the limits itself.
    """
    asked = situation(
        request, snapshot.matched(request.words, frozenset(), date.today()).query.facts
    )
    painful = PAINFUL in asked.options.get("inclusion", ())
    if not painful and not any(asked.options.get(facet) for facet in INTRODUCTIONS.values()):
        return []
    met = [
        (advice.when.met(asked), advice)
        for advice in load_advice().advice
        if (
            advice.value in asked.options.get(advice.facet, ()) or (painful and _is_on_pain(advice))
        )
        and advice.method in snapshot.ordinals
    ]
    best = sorted((pair for pair in met if pair[0]), key=lambda pair: -pair[0])
    within = Filters(snapshot, _limits_alone(request)).methods if best else 0
    first: dict[str, Advice] = {}
    for _, advice in best:
        if within >> snapshot.ordinals[advice.method] & 1:
            first.setdefault(advice.method, advice)
    return list(first.values())[:MOST]


def _is_on_pain(advice: Advice) -> bool:
    return (advice.facet, advice.value) == HEARD and PAINFUL in advice.when.inclusion


def situation(request: SearchRequest, facts: Iterable[Fact]) -> Situation:
    """Return what a search asks for, in its filters and in what its words name or say.

    The limit of a range is its upper end, that of a cost the upper end of its highest band; the lower of two holds.
    """
    limits: dict[str, float] = {}
    options: dict[str, set[str]] = {}
    chosen = [Fact(name, values) for name, values in request.choices.items()]
    chosen += [Fact(name, numbers=numbers) for name, numbers in request.ranges.items()]
    for fact in (*chosen, *facts):
        options.setdefault(fact.name, set()).update(fact.values)
        name, most = ("budget", _most(fact.values)) if fact.name == "cost" else (fact.name, None)
        most = fact.numbers[1] if fact.numbers else most
        if most is not None:
            limits[name] = min(most, limits.get(name, math.inf))
    decided = bool(decided_in(request.words))
    if decided:
        options.setdefault("purpose", set()).add(INFORM)
    return Situation(limits, options, decided)


def _most(bands: Iterable[str]) -> float | None:
    """Return the upper end in GBP of the highest of some bands of cost; None where none is known."""
    highs = [band.high for band in VOCABULARY.cost_bands if band.value in bands]
    return max(highs, default=None)


def _limits_alone(request: SearchRequest) -> SearchRequest:
    """Return a request with only what a size can meet: its words have found the advice already."""
    choices = {name: values for name, values in request.choices.items() if name in SIZED_FACETS}
    return replace(request, choices=choices)


@lru_cache(maxsize=256)
def _advice_lines(found: tuple[Advice, ...], _variant: str) -> str:
    pieces = [
        (
            VOCABULARY.facets[advice.facet].by_value[advice.value],
            getattr(urls(), advice.facet)(advice.value),
            urls().in_html(advice.html),
        )
        for advice in found
    ]
    return render_template("search/_advice.html", pieces=pieces)
