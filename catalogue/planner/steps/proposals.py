"""Methods that would fill a stage which no step of a plan covers, within what the steps leave of weeks and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.model.sizes import SIZES, Run
from catalogue.planner.answers import EMPTY, Answers
from catalogue.planner.limits import UNKNOWN
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.ranking import Ranked, rank
from catalogue.planner.rules import Rules, load_rules
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.process import FOLLOW_UP, step_score
from catalogue.search.cards import Card
from catalogue.search.snapshot import Snapshot

# How many methods are proposed for a stage.
MAX_PROPOSED = 3


@dataclass(frozen=True)
class Proposal:
    """A method that would fill a stage, in a size that fits what is left, and whether it is known to fit."""

    card: Card
    run: Run
    fits: bool


def proposals(
    snapshot: Snapshot, picked: Sequence[Picked], stages: Sequence[str], left: Mapping[str, float], answers: Answers = EMPTY,
) -> dict[str, list[Proposal]]:  # fmt: skip
    """Return up to MAX_PROPOSED methods for each of some stages, best first; `left` are the weeks and the budget.

    Where answers say what is needed or who takes part, the planner's points decide, as in its short process.
    What they leave open is filled with methods akin to the steps. Raises StoreError if the build cannot be read.
    """
    taken = {one.pick.slug for one in picked}
    found = {stage: _scored(snapshot, stage, left, answers, taken) for stage in stages}
    for stage, some in found.items():
        named = taken | {proposal.card.slug for proposal in some}
        some += _akin(snapshot, picked, stage, left, named)[: MAX_PROPOSED - len(some)]
    return found


def _scored(
    snapshot: Snapshot, stage: str, left: Mapping[str, float], answers: Answers, taken: set[str]
) -> list[Proposal]:
    if not answers.has_aims:
        return []
    rules = load_rules().weighted(answers.matters_most)
    # What follows up comes after the result, so its weeks do not count.
    weeks = None if stage == FOLLOW_UP else left.get("weeks")
    asked = replace(answers, weeks=weeks, budget=left.get("budget"), text="")
    methods = plan_methods(snapshot)
    able = [s for s, method in methods.methods.items() if stage in method.stage and s not in taken]
    ranked = rank(methods, asked, rules, among=able)
    scored = [(_points(stage, each, asked, rules), each) for each in ranked]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:MAX_PROPOSED]
    return [
        Proposal(snapshot.cards[snapshot.ordinals[each.method.slug]], each.run, _is_known(each))
        for _, each in best
    ]


def _points(stage: str, ranked: Ranked, answers: Answers, rules: Rules) -> float:
    """Return the points of a method as the kind of step at a stage that it suits best; 0 if it suits none."""
    kinds = [kind for kind in rules.process.kinds.values() if kind.stage == stage]
    return max((step_score(kind, ranked, answers, rules) for kind in kinds), default=0.0)


def _is_known(ranked: Ranked) -> bool:
    return not any(limit.state == UNKNOWN for limit in ranked.limits if limit.name in ("weeks", "budget"))  # fmt: skip


def _akin(
    snapshot: Snapshot, picked: Sequence[Picked], stage: str, left: Mapping[str, float], taken: set[str]
) -> list[Proposal]:  # fmt: skip
    """Return the methods for a stage: what fits first, then what a step names as related, then for the same people."""
    related = {slug for one in picked for slug in one.method.related}
    audience = {value for one in picked for value in one.method.audience}
    found = []
    for card in snapshot.cards:
        stages = card.choices.get("stage", ())
        if stage not in stages or card.slug in taken:
            continue
        runs = sorted(card.runs, key=lambda run: SIZES.index(run.size))
        run = next((run for run in runs if _fits(run, left)), None)
        shared = len(audience & set(card.audience))
        key = (run is None, card.slug not in related, -shared, len(stages), card.sort_key)
        found.append((key, Proposal(card, run or runs[0], run is not None)))
    return [proposal for _, proposal in sorted(found, key=lambda pair: pair[0])]


def _fits(run: Run, left: Mapping[str, float]) -> bool:
    """Whether a size is known to be possible within what is left."""
    for name, amount in left.items():
        numbers = run.number_range(name)
        if numbers is None or numbers.low > amount:
            return False
    return True
