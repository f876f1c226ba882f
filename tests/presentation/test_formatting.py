"""Single facts in words: money, costs, people, weeks, hours, days and labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.model.method import Cost
from catalogue.presentation.formatting import (
    CURRENCY_SYMBOLS,
    basis_text,
    choice_option,
    cost_text,
    days_text,
    hours_text,
    money,
    option_label,
    people_text,
    uncapitalised,
    weeks_text,
)
from catalogue.vocabulary import UNKNOWN, VOCABULARY


def cost(low: float | None, high: float | None, **more: object) -> Cost:
    facts = {"currency": "GBP", "year": None, "basis": "source", "band": "low", **more}
    return Cost(low, high, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (500, "GBP", "£500"),
        (1234567, "GBP", "£1,234,567"),
        (18000, "EUR", "€18,000"),
        (90, "USD", "US$90"),
        (49.6, "GBP", "£50"),
        (0, "GBP", "£0"),
    ],
)
def test_money_has_its_sign_separators_and_no_pence(value: float, currency: str, text: str) -> None:
    assert money(value, currency) == text


def test_every_currency_of_the_vocabulary_has_a_sign() -> None:
    assert set(CURRENCY_SYMBOLS) == set(VOCABULARY.choices["currency"].values)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        pytest.param(cost(800, 3000), "Low: £800 to £3,000", id="both figures"),
        pytest.param(cost(800, 800), "Low: about £800", id="one sum"),
        pytest.param(cost(800, None), "Low: from £800", id="no upper end"),
        pytest.param(cost(None, 3000), "Low: up to £3,000", id="no lower end"),
        pytest.param(cost(None, None), "Low: £500 to £5,000", id="band alone"),
        pytest.param(cost(None, None, band="minimal"), "Minimal: under £500", id="lowest band"),
        pytest.param(
            cost(None, None, band="very-high"), "Very high: over £100,000", id="highest band"
        ),
        pytest.param(
            cost(6000, 18000, currency="EUR", band="moderate"),
            "Moderate: €6,000 to €18,000",
            id="euros",
        ),
        pytest.param(cost(400, 40_000), "Minimal to high: £400 to £40,000", id="beyond its band"),
        pytest.param(
            cost(30_000, None, band="very-high"),
            "High to very high: from £30,000",
            id="below its band",
        ),
        pytest.param(
            cost(5000, 25_000, band="moderate"), "Moderate: £5,000 to £25,000", id="a whole band"
        ),
        pytest.param(None, "", id="not known"),
    ],
)
def test_cost_is_the_bands_that_its_figures_reach_in_words_and_the_figures(
    found: Cost | None, text: str
) -> None:
    assert cost_text(found) == text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (cost(1, 2, basis="source", year=2024), "published source, prices of 2024"),
        (cost(1, 2, basis="case"), "real cases"),
        (cost(None, None, basis="judgement"), "our estimate"),
        (None, ""),
    ],
    ids=["year", "no year", "estimate", "not known"],
)
def test_basis_says_where_a_cost_comes_from(found: Cost | None, text: str) -> None:
    assert basis_text(found) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (12, 30, "12 to 30 people"),
        (100, 3000, "100 to 3,000 people"),
        (1, 1, "1 person"),
        (7, 7, "7 people"),
        (50, None, "50 people or more"),
        (1, None, "Any number of people"),
        (0, None, "Any number of people"),
    ],
)
def test_people(low: float, high: float | None, text: str) -> None:
    assert people_text(low, high) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (14, 22, "14 to 22 weeks"),
        (1, 1, "1 week"),
        (6, 6, "6 weeks"),
        (0.5, 0.5, "2.5 days"),
        (0.2, 0.2, "1 day"),
        (0.2, 0.6, "1 to 3 days"),
        (0.2, 1, "1 day to 1 week"),
        (0.4, 3, "2 days to 3 weeks"),
        (0.4, None, "2 days or more"),
        (0, 2, "0 to 2 weeks"),
        (0, 1, "0 to 1 week"),
        (0.1, 0.2, "0.5 to 1 day"),
        (1.5, 1.5, "1.5 weeks"),
        (4, None, "4 weeks or more"),
    ],
)
def test_weeks_and_days_where_it_is_less_than_one(
    low: float, high: float | None, text: str
) -> None:
    assert weeks_text(low, high) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (14, 30, "14 to 30 hours"),
        (1, 1.5, "1 to 1.5 hours"),
        (1, 1, "1 hour"),
        (1.5, 1.5, "1.5 hours"),
        (0.5, 2, "30 minutes to 2 hours"),
        (0.25, 1, "15 minutes to 1 hour"),
        (0.1, 0.2, "6 to 12 minutes"),
        (0.5, 0.5, "30 minutes"),
        (0.001, 0.001, "1 minute"),
        (0, 3, "Up to 3 hours"),
        (0, 0.5, "Up to 30 minutes"),
        (0, 0, "No extra time"),
        (2, None, "2 hours or more"),
        (0.5, None, "30 minutes or more"),
        (0, None, "Any time"),
    ],
)
def test_hours_are_minutes_below_one(low: float, high: float | None, text: str) -> None:
    assert hours_text(low, high) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (30, 80, "30 to 80 days"),
        (1, 1, "1 day"),
        (0.5, 0.5, "half a day"),
        (0.5, 2, "half a day to 2 days"),
        (0.2, 1, "1.5 hours to 1 day"),
        (0, 1, "0 to 1 day"),
        (1.5, 4, "1.5 to 4 days"),
        (3, 3, "3 days"),
        (20, None, "20 days or more"),
    ],
)
def test_working_days_and_hours_where_it_is_less_than_one(
    low: float, high: float | None, text: str
) -> None:
    assert days_text(low, high) == text


@settings(max_examples=60, deadline=None, database=None)
@given(ends=st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=2).map(sorted))
def test_any_range_can_be_put_into_words(ends: list[float]) -> None:
    low, high = ends[0], ends[1] if len(ends) == 2 else None
    for write in (people_text, weeks_text, hours_text, days_text):
        text = write(low, high)
        assert text
        assert "%(" not in text


def test_an_option_is_called_by_its_label() -> None:
    facet = VOCABULARY.facets["purpose"]
    assert option_label(facet, "gather-views") == "Collect views"


def test_the_missing_value_is_called_not_known() -> None:
    assert option_label(VOCABULARY.facets["cost"], UNKNOWN) == "Not known"


def test_options_of_facets_and_of_choices_are_found_alike() -> None:
    assert choice_option("cost", "low").help == "£500 to £5,000"
    assert choice_option("basis", "judgement").label == "Our estimate"


@pytest.mark.parametrize(("text", "inside"), [("Under £500", "under £500"), ("£5", "£5"), ("", "")])
def test_a_text_inside_a_sentence_begins_small(text: str, inside: str) -> None:
    assert uncapitalised(text) == inside
