"""The form for a new method as the page prints it, and the problems of its answers beside their controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from catalogue.authoring.check.check_text import Answer
from catalogue.authoring.form.form_data import place
from catalogue.authoring.form.questions import (
    FIRST_SECTIONS,
    MAX_CHARACTERS,
    Group,
    Part,
    Question,
    section_name,
)
from catalogue.i18n import gettext
from catalogue.model.codes import Severity
from catalogue.model.problems import Problem
from catalogue.model.unprintable import strip
from catalogue.vocabulary import VOCABULARY

# The texts that a draft may be without.
LATER_HEADINGS = frozenset(
    section.heading for name, section in VOCABULARY.sections.items() if name not in FIRST_SECTIONS
)

# The codes of a text that is still to be written: without its heading, and with it.
NOT_WRITTEN = ("heading-missing", "section-empty")


@dataclass(frozen=True)
class Advice:
    """A problem as a page shows it: the line of the file, and its message and fix in the words of the page.

    `heading` is that of a text that is still to be written before the draft is whole, "" for other problems;
    `unheaded` if its heading is to be written too.
    """

    line: int
    severity: Severity
    message: str
    fix: str
    heading: str = ""
    unheaded: bool = False


@dataclass(frozen=True)
class Form:
    """The form as it is printed: what was typed, the problems beside each control, and the texts still to be written."""

    typed: MultiDict[str, str]
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    faults: dict[str, list[Advice]] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)

    def value(self, name: str) -> str:
        """Return what was typed into a control."""
        return strip(self.typed.get(name, ""))

    def chosen(self, name: str) -> list[str]:
        """Return the options chosen in a control."""
        return [strip(value) for value in self.typed.getlist(name)]

    def questions(self) -> Iterator[Question]:
        """Yield every question, in the order of the page."""
        for group in (*self.groups, *(group for part in self.parts for group in part.groups)):
            yield from group.questions

    def labels(self) -> dict[str, str]:
        """Return what the summary of problems calls each question, by its name: no two are called the same."""
        groups = [("", group) for group in self.groups]
        groups += [(part.caption, group) for part in self.parts for group in part.groups]
        return {
            question.name: _label(part, group, question)
            for part, group in groups
            for question in group.questions
        }

    def show(self, found: Iterable[tuple[str, Advice]]) -> list[tuple[str, Advice]]:
        """Put problems beside their controls; return them in the order of the questions, those of no control first."""
        order = {question.name: place for place, question in enumerate(self.questions())}
        pairs = sorted(found, key=lambda pair: order.get(pair[0], -1))
        for name, advice in pairs:
            if advice.heading:  # a text still to be written is not at fault
                self.needed.add(name)
            else:
                self.faults.setdefault(name, []).append(advice)
        return pairs

    def faulty(self, part: Part) -> int:
        """Return how many problems a folded part holds."""
        return sum(len(self.faults.get(name, ())) for name in _names(part))

    def lacking(self, part: Part) -> int:
        """Return how many texts of a folded part are still to be written."""
        return len(self.needed.intersection(_names(part)))

    def answered(self, part: Part) -> int:
        """Return how many questions of a folded part were answered."""
        return sum(map(self._is_answered, _names(part)))

    @property
    def begun(self) -> int:
        """How many of the first questions were answered."""
        return sum(any(self._is_answered(q.name) for q in group.questions) for group in self.groups)

    @property
    def texts(self) -> int:
        """How many of the texts of the page were written."""
        return sum(map(self._is_answered, map(section_name, VOCABULARY.required_sections)))

    def _is_answered(self, name: str) -> bool:
        return any(text.strip() for text in self.chosen(name))


def once(found: Iterable[tuple[str, Advice]]) -> Iterator[tuple[str, Advice]]:
    """Yield problems with their controls, the same advice at a control once: a form shows no lines to tell them apart.

    Errors are counted, so each of them stays.
    """
    seen = set[tuple[str, str]]()
    for name, advice in found:
        if advice.severity == "error" or (name, advice.message) not in seen:
            yield name, advice
        seen.add((name, advice.message))


def unwritten(problem: Problem) -> str:
    """Return the heading of the text that a draft is still without; "" for any other problem."""
    heading = str(problem.values["heading"]) if problem.code in NOT_WRITTEN else ""
    return heading if heading in LATER_HEADINGS else ""


def wrong(answer: Answer) -> int:
    """Return how many errors there are besides texts that are still to be written."""
    return sum(not unwritten(problem) for problem in answer.errors)


def _label(part: str, group: Group, question: Question) -> str:
    """Return the label of a question behind the caption of its group, and that of its part where the questions are those of another size."""
    size, number = group.name.partition("-")[0], group.name.rpartition("-")[2]
    names = [gettext(part)] if size in ("light", "large") else []
    if group.caption:
        names.append(f"{gettext(group.caption)} {number if number.isdigit() else ''}".rstrip())
    *before, last = [*names, gettext(question.label)]
    return "".join(f"{name} " if name.endswith("?") else f"{name}: " for name in before) + last


def _names(part: Part) -> Iterator[str]:
    return (question.name for group in part.groups for question in group.questions)


def limits(form: Form) -> dict[str, int]:
    """Return how many characters each control takes."""
    return {q.name: MAX_CHARACTERS.get(q.kind, MAX_CHARACTERS["line"]) for q in form.questions()}


def controls(
    form: Form, answer: Answer, values: dict[str, list[dict[str, str]]]
) -> dict[Problem, str]:
    """Return the control of the page beside which each problem is shown; "" for none."""
    names = [question.name for question in form.questions()]
    placed = place(answer.text, list(answer.problems), values)
    return {problem: _control(name, problem, names) for problem, name in placed.items()}


def _control(name: str, problem: Problem, names: list[str]) -> str:
    main = f"{name}-main"
    if name in names and not (main in names and problem.code == "field-missing"):
        return name
    return next((known for known in names if name and known.startswith(f"{name}-")), "")
