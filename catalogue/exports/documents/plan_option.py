"""One option of a report: a plan in words, with its sums, its reasons for and against, its risks and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.exports.documents.plan_limits import PlanLimits, plan_limits
from catalogue.i18n import gettext
from catalogue.model.method import Method
from catalogue.planner.answers import FREE
from catalogue.planner.steps.costs import Span, estimate, plan_totals
from catalogue.planner.steps.picked import Picked
from catalogue.planner.steps.schedule import schedule
from catalogue.planner.steps.totals import totals
from catalogue.presentation.formatting import choice_option, option_label, uncapitalised
from catalogue.presentation.plans.estimate_texts import (
    BasisText,
    EstimateText,
    LineText,
    estimate_text,
)
from catalogue.presentation.plans.step_texts import (
    SumText,
    money_span,
    step_name,
    step_texts,
    sum_texts,
    timeline_note,
)
from catalogue.search.chosen import Pick
from catalogue.vocabulary import VOCABULARY

# The facets in which the catalogue grades a method.
GRADES = ("handles_conflict", "handles_complexity", "decision", "facilitation")
Limits = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class PlanOption:
    """A plan in words. `outside` and `whole` are a floor and a ceiling, `most` is the ceiling of outside spending.

    They are the estimate that the page of the plan shows. `sums` are the other sums; `pages_say` is the outside cost that
    the pages of the methods give, "" where it is that of the estimate. `limits` says how the plan stands to its limits.
    `timeline_note` joins the weeks of the steps to those of the whole, "" for a single step. `decide` are the steps whose result can be the decision, `may_bind` those
    whose result binds if those with the power agree to it beforehand.

    `titles` name the methods without their sizes, for a heading.

    Pairs are a name and a text; `costs` are step, part, sum and basis; `bars` are the weeks in which each step begins and
    ends at its longest; `included` has a line of labels for each method, `inclusion` whole sentences; `outcomes` are what the steps give
    together, `needs` has a line for each need that people may have; `grades` are, for each step, what the catalogue says of it in each of GRADES.
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
    included: tuple[str, ...]
    timeline: tuple[tuple[str, str], ...]
    bars: tuple[tuple[str, float, float], ...]
    grades: tuple[tuple[str, ...], ...]
    costs: tuple[tuple[str, str, str, str], ...]
    sources: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    pages_say: str = ""
    limits: PlanLimits = field(default_factory=PlanLimits)
    decide: tuple[str, ...] = ()
    may_bind: tuple[str, ...] = ()
    timeline_note: str = ""
    titles: tuple[str, ...] = ()


def plan_option(picked: Sequence[Picked], limits: Limits, edits: Mapping[Pick, Mapping[str, Span]],
                hire: str, own_staff: bool, today: date) -> PlanOption:  # fmt: skip
    """Return a plan as an option, with the figures that its page shows for the same choices."""
    made = [estimate(one, edits.get(one.pick, {}), hire, own_staff) for one in picked]
    texts = [estimate_text(one, each, today) for one, each in zip(picked, made, strict=True)]
    added, judged = totals(picked), plan_totals(picked, made)
    steps, sums = step_texts(picked, limits), sum_texts(added, limits)
    outside = [sum(ends) for ends in zip(*(each.outside for each in made), strict=True)]
    whole = [sum(ends) for ends in zip(*(each.whole for each in made), strict=True)]
    # One outside cost in the whole report: the estimate stands in place of the sum of the methods' figures.
    cost = next(each for each in sums if each.name == "budget")
    methods = [one.method for one in picked]
    return PlanOption(
        names=tuple(step_name(one) for one in picked),
        weeks=next(each.text for each in sums if each.name == "weeks"),
        outside=money_span(*outside),
        whole=money_span(*whole),
        most=money_span(outside[1], outside[1]),
        sums=tuple(_said_sums((each for each in sums if each is not cost), hire)),
        pros=tuple(
            gettext("%(step)s leaves you with: %(outcomes)s.", step=step_name(one),
                    outcomes=", ".join(map(uncapitalised, _outcomes(one.method))))
            for one in picked if one.method.outcomes
        ),
        cons=tuple(dict.fromkeys(
            text for one in picked for text in _against(one)
        )),
        risks=_risks(methods),
        inclusion=tuple(text for method in methods for text in _inclusion(method)),
        included=tuple(line for method in methods if (line := _included(method))),
        timeline=tuple((step.name, step.weeks) for step in steps),
        bars=tuple(_bars(picked)),
        grades=tuple((step_name(one), *(_grade(one, name) for name in GRADES)) for one in picked),
        costs=tuple(
            (step.name, line.part, line.sum, "; ".join(f"{b.text} {b.stale}".strip() for b in line.basis))
            for step, text in zip(steps, texts, strict=True)
            for line in _cost_lines(text)
        ),
        sources=tuple(dict.fromkeys(
            (f"{source.title}, {source.by}", source.url) for method in methods for source in method.sources
        )),
        outcomes=tuple(dict.fromkeys(label for method in methods for label in _outcomes(method))),
        needs=tuple(_needs(methods)),
        pages_say="" if cost.text == money_span(*outside) else cost.text,
        limits=plan_limits(judged, limits),
        timeline_note=timeline_note(added) if len(picked) > 1 else "",
        titles=tuple(dict.fromkeys(one.method.title for one in picked)),
        decide=tuple(step_name(one) for one in picked if one.method.decision_capable == "yes"),
        may_bind=tuple(step_name(one) for one in picked if one.method.decision_capable == "with-agreement"),
    )  # fmt: skip


def _said_sums(sums: Iterable[SumText], hire: str) -> Iterator[str]:
    for each in sums:
        yield f"{each.label}: {each.text}. {each.note}".strip()
    if hire == FREE:
        yield gettext("Rooms are counted as free, as whoever made this plan said that theirs are.")


def _against(one: Picked) -> Iterator[str]:
    """Yield what a step gives up, said to be that, as alone it reads as its opposite; and what it will not give."""
    name = step_name(one)
    if one.run.gives_up:
        yield gettext("%(step)s. What it gives up: %(what)s", step=name, what=one.run.gives_up)
    for text in one.method.not_for[:1]:
        yield f"{name}. {text}"


def _bars(picked: Sequence[Picked]) -> Iterator[tuple[str, float, float]]:
    for one, slot in zip(picked, schedule(picked), strict=True):
        yield step_name(one), slot.start, slot.longest


def _outcomes(method: Method) -> list[str]:
    return [option_label(VOCABULARY.facets["outcome"], value) for value in method.outcomes]


def _cost_lines(text: EstimateText) -> tuple[LineText, ...]:
    """Return the parts of an estimate, and their sum where that is more or less than they say, with why."""
    if not text.warning:
        return text.lines
    return (
        *text.lines,
        LineText(gettext("In all, outside"), text.outside, (BasisText(text.warning, ""),)),
    )


def _grade(one: Picked, name: str) -> str:
    """Return what the catalogue says of a step in one of GRADES."""
    values = one.run.choices(name) if name == "facilitation" else one.method.choices(name)
    facet = VOCABULARY.facets[name]
    return ", ".join(option_label(facet, value) for value in values) or gettext("Not known")


def _risks(methods: Sequence[Method]) -> tuple[tuple[str, str], ...]:
    """Return the harm that methods can do, the first of each before the second of any: a report names only a few."""
    found = [
        (n, gettext(choice_option("harm", name).label), f"{method.title}: {text}")
        for method in methods
        for n, (name, text) in enumerate(method.can_harm.items())
    ]
    return tuple((label, text) for _, label, text in sorted(found, key=lambda each: each[0]))


def _inclusion(method: Method) -> tuple[str, ...]:
    """Return what a method says of those whom it suits, may suit and does not suit, a sentence or two for each."""
    facet = VOCABULARY.facets["inclusion"]
    said = (method.inclusion, method.inclusion_possible, method.inclusion_unsuitable)
    return tuple(
        f"{method.title}: {option_label(facet, name)}. {text}"
        for texts in said
        for name, text in texts.items()
    )


def _needs(methods: Sequence[Method]) -> Iterator[str]:
    """Yield, for each need, in how many methods it is built in, and in which it is not met, or not known to be."""
    facet = VOCABULARY.facets["inclusion"]
    for value in facet.values:
        built_in = sum(value in method.inclusion for method in methods)
        possible = sum(value in method.inclusion_possible for method in methods)
        others = [m.title for m in methods if value not in (*m.inclusion, *m.inclusion_possible)]
        text = gettext("%(need)s: built in by %(built_in)s of %(all)s, if you see to it by %(possible)s",
                       need=option_label(facet, value), built_in=built_in, all=len(methods), possible=possible)  # fmt: skip
        yield f"{text}; {gettext('not by %(methods)s', methods=', '.join(others))}" if others else text  # fmt: skip


def _included(method: Method) -> str:
    """Return the labels of those whom a method suits, may suit and does not suit; "" if it says nothing."""
    facet = VOCABULARY.facets["inclusion"]
    said = (
        (gettext("built in"), method.inclusion),
        (gettext("if you see to it"), method.inclusion_possible),
        (gettext("not suitable"), method.inclusion_unsuitable),
    )
    parts = [
        f"{how}: {', '.join(uncapitalised(option_label(facet, value)) for value in texts)}"
        for how, texts in said
        if texts
    ]
    return f"{method.title}: {'; '.join(parts)}." if parts else ""
