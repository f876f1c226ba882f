"""The questions of the form for a new method: their order, labels, hints and limits.

Types and options come from model/fields.py and the vocabulary; here stands only how a person is asked.
authoring/form/form_data.py reads the answers, the templates print them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from catalogue.i18n import N_
from catalogue.model.fields import FIELDS, Field, options_of
from catalogue.vocabulary import VOCABULARY, Option

# How a question is answered: one line, lines with one answer each, a text, one option, several.
Kind = Literal["line", "lines", "prose", "one", "several"]
# Longer answers are not read whole; a method needs a tenth of it.
MAX_CHARACTERS: dict[Kind, int] = {"line": 2_000, "lines": 4_000, "prose": 12_000}
# How many of each record the form asks for at first, and at most; one more than is filled is shown.
RECORDS = {"sources": (2, 12), "cases": (1, 8), "contributors": (1, 6)}


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


# Field, or field-part: label, hint with one example.
ASKED: dict[str, tuple[str, str]] = {
    "title": (N_("What is it called?"), N_("The usual English name. For example: Citizens' jury")),
    "summary": (N_("What happens, in one sentence?"),
                N_("At most 160 characters; say who does what. For example: Twelve to thirty people chosen by "
                   "lottery question witnesses over several days and reach a verdict on one clear question.")),
    "purposes-main": (N_("What is it best for?"), N_("Choose the one purpose it serves best. For example: Weigh up a hard question")),
    "purposes": (N_("What else is it good for?"), N_("At most four. For example: Set priorities")),
    "audience": (N_("Who takes part?"), N_("One to five. For example: Local residents")),
    "cost": (N_("What does one typical run cost?"), N_("Money spent outside, without your own staff's time.")),
    "cost-band": (N_("Cost band"), N_("Leave it out if you give two figures further down. For example: Low")),
    "cost-basis": (N_("How do you know?"), N_("For example: Our estimate")),
    "cost-low": (N_("Lower figure"), N_("For example: 400")),
    "cost-high": (N_("Higher figure"), N_("For example: 2000")),
    "cost-currency": (N_("Currency"), N_("Pounds unless you choose another. For example: Euros")),
    "cost-year": (N_("Year of the price"), N_("For example: 2024")),
    "cost-note": (N_("Note on the cost"), N_("Where the figures are from. For example: our estimate for a hall, food and flyers")),
    "aliases": (N_("Other names"), N_("One on each line; foreign names too. For example: People's jury")),
    "asked_as": (N_("What would somebody type who needs this?"),
                 N_("One need on each line, six to twelve. For example: experts disagree and councillors want the public verdict")),
    "level-main": (N_("How much say do people have?"), N_("The main level. For example: Involve")),
    "level": (N_("Other levels at which it is used"), N_("For example: Collaborate")),
    "recruitment": (N_("How are people chosen?"), N_("For example: By lottery")),
    "group_size": (N_("How many people take part?"), ""),
    "participant_hours": (N_("How many hours does each person give in all?"), ""),
    "lead_time_weeks": (N_("How many weeks from the idea to a usable result?"), ""),
    "staff_days": (N_("How many working days do your own staff need?"), ""),
    "facilitation": (N_("How much skill must the people running it have?"), N_("For example: Some experience")),
    "format": (N_("Where does it happen?"), N_("For example: In person")),
    "kind": (N_("How long-lived is it?"), N_("For example: Event")),
    "family": (N_("Which methods is it akin to?"), N_("For example: Conversation")),
    "stage": (N_("Where in a longer process does it fit?"), N_("One to three. For example: Explore")),
    "handles_conflict": (N_("How well does it cope when people are opposed?"), N_("For example: Fairly")),
    "handles_complexity": (N_("How well does it cope with a hard subject?"), N_("For example: Well")),
    "decision_capable": (N_("Can it make the decision itself?"), N_("For example: With agreement")),
    "outcomes": (N_("What do you hold afterwards?"), N_("One to five. For example: Report")),
    "not_for": (N_("What will it not deliver?"),
                N_("One sentence on each line, two at least. For example: It will not bind a council that has not agreed beforehand to answer.")),
    "inclusion": (N_("Whom does it suit who are often left out, and how?"),
                  N_("A sentence where it is true, blank elsewhere. For example: Evening sessions and paid childcare let parents serve.")),
    "related": (N_("Which methods here are worth a look beside it?"), N_("Their names, one on each line or with commas between. For example: Citizens' assembly, Planning cell")),
    "last_reviewed": (N_("When did you last read and check the whole page?"), N_("Year, month and day. For example: 2026-11-23")),
    "min": (N_("From"), N_("A number. For example: 12")),
    "max": (N_("To"), N_("Blank if there is no upper limit. For example: 30")),
    "note": (N_("Note"), N_("Where the numbers are from. For example: our estimate")),
    "sources": (N_("Source"), N_("A page or publication that the facts are from.")),
    "sources-title": (N_("Title of the page or publication"), N_("For example: How much does a citizens' jury cost?")),
    "sources-by": (N_("Who published it?"), N_("For example: Involve")),
    "sources-year": (N_("Year"), N_("For example: 2019")),
    "sources-url": (N_("Address"), N_("For example: https://www.example.org/guide")),
    "sources-independent": (N_("Is the publisher independent?"), N_("Yes, if it does not promote the method itself. For example: Yes, for a university")),
    "cases": (N_("Case"), N_("A real use and what came of it.")),
    "cases-title": (N_("What it was called"), N_("For example: Leeds Climate Change Citizens' Jury")),
    "cases-place": (N_("Town or area"), N_("For example: Leeds")),
    "cases-country": (N_("Country"), N_("For example: United Kingdom")),
    "cases-year": (N_("Year"), N_("For example: 2019")),
    "cases-participants": (N_("How many took part"), N_("For example: 25")),
    "cases-result": (N_("Did it work?"), N_("For example: Mixed")),
    "cases-outcome": (N_("What came of it?"), N_("One or two sentences. For example: Residents called for publicly run buses, and the council bought two lines.")),
    "cases-url": (N_("A page that tells of it"), N_("For example: https://www.example.org/leeds-jury")),
    "contributors": (N_("Who worked on this?"), N_("The name is shown on the page. Leave it blank to stay unnamed.")),
    "contributors-name": (N_("Name to show"), N_("For example: Ann Example, Appleby Council")),
    "contributors-role": (N_("What they did"), N_("For example: Wrote")),
    "contributors-url": (N_("A page about them"), N_("For example: https://www.example.org/ann")),
}  # fmt: skip
# The hint of the question for each section, whose label is its heading.
SECTION_HINTS = {
    "what-it-is": N_("Two short paragraphs for somebody who has never heard of it. For example: A small group of residents, drawn by lottery, sits for several days."),
    "use-when": N_("A list; begin each line with a hyphen. For example: - Experts disagree and people need to hear every side."),
    "avoid-when": N_("A list. For example: - The issue is vague, or is really five issues."),
    "how-to-run": N_("Numbered steps: who does what, and how long it takes. For example: 1. You ring each juror about access and pay (two days)."),
    "what-it-costs": N_("What drives the bill. For example: Rooms, food and a facilitator; £2,000 in all (our estimate)."),
    "what-you-get": N_("For example: You get a reasoned report. Public opinion stays unmeasured."),
    "strengths": N_("A list. For example: - The group is small enough for everyone to speak."),
    "weaknesses": N_("A list; be honest. For example: - It asks a great deal of your staff."),
    "inclusive": N_("At least one tip. For example: Pay people, and say so in the first letter."),
    "confused-with": N_("Its nearest look-alikes and the difference. For example: - Citizens' assembly: the same idea with 50 or more people."),
    "origin": N_("Who began it, where and when. For example: The Jefferson Center developed it in America in the 1970s."),
}  # fmt: skip
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
def parts(sources: int = 0, cases: int = 0, contributors: int = 0) -> tuple[Part, ...]:
    """Return the rest of the form, folded; the numbers are those of the records filled in so far."""
    filled = {"sources": sources, "cases": cases, "contributors": contributors}
    ranges = ("participant_hours", "lead_time_weeks", "staff_days")
    which = (
        "kind",
        "family",
        "stage",
        "handles_conflict",
        "handles_complexity",
        "decision_capable",
    )
    rest = [section for section in VOCABULARY.sections if section not in FIRST_SECTIONS]
    return (
        Part(N_("The rest of the text"), tuple(map(_section, rest))),
        Part(N_("More sources"), _records("sources", filled["sources"])[1:]),
        Part(N_("Real cases"), _records("cases", filled["cases"])),
        Part(N_("People"), (
            _alone(_question("level-main", "level", "one")), _alone(_question("level", "level", "several")),
            _single("recruitment"), _group("group_size", ("min", "max", "note")), _inclusion())),
        Part(N_("Time and money"), (
            *(_group(name, ("min", "max", "note")) for name in ranges),
            _group("cost", ("low", "high", "currency", "year", "note"), "cost-figures"))),
        Part(N_("Purposes, form and results"), (
            _alone(_question("purposes", "purposes", "several")), _single("facilitation"), _single("format"),
            *(_single(name) for name in which), _single("outcomes"), _single("not_for"))),
        Part(N_("Names, needs and neighbours"), (
            _single("aliases"), _single("asked_as"), _single("related"))),
        Part(N_("You, and the day you checked it"), (
            *_records("contributors", filled["contributors"]), _single("last_reviewed"))),
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


def _question(name: str, field: str, kind: Kind, options: tuple[Option, ...] = ()) -> Question:
    label, hint = ASKED[name]
    if kind in ("one", "several") and not options:
        options = options_of(_BY_NAME[field]).options
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


def _inside(field: Field, name: str, of: str) -> Question:
    known = f"{of}-{field.name}"
    label, hint = ASKED[known if known in ASKED else field.name]
    options = options_of(field).options if field.options else ()
    if field.type == "flag":
        options = YES_OR_NO
    narrow = field.type in ("number", "year")
    return Question(name, of, label, hint, "one" if options else "line", options, narrow)


def _inclusion() -> Group:
    caption, hint = ASKED["inclusion"]
    questions = tuple(
        Question(f"inclusion-{option.value}", "inclusion", option.label, option.help)
        for option in VOCABULARY.facets["inclusion"].options
    )
    return Group("inclusion", caption, hint, questions)
