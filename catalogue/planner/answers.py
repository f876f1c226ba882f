"""The answers of a person to the planner's questions, read from a query string and written back in one form.

Nothing is refused: what cannot be used is left out and named in a `Notice`, and a question without an answer counts nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import quote_plus

from catalogue.model.slugs import SLUG
from catalogue.model.unprintable import strip_line
from catalogue.search.parameters import (
    Notice,
    Parameters,
    read_first,
    read_values,
    readable,
    unknown_parameters,
)
from catalogue.search.search_request import parse_limits, range_text
from catalogue.vocabulary import VOCABULARY

MAX_TEXT = 4_000
# From so many people on, few mean those who take part.
POPULATION = 1_000
# What somebody says who does not know; the same as no answer.
NOT_SURE = "not-sure"
# Who hires the rooms: a council or business, a community group, or nobody as they are free.
HIRERS = COUNCIL, COMMUNITY, FREE = ("council", "community", "free")
# Questions with one answer, and questions with several of which the first counts most, with how many are read.
ONE_OF: dict[str, tuple[str, ...]] = {
    "open": ("all", "some", "nothing"),
    "before": ("no", "answered", "not-answered"),
    "level": VOCABULARY.facets["level"].values,
    "counts": ("taking-part", "living-there"),
    "recruitment": VOCABULARY.facets["recruitment"].values,
    "conflict": ("low", "medium", "high"),
    "complexity": ("low", "medium", "high"),
    "facilitation": VOCABULARY.facets["facilitation"].values,
    "hire": HIRERS,
    "free_to_speak": ("yes", "no"),
    "law": ("yes", "no"),
    # Which of the answers that give points matters most.
    "most": ("purpose", "audience", "level", "conflict", "complexity", "output", "recruitment", "words"),
}  # fmt: skip
SEVERAL_OF: dict[str, tuple[tuple[str, ...], int]] = {
    "purpose": (VOCABULARY.facets["purpose"].values, 3),
    "audience": (VOCABULARY.facets["audience"].values, 4),
    "format": (VOCABULARY.facets["format"].values, 4),
    "must": (VOCABULARY.facets["inclusion"].values, 7),
    "have": (tuple(option.value for option in VOCABULARY.choices["needs"].options), 10),
    "output": (VOCABULARY.facets["outcome"].values, 3),
}
NUMBERS = ("people", "weeks", "budget", "hours")
MAX_ASKED_FOR = 3
# What stands in the address beside answers: the methods chosen so far, the one question that is asked, and the method asked after.
BESIDE = ("compare", "plan", "ask", "out", "why_not")


@dataclass(frozen=True)
class Answers:
    """What a person answered; "", () and None where they did not. Order: the main purpose and audience first.

    `people` is from-to; `weeks` and `hours` (for each person) and `budget` (GBP, without staff time) are at most.
    """

    open: str = ""
    before: str = ""
    purpose: tuple[str, ...] = ()
    level: str = ""
    audience: tuple[str, ...] = ()
    recruitment: str = ""
    people: tuple[float, float] | None = None
    counts: str = ""
    weeks: float | None = None
    budget: float | None = None
    hours: float | None = None
    format: tuple[str, ...] = ()
    conflict: str = ""
    complexity: str = ""
    facilitation: str = ""
    hire: str = ""
    must: tuple[str, ...] = ()
    have: tuple[str, ...] = ()
    free_to_speak: str = ""
    output: tuple[str, ...] = ()
    law: str = ""
    asked_for: tuple[str, ...] = ()
    # A method of which somebody only wants to know why it is not suggested.
    why_not: str = ""
    most: str = ""
    text: str = ""
    # The questions that were answered with "not sure": own words do not answer them either.
    unsure: frozenset[str] = frozenset()

    def is_open(self, name: str) -> bool:
        """Whether own words may answer a question."""
        return getattr(self, name) in ("", (), None) and name not in self.unsure

    @property
    def limit_people(self) -> tuple[float, float] | None:
        """How many people must take part; None where the number is of those who live there, of whom few may come.

        A number from POPULATION is taken for those who live there unless it was said that they take part.
        """
        if self.counts == "living-there" or not self.people:
            return None
        return self.people if self.counts or self.people[0] < POPULATION else None

    @property
    def hirer(self) -> str:
        """Who hires the rooms; where nothing is said, nobody who has no money at all, and else a council."""
        return self.hire or (FREE if self.budget == 0 else COUNCIL)

    @property
    def needs(self) -> tuple[str, ...]:
        """What must work: whoever cannot speak freely must be able to stay anonymous."""
        if self.free_to_speak == "no" and "anonymous" not in self.must:
            return (*self.must, "anonymous")
        return self.must

    @property
    def nothing_open(self) -> bool:
        """Whether nothing can change any more."""
        return self.open == "nothing"

    @property
    def has_aims(self) -> bool:
        """Whether anything was answered by which methods can be put in an order; limits alone only strike out."""
        return any(
            (self.purpose, self.audience, self.level, self.output, self.recruitment, self.text)
        )

    @property
    def matters_most(self) -> str:
        """The answer that matters most and was given; "" if there is none."""
        given = getattr(self, "text" if self.most == "words" else self.most) if self.most else ""
        return self.most if given else ""

    def pairs(self) -> list[tuple[str, str]]:
        """Return the answers as parameters, in canonical order."""
        pairs = []
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "unsure":
                continue
            if each.name in self.unsure and self.text:
                pairs.append((each.name, NOT_SURE))
            if value is None or value in ((), ""):
                continue
            if each.name in NUMBERS:
                numbers = value if isinstance(value, tuple) else (0.0, value)
                pairs.append((each.name, range_text(each.name, numbers)))
            elif isinstance(value, tuple):
                pairs += [(each.name, one) for one in value]
            else:
                pairs.append((each.name, value))
        return pairs

    def query(self) -> str:
        """Return the canonical query string, with its question mark; "" without answers."""
        encoded = [f"{name}={quote_plus(value)}" for name, value in self.pairs()]
        return f"?{'&'.join(encoded)}" if encoded else ""

    def changed(self, name: str, value: object) -> Answers:
        """Return the answers with another value of one."""
        return replace(self, **{name: value})  # type: ignore[arg-type]

    def without(self, name: str, value: str = "") -> Answers:
        """Return the answers without one, or without one value of a question with several."""
        current = getattr(self, name)
        if isinstance(current, tuple) and value and name != "people":
            return self.changed(name, tuple(each for each in current if each != value))
        return self.changed(name, getattr(EMPTY, name))

    def filled(self, others: Mapping[str, object]) -> Answers:
        """Return the answers with those of `others` for the questions that are open."""
        mine = {name: value for name, value in others.items() if self.is_open(name)}
        return replace(self, **mine)  # type: ignore[arg-type]


EMPTY = Answers()
KNOWN_NAMES = frozenset(each.name for each in fields(Answers)) - {"unsure", "why_not"}


def parse_answers(parameters: Parameters) -> tuple[Answers, list[Notice]]:
    """Read a query string into answers, and notices of what was ignored or changed. Never raises."""
    notices: list[Notice] = []
    values: dict[str, object] = {}
    for name, options in ONE_OF.items():
        value = read_first(name, parameters, notices)
        if value in options:
            values[name] = value
        elif value and value != NOT_SURE:
            notices.append(Notice("option-unknown", name, readable(value), options))
    for name, (options, most) in SEVERAL_OF.items():
        values[name] = _several(name, parameters, options, most, notices)
    limits, unreadable = parse_limits(parameters, but={n for n in NUMBERS if _not_sure(n, parameters)})  # fmt: skip
    notices += unreadable
    for name, numbers in limits.items():
        values[name] = numbers if name == "people" else numbers[1]
    values["asked_for"] = _slugs("asked_for", parameters, notices)[:MAX_ASKED_FOR]
    values["why_not"] = "".join(_slugs("why_not", parameters, notices)[:1])
    values["text"] = _text(parameters, notices)
    values["unsure"] = frozenset(name for name in KNOWN_NAMES if _not_sure(name, parameters))
    notices += unknown_parameters(parameters, (*KNOWN_NAMES, *BESIDE))
    return Answers(**values), notices  # type: ignore[arg-type]


def _not_sure(name: str, parameters: Parameters) -> bool:
    return name in parameters and read_values(name, parameters) == [NOT_SURE]


def _several(name: str, parameters: Parameters, options: tuple[str, ...], most: int,
             notices: list[Notice]) -> tuple[str, ...]:  # fmt: skip
    given = [value for value in read_values(name, parameters) if value != NOT_SURE]
    known = [value for value in given if value in options]
    notices += [Notice("option-unknown", name, readable(v), options) for v in given if v not in options][:3]  # fmt: skip
    if len(known) > most:
        notices.append(Notice("answers-many", name, str(most)))
    return tuple(known[:most])


def _slugs(name: str, parameters: Parameters, notices: list[Notice]) -> tuple[str, ...]:
    given = [value for value in read_values(name, parameters) if value not in ("", NOT_SURE)]
    notices += [Notice("asked-for-unknown", name, readable(v)) for v in given if not SLUG.fullmatch(v)][:3]  # fmt: skip
    return tuple(value for value in given if SLUG.fullmatch(value))


def _text(parameters: Parameters, notices: list[Notice]) -> str:
    value = read_first("text", parameters, notices)
    text = strip_line(" ".join(value.split()))
    if len(text) > MAX_TEXT:
        notices.append(Notice("words-long", "text", str(MAX_TEXT)))
        text = text[:MAX_TEXT].rsplit(" ", 1)[0]
    return text
