"""How a plan in a report stands to the limits of its address, in sentences; the outside cost is that of the estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.i18n import N_, gettext
from catalogue.planner.limits import BREAKS, TIGHT, UNKNOWN
from catalogue.planner.steps.totals import Totals
from catalogue.presentation.formatting import most_text, uncapitalised
from catalogue.presentation.plans.step_texts import SumText, sum_texts

SAYS = {
    "weeks": N_("it takes %(sums)s (limit: %(limit)s)"),
    "budget": N_("its outside cost is %(sums)s (limit: %(limit)s)"),
    "hours": N_("somebody who takes part in every step gives %(sums)s (limit: %(limit)s)"),
}


@dataclass(frozen=True)
class PlanLimits:
    """How a plan stands to its limits. `broken` are what breaks them even at the least, `open` what may break them.

    `budget` is the limit of outside spending where only the upper end of the estimate is beyond it, else "".
    `are_set` says whether there is any limit at all.
    """

    broken: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    budget: str = ""
    are_set: bool = False

    @property
    def verdict(self) -> str:
        """Return a sentence on all limits; "" where none is set."""
        if not self.are_set:
            return ""
        broken, may_break = "; ".join(self.broken), "; ".join(self.open)
        if broken and may_break:
            return gettext("This plan goes beyond the limits set for it: %(broken)s. It may go beyond others: %(may_break)s.",
                           broken=broken, may_break=may_break)  # fmt: skip
        if broken:
            return gettext(
                "This plan goes beyond the limits set for it: %(broken)s.", broken=broken
            )
        if may_break:
            return gettext("This plan may go beyond the limits set for it: %(may_break)s.", may_break=may_break)  # fmt: skip
        return gettext("This plan keeps within the limits set for it.")


def plan_limits(totals: Totals, limits: Mapping[str, tuple[float, float]]) -> PlanLimits:
    """Return how a plan stands to limits in weeks, pounds and hours; the money of the totals is that of the estimate."""
    sums = [each for each in sum_texts(totals, limits) if each.name in limits and each.name in SAYS]
    return PlanLimits(
        tuple(_beside(each, limits) for each in sums if each.state == BREAKS),
        tuple(_beside(each, limits) for each in sums if each.state in (TIGHT, UNKNOWN)),
        "".join(_written("budget", limits) for each in sums if each.name == "budget" and each.state == TIGHT),
        bool(sums),
    )  # fmt: skip


def _beside(each: SumText, limits: Mapping[str, tuple[float, float]]) -> str:
    limit = uncapitalised(_written(each.name, limits))
    if each.state == UNKNOWN:
        label = uncapitalised(each.label)
        return gettext("%(label)s, not known for every step (limit: %(limit)s)", label=label, limit=limit)  # fmt: skip
    return gettext(SAYS[each.name], sums=uncapitalised(each.text), limit=limit)


def _written(name: str, limits: Mapping[str, tuple[float, float]]) -> str:
    return most_text(name, limits[name][1])
