"""The page of a plan: some methods in an order, with their sums, stages, timeline and costs; also to download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.planner.push_back import push_backs
from catalogue.planner.rules import load_rules
from catalogue.planner.steps.costs import Estimate, estimate, plan_totals
from catalogue.planner.steps.patterns import Pattern, usable
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.planner.steps.proposals import Proposal, proposals
from catalogue.planner.steps.schedule import schedule
from catalogue.planner.steps.totals import Totals, covered
from catalogue.presentation.drawings.scales import limit_marks
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.comparison import size_name
from catalogue.presentation.plans.estimate_texts import AMOUNTS, EstimateText, estimate_text
from catalogue.presentation.plans.step_texts import (
    StepText,
    limit_mark,
    money_span,
    step_name,
    step_texts,
    sum_texts,
    timeline_note,
    timeline_weeks,
)
from catalogue.presentation.size_views import size_figures
from catalogue.search.chosen import Pick, query
from catalogue.search.search_request import range_text
from catalogue.search.snapshot import Snapshot
from catalogue.urls import PATHS
from catalogue.validation.guides import load_guidance
from catalogue.vocabulary import VOCABULARY, Option
from catalogue.web.choice.committee_paper import committee_paper
from catalogue.web.choice.free_rooms import free_rooms
from catalogue.web.choice.plan_address import (
    FORMATS,
    LIMITS,
    PlanAddress,
    changed,
    read_address,
    span_input,
    steps_change,
)
from catalogue.web.choice.plan_downloads import DOWNLOADS, PlanToWrite
from catalogue.web.request_context import live_build, snapshot, urls

blueprint = Blueprint("plan_steps", __name__)
# What the form of a plan with steps has boxes for, besides the amounts of each step.
BOXES = ("because", *LIMITS, "hire", "staff")


@dataclass(frozen=True)
class StepLinks:
    """What buttons send to change one step, "" where that is not possible; and the query string that compares it."""

    up: str
    down: str
    without: str
    sizes: tuple[tuple[str, str], ...]
    compared: str


@dataclass(frozen=True)
class StageView:
    """A stage: its steps by name, and methods that would fill it, each with what a button sends to add it."""

    option: Option
    steps: tuple[str, ...]
    proposed: tuple[tuple[Proposal, str, str], ...]


@blueprint.get(PATHS.plan_steps)
def plan_steps() -> ResponseReturnValue:
    """Show the plan in the address; without steps, say how to begin and offer ready-made ones."""
    current = snapshot()
    address, notices = read_address(changed(request.args))
    picked = look_up(current, address.chosen.plan, notices)
    compared = tuple(one.pick for one in look_up(current, address.chosen.compare))
    address = replace(address, chosen=replace(address.chosen, compare=compared)).with_steps(
        tuple(one.pick for one in picked)
    )
    if "change" in request.args and not notices:
        return redirect(urls().plan_steps + address.query())
    estimates = [estimate(one, address.edits.get(one.pick, {}), address.hire, address.own_staff) for one in picked]  # fmt: skip
    sums = plan_totals(picked, estimates)
    steps = step_texts(picked, address.limits)
    texts = [estimate_text(one, made, date.today()) for one, made in zip(picked, estimates, strict=True)]  # fmt: skip
    if address.format:
        return _download(address, steps, texts, sums, estimates)
    scale = timeline_weeks(schedule(picked), address.limits)
    return render_template(
        "plan/steps.html",
        address=address,
        notices=[notice_text(notice, _boxes(picked)) for notice in notices],
        steps=[
            (step, _links(address, n, picked[n]), text)
            for n, (step, text) in enumerate(zip(steps, texts, strict=True))
        ],
        sums=sum_texts(sums, address.limits, address.hire),
        free_rooms=free_rooms(picked, address.edits, sums, address.limits),
        stages=_stages(current, address, picked, sums) if picked else [],
        limits=[
            (VOCABULARY.ranges[name], range_text(name, address.limits[name]) if name in address.limits else "")
            for name in LIMITS
        ],
        span_input=span_input,
        lower=any(text.lower for text in texts),
        outside=_together([made.outside for made in estimates]),
        whole=_together([made.whole for made in estimates]),
        scale=scale,
        timeline_note=timeline_note(sums),
        notes=push_backs(address.answers, [one.method for one in picked], load_rules()) if picked else [],
        rules={rule.slug: rule.title for rule in load_guidance().rules},
        limit_marks=limit_marks(address.limits),
        mark=limit_mark(scale, address.limits),
        patterns=[_pattern(current, pattern) for pattern in usable(current.ordinals)],
        cards=current.cards,
        kept=_kept(address),
        methods_query=query(address.chosen.carried()),
        compare_query=address.chosen.compare_query(),
        downloads=[(name, address.download(name)) for name in FORMATS],
    )  # fmt: skip


def _boxes(picked: Sequence[Picked]) -> dict[str, str]:
    """Return the labels of the boxes of the cost estimate, by parameter."""
    return {f"{one.pick}.{name}": label for one in picked for name, label in AMOUNTS.items()}


def _download(
    address: PlanAddress,
    steps: Sequence[StepText],
    texts: Sequence[EstimateText],
    sums: Totals,
    estimates: Sequence[Estimate],
) -> Response:
    if address.format == "word":
        return committee_paper(snapshot(), address, [step.picked for step in steps])
    plan = PlanToWrite(
        live_build().settings.site_url + request.path + address.query(), steps, sum_texts(sums, address.limits, address.hire), texts, sums, estimates,
        _together([made.whole for made in estimates]), address.because,
    )  # fmt: skip
    content_type, ending, write = DOWNLOADS[address.format]
    response = Response(write(plan), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="plan.{ending}"'
    return response


def _together(spans: Sequence[tuple[float, float]]) -> str:
    return money_span(sum(low for low, _ in spans), sum(high for _, high in spans))


def _kept(address: PlanAddress) -> list[tuple[str, str]]:
    """Return the parameters for which the form of the page has no box, for hidden fields; a plan without steps has none."""
    chosen = address.chosen
    pairs = [("m", str(p)) for p in chosen.plan] + [("compare", str(p)) for p in chosen.compare]
    return pairs + [
        (name, value)
        for name, value in address.more()
        if not chosen.plan or not (name in BOXES or "." in name)
    ]


def _links(address: PlanAddress, n: int, one: Picked) -> StepLinks:
    plan = address.chosen.plan
    sizes = []
    for size in one.sizes:
        other = Pick(one.pick.slug, size)
        if other not in plan:
            sizes.append((size_name(size), steps_change((*plan[:n], other, *plan[n + 1 :]))))
    return StepLinks(
        _moved(plan, n, n - 1) if n > 0 else "",
        _moved(plan, n, n + 1) if n + 1 < len(plan) else "",
        steps_change((*plan[:n], *plan[n + 1 :])),
        tuple(sizes),
        address.chosen.with_compared(one.pick).compare_query(),
    )


def _moved(picks: Sequence[Pick], n: int, to: int) -> str:
    plan = list(picks)
    plan.insert(to, plan.pop(n))
    return steps_change(plan)


def _stages(
    current: Snapshot, address: PlanAddress, picked: Sequence[Picked], sums: Totals
) -> list[StageView]:
    """Return the stages, each with its steps, or with methods that would fill it within what is left."""
    left = {}
    if "weeks" in address.limits:
        left["weeks"] = max(0.0, address.limits["weeks"][1] - sums.weeks.low)
    if "budget" in address.limits:
        left["budget"] = max(0.0, address.limits["budget"][1] - sums.money.low)
    stages = covered(picked)
    empty = [stage for stage, steps in stages.items() if not steps]
    proposed = proposals(current, picked, empty, left, address.answers)
    return [
        StageView(
            VOCABULARY.facets["stage"].by_value[stage],
            tuple(step_name(one) for one in steps),
            tuple((each, size_figures(each.run), _added(address, picked, stage, each)) for each in proposed.get(stage, ())),
        )
        for stage, steps in stages.items()
    ]  # fmt: skip


def _added(address: PlanAddress, picked: Sequence[Picked], stage: str, proposal: Proposal) -> str:
    """Return what a button sends to add a method before the first step that belongs to a later stage."""
    order = VOCABULARY.facets["stage"].values
    later = [
        n
        for n, one in enumerate(picked)
        if one.method.stage and min(map(order.index, one.method.stage)) > order.index(stage)
    ]
    at = later[0] if later else len(picked)
    plan = address.chosen.plan
    pick = Pick(proposal.card.slug, proposal.run.size)
    return steps_change((*plan[:at], pick, *plan[at:]))


def _pattern(current: Snapshot, pattern: Pattern) -> tuple[Pattern, list[tuple[str, str]], str]:
    """Return a pattern with the titles of its steps and what was done in each, and what a button sends to take it."""
    steps = [
        (current.cards[current.ordinals[step.method]].title, step.did) for step in pattern.steps
    ]
    return pattern, steps, steps_change(step.pick for step in pattern.steps)
