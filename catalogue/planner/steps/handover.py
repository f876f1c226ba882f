"""What each step of a plan hands to the next, and whether the next can use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalogue.planner.steps.picked import Picked
from catalogue.vocabulary import VOCABULARY

# What a step can start from, by the stage it covers: outcomes of the vocabulary. Our judgement. Who opens a process, or
# explores, needs nothing from an earlier step.
STARTS_FROM: dict[str, tuple[str, ...]] = {
    "generate": ("report", "data-set", "map-or-model", "vision", "relationships"),
    "weigh": ("report", "ranked-list", "data-set", "map-or-model", "plan", "vision", "prototype"),
    "decide": ("ranked-list", "report", "plan", "agreement", "prototype"),
    "follow-up": ("agreement", "plan", "vote-result", "report", "ranked-list", "prototype"),
}
# What an earlier step can bring about of what a size needs to exist: by need, the outcome that gives it.
PROVIDED_BY = {"records": "data-set", "partner-group": "relationships"}


@dataclass(frozen=True)
class Handover:
    """From one step to the next: the outcomes handed on, those that the next can start from, and all that it could use.

    `backwards` is True where the next step covers only earlier stages than the one before it.
    """

    outcomes: tuple[str, ...]
    usable: tuple[str, ...]
    wanted: tuple[str, ...]
    backwards: bool

    @property
    def gap(self) -> bool:
        """Whether the next step needs something from a step before it, and this one hands on none of it."""
        return bool(self.wanted) and not self.usable


def handovers(picked: Sequence[Picked]) -> list[Handover]:
    """Return what each step but the last hands to the one after it."""
    stages = VOCABULARY.facets["stage"].values
    found = []
    for before, after in pairwise(picked):
        wanted = _wanted(after)
        outcomes = before.method.outcomes
        ends = [stages.index(value) for value in before.method.stage]
        begins = [stages.index(value) for value in after.method.stage]
        backwards = bool(ends and begins) and max(begins) < min(ends)
        usable = tuple(value for value in outcomes if value in wanted)
        found.append(Handover(outcomes, usable, wanted, backwards))
    return found


def _wanted(one: Picked) -> tuple[str, ...]:
    """Return the outcomes a step can start from; () if it can also start from nothing."""
    stages = one.method.stage
    if not stages or any(stage not in STARTS_FROM for stage in stages):
        return ()
    return tuple(dict.fromkeys(value for stage in stages for value in STARTS_FROM[stage]))


def must_exist(picked: Sequence[Picked]) -> list[tuple[str, ...]]:
    """Return, for each step, what must exist already for its size and no step before it provides."""
    made: set[str] = set()
    found = []
    for one in picked:
        found.append(tuple(need for need in one.run.needs if PROVIDED_BY.get(need, "") not in made))
        made.update(one.method.outcomes)
    return found
