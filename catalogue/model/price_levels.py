"""Price levels by year, from price_levels.yaml: sums of an earlier year in the money of the last year of the table."""

from __future__ import annotations

import math
from pathlib import Path

from catalogue.vocabulary import read_yaml

PRICE_LEVELS_FILE = Path(__file__).with_name("price_levels.yaml")
# Prices of the last few years are shown as they are.
MIN_AGE = 3
# Sums are rounded to so many significant digits: the table knows no prices of halls or facilitators.
DIGITS = 2

_LEVELS: dict[int, float] = read_yaml(PRICE_LEVELS_FILE)["levels"]
# The year in whose money sums are given.
PRICE_YEAR = max(_LEVELS)


def in_todays_money(gbp: float, year: int) -> float | None:
    """Return a sum in GBP of a year in the money of PRICE_YEAR, rounded to DIGITS; None for recent and unknown years."""
    if year not in _LEVELS or year > PRICE_YEAR - MIN_AGE:
        return None
    value = gbp * _LEVELS[PRICE_YEAR] / _LEVELS[year]
    return round(value, DIGITS - 1 - math.floor(math.log10(value))) if value >= 1 else 0.0
