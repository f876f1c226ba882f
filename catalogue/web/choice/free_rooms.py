"""What a plan would cost outside if its rooms cost nothing, for those who have a hall of their own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from catalogue.planner.answers import FREE
from catalogue.planner.limits import BREAKS, TIGHT
from catalogue.planner.steps.costs import Span, estimate, plan_totals
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.totals import Total, Totals
from catalogue.presentation.plans.step_texts import SumText, sum_texts
from catalogue.search.chosen import Pick


def free_rooms(
    picked: Sequence[Picked],
    edits: Mapping[Pick, Mapping[str, Span]],
    sums: Totals,
    limits: Mapping[str, tuple[float, float]],
) -> SumText | None:
    """Return the outside cost with free rooms, of a plan whose sums keep a limit of money not for sure; None where that saves nothing."""
    limit = limits["budget"][1] if "budget" in limits else None
    if sums.money.state(limit) not in (BREAKS, TIGHT):
        return None
    free = plan_totals(picked, [estimate(one, edits.get(one.pick, {}), FREE) for one in picked])
    mine, its = _ends(free.money), _ends(sums.money)
    if mine == its or mine[0] > its[0] or mine[1] > its[1]:
        return None
    return next(each for each in sum_texts(free, limits) if each.name == "budget")


def _ends(cost: Total) -> tuple[float, float]:
    """Return the ends in whole pounds, as they are shown."""
    return round(cost.low), math.inf if cost.high is None else round(cost.high)
