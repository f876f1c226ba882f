"""The points of the planner for the methods of a plan, and for those that came close and are no step of it, as texts of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.i18n import gettext, number
from catalogue.planner.answers import Answers
from catalogue.planner.plan import Plan
from catalogue.planner.ranking import Ranked, scored
from catalogue.planner.scores import SHARES, Point
from catalogue.planner.steps.picked import Picked
from catalogue.presentation.formatting import option_label, uncapitalised
from catalogue.presentation.plans.plan_texts import ASKED, FACETS, TAKEN_OFF
from catalogue.presentation.plans.step_texts import sized_name, step_name
from catalogue.vocabulary import VOCABULARY

# Methods beside the steps that are named: the best of those that break no limit.
MAX_REJECTED = 5
# A method is said to lose by an answer that gives it less than this share of what could be had.
LITTLE = 0.5


@dataclass(frozen=True)
class PlanScores:
    """The answers by which the methods were scored, a line for each, and rows of a method, its points, and what they are for.

    `steps` are those of the plan, `rejected` the others that came close; `reasons` say of each of these why it is left out.
    """

    answers: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]
    rejected: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...]


def plan_scores(plan: Plan, picked: Sequence[Picked]) -> PlanScores | None:
    """Return the points of some steps for the answers of a plan; None for answers that give none."""
    answers, rules = plan.answers, plan.rules
    if not answers.has_aims:
        return None
    words = plan.methods.words.scores(answers.text)
    steps = [
        scored(one.method, one.run, answers, words.get(one.pick.slug, 0.0), rules) for one in picked
    ]
    chosen = {one.pick.slug for one in picked}
    others = [each for each in plan.results if each.method.slug not in chosen][:MAX_REJECTED]
    return PlanScores(
        tuple(_answered(answers)),
        tuple((step_name(one), *_row(each)) for one, each in zip(picked, steps, strict=True)),
        tuple((sized_name(each.method, each.run), *_row(each)) for each in others),
        tuple(map(_reason, others)),
    )


def _answered(answers: Answers) -> list[str]:
    """Return the answers that give points, with the label of the facet that they are about."""
    lines = []
    for name in SHARES:
        value = getattr(answers, name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        facet = VOCABULARY.facets[FACETS.get(name, name)]
        if values:
            lines.append(f"{_label(name)}: {', '.join(option_label(facet, each) for each in values)}")  # fmt: skip
    return lines


def _label(name: str) -> str:
    if name == "words":
        return gettext(ASKED[name])
    return gettext(VOCABULARY.facets[FACETS.get(name, name)].label)


def _of(points: float, most: float) -> str:
    return gettext("%(points)s of %(most)s", points=number(points), most=number(most))


def _row(ranked: Ranked) -> tuple[str, str]:
    """Return the sum, and what each answer gave of how much, with what was taken off."""
    given = [f"{_label(p.id)}: {_of(p.points, p.of)}" for p in ranked.points if p.of]
    off = [f"{number(p.points)}: {uncapitalised(_off(p))}" for p in ranked.points if not p.of and p.points]  # fmt: skip
    return _of(ranked.score, ranked.of), ". ".join(("; ".join(given), *off)).rstrip(".") + "."


def _off(point: Point) -> str:
    return gettext(TAKEN_OFF[point.how]).rstrip(".")


def _reason(ranked: Ranked) -> str:
    """Say how many points a method has, and which answers gave it few."""
    sums = f"{sized_name(ranked.method, ranked.run)}: {_of(ranked.score, ranked.of)}"
    few = [uncapitalised(_label(p.id)) for p in ranked.points if p.of and p.points < LITTLE * p.of]
    return gettext("%(sums)s, few for %(answers)s", sums=sums, answers=", ".join(few)) if few else sums  # fmt: skip
