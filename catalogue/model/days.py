"""Reads days as people write them: 2025-10-23, 23/10/2025, 23.10.2025, 2025.10.23."""

from __future__ import annotations

import re
from datetime import date

_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")


def read_days(text: str) -> tuple[str, ...]:
    """Return the days that a text may mean, as 2026-11-23: none, one, or two where 3/11 may be either."""
    if found := _YEAR_FIRST.fullmatch(text):
        written = [(found[1], found[3], found[4])]
    elif found := _DAY_OR_MONTH_FIRST.fullmatch(text):
        written = [(found[4], found[3], found[1]), (found[4], found[1], found[3])]
    else:
        return ()
    return tuple(dict.fromkeys(day for parts in written if (day := _day(*map(int, parts)))))


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
