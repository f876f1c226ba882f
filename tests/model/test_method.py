"""A method as a value: what it says of a facet or range, its cost in pounds, its form as plain values."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields
from datetime import date

import msgspec
import pytest

from catalogue.model.fields import FIELDS
from catalogue.model.method import (
    Case,
    Cost,
    Credit,
    Duty,
    Method,
    People,
    Range,
    Room,
    Section,
    Size,
    Source,
    Step,
)
from catalogue.vocabulary import VOCABULARY

SMALL = Method("a", "A", "It is.", ("inform",), (Source("S", "B"),))
FULL = Method(
    slug="a",
    title="A",
    summary="It is.",
    purposes=("inform", "deliberate"),
    sources=(Source("S", "B", 2020, "https://example.org", True), Source("T", "C")),
    aliases=("An A",),
    asked_as=("how to a",),
    level=("consult",),
    audience=("experts", "general-public"),
    audience_possible=("members",),
    supports=("make-decisions",),
    recruitment="open",
    people_in_all=People(5, 60, "our estimate", "taking-part"),
    group_size=Range(5, None, "our estimate"),
    participant_hours=Range(0.5, 3),
    lead_time_weeks=Range(1, 2),
    cost=Cost(1000, 2000, "EUR", 2024, "source", "low", "a guide"),
    staff_days=Range(1, 1),
    facilitation="some",
    format=("online",),
    light=Size(
        "Two talk.",
        "A mix of people.",
        People(2, 9, "", "taking-part"),
        lead_time_weeks=Range(1, 1),
        cost=Cost(0, 100, "GBP", 2026, "judgement", "minimal"),
        facilitation="none",
        needs=("venue",),
    ),
    large=Size("All talk.", "It takes a hall.", participant_hours=Range(7, 14)),
    timeline=(Step("Ask", 0, 1.5, "You", 0, 0.5), Step("Report", 1.5, 2, in_light=False)),
    kind="event",
    existing_body="can-answer",
    family="survey",
    picture="jury",
    room=Room("tables", Range(4, 6, "Four to six.")),
    stage=("explore",),
    handles_conflict="low",
    handles_complexity="high",
    talk="much",
    decision_capable="no",
    outcomes=("report",),
    not_for=("It will not.",),
    inclusion={"carers": "It does."},
    inclusion_possible={"no-internet": "By post."},
    inclusion_unsuitable={"anonymous": "All meet."},
    can_harm={"tires": "It is long."},
    duty=Duty("never-meets", "No law asks for it."),
    related=("b",),
    was=("b-before",),
    split_from=("c-before",),
    cases=(Case("C", "O", "P", "L", 2019, 25, "worked", "https://example.org"), Case("D", "E")),
    contributors=(Credit("Ada", "wrote", "https://example.org"), Credit("Bea")),
    added=date(2026, 1, 2),
    last_reviewed=date(2026, 11, 23),
    licence="CC-BY-4.0",
    sections=(Section("what-it-is", "So.", 8, 10), Section("origin", "There.", 12, 14)),
)


def test_a_method_has_a_place_for_every_field_of_a_file() -> None:
    assert {field.name for field in fields(Method)} == {
        *(field.name for field in FIELDS), "slug", "sections", "languages",
    }  # fmt: skip


def test_a_method_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        SMALL.title = "B"  # type: ignore[misc]


@pytest.mark.parametrize("method", [SMALL, FULL], ids=["small", "full"])
def test_a_method_comes_back_whole_from_plain_values(method: Method) -> None:
    again = msgspec.convert(json.loads(json.dumps(msgspec.to_builtins(method))), Method)
    assert again == method
    # To the letter: 5 stays 5, and does not become the 5.0 that it equals.
    assert repr(again) == repr(method)


def test_the_full_method_of_this_test_leaves_nothing_out() -> None:
    assert [f.name for f in fields(Method) if getattr(FULL, f.name) == f.default] == []


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("purpose", ("inform", "deliberate")),
        ("audience", ("experts", "general-public")),
        ("cost", ("low",)),
        ("recruitment", ("open",)),
        ("inclusion", ("carers",)),
        ("decision", ("no",)),
        ("outcome", ("report",)),
    ],
)
def test_a_method_says_which_options_it_has(facet: str, values: tuple[str, ...]) -> None:
    assert FULL.choices(facet) == values


@pytest.mark.parametrize("facet", [name for name in VOCABULARY.facets if name != "purpose"])
def test_a_facet_that_is_not_known_has_no_option(facet: str) -> None:
    assert SMALL.choices(facet) == ()


@pytest.mark.parametrize(
    ("low", "high", "band", "expected"),
    [
        (None, None, "minimal", Range(499, 500)),
        (None, None, "moderate", Range(5_000, 25_000)),
        (None, None, "very-high", Range(100_000, None)),
        (7_000, None, "moderate", Range(7_000, 25_000)),
        (None, 20_000, "moderate", Range(20_000, 20_000)),
        (200_000, None, "very-high", Range(200_000, None)),
        (None, 120_000, "very-high", Range(120_000, 120_000)),
        (30_000, None, "moderate", Range(30_000, None)),
        (None, 900, "moderate", Range(900, 900)),
        (3_000, 4_000, "low", Range(3_000, 4_000)),
    ],
)
def test_a_cost_is_compared_by_its_figures_and_else_by_its_band(
    low: float | None, high: float | None, band: str, expected: Range
) -> None:
    assert Cost(low, high, "GBP", None, "judgement", band).gbp == expected


@pytest.mark.parametrize(
    ("low", "high", "band", "known"),
    [
        (0, 300, "minimal", True), (200, None, "minimal", True), (None, None, "low", True),
        (None, 75_000, "high", False), (None, None, "minimal", False), (None, 525, "minimal", False),
    ],
)  # fmt: skip
def test_the_least_cost_is_known_by_its_figure_or_by_a_band_with_a_lower_end(
    low: float | None, high: float | None, band: str, known: bool
) -> None:
    cost = Cost(low, high, "GBP", None, "judgement", band)
    assert cost.least_known == known
    # What is not known is no sum that might be enough: "up to" and "under" need the whole sum.
    assert known or cost.gbp.low >= (high or 499)


def test_a_cost_in_another_currency_is_compared_in_pounds() -> None:
    assert Cost(1_300, 2_600, "USD", None, "case", "low").gbp == Range(1_000, 2_000)
    assert Cost(None, None, "USD", None, "case", "low").gbp == Range(500, 5_000)
