"""The fields of a method file: one table of names, types, limits and meanings.

validation/composites.py reads files by this table and the documents list it, so a field is described
here and nowhere else. It stands between the vocabulary and the checked `Method`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from catalogue.model.pictures import PICTURE_CHOICE
from catalogue.vocabulary import VOCABULARY, Facet

Type = Literal[
    "text", "address", "number", "year", "flag", "date", "month", "choice",
    "texts", "choices", "slug", "slugs", "range", "people", "cost", "record", "records", "sentences",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field: its name in the file, its type, its limits and what it holds.

    `options` names a facet or choice of the vocabulary, `called` how messages speak of one
    value, `at_most` the largest number of items (or characters, for a text). `unit` says what a number
    counts, where three digits behind a point or comma can only be thousands.
    """

    name: str
    type: Type
    meaning: str
    required: bool = False
    options: str = ""
    called: str = ""
    at_least: int = 0
    at_most: int = 0
    fields: tuple[Field, ...] = ()
    unit: Literal["", "people", "money", "years"] = ""


def options_of(field: Field) -> Facet:
    """Return the facet or choice whose options a field takes."""
    if field.options == "picture":
        return PICTURE_CHOICE
    return VOCABULARY.facets.get(field.options) or VOCABULARY.choices[field.options]


NOTE = Field("note", "text", "A short remark for the reader, with its source.", at_most=300)
RANGE_FIELDS = (
    Field("min", "number", "The smallest usual number.", required=True),
    Field("max", "number", "The largest; left out if there is no upper limit."),
    NOTE,
)
_MIN, _MAX = (replace(field, unit="people") for field in RANGE_FIELDS[:2])
GROUP_FIELDS = (_MIN, _MAX, NOTE)
PEOPLE_FIELDS = (
    _MIN,
    _MAX,
    Field("counts", "choice", "What is counted.", required=True, options="counts", called="way of counting"),
    NOTE,
)  # fmt: skip
COST_FIELDS = (
    Field("low", "number", "The lower figure.", unit="money"),
    Field("high", "number", "The higher figure.", unit="money"),
    Field("currency", "choice", "GBP unless said.", options="currency", called="currency"),
    Field("year", "year", "The year of the price.", unit="years"),
    Field("basis", "choice", "Where figures or band come from.", required=True, options="basis"),
    Field("band", "choice", "The band by judgement, where low or high is not known.",
          options="cost", called="cost band"),
    NOTE,
)  # fmt: skip
# The figures that the usual run has at the top level, and a smaller or larger one in a group of its own.
FIGURES = (
    Field("people_in_all", "people", "How many people take part, are reached, or are counted, in all.",
          fields=PEOPLE_FIELDS),
    Field("group_size", "range", "How many people sit in one group.", fields=GROUP_FIELDS),
    Field("participant_hours", "range", "Hours each person gives in all.", fields=RANGE_FIELDS),
    Field("lead_time_weeks", "range", "Weeks from the idea to a usable result.",
          fields=RANGE_FIELDS),
    Field("cost", "cost", "Money spent outside for one typical run.", fields=COST_FIELDS),
    Field("staff_days", "range", "Working days of the organiser's own staff.",
          fields=RANGE_FIELDS),
    Field("facilitation", "choice", "The skill needed to run it.", options="facilitation"),
    Field("format", "choices", "Where it happens.", options="format", at_least=1, at_most=4),
)  # fmt: skip
SIZE_FIELDS = (
    Field("in_short", "text", "What happens, in one sentence.", required=True, at_most=160),
    *FIGURES,
    Field("needs", "choices", "What must exist already.", options="needs", at_most=5),
    Field("gives_up", "text", "What this size gives up, or asks more of you.", required=True,
          at_most=300),
)  # fmt: skip
STEP_FIELDS = (
    Field("step", "text", "Its name, as in How to run it.", required=True, at_most=120),
    Field("who", "text", "Who does it.", at_most=120),
    Field("start", "number", "The week it begins in the usual run, from 0.", required=True),
    Field("end", "number", "The week it ends.", required=True),
    Field("light_start", "number", "The week it begins in the light run, where that differs."),
    Field("light_end", "number", "The week it ends in the light run."),
    Field("in_light", "flag", "false if the light run leaves it out."),
)
ROOM_FIELDS = (
    Field("layout", "choice", "How people sit.", required=True, options="layout", called="layout"),
    Field("seats", "range", "How many sit at one table, in one circle or in the middle, with the source.", required=True,
          fields=GROUP_FIELDS),
)  # fmt: skip
DUTY_FIELDS = (
    Field("status", "choice", "How it stands to a legal duty to consult.", required=True, options="duty",
          called="status"),
    Field("rule", "text", "The rule, in one sentence.", required=True, at_most=300),
)  # fmt: skip
CASE_FIELDS = (
    Field("title", "text", "What it was called.", required=True, at_most=160),
    Field("place", "text", "Town or area.", at_most=120),
    Field("country", "text", "Country.", at_most=60),
    Field("sector", "choice", "The part of public life it was about.", options="sector", called="sector"),
    Field("year", "year", "The year it happened, or was reported.", unit="years"),
    Field("participants", "number", "How many people took part.", unit="people"),
    Field("result", "choice", "Whether it worked.", options="result", called="result"),
    Field("outcome", "text", "What came of it, in one or two sentences.", required=True,
          at_most=500),
    Field("url", "address", "A page that tells of it."),
)  # fmt: skip
SOURCE_FIELDS = (
    Field("title", "text", "The title of the page or publication.", required=True, at_most=200),
    Field("by", "text", "Who published it.", required=True, at_most=160),
    Field("year", "year", "The year it was published.", unit="years"),
    Field("url", "address", "The publisher's own page."),
    Field("independent", "flag", "true if its publisher does not promote the method."),
)
CREDIT_FIELDS = (
    Field("name", "text", "The name to show.", required=True, at_most=120),
    Field("role", "choice", "What they did.", options="role", called="role"),
    Field("url", "address", "A page about them."),
)

FIELDS = (
    Field("title", "text", "The usual English name.", required=True, at_most=60),
    Field("aliases", "texts", "Other names people know it by, foreign ones with their language: Bürgerrat [de].", at_most=30),
    Field("summary", "text", "One sentence that says what happens.", required=True, at_most=160),
    Field("purposes", "choices", "What you need from people, the best first.", required=True,
          options="purpose", at_least=1, at_most=5),
    Field("level", "choices", "How much say people have, the main one first.", options="level",
          at_least=1, at_most=3),
    Field("supports", "choices", "Other purposes it helps with as one step of a process.", options="purpose",
          at_most=8),
    Field("audience", "choices", "Who takes part.", options="audience", at_least=1, at_most=6),
    Field("audience_possible", "choices", "Who else can, if it is adapted as the page says.",
          options="audience", at_most=11),
    Field("recruitment", "choice", "How people are chosen.", options="recruitment"),
    *FIGURES,
    Field("light", "record", "The smallest honest run; what it leaves out is as in the usual one.",
          fields=SIZE_FIELDS),
    Field("large", "record", "A much larger run.", fields=SIZE_FIELDS),
    Field("timeline", "records", "The steps of the usual run in time.", fields=STEP_FIELDS, at_most=20),
    Field("kind", "choice", "How long-lived it is.", options="kind", called="kind"),
    Field("existing_body", "choice", "Whether one that exists can take on a single question.",
          options="existing_body"),
    Field("family", "choice", "Which methods it is akin to.", options="family"),
    Field("picture", "choice", "Which line picture of static/pictures/ shows it, without .svg.",
          options="picture"),
    Field("room", "record", "How people sit, where their number decides it; the page draws it for the number asked for.",
          fields=ROOM_FIELDS),
    Field("stage", "choices", "Where in a longer process it fits.", options="stage",
          at_least=1, at_most=3),
    Field("handles_conflict", "choice", "How well it copes with opposed views.",
          options="handles_conflict"),
    Field("handles_complexity", "choice", "How well it copes with a hard subject.",
          options="handles_complexity"),
    Field("talk", "choice", "How much those who take part talk with one another.", options="talk"),
    Field("decision_capable", "choice", "Whether it can make the decision itself.",
          options="decision"),
    Field("outcomes", "choices", "What you hold afterwards.", options="outcome", at_least=1,
          at_most=5),
    Field("not_for", "texts", "What it will not deliver, in whole sentences.", at_most=6),
    Field("inclusion", "sentences", "Whom it suits who are often left out, and how.",
          options="inclusion"),
    Field("inclusion_possible", "sentences", "Whom it can suit, and what you must do for that.",
          options="inclusion"),
    Field("inclusion_unsuitable", "sentences", "Whom its form shuts out, and why.",
          options="inclusion"),
    Field("can_harm", "sentences", "What harm it can do, and what to do about it.", options="harm"),
    Field("duty", "record", "How it stands in law.", fields=DUTY_FIELDS),
    Field("asked_as", "texts", "Needs as a practitioner would type them.", at_most=40),
    Field("related", "slugs", "Methods worth a look beside it.", at_most=10),
    Field("was", "slugs", "Names it had in addresses before; those addresses lead here.", at_most=5),
    Field("split_from", "slugs", "Names of methods in addresses that were divided into this one and others.", at_most=5),
    Field("cases", "records", "Real uses and what came of them.", fields=CASE_FIELDS),
    Field("sources", "records", "Where the facts are from.", required=True, at_least=1,
          fields=SOURCE_FIELDS),
    Field("contributors", "records", "Who worked on the page.", fields=CREDIT_FIELDS),
    Field("added", "date", "The day it came into the catalogue."),
    Field("last_reviewed", "date", "The day somebody read and checked the whole page."),
    Field("licence", "choice", "The licence of the text.", options="licence"),
)  # fmt: skip
