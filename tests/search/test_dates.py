"""Days of the calendar in sentences, as weeks from a day that is given."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.search.query.quantities.dates import deadlines

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "weeks", "words"),
    [
        ("We need an answer by the end of January.", 9, "by the end of January"),
        ("We must decide before Easter.", 17, "before Easter"),
        ("Report by 15 March, please", 15, "by 15 March"),
        ("by 3rd of February 2027", 9, "by 3rd of February 2027"),
        ("by May 12", 23, "by May 12"),
        ("by mid-January", 6, "by mid-January"),
        ("until February", 9, "until February"),
        ("They have been asked to report by the end of the year.", 4, "by the end of the year"),
        ("before Christmas", 3, "before Christmas"),
        ("by the end of November", 1, "by the end of November"),
        ("result needed before Christmas 2027", 55, "before Christmas 2027"),
        ("before Easter, 2028", 72, "before Easter, 2028"),
        ("We must adopt it by 2028.", 56, "by 2028"),
        ("by the end of 2027", 56, "by the end of 2027"),
        ("before the end of March", 17, "before the end of March"),
        ("by 31 January", 9, "by 31 January"),
        ("deadline 31 March", 17, "deadline 31 March"),
        ("Deadline: 31 March 2027.", 17, "Deadline: 31 March 2027"),
        ("a result at the end of March 2027", 17, "end of March 2027"),
        ("no later than 1 March", 13, "no later than 1 March"),
        ("we report in February", 9, "we report in February"),
        ("before half term", 11, "before half term"),
        ("before the May half-term", 25, "before the May half-term"),
        ("before the summer holidays", 33, "before the summer holidays"),
        ("by the end of term", 2, "by the end of term"),
        ("by Easter", 17, "by Easter"),
        # Past this year, so in the next one.
        ("by 1 November", 48, "by 1 November"),
    ],
)
def test_a_day_of_the_calendar_is_the_whole_weeks_until_it_comes_next(
    text: str, weeks: float, words: str
) -> None:
    [found] = deadlines(text, TODAY)
    assert (found.name, found.low, found.high) == ("weeks", 0, weeks)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    ["by 12 May 2019", "by 31 April", "It was decided before Easter.", "We asked them before Christmas.", "by may be a few",
     "net zero by 2030", "homes built by 2028", "by 2026", "before Christmas 2025", "It closed before 2028 people came.", "by 2040",
     "written by June Smith", "by the end", "in January", "A report in June said so.", "since the end of March", "the half term", "in the summer holidays",
     "end of March 2026", "it was opened by the end of March 2027"],
)  # fmt: skip
def test_what_is_past_or_no_day_is_no_deadline(text: str) -> None:
    assert list(deadlines(text, TODAY)) == []


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2038, 4, 25), (2049, 4, 18), (2076, 4, 19)]
)  # fmt: skip
def test_easter_is_that_of_the_calendar(year: int, month: int, day: int) -> None:
    easter = date(year, month, day)
    assert [each.high for each in deadlines("by Easter", easter.replace(month=1, day=1))] == [
        float((easter - date(year, 1, 1)).days // 7)
    ]
