"""A short process: two to four steps over the stages that the main purpose asks for, within the limits together.

The best single method takes its stage first. The other stages take the method with most points there that still fits
into the money and weeks that are left. What follows up comes after the result, so its weeks do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalogue.planner.answers import Answers
from catalogue.planner.limits import BREAKS, limits_of
from catalogue.planner.ranking import Ranked
from catalogue.planner.rules import Rules
from catalogue.planner.scores import purpose_share
from catalogue.vocabulary import VOCABULARY

STAGES = VOCABULARY.facets["stage"].values
FOLLOW_UP = "follow-up"
# What happens within a larger event neither opens nor closes a process.
ACTIVITY, AROUND = "activity", ("connect", FOLLOW_UP)
# What is taken for the main purpose where none was answered.
ANY_PURPOSE = "understand-needs"


@dataclass(frozen=True)
class Step:
    """One step of a process: a method in a size, at a stage."""

    stage: str
    ranked: Ranked


def short_process(ranked: list[Ranked], answers: Answers, rules: Rules) -> list[Step]:
    """Return the steps in the order of the stages, each method once; [] where nothing was answered to order by."""
    if not ranked or not answers.has_aims:
        return []
    stages = rules.process.stages[answers.purpose[0] if answers.purpose else ANY_PURPOSE]
    steps: list[Step] = []
    main = ranked[0]
    own = max(stages, key=lambda stage: stage_score(stage, main, rules) if stage in main.method.stage else 0.0)  # fmt: skip
    for stage in sorted(stages, key=lambda stage: stage != own):
        candidates = _best_first(stage, ranked, rules)
        if stage == own and stage in main.method.stage:
            candidates.insert(0, main)
        if step := _first_that_fits(stage, candidates, steps, answers):
            steps.append(step)
    return sorted(steps, key=lambda step: STAGES.index(step.stage))


def _best_first(stage: str, ranked: list[Ranked], rules: Rules) -> list[Ranked]:
    scored = [
        (stage_score(stage, each, rules), each)
        for each in ranked
        if stage in each.method.stage and not (stage in AROUND and each.method.kind == ACTIVITY)
    ]
    return [each for score, each in sorted(scored, key=lambda pair: (-pair[0], pair[1].method.slug)) if score]  # fmt: skip


def stage_score(stage: str, ranked: Ranked, rules: Rules) -> float:
    """Return the points of a method as a step: half of those for the purpose go by what the stage is for."""
    process = rules.process
    shares = [purpose_share(ranked.method, p, rules)[0] for p in process.purposes[stage]]
    if max(shares) < process.least_share:
        return 0.0
    weight = rules.weights["purpose"]
    own = sum(p.points for p in ranked.points if p.id == "purpose")
    gate = sum(p.points for p in ranked.points if p.how in ("not_for_purpose", "not_for_main"))
    return max(0.1, ranked.score - gate - own / 2 + weight * max(shares) / 2)


def _first_that_fits(stage: str, candidates: list[Ranked], steps: list[Step],
                     answers: Answers) -> Step | None:  # fmt: skip
    """Return the first candidate that is no step yet and fits into what is left of money and weeks."""
    taken = {step.ranked.method.slug for step in steps}
    families = [step.ranked.method.family for step in steps]
    left = _left(stage, steps, answers)
    for each in candidates:
        if each.method.slug in taken or families.count(each.method.family) >= 2:
            continue
        if all(limit.state != BREAKS for limit in limits_of(each.run, left)):
            return Step(stage, each)
    return None


def _left(stage: str, steps: list[Step], answers: Answers) -> Answers:
    """Return the answers with what is left of money and weeks after the least that the steps need."""
    weeks = sum(s.ranked.run.weeks.low for s in steps if s.ranked.run.weeks and s.stage != FOLLOW_UP)  # fmt: skip
    spent = sum(s.ranked.run.cost.gbp.low for s in steps if s.ranked.run.cost)
    left_weeks = None if answers.weeks is None or stage == FOLLOW_UP else answers.weeks - weeks
    return replace(
        answers,
        weeks=left_weeks,
        budget=None if answers.budget is None else answers.budget - spent,
        text="",
    )
