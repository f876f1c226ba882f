"""A plan as plain dicts, for the API, the command and the page: one set of words for all three."""

from __future__ import annotations

from typing import Any

from catalogue.i18n import gettext
from catalogue.planner.answers import NUMBERS, Answers
from catalogue.planner.own_words import Understood
from catalogue.planner.plan import Plan
from catalogue.planner.ranking import Ranked
from catalogue.planner.steps.costs import estimate, outside_total
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.process import Step
from catalogue.planner.struck_out import Change
from catalogue.presentation.formatting import choice_option, figure_text
from catalogue.presentation.notice_texts import notice_text
from catalogue.presentation.plans.plan_texts import (
    because,
    change_text,
    checks,
    point_text,
    unknowns,
)
from catalogue.presentation.plans.plan_types import (
    PlanAnswer,
    PlanChange,
    PlanNote,
    PlanPoint,
    PlanResult,
    PlanStep,
    PlanUnderstood,
)
from catalogue.presentation.plans.questions import BOXES
from catalogue.presentation.plans.step_texts import money_span
from catalogue.search.chosen import Pick
from catalogue.search.parameters import Notice
from catalogue.search.search_request import range_text


def plan_data(plan: Plan, notices: list[Notice]) -> PlanAnswer:
    """Return a plan as JSON carries it."""
    return {
        "answers": answers_data(plan.answers),
        "understood": [_understood(each) for each in plan.understood],
        "notes": [PlanNote(id=rule.id, text=gettext(rule.text), rule=rule.rule) for rule in plan.notes],
        "process": [step_data(step, plan.answers.hirer) for step in plan.process],
        "results": [result_data(each, plan) for each in plan.results],
        "near_misses": [_change(change, plan.answers) for change in plan.near_misses],
        "passing": len(plan.passing),
        "ignored": [notice_text(notice, BOXES) for notice in notices],
        "rules": plan.rules.digest,
    }  # fmt: skip


def answers_data(answers: Answers) -> dict[str, Any]:
    """Return the answers that were given or understood, by name: lists where a question has several."""
    values: dict[str, Any] = {}
    for name, value in answers.pairs():
        if isinstance(getattr(answers, name), tuple) and name not in NUMBERS:
            values.setdefault(name, []).append(value)
        elif name not in answers.unsure:
            values[name] = value
    return values


def _understood(each: Understood) -> PlanUnderstood:
    return PlanUnderstood(name=each.name, value=value_text(each), words=each.words)


def value_text(each: Understood) -> str:
    """Return an understood value as the parameter that would give it."""
    if isinstance(each.value, str):
        return each.value
    return range_text(each.name, each.value if isinstance(each.value, tuple) else (0.0, each.value))


def step_data(step: Step, hire: str) -> PlanStep:
    """Return one step: what it takes, with the cost that the sums of the process are added up from, and what it hands on."""
    method, run = step.ranked.method, step.ranked.run
    picked = Picked(Pick(method.slug, run.size), method, run, ())
    cost = outside_total([picked], [estimate(picked, {}, hire)])
    return PlanStep(
        stage=step.stage,
        slug=method.slug,
        title=method.title,
        size=run.size,
        weeks=figure_text(run, "weeks"),
        cost="" if cost.unknown else money_span(cost.low, cost.high),
        hands_on=[gettext(choice_option("outcome", each).label) for each in method.outcomes],
    )


def result_data(ranked: Ranked, plan: Plan) -> PlanResult:
    """Return one method with its reasons and its points."""
    method, text = ranked.method, plan.answers.text
    words = plan.methods.words.shared(text, method.slug) if text else []
    return PlanResult(
        slug=method.slug,
        title=method.title,
        size=ranked.run.size,
        label=ranked.label(plan.rules),
        score=ranked.score,
        because=because(ranked, words),
        check=checks(ranked, plan.answers),
        will_not=method.not_for[0] if method.not_for else "",
        unknown=unknowns(ranked),
        points=[
            PlanPoint(id=point.id if point.of else point.how, points=point.points, of=point.of,
                      text=point_text(point, method, words))
            for point in ranked.points
        ],
    )  # fmt: skip


def _change(change: Change, answers: Answers) -> PlanChange:
    value = change.value if isinstance(change.value, str) else range_text(change.name, (0.0, change.value) if change.name != "people" else (change.value, change.value))  # fmt: skip
    return PlanChange(
        change=f"{change.name}={value}",
        text=change_text(change.name, change.value, answers),
        slugs=list(change.slugs),
    )
