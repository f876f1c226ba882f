"""A short process: two to four steps over the stages that the main purpose asks for, within the limits together.

The best single method takes its stage first. The other stages take the method with most points there that still fits
into the money and weeks that are left. What follows up comes after the result, so its weeks do not count; it answers
those who took part, so it is chosen by how many they are too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalogue.planner.answers import Answers
from catalogue.planner.limits import BREAKS, limits_of
from catalogue.planner.ranking import Ranked
from catalogue.planner.rules import FollowUp, Rules, StepKind
from catalogue.planner.scores import purpose_share, serves
from catalogue.vocabulary import VOCABULARY

STAGES = VOCABULARY.facets["stage"].values
FOLLOW_UP = "follow-up"
# What happens within a larger event neither opens nor closes a process.
ACTIVITY, STANDING, AROUND = "activity", "standing", ("connect", FOLLOW_UP)
# What is taken for the main purpose where none was answered.
ANY_PURPOSE = "understand-needs"
# Whom the number of people of a size counts.
TAKING_PART, REACHED = "taking-part", "reached"


@dataclass(frozen=True)
class Step:
    """One step of a process: a method in a size, at a stage."""

    stage: str
    ranked: Ranked


def short_process(ranked: list[Ranked], answers: Answers, rules: Rules) -> list[Step]:
    """Return the steps in the order of the stages, each method once; [] where nothing was answered to order by."""
    if not ranked or not answers.has_aims:
        return []
    process = rules.process
    names = process.steps[answers.purpose[0] if answers.purpose else ANY_PURPOSE]
    kinds = [process.kinds[name] for name in names]
    main = ranked[0]
    own = max(kinds, key=lambda kind: step_score(kind, main, answers, rules))
    steps: list[Step] = []
    for kind in sorted(kinds, key=lambda kind: kind is not own):
        left = _left(kind.stage, steps, answers)
        candidates = _best_first(kind, ranked, left, rules)
        if kind is own and main in candidates:
            candidates.insert(0, main)
        if step := _first_that_fits(kind.stage, candidates, steps, left):
            steps.append(step)
    return sorted(steps, key=lambda step: STAGES.index(step.stage))


def _best_first(kind: StepKind, ranked: list[Ranked], left: Answers, rules: Rules) -> list[Ranked]:
    scored = [(step_score(kind, each, left, rules), each) for each in ranked]
    able = [(score - _crowding(each, left, rules), each) for score, each in scored if score]
    # Equal scores stay in the order of the list.
    return [each for _, each in sorted(able, key=lambda pair: -pair[0])]


def _crowding(ranked: Ranked, left: Answers, rules: Rules) -> float:
    """Return the points taken off for the share of the weeks left that a step needs."""
    weeks = ranked.run.weeks
    if not left.weeks or not weeks:
        return 0.0
    return rules.process.weeks_left * min(1.0, weeks.low / left.weeks)


def step_score(kind: StepKind, ranked: Ranked, answers: Answers, rules: Rules) -> float:
    """Return the points of a method as a step of a kind; 0 if it is none.

    Half of the points for the purpose go by what the step is for; all of them where it opens or closes the process.
    What follows up tells people what came of it, or goes on, so that they can come back: nothing is taken off for that.
    """
    method, process = ranked.method, rules.process
    around = kind.stage in AROUND
    if kind.stage not in method.stage or (around and method.kind == ACTIVITY):
        return 0.0
    shares = [purpose_share(method, purpose, rules)[0] for purpose in kind.purposes]
    if max(shares) < process.least_share:
        return 0.0
    follows = kind.stage == FOLLOW_UP
    answers_nobody = follows and method.kind != STANDING and not serves(method, kind.purposes[:1])
    if answers_nobody or (kind.asks and not _asks(kind, ranked)):
        return 0.0
    share = max(share * process.next_purpose**n for n, share in enumerate(shares))
    own = sum(p.points for p in ranked.points if p.id == "purpose")
    without = ("not_for_purpose", "not_for_main", *(("standing",) if follows else ()))
    gate = sum(p.points for p in ranked.points if p.how in without)
    if follows:
        gate += _cannot_answer(ranked, answers, process.follow_up)
    part = 1.0 if around else 0.5
    return max(0.1, ranked.score - gate + part * (rules.weights["purpose"] * share - own))


def _cannot_answer(ranked: Ranked, answers: Answers, rules: FollowUp) -> float:
    """Return the points taken off: for a channel to everybody where few took part, for a meeting where many did."""
    counts = ranked.run.people.counts if ranked.run.people else ""
    people = answers.limit_people
    if people and people[1] <= rules.few:
        return rules.everybody if counts == REACHED else 0.0
    many = answers.people and (people is None or people[0] >= rules.many)
    return rules.meeting if many and counts == TAKING_PART else 0.0


def _asks(kind: StepKind, ranked: Ranked) -> bool:
    method, people = ranked.method, ranked.run.people
    taking_part = people is not None and people.counts == TAKING_PART
    return taking_part and method.family in kind.asks and "gather-views" in method.purposes


def _first_that_fits(stage: str, candidates: list[Ranked], steps: list[Step],
                     left: Answers) -> Step | None:  # fmt: skip
    """Return the first candidate that is no step yet and fits into what is left of money and weeks."""
    taken = {step.ranked.method.slug for step in steps}
    families = [step.ranked.method.family for step in steps]
    for each in candidates:
        if each.method.slug in taken or families.count(each.method.family) >= 2:
            continue
        if all(limit.state != BREAKS for limit in limits_of(each.run, left)):
            return Step(stage, each)
    return None


def _left(stage: str, steps: list[Step], answers: Answers) -> Answers:
    """Return the answers with what is left of money and weeks after the least that the steps need."""
    weeks = sum(s.ranked.run.weeks.low for s in steps if s.ranked.run.weeks and s.stage != FOLLOW_UP)  # fmt: skip
    spent = sum(budget.low for s in steps if (budget := s.ranked.run.number_range("budget")))
    left_weeks = None if answers.weeks is None or stage == FOLLOW_UP else answers.weeks - weeks
    return replace(
        answers,
        weeks=left_weeks,
        budget=None if answers.budget is None else answers.budget - spent,
        text="",
    )
