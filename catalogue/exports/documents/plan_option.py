"""One option of a report: a plan in words, with its sums, its reasons for and against, its risks and its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.i18n import gettext
from catalogue.planner.steps.costs import Span, estimate
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.totals import totals
from catalogue.presentation.formatting import choice_option, option_label
from catalogue.presentation.plans.estimate_texts import (
    BasisText,
    EstimateText,
    LineText,
    estimate_text,
)
from catalogue.presentation.plans.step_texts import money_span, step_name, step_texts, sum_texts
from catalogue.search.chosen import Pick
from catalogue.vocabulary import VOCABULARY

Limits = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class PlanOption:
    """A plan in words. `outside` and `whole` are a floor and a ceiling, `most` is the ceiling of outside spending.

    Pairs are a name and a text; `costs` are step, part, sum and basis.
    """

    names: tuple[str, ...]
    weeks: str
    outside: str
    whole: str
    most: str
    sums: tuple[str, ...]
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    risks: tuple[tuple[str, str], ...]
    inclusion: tuple[str, ...]
    timeline: tuple[tuple[str, str], ...]
    costs: tuple[tuple[str, str, str, str], ...]
    sources: tuple[tuple[str, str], ...]


def plan_option(picked: Sequence[Picked], limits: Limits, edits: Mapping[Pick, Mapping[str, Span]],
                hire: str, own_staff: bool, today: date) -> PlanOption:  # fmt: skip
    """Return a plan as an option, with the figures that its page shows for the same choices."""
    made = [estimate(one, edits.get(one.pick, {}), hire, own_staff) for one in picked]
    texts = [estimate_text(one, each, today) for one, each in zip(picked, made, strict=True)]
    steps, sums = step_texts(picked, limits), sum_texts(totals(picked), limits)
    outside = [sum(ends) for ends in zip(*(each.outside for each in made), strict=True)]
    whole = [sum(ends) for ends in zip(*(each.whole for each in made), strict=True)]
    methods = [one.method for one in picked]
    outcome = VOCABULARY.facets["outcome"]
    return PlanOption(
        names=tuple(step_name(one) for one in picked),
        weeks=next(each.text for each in sums if each.name == "weeks"),
        outside=money_span(*outside),
        whole=money_span(*whole),
        most=money_span(outside[1], outside[1]),
        sums=tuple(f"{each.label}: {each.text}. {each.verdict} {each.note}".strip() for each in sums),
        pros=tuple(
            gettext("%(step)s gives: %(outcomes)s.", step=step_name(one),
                    outcomes=", ".join(option_label(outcome, value) for value in one.method.outcomes))
            for one in picked if one.method.outcomes
        ),
        cons=tuple(dict.fromkeys(
            text for one in picked for text in (one.run.gives_up, *one.method.not_for[:1]) if text
        )),
        risks=tuple(
            (gettext(choice_option("harm", name).label), f"{method.title}: {text}")
            for method in methods for name, text in method.can_harm.items()
        ),
        inclusion=tuple(
            f"{method.title}: {option_label(VOCABULARY.facets['inclusion'], name)}. {text}"
            for method in methods
            for said in (method.inclusion, method.inclusion_possible, method.inclusion_unsuitable)
            for name, text in said.items()
        ),
        timeline=tuple((step.name, step.weeks) for step in steps),
        costs=tuple(
            (step.name, line.part, line.sum, "; ".join(f"{b.text} {b.stale}".strip() for b in line.basis))
            for step, text in zip(steps, texts, strict=True)
            for line in _cost_lines(text)
        ),
        sources=tuple(dict.fromkeys(
            (f"{source.title}, {source.by}", source.url) for method in methods for source in method.sources
        )),
    )  # fmt: skip


def _cost_lines(text: EstimateText) -> tuple[LineText, ...]:
    """Return the parts of an estimate, and their sum where that is more or less than they say, with why."""
    if not text.warning:
        return text.lines
    return (
        *text.lines,
        LineText(gettext("In all, outside"), text.outside, (BasisText(text.warning, ""),)),
    )
