"""The page that shows up to four methods and sizes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.exports.documents.comparison_document import comparison_csv, comparison_document
from catalogue.exports.documents.word_file import word_file
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.presentation.drawings.scales import limit_marks
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.comparison import compare, size_name
from catalogue.search.chosen import MAX_COMPARED, Chosen, Pick, query, read_chosen
from catalogue.search.parameters import Notice, read_first, readable, unknown_parameters
from catalogue.search.search_request import limit_pairs, parse_limits
from catalogue.urls import PATHS
from catalogue.vocabulary import VOCABULARY
from catalogue.web.choice.carried import Limits, plan_pairs
from catalogue.web.file_responses import CSV, WORD, file_response
from catalogue.web.request_context import live_build, snapshot

blueprint = Blueprint("compare", __name__)
KNOWN_NAMES = ("m", "plan", "format", *VOCABULARY.ranges)
FORMATS = ("word", "csv")


@dataclass(frozen=True)
class Column:
    """A method in one size as a column, with the query strings of the changes that its links make."""

    picked: Picked
    size: str
    without: str
    sizes: tuple[tuple[str, str], ...]
    planned: str


@blueprint.get(PATHS.compare)
def compare_methods() -> ResponseReturnValue:
    """Show the methods in the address side by side, or return them as a file; without any, say how to choose them."""
    current, notices = snapshot(), list[Notice]()
    asked = read_chosen(request.args, notices, compare="m")
    picked = look_up(current, asked.compare, notices)
    chosen = Chosen(
        tuple(one.pick for one in picked), tuple(p.pick for p in look_up(current, asked.plan))
    )
    limits, faults = parse_limits(request.args)
    notices += faults
    more = limit_pairs(limits)
    form = read_first("format", request.args, notices)
    if picked and form in FORMATS:
        return _file(form, picked, chosen)
    if form and form not in FORMATS:
        notices.append(Notice("option-unknown", "format", readable(form), FORMATS))
    notices += unknown_parameters(request.args, KNOWN_NAMES)
    rows = compare(picked, limits)
    taken = {one.pick.slug for one in picked}
    near = dict.fromkeys(slug for one in picked for slug in one.method.related if slug not in taken)
    return render_template(
        "compare/compare.html",
        columns=[_column(one, chosen, limits) for one in picked],
        rows=rows,
        differing=sum(not row.same for row in rows),
        maximum=MAX_COMPARED,
        cards=current.cards,
        related=[
            (current.cards[current.ordinals[slug]].title, chosen.with_compared(Pick(slug)).compare_query(more))
            for slug in list(near)[:6]
        ],
        downloads=[(name, f"{chosen.compare_query(more)}&format={name}") for name in FORMATS],
        limit_marks=limit_marks(limits),
        hidden=[*_pairs(chosen), *more],
        methods_query=query([*more, *chosen.carried()]),
        plan_query=chosen.plan_query(plan_pairs(limits)),
        steps=len(chosen.plan),
        notices=[notice_text(notice) for notice in notices],
    )  # fmt: skip


def _file(form: str, picked: Sequence[Picked], chosen: Chosen) -> Response:
    """Return a comparison as a Word file or as CSV."""
    if form == "csv":
        return file_response(comparison_csv(picked), CSV, "comparison.csv")
    document = comparison_document(picked, chosen.compare_query(), live_build().settings)
    return file_response(word_file(document), WORD, "comparison.docx")


def _pairs(chosen: Chosen) -> list[tuple[str, str]]:
    """Return the parameters of this page."""
    return [("m", str(p)) for p in chosen.compare] + [("plan", str(p)) for p in chosen.plan]


def _column(one: Picked, chosen: Chosen, limits: Limits) -> Column:
    more = limit_pairs(limits)
    others = tuple(pick for pick in chosen.compare if pick != one.pick)
    sizes = []
    for size in one.sizes:
        other = replace(one.pick, size=size)
        if other not in chosen.compare:
            swapped = tuple(other if pick == one.pick else pick for pick in chosen.compare)
            sizes.append((size_name(size), replace(chosen, compare=swapped).compare_query(more)))
    return Column(
        one,
        size_name(one.run.size),
        replace(chosen, compare=others).compare_query(more),
        tuple(sizes),
        chosen.with_step(one.pick).plan_query(plan_pairs(limits)),
    )
