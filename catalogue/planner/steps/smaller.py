"""A smaller plan to set beside a plan: its lighter sizes, or the plan without a step in its middle; never one that costs as much."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.model.sizes import LIGHT, runs
from catalogue.planner.steps.costs import Span, estimate, outside_total
from catalogue.planner.steps.picked import Picked
from catalogue.search.chosen import Pick

# A step that decides is never left out: without it the plan would have no end.
DECIDE, DECIDES = "decide", "yes"
Edits = Mapping[Pick, Mapping[str, Span]]


@dataclass(frozen=True)
class Smaller:
    """A smaller plan; `left_out` is the one step that it does without, None where its steps are lighter instead."""

    steps: tuple[Picked, ...]
    left_out: Picked | None = None


def smaller_plan(picked: Sequence[Picked], edits: Edits, hire: str) -> Smaller | None:
    """Return a plan that costs less outside than the one given: with the light sizes of its steps, else without one of them.

    The first and the last step stay, and so does one that decides; of the others that one goes whose leaving saves most at the
    upper end. None where nothing costs less.
    """
    lighter = Smaller(tuple(_light(one) for one in picked))
    without = [
        Smaller((*picked[:n], *picked[n + 1 :]), one)
        for n, one in enumerate(picked)
        if 0 < n < len(picked) - 1 and not _decides(one)
    ]
    whole = _ends(picked, edits, hire)
    without.sort(key=lambda each: _ends(each.steps, edits, hire)[::-1])
    return next((s for s in (lighter, *without) if _less(_ends(s.steps, edits, hire), whole)), None)


def _light(one: Picked) -> Picked:
    run = next((run for run in runs(one.method) if run.size == LIGHT), one.run)
    return replace(one, pick=Pick(one.pick.slug, run.size), run=run)


def _decides(one: Picked) -> bool:
    return DECIDE in one.method.stage or one.method.decision_capable == DECIDES


def _ends(picked: Sequence[Picked], edits: Edits, hire: str) -> Span:
    """Return the outside cost of a plan; one without an upper end costs any sum."""
    cost = outside_total(picked, [estimate(p, edits.get(p.pick, {}), hire) for p in picked])
    return cost.low, math.inf if cost.high is None or cost.unknown else cost.high


def _less(one: Span, other: Span) -> bool:
    """Whether a plan costs less at one end and more at none, in whole pounds as they are shown."""
    mine, its = ([end if math.isinf(end) else round(end) for end in ends] for ends in (one, other))
    return mine != its and all(end <= most for end, most in zip(mine, its, strict=True))
