"""One good value and one common mistake for each field of a method file, as docs/fields.md shows them.

Chosen by hand; a test has the validator accept every good value and refuse every mistake with its code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A value as it should be written, as it often is, and the code of the problem that gives."""

    good: str
    mistake: str
    code: str


def _list(*items: str) -> str:
    return "".join(f"\n  - {item}" for item in items)


# By the name of the field; a field of a group by the names of both. The group "range" is any range, "size" a light or large run.
EXAMPLES = {
    "title": Example('"Citizens\' jury"', "Citizens' jury: a guide for councils", "yaml-colon"),
    "aliases": Example(
        '["Citizen jury", "Jury citoyen [fr]"]', "Citizen jury, Jury citoyen", "wrong-type"
    ),
    "asked_as": Example(
        '["let ordinary people hear the evidence and judge"]',
        "a verdict on one question",
        "wrong-type",
    ),
    "summary": Example(
        '"Twelve to thirty people chosen by lottery hear witnesses and reach a verdict."',
        '"People say "yes" or "no" to one question."',
        "yaml-quote",
    ),
    "purposes": Example("[deliberate, make-decisions]", "[discussion]", "option-unknown"),
    "level": Example("[involve, collaborate]", "involve", "wrong-type"),
    "supports": Example("[inform, resolve-conflict]", "inform", "wrong-type"),
    "audience": Example("[cross-section, local-residents]", "[youth]", "option-unknown"),
    "audience_possible": Example("[young-people, businesses]", "[shops]", "option-unknown"),
    "recruitment": Example("random", "[random, open]", "wrong-type"),
    "people_in_all": Example(
        '{min: 12, max: 60, counts: taking-part, note: "one to four groups at once"}',
        "{min: 12, max: 60}",
        "field-missing",
    ),
    "group_size": Example("{min: 12, max: 30}", "12-30", "wrong-type"),
    "participant_hours": Example("{min: 1.5, max: 40}", "half a day", "wrong-type"),
    "lead_time_weeks": Example(
        '{min: 14, max: 22, note: "four to five months"}', "4 months", "wrong-type"
    ),
    "cost": Example(
        '\n  low: 60000\n  high: 200000\n  year: 2024\n  basis: source\n  note: "Involve\'s cost page"',
        "£60,000",
        "wrong-type",
    ),
    "staff_days": Example(
        '{min: 30, max: 80, note: "our estimate"}', "{min: 80, max: 30}", "range-reversed"
    ),
    "facilitation": Example("specialist", "expert", "option-unknown"),
    "format": Example("[in-person, online]", "[face-to-face]", "option-unknown"),
    "light": Example(
        '\n  in_short: "Ten-minute talks in the waiting room; two officers write down the words."\n'
        "  people_in_all: {min: 5, max: 60, counts: taking-part}\n"
        "  lead_time_weeks: {min: 1, max: 3}\n"
        '  cost: {low: 0, high: 200, year: 2026, basis: judgement, note: "own staff and a free room"}\n'
        "  needs: [venue]\n"
        '  gives_up: "No sample; it says what the people met there think."',
        "small",
        "wrong-type",
    ),
    "large": Example(
        '\n  in_short: "Two hundred people at thirty tables, in four towns on one day."\n'
        "  people_in_all: {min: 100, max: 300, counts: taking-part}\n"
        '  gives_up: "It asks for thirty trained hosts."',
        '{in_short: "Two hundred people."}',
        "field-missing",
    ),
    "timeline": Example(
        _list(
            '{step: "Draw the jury", who: "Lead officer", start: 4, end: 12, light_end: 6}',
            '{step: "Open", start: 12, end: 12.1, in_light: false}',
        ),
        _list('{step: "Draw the jury", start: 12, end: 4}'),
        "range-reversed",
    ),
    "kind": Example("process", "workshop", "option-unknown"),
    "existing_body": Example("can-answer", "exists", "option-unknown"),
    "family": Example("mini-public", "Mini-public", "option-unknown"),
    "picture": Example("jury", "jury.svg", "option-unknown"),
    "room": Example(
        '\n  layout: tables\n  seats: {min: 4, max: 6, note: "four to six at a table (WIKIAlps, undated)"}',
        "tables",
        "wrong-type",
    ),
    "stage": Example("[explore, weigh]", "[beginning]", "option-unknown"),
    "handles_conflict": Example("high", '"very high"', "option-unknown"),
    "handles_complexity": Example("medium", "yes", "option-unknown"),
    "talk": Example("much", '"a lot"', "option-unknown"),
    "decision_capable": Example('"no"', "no", "yaml-trap"),
    "outcomes": Example("[report]", "[]", "list-short"),
    "not_for": Example(
        _list('"It will not show what share of the public holds a view."'),
        _list("It has one limit: cost."),
        "wrong-type",
    ),
    "inclusion": Example(
        '\n  carers: "Evening sessions and paid childcare."', "[carers]", "wrong-type"
    ),
    "inclusion_possible": Example(
        '\n  sensory-access: "Book a signer and send the papers in large print."',
        '\n  deaf: "Book a signer."',
        "option-unknown",
    ),
    "inclusion_unsuitable": Example(
        '\n  anonymous: "Members sit face to face, so nobody stays unnamed."',
        "anonymous",
        "wrong-type",
    ),
    "can_harm": Example(
        '\n  raises-hopes: "People expect the plan to be built; say at the start what is paid for."',
        '\n  hopes: "People expect the plan to be built."',
        "option-unknown",
    ),
    "duty": Example(
        '{status: can-meet, rule: "Done early and answered in full, it can be a proper consultation (Gunning, 1985)."}',
        "can-meet",
        "wrong-type",
    ),
    "related": Example(
        "[citizens-assembly, planning-cell]", '["Citizens\' assembly"]', "slug-unusable"
    ),
    "was": Example("[people-jury]", '["People\'s jury"]', "slug-unusable"),
    "split_from": Example("[citizens-panel]", '["Citizens\' panel"]', "slug-unusable"),
    "cases": Example(
        _list(
            'title: "Leeds Climate Change Citizens\' Jury"\n    place: "Leeds"\n    year: 2019\n'
            '    result: mixed\n    outcome: "It made 12 recommendations."'
        ),
        _list('"Leeds, 2019"'),
        "wrong-type",
    ),
    "sources": Example(
        _list('title: "How much does a citizens\' jury cost?"\n    by: "Involve"'),
        _list("https://involve.org.uk"),
        "wrong-type",
    ),
    "contributors": Example('[{name: "A. Person", role: wrote}]', '"A. Person"', "wrong-type"),
    "added": Example("2026-11-23", "November 2026", "date-unreadable"),
    "last_reviewed": Example("2026-11-23", "23/11/2026", "date-unreadable"),
    "licence": Example("CC-BY-4.0", "MIT", "option-unknown"),
    # inside a range
    "range.min": Example("12", "about 12", "number-unreadable"),
    "range.max": Example("30", '"30"', "number-unreadable"),
    "range.note": Example(
        '"two to seven days (Involve, 2020)"', "two: or three days", "yaml-colon"
    ),
    # inside a light or large run
    "size.in_short": Example(
        '"Ten-minute talks in the waiting room; two officers write down the words."',
        '""',
        "text-empty",
    ),
    "size.people_in_all": Example(
        "{min: 5, max: 60, counts: taking-part}",
        "{min: 60, max: 5, counts: taking-part}",
        "range-reversed",
    ),
    "size.group_size": Example("{min: 5, max: 9}", "5 to 9", "wrong-type"),
    "size.participant_hours": Example("{min: 0.1, max: 0.5}", "ten minutes", "wrong-type"),
    "size.lead_time_weeks": Example("{min: 1, max: 3}", "3", "wrong-type"),
    "size.cost": Example(
        '{low: 0, high: 200, year: 2026, basis: judgement, note: "own staff and a free room"}',
        "nothing",
        "wrong-type",
    ),
    "size.staff_days": Example("{min: 2, max: 8}", "{max: 8}", "field-missing"),
    "size.facilitation": Example("some", "little", "option-unknown"),
    "size.format": Example("[in-person]", "in-person", "wrong-type"),
    "size.needs": Example("[venue, worker]", "[room]", "option-unknown"),
    "size.gives_up": Example(
        '"No sample; it says what the people met there think."', '""', "text-empty"
    ),
    # inside the others
    "people_in_all.min": Example("12", "a dozen", "number-unreadable"),
    "people_in_all.max": Example("60", '"60"', "number-unreadable"),
    "people_in_all.counts": Example("taking-part", "people", "option-unknown"),
    "people_in_all.note": Example('"one to four groups at once"', '""', "text-empty"),
    "timeline.step": Example('"Draw the jury"', "4", "yaml-trap"),
    "timeline.who": Example('"Lead officer"', "[officer, host]", "wrong-type"),
    "timeline.start": Example("4", "month 1", "number-unreadable"),
    "timeline.end": Example("12", "week 12", "number-unreadable"),
    "timeline.light_start": Example("0.5", '"0.5"', "number-unreadable"),
    "timeline.light_end": Example("12", "two days", "number-unreadable"),
    "timeline.in_light": Example("false", '"false"', "flag-unreadable"),
    "room.layout": Example("tables", "table", "option-unknown"),
    "room.seats": Example(
        '{min: 8, max: 12, note: "Everyday Democracy, undated"}',
        "{min: 12, max: 8}",
        "range-reversed",
    ),
    "duty.status": Example("can-meet", "legal", "option-unknown"),
    "duty.rule": Example(
        '"Done early and answered in full, it can be a proper consultation (Gunning, 1985)."',
        "[Gunning]",
        "wrong-type",
    ),
    "cost.low": Example("500", "£500", "number-unreadable"),
    "cost.high": Example("2000", '"2,000"', "number-unreadable"),
    "cost.currency": Example("EUR", "euros", "option-unknown"),
    "cost.year": Example("2024", '"2024"', "number-unreadable"),
    "cost.basis": Example("source", "guess", "option-unknown"),
    "cost.band": Example("low", "cheap", "option-unknown"),
    "cost.note": Example('"two halls and a facilitator; our estimate"', '""', "text-empty"),
    "cases.title": Example('"Leeds Climate Change Citizens\' Jury"', "2019", "yaml-trap"),
    "cases.place": Example('"Leeds"', "[Leeds, Bradford]", "wrong-type"),
    "cases.country": Example('"United Kingdom"', "no", "yaml-trap"),
    "cases.sector": Example("environment", "climate", "option-unknown"),
    "cases.year": Example("2019", "19", "year-unlikely"),
    "cases.participants": Example("25", "about 25", "number-unreadable"),
    "cases.result": Example("mixed", "good", "option-unknown"),
    "cases.outcome": Example('"It made 12 recommendations."', '""', "text-empty"),
    "cases.url": Example(
        '"https://leedsclimate.org.uk/jury"', '"leedsclimate.org.uk"', "address-unusable"
    ),
    "sources.title": Example('"Citizens\' jury (method page)"', "1984", "yaml-trap"),
    "sources.by": Example('"Involve"', '""', "text-empty"),
    "sources.year": Example("2019", "undated", "number-unreadable"),
    "sources.url": Example(
        '"https://involve.org.uk/jury"', '"see their website"', "address-unusable"
    ),
    "sources.independent": Example("true", '"true"', "flag-unreadable"),
    "contributors.name": Example('"A. Person"', "[A. Person, B. Person]", "wrong-type"),
    "contributors.role": Example("reviewed", "editor", "option-unknown"),
    "contributors.url": Example(
        '"https://people.example/a-person"', '"@a-person"', "address-unusable"
    ),
}
