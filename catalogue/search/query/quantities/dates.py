"""Deadlines that name a day of the calendar, as weeks from a given day: "by the end of January", "before Easter"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from catalogue.search.query.quantities.limits import Quantity

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till)\s+(?:the\s+)?(?:(?:(?P<end>end\s+of\s+)|(?P<mid>mid[\s-]|middle\s+of\s+)"
    r"|(?P<first>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+)?"
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
    r"(?:\s+(?P<second>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,?\s+(?P<year>20\d\d)\b)?"
    r"|end\s+of\s+(?:the|this)\s+(?P<this>year)\b|(?P<feast>easter|christmas|new\s+year)\b(?:,?\s+(?P<feast_year>20\d\d)\b)?"
    r"|(?P<last>end\s+of\s+)?(?P<only_year>20\d\d)\b)",
    re.I,
)
# By such a year something in the world is to be so: a goal, and no day on which a result is needed.
_GOAL = re.compile(r"\b(?:net\s+zero|carbon|emissions?|neutral|target|homes|climate|vision|halv\w*|reduc\w*|electric|phase[sd]?\s+out|grow\w*|double[sd]?|population)\b", re.I)  # fmt: skip
# What was done by a day is no deadline; what "is needed" or "has been asked for" by then is one.
_PAST = re.compile(r"\b(?:was|were|had|did)\b|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeen )\b(?!need|hundred)\w{2,}ed\b", re.I)  # fmt: skip
_MAX_YEARS = 5
_CLAUSE_END = re.compile(r"[.,;:!?()]")
# "We may": a month of three letters that is a verb; "by June Smith": a month that is somebody's name.
_VERB, _SURNAME = re.compile(r"(?:may|mar|march)\b"), re.compile(r"\s+[A-Z][a-z]")


def deadlines(text: str, today: date) -> Iterator[Quantity]:
    """Yield the days of the calendar by which a text wants a result, as weeks from today, at least one.

    A day without a year is the next one; one that is past is left out. A month by itself ends where it begins.
    """
    for match in _DEADLINE.finditer(text):
        day = _day(match, today)
        before = _CLAUSE_END.split(text[: match.start()])[-1]
        if match["only_year"] and (
            _GOAL.search(before) or (day and day.year - today.year > _MAX_YEARS)
        ):
            continue
        if day and not _PAST.search(before) and not _no_month(text, match):
            yield Quantity("weeks", 0.0, max(1.0, float((day - today).days // 7)), *match.span())


def _no_month(text: str, match: re.Match[str]) -> bool:
    month, dated = match["month"] or "", match["end"] or match["first"] or match["second"]
    return not dated and bool(_VERB.match(month) or (month and _SURNAME.match(text, match.end())))


def _day(match: re.Match[str], today: date) -> date | None:
    """Return the day that a match names; None for one that no calendar has."""
    year = match["year"] or match["feast_year"] or match["only_year"]
    years = (int(year),) if year else (today.year, today.year + 1)
    try:
        days = [_in_year(match, year) for year in years]
    except ValueError:
        return None
    return next((day for day in days if day >= today), None)


def _in_year(match: re.Match[str], year: int) -> date:
    if match["only_year"]:
        return date(year, 12, 31) if match["last"] else date(year, 1, 1)
    feast = (match["feast"] or "").lower()
    if feast == "easter":
        return _easter(year)
    if match["this"] or feast:
        return date(year, 12, 25 if feast == "christmas" else 31)
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    last = monthrange(year, month)[1]
    named = match["first"] or match["second"]
    return date(
        year, month, int(named) if named else last if match["end"] else 15 if match["mid"] else 1
    )


def _easter(year: int) -> date:
    """Return Easter Sunday by the rule of Gauss, with its numbers for the years 1900 to 2099."""
    after = (19 * (year % 19) + 24) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) + 6 * after + 5) % 7
    sunday = date(year, 3, 22) + timedelta(days=after + weekday)
    # The two exceptions of the rule: never 26 April, and not 25 April in the later half of the cycle.
    late = sunday == date(year, 4, 26) or (
        sunday == date(year, 4, 25) and after == 28 and year % 19 > 10
    )
    return sunday - timedelta(days=7) if late else sunday
