"""A short process: up to four steps over the stages that the answers ask for, within the limits together.

The best single method takes its stage first. The other stages, those first that can least be left out, take the method with
most points there with which all steps still keep the limits; where none does, the next kind of step takes its place. What follows up answers those who took part, so it is chosen by
how many they are too. Where nothing is open, the process tells and follows up, and asks nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from catalogue.planner.answers import Answers
from catalogue.planner.ranking import Ranked
from catalogue.planner.rules import FollowUp, Rules, StepKind
from catalogue.planner.scores import purpose_share, serves, tells
from catalogue.planner.steps.costs import estimate, outside_total
from catalogue.planner.steps.kinds import most_steps, wanted_kinds
from catalogue.planner.steps.picked import Picked
from catalogue.search.chosen import Pick
from catalogue.vocabulary import VOCABULARY

STAGES = VOCABULARY.facets["stage"].values
FOLLOW_UP = "follow-up"
# What happens within a larger event neither opens nor closes a process.
ACTIVITY, STANDING, AROUND = "activity", "standing", ("connect", FOLLOW_UP)
# Whom the number of people of a size counts.
TAKING_PART, REACHED = "taking-part", "reached"


@dataclass(frozen=True)
class Step:
    """One step of a process: a method in a size, at a stage."""

    stage: str
    ranked: Ranked


def short_process(ranked: list[Ranked], answers: Answers, rules: Rules) -> list[Step]:
    """Return the steps in the order of the stages, each method once; [] where nothing was answered to order by, or nothing fits."""
    if not ranked or not answers.has_aims:
        return []
    kinds, most = wanted_kinds(answers, rules), most_steps(answers, rules)
    main = ranked[0]
    own = max(range(min(most, len(kinds))), key=lambda n: _suits(kinds[n], main, answers, rules))
    found: dict[int, Step] = {}
    for n, kind in sorted(enumerate(kinds), key=lambda pair: pair[0] != own):
        steps = list(found.values())
        left = _left(kind.stage, steps, answers)
        candidates = _best_first(kind, ranked, left, rules)
        if n == own and main in candidates:
            candidates.insert(0, main)
        if len(found) < most and (step := _first_that_fits(kind.stage, candidates, steps, answers)):
            found[n] = step
    return [found[n] for n in sorted(found, key=lambda n: (STAGES.index(kinds[n].stage), n))]


def _suits(kind: StepKind, main: Ranked, answers: Answers, rules: Rules) -> tuple[bool, bool, int]:
    """Return how well a kind of step suits the best single method.

    One that asks people does that, so that another studies. Else it takes the step of a purpose that was given, and the last
    such step before the follow-up: what comes before prepares it.
    """
    if not step_score(kind, main, answers, rules):
        return False, False, -2
    place = -1 if kind.stage == FOLLOW_UP else STAGES.index(kind.stage)
    return bool(kind.asks), bool(set(answers.purpose) & set(kind.purposes)), place


def stages_without(steps: list[Step], answers: Answers, rules: Rules) -> list[str]:
    """Return the stages of the process for some answers for which no step was found, in their order; none without a process to order."""
    if not answers.has_aims:
        return []
    wanted = Counter(kind.stage for kind in wanted_kinds(answers, rules)[: most_steps(answers, rules)])  # fmt: skip
    return [stage for stage in STAGES if stage in wanted - Counter(step.stage for step in steps)]


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
    if answers.nothing_open and not tells(method):
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
    if around:
        gate += _cannot_answer(ranked, answers, process.follow_up, follows)
    part = 1.0 if around else 0.5
    return max(0.1, ranked.score - gate + part * (rules.weights["purpose"] * share - own))


def _cannot_answer(ranked: Ranked, answers: Answers, rules: FollowUp, follows: bool) -> float:
    """Return the points taken off: for a channel to everybody where few take part, for a meeting that is to answer many."""
    counts = ranked.run.people.counts if ranked.run.people else ""
    people = answers.limit_people
    if people and people[1] <= rules.few:
        return rules.everybody if counts == REACHED else 0.0
    many = follows and answers.people and (people is None or people[0] >= rules.many)
    return rules.meeting if many and counts == TAKING_PART else 0.0


def _asks(kind: StepKind, ranked: Ranked) -> bool:
    method, people = ranked.method, ranked.run.people
    taking_part = people is not None and people.counts == TAKING_PART
    return taking_part and method.family in kind.asks and "gather-views" in method.purposes


def _first_that_fits(stage: str, candidates: list[Ranked], steps: list[Step],
                     answers: Answers) -> Step | None:  # fmt: skip
    """Return the first candidate that is no step yet and with which all steps together keep the limits."""
    taken = {step.ranked.method.slug for step in steps}
    families = [step.ranked.method.family for step in steps]
    for each in candidates:
        if each.method.slug in taken or families.count(each.method.family) >= 2:
            continue
        if _together_fit([*(step.ranked for step in steps), each], answers):
            return Step(stage, each)
    return None


def _together_fit(ranked: list[Ranked], answers: Answers) -> bool:
    """Whether some methods one after the other can keep the limits of weeks, money and hours, by what they take at least.

    The money is that of the estimate, as on the page of a plan; a part that nothing is known of counts as nothing.
    """
    for name in ("weeks", "hours"):
        least = sum(numbers.low for each in ranked if (numbers := each.run.number_range(name)))
        if (limit := getattr(answers, name)) is not None and least > limit:
            return False
    if answers.budget is None:
        return True
    picked = [Picked(Pick(r.method.slug, r.run.size), r.method, r.run, ()) for r in ranked]
    made = [estimate(one, {}, answers.hirer) for one in picked]
    return outside_total(picked, made).low <= answers.budget


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
