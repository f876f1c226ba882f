"""Deadlines that name a day of the calendar, as weeks from a given day: "by the end of January", "before Easter"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from catalogue.search.query.quantities.limits import Quantity

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Days that have a name, with their month and day: the feasts, and the breaks of schools in England, which are near these days.
_NAMED_DAYS = {
    "christmas": (12, 25), "new year": (12, 31), "october half": (10, 25), "february half": (2, 15), "may half": (5, 26), "summer": (7, 21),
    "spring end": (3, 28), "summer end": (7, 21), "autumn end": (12, 18),
}  # fmt: skip
_HALF_TERMS, _TERM_ENDS = (
    [n for n in _NAMED_DAYS if n.endswith(kind)] for kind in (" half", " end")
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
# What leads to a day by which there must be a result: "by", "deadline:", "we report in".
_LEADS = (
    r"(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|in\s+time\s+for|ready\s+for|"
    r"(?:deadline|due(?:\s+date)?|due\s+back)(?:\s+(?:is|on|of|by|in|for)|\s*[:,=-])?|"
    r"(?:we|I|they|must|to|will|should)\s+(?:report|decide|vote|publish)(?:\s+back)?\s+(?:in|on|at))"
)
_DEADLINE = re.compile(
    rf"\b{_LEADS}\s+(?:the\s+)?(?:(?:(?P<half>october|february|may)\s+)?(?P<half_term>half[\s-]term)\b"
    r"|end\s+of\s+(?:(?:the|this)\s+)?(?:school\s+)?(?P<term_end>term)\b"
    r"|(?:(?P<end>end\s+of\s+)|(?P<mid>mid[\s-]|middle\s+of\s+)"
    r"|(?P<first>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+)?"
    rf"(?P<month>{_MONTH})"
    r"(?:\s+(?P<second>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,?\s+(?P<year>20\d\d)\b)?"
    r"|end\s+of\s+(?:the|this)\s+(?P<this>year)\b|(?P<feast>easter|christmas|new\s+year)\b(?:,?\s+(?P<feast_year>20\d\d)\b)?"
    r"|(?P<summer>summer)\s+(?:holidays?|break|recess)\b"
    r"|(?P<last>end\s+of\s+)?(?P<only_year>20\d\d)\b)"
    # With a year it needs no lead: "end of March 2027".
    rf"|\b(?P<end2>end\s+of\s+)(?P<month2>{_MONTH})\s+(?P<year2>20\d\d)\b",
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
        said = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
        day = _day(said, today)
        before = _CLAUSE_END.split(text[: match.start()])[-1]
        if "only_year" in said and (
            _GOAL.search(before) or (day and day.year - today.year > _MAX_YEARS)
        ):
            continue
        if day and not _PAST.search(before) and not _no_month(said, text, match.end()):
            yield Quantity("weeks", 0.0, max(1.0, float((day - today).days // 7)), *match.span())


def _no_month(said: dict[str, str], text: str, end: int) -> bool:
    month, dated = said.get("month", ""), {"end", "first", "second"} & said.keys()
    return not dated and bool(_VERB.match(month) or (month and _SURNAME.match(text, end)))


def _day(said: dict[str, str], today: date) -> date | None:
    """Return the day that the parts of a deadline name; None for one that no calendar has, or that is past."""
    year = said.get("year") or said.get("feast_year") or said.get("only_year")
    years = (int(year),) if year else (today.year, today.year + 1)
    try:
        days = sorted(day for year in years for day in _in_year(said, year))
    except ValueError:
        return None
    return next((day for day in days if day >= today), None)


def _in_year(said: dict[str, str], year: int) -> list[date]:
    """Return the days of a year that are meant: one, or each half term where none is named."""
    if "only_year" in said:
        return [date(year, 12, 31) if "last" in said else date(year, 1, 1)]
    feast = " ".join(said.get("feast", "").lower().split())
    if feast == "easter":
        return [_easter(year)]
    if "half_term" in said or "term_end" in said:
        names = [f"{said['half'].lower()} half"] if "half" in said else _HALF_TERMS
        names = _TERM_ENDS if "term_end" in said else names
        return [date(year, *_NAMED_DAYS[name]) for name in names]
    if feast or "this" in said or "summer" in said:
        return [date(year, *_NAMED_DAYS[feast or ("summer" if "summer" in said else "new year")])]
    month = _MONTHS.index(said["month"][:3].lower()) + 1
    last = monthrange(year, month)[1]
    named = said.get("first") or said.get("second")
    day = int(named) if named else last if "end" in said else 15 if "mid" in said else 1
    return [date(year, month, day)]


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
