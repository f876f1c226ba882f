"""The questions of the planner in words, in the order of the form, with how many methods stay in play for each option."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from catalogue.i18n import N_, gettext, ngettext
from catalogue.planner.answers import ONE_OF, SEVERAL_OF
from catalogue.planner.plan import Plan, passing_with
from catalogue.presentation.plans.plan_texts import ASKED, FACETS
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class Question:
    """A question: `kind` is one, several, number, text or method; `first` whether it stands outside “more”."""

    name: str
    kind: str
    label: str
    hint: str = ""
    first: bool = True


QUESTIONS = (
    Question("open", "one", N_("What can still change?"), N_("Be honest with yourself: people find out.")),
    Question("before", "one", N_("Were people asked about this before?")),
    Question("purpose", "purpose", N_("What do you mainly need from people?")),
    Question("audience", "several", N_("Who needs to take part?"), N_("At most four; the first that is chosen counts most.")),
    Question("people", "number", N_("How many people?"), N_("A number or a range, such as 20-40")),
    Question("counts", "one", N_("Whom does that number count?")),
    Question("weeks", "number", N_("How many weeks until you need a result?"), N_("For example 12")),
    Question("budget", "number", N_("What can you spend in pounds, without your own staff’s time?"), N_("For example 5000")),
    Question("level", "one", N_("How much say will people have?"), first=False),
    Question("conflict", "one", N_("How heated is it?"), first=False),
    Question("complexity", "one", N_("How complicated is it?"), first=False),
    Question("format", "several", N_("How will you meet?"), first=False),
    Question("recruitment", "one", N_("How are people chosen?"), first=False),
    Question("facilitation", "one", N_("Who can run it?"), first=False),
    Question("hire", "one", N_("Who hires the rooms?"), N_("It changes what a process comes to, not which methods are suggested."), first=False),
    Question("hours", "number", N_("How many hours can each person give?"), N_("For example 1.5"), first=False),
    Question("must", "several", N_("What must work?"), first=False),
    Question("have", "several", N_("What do you have already?"), first=False),
    Question("free_to_speak", "one", N_("Can people speak freely to you?"), N_("Think of tenants, patients, prisoners, staff."), first=False),
    Question("output", "several", N_("What must you hold at the end?"), first=False),
    Question("law", "one", N_("Does the law say that you must consult?"), first=False),
    Question("most", "one", N_("Which of your answers matters most to you?"), N_("It counts more than the others. What strikes methods out, such as weeks and money, does so in any case."), first=False),
    Question("asked_for", "method", N_("What were you asked to do?"), N_("If somebody named a method, we answer that first."), first=False),
)  # fmt: skip

# The labels of the boxes for numbers.
BOXES = {question.name: question.label for question in QUESTIONS if question.kind == "number"}

# The options that the vocabulary does not word for this question.
OPTIONS: dict[str, dict[str, str]] = {
    "open": {"all": N_("Nearly everything"), "some": N_("Some of it"), "nothing": N_("Nothing: it is decided")},
    "before": {"no": N_("No"), "answered": N_("Yes, and they heard what came of it"),
               "not-answered": N_("Yes, and they never heard what came of it")},
    "counts": {"taking-part": N_("Those who are to take part"), "living-there": N_("Those who live there or are affected")},
    "conflict": {"low": N_("Calm"), "medium": N_("Some disagree"), "high": N_("Heated")},
    "complexity": {"low": N_("Simple"), "medium": N_("It takes some explaining"), "high": N_("Hard to understand")},
    "facilitation": {"none": N_("Nobody with experience"), "some": N_("Somebody who has led groups or interviews"),
                     "specialist": N_("A trained or independent facilitator")},
    "hire": {"council": N_("A council or business"), "community": N_("A community group"), "free": N_("Nobody: our rooms are free")},
    "free_to_speak": {"yes": N_("Yes"), "no": N_("No, they depend on us")},
    "law": {"yes": N_("Yes"), "no": N_("No")},
    "most": ASKED,
}  # fmt: skip


@dataclass(frozen=True)
class OptionView:
    """An option of a question: its value, its text, how many methods stay in play with it ("" if not counted)."""

    value: str
    text: str
    count: str
    chosen: bool


@dataclass(frozen=True)
class QuestionView:
    """A question as the form shows it; `value` is what was typed, `unsure` whether "not sure" was said."""

    name: str
    kind: str
    label: str
    hint: str
    options: tuple[OptionView, ...]
    value: str
    unsure: bool


# One question at a time: the own words first, then the others as in the form.
IN_TURN = ("text", *(question.name for question in QUESTIONS))


@dataclass(frozen=True)
class Turn:
    """A question that is asked alone: its place from 1, its view (None for the own words), those around it ("" for none)."""

    name: str
    place: int
    view: QuestionView | None
    before: str
    after: str


def turn(name: str, plan: Plan) -> Turn:
    """Return a question of IN_TURN as it is asked alone."""
    n = IN_TURN.index(name)
    view = next((_view(question, plan) for question in QUESTIONS if question.name == name), None)
    after = IN_TURN[n + 1] if n + 1 < len(IN_TURN) else ""
    return Turn(name, n + 1, view, IN_TURN[n - 1] if n else "", after)


def question_views(plan: Plan) -> tuple[list[QuestionView], list[QuestionView]]:
    """Return the first questions and those under “more”, with the answers that were given."""
    views = [(question.first, _view(question, plan)) for question in QUESTIONS]
    return [view for first, view in views if first], [view for first, view in views if not first]


def _view(question: Question, plan: Plan) -> QuestionView:
    asked = plan.asked
    given = [value for name, value in asked.pairs() if name == question.name]
    values = ONE_OF.get(question.name) or SEVERAL_OF.get(question.name, ((), 0))[0]
    options = [(value, option_label(question.name, value)) for value in values]
    if question.kind == "method":
        options = [(slug, method.title) for slug, method in plan.methods.methods.items()]
    counts = COUNTED[question.name](plan, values) if question.name in COUNTED else None
    return QuestionView(
        question.name,
        question.kind,
        gettext(question.label),
        gettext(question.hint) if question.hint else "",
        tuple(
            OptionView(value, text, _counted(counts[n]) if counts else "", value in given)
            for n, (value, text) in enumerate(options)
        ),
        given[0] if given else "",
        question.name in asked.unsure and bool(asked.text),
    )


def option_label(name: str, value: str) -> str:
    """Return the text of an option of a question."""
    if name in OPTIONS:
        return gettext(OPTIONS[name][value])
    facet = FACETS.get(name, name)
    options = (VOCABULARY.facets.get(facet) or VOCABULARY.choices[facet]).by_value
    return gettext(options[value].label)


def _counted(count: int) -> str:
    return ngettext("%(num)s method", "%(num)s methods", count)


def _serving(plan: Plan, values: tuple[str, ...], *fields: str) -> list[int]:
    """Return how many methods that pass have each value in some fields."""
    methods = [plan.methods.methods[slug] for slug in plan.passing]
    served = Counter(v for m in methods for v in {v for field in fields for v in getattr(m, field)})
    return [served[value] for value in values]


def _passing(name: str) -> Callable[[Plan, tuple[str, ...]], list[int]]:
    """Return what counts the methods that pass with each value of a question with one answer."""
    return lambda plan, values: passing_with(plan.methods, plan.answers, name, values)


# How many methods stay in play with each option, where that depends on it.
COUNTED: dict[str, Callable[[Plan, tuple[str, ...]], list[int]]] = {
    "purpose": lambda plan, values: _serving(plan, values, "purposes", "supports"),
    "audience": lambda plan, values: _serving(plan, values, "audience", "audience_possible"),
    "format": lambda plan, values: passing_with(plan.methods, plan.answers, "format", [(v,) for v in values]),
    "facilitation": _passing("facilitation"),
    "must": lambda plan, values: passing_with(
        plan.methods, plan.answers, "must", [tuple({*plan.answers.must, value}) for value in values]),
    "free_to_speak": _passing("free_to_speak"),
}  # fmt: skip
