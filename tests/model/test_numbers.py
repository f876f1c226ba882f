"""Numbers are read as people of any country write them, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.numbers import (
    UNSURE_CURRENCY,
    WrittenNumber,
    as_digits,
    read_days,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12", 12), ("0", 0), ("1,5", 1.5), ("1.5", 1.5), ("1,50", 1.5), ("0,500", 0.5), (".5", 0.5), ("5.", 5),
        ("1.500,00", 1500), ("1,500.00", 1500), ("1.500.000", 1_500_000), ("1,500,000", 1_500_000),
        ("1 500", 1500), ("1\u00a0500,50", 1500.5), ("1\u202f500", 1500), ("1'500", 1500), ("1’500.25", 1500.25),
        ("1500,250", 1500.25), ("1_000", 1000), ("1,50,000", 150_000), ("80k", 80_000), ("1.5 k", 1500),
        ("１２", 12), ("١٬٥٠٠", 1500), ("١٫٥", 1.5), ("1500,-", 1500), ("1500.-", 1500),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_only_is_read(text: str, meant: float) -> None:
    assert read_number(text) == read_number(text, whole=True) == WrittenNumber((meant,))


@pytest.mark.parametrize("text", ["1.500", "1,500"])
def test_three_digits_behind_a_point_or_comma_are_thousands_where_wholes_are_counted(
    text: str,
) -> None:
    assert read_number(text) == WrittenNumber((1.5, 1500))
    assert read_number(text).sure is None
    assert read_number(text, whole=True).sure == 1500


def test_with_k_behind_three_digits_may_be_decimals_of_money_too() -> None:
    assert read_number("1.500k", whole=True).meanings == (1500, 1_500_000)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("£500", "GBP"), ("€ 500", "EUR"), ("500 €", "EUR"), ("EUR 500", "EUR"), ("500 euros", "EUR"),
        ("US$500", "USD"), ("CHF 500.-", "CHF"), ("$500", UNSURE_CURRENCY), ("500 kr.", UNSURE_CURRENCY),
        ("R$ 500", UNSURE_CURRENCY), ("Rs. 500", UNSURE_CURRENCY), ("₹500", UNSURE_CURRENCY),
    ],
)  # fmt: skip
def test_the_currency_beside_a_number_is_kept(text: str, currency: str) -> None:
    assert read_number(text) == WrittenNumber((500,), currency)


@pytest.mark.parametrize(
    "text",
    ["", "k", ",", "about 12", "max 12", "2 hours", "12-30", "-5", "012", "1,5000", "12.5.3", "1.50.000", "5%",
     "1e3", "0x1f", "1,500,00", "€5 EUR", "½", "9" * 31],
)  # fmt: skip
def test_what_is_no_number_or_unlikely_one_means_none(text: str) -> None:
    assert read_number(text).meanings == ()


@given(st.one_of(st.text(max_size=40), st.text("0123456789.,' k€£$-", max_size=20)), st.booleans())
def test_nothing_raises_and_a_number_read_is_read_again_as_itself(text: str, whole: bool) -> None:
    for meaning in read_number(text, whole).meanings:
        assert meaning >= 0
        again = read_number(as_digits(meaning), whole)
        assert meaning in again.meanings or "." in as_digits(meaning)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-10-23", ("2025-10-23",)), ("23/10/2025", ("2025-10-23",)), ("10/23/2025", ("2025-10-23",)),
        ("2025.9.1", ("2025-09-01",)), ("2.2.2025", ("2025-02-02",)), ("3/11/2025", ("2025-11-03", "2025-03-11")),
        ("31/02/2025", ()), ("23/10/25", ()), ("yesterday", ()), ("3/11.2025", ()),
    ],
)  # fmt: skip
def test_a_day_is_read_where_its_month_is_sure(text: str, days: tuple[str, ...]) -> None:
    assert read_days(text) == days
