"""A `Method`: one checked participation method, as a value that cannot change.

The database, the index and the pages are all made from methods. msgspec turns them into plain values for JSON
and back.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from catalogue.vocabulary import VOCABULARY, CostBand

# The fields that hold further options of a facet: what a method helps with as one step, whom it suits if adapted.
POSSIBLE = {"purpose": "supports", "audience": "audience_possible"}

# A name that is not English may end with its language in brackets, "Bürgerrat [de]".
# The languages of Europe and those that its towns speak most besides, by their codes in BCP 47, which HTML wants.
LANGUAGES = tuple(
    ["ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "gd", "gl", "gu", "hi", "hr", "hu", "is", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "no", "pa", "pl", "pt", "ro", "ru", "se", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "ur", "zh"]
)  # fmt: skip
_MARKED = re.compile(r"(?P<name>.*\S)\s*\[(?P<language>[A-Za-z]{2,3})\]")

# With float alone msgspec would make 12.0 of the 12 of a file.
Number = int | float


@dataclass(frozen=True)
class Range:
    """From `low` to `high` in the unit of its field; a high of None means no upper limit."""

    low: Number
    high: Number | None
    note: str = ""

    def overlaps(self, low: float, high: float) -> bool:
        """Whether some number from `low` to `high` lies within."""
        return self.low <= high and (self.high is None or self.high >= low)


@dataclass(frozen=True)
class People(Range):
    """How many people in all; `counts` says what is counted: taking-part, reached or requests."""

    counts: str = ""


@dataclass(frozen=True)
class Cost:
    """Outside spend for one typical run, in `currency` at the prices of `year`.

    `low` and `high` are None where no figure is known; `basis` says where figures or band
    come from (a published source, real cases, our judgement).
    """

    low: Number | None
    high: Number | None
    currency: str
    year: int | None
    basis: str
    band: str
    note: str = ""

    @property
    def _band(self) -> CostBand:
        return next(band for band in VOCABULARY.cost_bands if band.value == self.band)

    @property
    def least_known(self) -> bool:
        """Whether it is known what the method costs at least: not where only "up to" or "under" is."""
        return self.low is not None or (self.high is None and self._band.low > 0)

    @property
    def shown(self) -> tuple[Number | None, Number | None, str]:
        """The lower and the higher sum that pages show, None where there is none, and their currency.

        They are its own figures, or the ends of its band in GBP where it has none.
        """
        if self.low is not None or self.high is not None:
            return self.low, self.high, self.currency
        return (
            self._band.low or None,
            None if math.isinf(self._band.high) else self._band.high,
            "GBP",
        )

    @cached_property
    def gbp(self) -> Range:
        """The cost in GBP for comparing: its own figures, else the ends of its band.

        Where the least cost is not known, the sum that is known to be enough is both ends.
        """
        rate = VOCABULARY.gbp_rates[self.currency]
        band_high = None if math.isinf(self._band.high) else self._band.high
        high = band_high if self.high is None else self.high / rate
        if self.low is not None:
            low = self.low / rate
        elif self.least_known or high is None:
            low = self._band.low
        else:
            low = high if self.high is not None else high - 1  # a band ends below its upper end
        # A single figure that lies outside the judged band wins.
        return Range(low, None if high is not None and high < low else high)


@dataclass(frozen=True)
class Size:
    """A smaller or larger run: its own figures, and None, "" or () where it is as the usual run.

    `in_short` says what happens, `gives_up` what this size costs in quality or effort, and `needs` what must exist already.
    """

    in_short: str
    gives_up: str
    people_in_all: People | None = None
    group_size: Range | None = None
    participant_hours: Range | None = None
    lead_time_weeks: Range | None = None
    cost: Cost | None = None
    staff_days: Range | None = None
    facilitation: str = ""
    format: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of the timeline: who does it, and its weeks from the start of the usual run and of the light one.

    Without weeks of its own, the light run has the step in those of the usual one; with `in_light` False, not at all.
    """

    step: str
    start: Number
    end: Number
    who: str = ""
    light_start: Number | None = None
    light_end: Number | None = None
    in_light: bool = True

    @property
    def light_weeks(self) -> tuple[Number, Number] | None:
        """The weeks in which the light run has the step; None where it leaves it out."""
        if not self.in_light:
            return None
        start = self.start if self.light_start is None else self.light_start
        return start, self.end if self.light_end is None else self.light_end


@dataclass(frozen=True)
class Room:
    """How people sit: `layout` is tables, circle, horseshoe or fishbowl; `seats` are those of one table, circle, horseshoe or middle."""

    layout: str
    seats: Range


@dataclass(frozen=True)
class Duty:
    """How the method stands to a legal duty to consult: a `status` of the vocabulary, and the rule in a sentence."""

    status: str
    rule: str


@dataclass(frozen=True)
class Case:
    """One real use of the method; `sector` and `result` are options of the vocabulary."""

    title: str
    outcome: str
    place: str = ""
    country: str = ""
    year: int | None = None
    participants: int | None = None
    result: str = ""
    url: str = ""
    sector: str = ""


@dataclass(frozen=True)
class Source:
    """Where the facts are from; `independent` is True if its publisher does not promote the method."""

    title: str
    by: str
    year: int | None = None
    url: str = ""
    independent: bool | None = None


@dataclass(frozen=True)
class Credit:
    """A person or group who worked on the page, and how."""

    name: str
    role: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    """One section of the text, as Markdown; the vocabulary gives the heading that belongs to its `id`.

    `line` is the line of its heading in the file, `text_line` the line on which its text begins.
    """

    id: str
    markdown: str
    line: int = 0
    text_line: int = 0

    @property
    def last_line(self) -> int:
        """The last line of the file that belongs to the section, but for blank ones."""
        return self.text_line + self.markdown.count("\n")


@dataclass(frozen=True)
class Method:
    """A whole method. Empty tuples, "" and None all mean "not known"; they never mean "no"."""

    slug: str
    title: str
    summary: str
    purposes: tuple[str, ...]
    sources: tuple[Source, ...]
    aliases: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    audience_possible: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    recruitment: str = ""
    people_in_all: People | None = None
    group_size: Range | None = None
    participant_hours: Range | None = None
    lead_time_weeks: Range | None = None
    cost: Cost | None = None
    staff_days: Range | None = None
    facilitation: str = ""
    format: tuple[str, ...] = ()
    light: Size | None = None
    large: Size | None = None
    timeline: tuple[Step, ...] = ()
    kind: str = ""
    existing_body: str = ""
    family: str = ""
    picture: str = ""
    room: Room | None = None
    stage: tuple[str, ...] = ()
    handles_conflict: str = ""
    handles_complexity: str = ""
    talk: str = ""
    decision_capable: str = ""
    outcomes: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    inclusion: dict[str, str] = field(default_factory=dict)
    inclusion_possible: dict[str, str] = field(default_factory=dict)
    inclusion_unsuitable: dict[str, str] = field(default_factory=dict)
    can_harm: dict[str, str] = field(default_factory=dict)
    duty: Duty | None = None
    related: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    contributors: tuple[Credit, ...] = ()
    added: date | None = None
    last_reviewed: date | None = None
    licence: str = ""
    sections: tuple[Section, ...] = ()
    # The codes of the languages of those aliases that are not English, by alias.
    languages: dict[str, str] = field(default_factory=dict)

    def choices(self, facet: str) -> tuple[str, ...]:
        """Return the values this method has in a facet of the vocabulary; () if not known."""
        if facet == "cost":
            return (self.cost.band,) if self.cost else ()
        value = getattr(self, VOCABULARY.facets[facet].field)
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(value)

    def possible(self, facet: str) -> tuple[str, ...]:
        """Return the values it has in one of POSSIBLE beside those it is made for."""
        made_for = self.choices(facet)
        values: tuple[str, ...] = getattr(self, POSSIBLE[facet])
        return tuple(value for value in values if value not in made_for)


def split_language(written: str) -> tuple[str, str]:
    """Return the name and the code of its language, as they are written in a method file; "" where none is given."""
    marked = _MARKED.fullmatch(written)
    return (marked["name"], marked["language"]) if marked else (written, "")
