"""What a report to a committee is made of."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.exports.documents.plan_option import PlanOption
from catalogue.i18n import gettext


@dataclass(frozen=True)
class Report:
    """What a report is made of; `smaller` is a plan that costs less, None where there is none: at a smaller size, or without the step `left_out`.

    `address` leads to the page of the plan, `because` is the reason that somebody wrote there, `version` names the build of the catalogue.
    `notes` are what the planner says to the answers, such as that the law may ask for consultation.
    """

    plan: PlanOption
    smaller: PlanOption | None
    address: str
    version: str
    site_name: str
    language: str
    because: str = ""
    left_out: str = ""
    notes: tuple[str, ...] = ()

    @property
    def smaller_name(self) -> str:
        """What option B is, inside a sentence."""
        if self.left_out:
            return gettext("the plan without %(step)s", step=self.left_out)
        return gettext("the plan at a smaller size")
