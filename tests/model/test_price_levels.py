"""Sums of earlier years in today's money."""

from __future__ import annotations

import pytest

from catalogue.model.method import Cost
from catalogue.model.price_levels import PRICE_YEAR, in_todays_money
from catalogue.presentation.formatting import basis_text


@pytest.mark.parametrize(
    ("gbp", "year", "today"),
    [
        (18_000, 2008, 28_000),  # 18,000 x 103.18 / 66.89 = 27,766
        (47_892, 2008, 74_000),
        (100, 1990, 240),
        (0, 2008, 0),
        (500, PRICE_YEAR - 2, None),
        (500, PRICE_YEAR, None),
        (500, 1850, None),
    ],
)
def test_a_sum_is_multiplied_by_the_rise_of_prices_and_rounded(
    gbp: float, year: int, today: float | None
) -> None:
    assert in_todays_money(gbp, year) == today


def test_an_old_price_keeps_its_year_and_is_shown_in_todays_money_too() -> None:
    cost = Cost(18_000, 48_000, "GBP", 2008, "case", "high")
    assert basis_text(cost) == (
        f"real cases, prices of 2008 (£28,000 to £74,000 in money of {PRICE_YEAR})"
    )


def test_other_currencies_and_recent_prices_stay_as_they_are() -> None:
    assert basis_text(Cost(1, 2, "EUR", 2008, "case", "low")) == "real cases, prices of 2008"
    assert basis_text(Cost(1, 2, "GBP", 2024, "case", "low")) == "real cases, prices of 2024"
