"""The questions of the form for a new method: their order, kinds and limits.

Types and options come from model/fields.py and the vocabulary, labels and hints from authoring/form/question_texts.py.
authoring/form/form_data.py reads the answers, the templates print them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from catalogue.authoring.form.question_texts import ASKED, SECTION_HINTS
from catalogue.i18n import N_
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.vocabulary import VOCABULARY, Option

# How a question is answered: one line, lines with one answer each, a text, one option, several.
Kind = Literal["line", "lines", "prose", "one", "several"]
# Longer answers are not read whole; a method needs a tenth of it.
MAX_CHARACTERS: dict[Kind, int] = {"line": 2_000, "lines": 4_000, "prose": 12_000}
# How many of each record the form asks for at first, and at most; one more than is filled is shown.
RECORDS = {"sources": (2, 12), "cases": (1, 8), "contributors": (1, 6), "timeline": (6, 20)}


@dataclass(frozen=True)
class Question:
    """One control: `name` is its name in the form, `field` the field of the file it belongs to."""

    name: str
    field: str
    label: str
    hint: str = ""
    kind: Kind = "line"
    options: tuple[Option, ...] = ()
    narrow: bool = False


@dataclass(frozen=True)
class Group:
    """Questions that belong together under a caption; a single question needs none.

    `grows` if it is the last of its kind for now, and another comes once this one is filled in.
    """

    name: str
    caption: str
    hint: str
    questions: tuple[Question, ...]
    grows: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the form that folds: its caption and its groups."""

    caption: str
    groups: tuple[Group, ...]


# The form begins with these; the others are in its first folded part.
FIRST_SECTIONS = ("what-it-is", "how-to-run")
YES_OR_NO = (Option("true", N_("Yes")), Option("false", N_("No")))
_BY_NAME = {field.name: field for field in FIELDS}


def section_name(section: str) -> str:
    """Return the name of the control that asks for the text of a section, given by its id."""
    return f"section-{section}"


def beginning() -> Iterator[Group]:
    """Yield the eight questions to begin with."""
    yield _single("title")
    yield _single("summary")
    yield _alone(_question("purposes-main", "purposes", "one"))
    yield _single("audience")
    yield _group("cost", ("band", "basis"))
    yield from map(_section, FIRST_SECTIONS)
    yield _record("sources", 1)


@lru_cache(maxsize=64)
def parts(
    sources: int = 0, cases: int = 0, contributors: int = 0, timeline: int = 0
) -> tuple[Part, ...]:
    """Return the rest of the form, folded; the numbers are those of the records filled in so far."""
    ranges = ("participant_hours", "lead_time_weeks", "staff_days")
    conflict, complexity = "handles_conflict", "handles_complexity"
    which = (
        "kind",
        "existing_body",
        "family",
        "stage",
        conflict,
        complexity,
        "talk",
        "decision_capable",
    )
    rest = [section for section in VOCABULARY.sections if section not in FIRST_SECTIONS]
    several = ("inclusion", "inclusion_possible", "inclusion_unsuitable")
    return (
        Part(N_("The rest of the text"), tuple(map(_section, rest))),
        Part(N_("More sources"), _records("sources", sources)[1:]),
        Part(N_("Real cases"), _records("cases", cases)),
        Part(N_("People"), (
            _alone(_question("level-main", "level", "one")), _alone(_question("level", "level", "several")),
            _single("audience_possible"), _single("recruitment"),
            _group("people_in_all", ("min", "max", "counts", "note")), _group("group_size", ("min", "max", "note")),
            *map(_sentences, several))),
        Part(N_("Time and money"), (
            *(_group(name, ("min", "max", "note")) for name in ranges),
            _group("cost", ("low", "high", "currency", "year", "note"), "cost-figures"))),
        Part(N_("A smaller run"), tuple(_size("light"))),
        Part(N_("A larger run"), tuple(_size("large"))),
        Part(N_("Step by step"), _records("timeline", timeline)),
        Part(N_("Purposes, form and results"), (
            _alone(_question("purposes", "purposes", "several")), _single("supports"),
            _single("facilitation"), _single("format"),
            *(_single(name) for name in which), _single("outcomes"), _single("not_for"))),
        Part(N_("Harm and the law"), (_sentences("can_harm"), _group("duty", ("status", "rule")))),
        Part(N_("Names, needs and neighbours"), (
            _single("aliases"), _single("asked_as"), _single("related"))),
        Part(N_("You, and the day you checked it"), (
            *_records("contributors", contributors), _single("last_reviewed"))),
    )  # fmt: skip


def shown(name: str, filled: int) -> int:
    """Return how many of a record the form asks for when so many are filled in."""
    least, most = RECORDS[name]
    return min(most, max(least, filled + 1))


def _records(name: str, filled: int) -> tuple[Group, ...]:
    last = shown(name, filled)
    return tuple(
        _record(name, number, grows=number == last < RECORDS[name][1])
        for number in range(1, last + 1)
    )


def _question(name: str, field: str, kind: Kind) -> Question:
    label, hint = ASKED[name]
    options = options_of(_BY_NAME[field]).options if kind in ("one", "several") else ()
    return Question(name, field, label, hint, kind, options)


def _single(name: str) -> Group:
    kinds: dict[str, Kind] = {
        "texts": "lines",
        "slugs": "lines",
        "choice": "one",
        "choices": "several",
    }
    kind = kinds.get(_BY_NAME[name].type, "line")
    return _alone(_question(name, name, kind))


def _section(section: str) -> Group:
    heading, hint = VOCABULARY.sections[section].heading, SECTION_HINTS[section]
    return _alone(Question(section_name(section), "", heading, hint, "prose"))


def _alone(question: Question) -> Group:
    return Group(question.name, "", "", (question,))


def _group(name: str, wanted: tuple[str, ...], group: str = "") -> Group:
    """Ask for some parts of a field that is made of several."""
    inside = {field.name: field for field in _BY_NAME[name].fields}
    asked = tuple(_inside(inside[part], f"{name}-{part}", name) for part in wanted)
    caption, hint = ASKED[name]
    if group:
        caption, hint = (
            N_("Figures for the cost"),
            N_("Only where a source or real cases give them."),
        )
    return Group(group or name, caption, hint, asked)


def _record(name: str, number: int, grows: bool = False) -> Group:
    caption, hint = ASKED[name]
    questions = tuple(
        _inside(field, f"{name}-{number}-{field.name}", name) for field in _BY_NAME[name].fields
    )
    return Group(f"{name}-{number}", caption, hint, questions, grows)


def _size(name: str) -> Iterator[Group]:
    """Yield the questions about a smaller or larger run: what happens, its figures, what it needs and gives up."""
    for field in _BY_NAME[name].fields:
        path = f"{name}-{field.name}"
        if field.fields:
            caption, hint = ASKED[field.name]
            inside = (_inside(part, f"{path}-{part.name}", field.name) for part in field.fields)
            yield Group(path, caption, hint, tuple(inside))
        else:
            yield _alone(_inside(field, path, name))


def _inside(field: Field, name: str, of: str) -> Question:
    """Ask for a part of the field or record `of`."""
    known = f"{of}-{field.name}"
    label, hint = ASKED[known if known in ASKED else field.name]
    options = options_of(field).options if field.options else ()
    if field.type == "flag":
        options = YES_OR_NO
    kind: Kind = "several" if field.type == "choices" else "one" if options else "line"
    narrow = field.type in ("number", "year")
    return Question(name, name.split("-")[0], label, hint, kind, options, narrow)


def _sentences(name: str) -> Group:
    """Ask for a sentence about each option of a field."""
    caption, hint = ASKED[name]
    questions = tuple(
        Question(f"{name}-{option.value}", name, option.label, option.help)
        for option in options_of(_BY_NAME[name]).options
    )
    return Group(name, caption, hint, questions)
