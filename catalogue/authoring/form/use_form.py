"""The form "I used this": its questions, the file that its answers make, and each problem at its control.

Like the form for methods, but short and on one page: what is typed becomes the text of a file, which the reader of
uses judges.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from catalogue.authoring.form.form_data import Answers, parts_of, too_long
from catalogue.authoring.form.method_writer import write_fields
from catalogue.authoring.form.questions import MAX_CHARACTERS, Group, Kind, Question
from catalogue.i18n import N_
from catalogue.model.fields import options_of
from catalogue.model.numbers import read_days
from catalogue.model.problems import Problem
from catalogue.uses.reader import (
    ENDING,
    FOLDER,
    free_slug,
    read_use_text,
    use_slug,
    with_known_use,
    with_unknown_method,
)
from catalogue.uses.use import FIELDS, Use
from catalogue.validation.front_matter import split_fields
from catalogue.vocabulary import Option

START = "use"
# How many characters the form reads of an answer at most.
MAX_READ = MAX_CHARACTERS["line"]
# The label and the hint of each question, in the order of the page.
ASKED = {
    "method": (N_("Which method did you use?"), N_("Needed.")),
    "size": (N_("In which size?"), ""),
    "organiser": (N_("Which organisation ran it?"), N_("For example: a council, a hospital trust, a residents’ association. No person’s name.")),
    "place": (N_("Where?"), N_("Needed. Town or area; no address.")),
    "country": (N_("In which country?"), N_("Needed.")),
    "when": (N_("When did it end?"), N_("Needed. Year and month, such as 2025-03.")),
    "people": (N_("How many people took part?"), N_("A number.")),
    "who_came": (N_("Who came, and who did not?"), N_("Groups, such as “mostly over 60, hardly any tenants”. No names.")),
    "weeks": (N_("How many weeks did it take, from the idea to the result?"), N_("A number.")),
    "money": (N_("How much was spent outside?"), N_("A number: venue, facilitation, payments, printing. Not your own staff’s pay.")),
    "currency": (N_("In which currency?"), ""),
    "staff_days": (N_("How many days did your own staff work on it?"), N_("A number, all of them together.")),
    "what_happened": (N_("What happened?"), N_("Needed. A few sentences: what you did, and what came out. Up to 800 characters.")),
    "what_changed": (N_("What changed because of it?"), N_("What was decided or done. “Nothing yet” is an answer too. Up to 500 characters.")),
    "again": (N_("Would you do it again?"), N_("Needed.")),
    "differently": (N_("What would you do differently?"), N_("Up to 500 characters.")),
    "url": (N_("Is there a page that tells of it?"), N_("Its address, beginning with https://.")),
}  # fmt: skip
PROSE = ("what_happened", "what_changed", "differently", "who_came")
_SHORT_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")


@dataclass(frozen=True)
class UseAnswer:
    """What the answers of the form come to: the name and the text of the file, and its problems by control.

    A control is "" where a problem belongs to none.
    """

    slug: str
    text: str
    problems: tuple[tuple[str, Problem], ...]
    report: ClassVar[bool] = True

    @property
    def path(self) -> str:
        """The path of the file in the repository."""
        return f"{FOLDER}/{self.slug}{ENDING}"

    @property
    def whole(self) -> bool:
        """Whether nothing is left to mend."""
        return not any(problem.severity == "error" for _, problem in self.problems)


def questions(methods: Iterable[Option]) -> tuple[Group, ...]:
    """Return the questions of the form, each alone; `methods` are the methods to choose from."""
    groups = []
    for field in FIELDS:
        label, hint = ASKED[field.name]
        options = options_of(field).options if field.options else ()
        if field.name == "method":
            options = tuple(methods)
        kind: Kind = "one" if options else "prose" if field.name in PROSE else "line"
        narrow = field.type in ("number", "month")
        name = f"{START}-{field.name}"
        question = Question(name, field.name, label, hint, kind, options, narrow)
        groups.append(Group(name, "", "", (question,)))
    return tuple(groups)


def check_answers(form: Answers, slugs: Collection[str], known: Collection[Use]) -> UseAnswer:
    """Return what the answers come to; `slugs` are those of the methods, `known` the uses that are there.

    Never raises for what was typed.
    """
    values: dict[str, Any] = parts_of(form, START, FIELDS)
    values["when"] = _month(values["when"])
    slug = free_slug(use_slug(values["when"], values["place"], values["method"]), known)
    text = write_fields(FIELDS, values)
    path = f"{FOLDER}/{slug}{ENDING}"
    reading = with_known_use(with_unknown_method(read_use_text(path, text), slugs), known)
    long = _too_long(path, form)
    # The text of the file was cut, so the reader would count too few characters.
    placed = (
        (name, problem)
        for name, problem in _placed(text, reading.problems)
        if name not in long or problem.code != "text-long"
    )
    return UseAnswer(slug, text, (*long.items(), *placed))


def _too_long(path: str, form: Answers) -> dict[str, Problem]:
    """Return the problem of each answer too long to be read whole, by control: the limit it names is the field's own."""
    limits = {f"{START}-{field.name}": field.at_most or MAX_READ for field in FIELDS}
    cut = [name for name, _ in too_long(path, form, dict.fromkeys(limits, MAX_READ))]
    return dict(too_long(path, form, {name: limits[name] for name in cut}))


def _month(typed: str) -> str:
    """Return a month as files have it, where it was typed as 3/2025, March 2025 or a day that is sure; else what was typed."""
    plain = " ".join(typed.split())
    if match := _SHORT_MONTH.fullmatch(plain):
        return f"{match[2]}-{int(match[1]):02}"
    days = read_days(plain)
    if len(days) == 1:
        return days[0].rpartition("-")[0]
    for pattern in ("%B %Y", "%b %Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(plain, pattern).strftime("%Y-%m")
        except ValueError:
            continue
    return plain


def _placed(text: str, problems: Iterable[Problem]) -> Iterable[tuple[str, Problem]]:
    """Yield each problem with the control of the field in which it stands."""
    fields: Mapping[int, str] = {
        node.line: name for name, node in split_fields("", text)[0].fields.items()
    }
    for problem in problems:
        missing = problem.values.get("field") if problem.code == "field-missing" else ""
        name = missing or fields.get(problem.line, "")
        yield (f"{START}-{name}" if name else "", problem)
