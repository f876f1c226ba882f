"""One good value and one common mistake for each field of a method file.

The guide docs/fields.md shows both, with what the validator says to the mistake; tests hold every good value
to be accepted and every mistake to be refused.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A value as it should be written, and as it often is."""

    good: str
    mistake: str


def _list(*items: str) -> str:
    return "".join(f"\n  - {item}" for item in items)


# By the field's name; fields of a group by the name of the group and their own.
EXAMPLES = {
    "title": Example('"Citizens\' jury"', "Citizens' jury: a guide for councils"),
    "aliases": Example('["Citizen jury", "Jury citoyen"]', "Citizen jury, Jury citoyen"),
    "asked_as": Example(
        '["let ordinary people hear the evidence and judge"]', "a verdict on one question"
    ),
    "summary": Example(
        '"Twelve to thirty people chosen by lottery hear witnesses and reach a verdict."',
        '"People say "yes" or "no" to one question."',
    ),
    "purposes": Example("[deliberate, make-decisions]", "[discussion]"),
    "level": Example("[involve, collaborate]", "involve"),
    "audience": Example("[cross-section, local-residents]", "[youth]"),
    "recruitment": Example("random", "[random, open]"),
    "group_size": Example("{min: 12, max: 30}", "12-30"),
    "participant_hours": Example("{min: 1.5, max: 40}", "half a day"),
    "lead_time_weeks": Example('{min: 14, max: 22, note: "four to five months"}', "4 months"),
    "cost": Example(
        '\n  low: 60000\n  high: 200000\n  year: 2024\n  basis: source\n  note: "Involve\'s cost page"',
        "£60,000",
    ),
    "staff_days": Example('{min: 30, max: 80, note: "our estimate"}', "{min: 80, max: 30}"),
    "facilitation": Example("specialist", "expert"),
    "format": Example("[in-person, online]", "[face-to-face]"),
    "kind": Example("process", "workshop"),
    "family": Example("mini-public", "Mini-public"),
    "stage": Example("[explore, weigh]", "[beginning]"),
    "handles_conflict": Example("high", '"very high"'),
    "handles_complexity": Example("medium", "yes"),
    "decision_capable": Example('"no"', "no"),
    "outcomes": Example("[report]", "[]"),
    "not_for": Example(
        _list('"It will not show what share of the public holds a view."'),
        _list("It has one limit: cost."),
    ),
    "inclusion": Example('\n  carers: "Evening sessions and paid childcare."', "[carers]"),
    "related": Example("[citizens-assembly, planning-cell]", '["Citizens\' assembly"]'),
    "cases": Example(
        _list(
            'title: "Leeds Climate Change Citizens\' Jury"\n    place: "Leeds"\n    year: 2019\n'
            '    result: mixed\n    outcome: "It made 12 recommendations."'
        ),
        _list('"Leeds, 2019"'),
    ),
    "sources": Example(
        _list('title: "How much does a citizens\' jury cost?"\n    by: "Involve"'),
        _list("https://involve.org.uk"),
    ),
    "contributors": Example('[{name: "A. Person", role: wrote}]', '"A. Person"'),
    "last_reviewed": Example("2026-11-23", "23/11/2026"),
    "licence": Example("CC-BY-4.0", "MIT"),
    # inside a range
    "range.min": Example("12", "about 12"),
    "range.max": Example("30", '"30"'),
    "range.note": Example('"two to seven days (Involve, 2020)"', "two: or three days"),
    # inside the others
    "cost.low": Example("500", "£500"),
    "cost.high": Example("2000", '"2,000"'),
    "cost.currency": Example("EUR", "euros"),
    "cost.year": Example("2024", '"2024"'),
    "cost.basis": Example("source", "guess"),
    "cost.band": Example("low", "cheap"),
    "cost.note": Example('"two halls and a facilitator; our estimate"', '""'),
    "cases.title": Example('"Leeds Climate Change Citizens\' Jury"', "2019"),
    "cases.place": Example('"Leeds"', "[Leeds, Bradford]"),
    "cases.country": Example('"United Kingdom"', "no"),
    "cases.year": Example("2019", "19"),
    "cases.participants": Example("25", "about 25"),
    "cases.result": Example("mixed", "good"),
    "cases.outcome": Example('"It made 12 recommendations."', '""'),
    "cases.url": Example('"https://leedsclimate.org.uk/jury"', '"leedsclimate.org.uk"'),
    "sources.title": Example('"Citizens\' jury (method page)"', "1984"),
    "sources.by": Example('"Involve"', '""'),
    "sources.year": Example("2019", "undated"),
    "sources.url": Example('"https://involve.org.uk/jury"', '"see their website"'),
    "sources.independent": Example("true", '"true"'),
    "contributors.name": Example('"A. Person"', "[A. Person, B. Person]"),
    "contributors.role": Example("reviewed", "editor"),
    "contributors.url": Example('"https://people.example/a-person"', '"@a-person"'),
}
