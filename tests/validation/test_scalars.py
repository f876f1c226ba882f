"""Single values: each reader takes what is right and says of everything else what was found.

Each value stands on line 2, column 4 of a made-up file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from catalogue.model.fields import Field
from catalogue.model.problems import shown
from catalogue.validation.front_matter import Node
from catalogue.validation.scalars import Faults, address, choice, day, flag, number, text, year
from catalogue.vocabulary import VOCABULARY
from tests.support.method_text import PATH, at_once, node

Reader = Callable[[Faults, Field, Node], Any]

TITLE = Field("title", "text", "The usual English name.", at_most=20)
LINK = Field("url", "address", "A page about it.")
COUNT = Field("min", "number", "The smallest usual number.")
PEOPLE = replace(COUNT, unit="people")
MONEY = Field("low", "number", "The lower figure.", unit="money")
YEAR = Field("year", "year", "The year of the price.")
FLAG = Field("independent", "flag", "Whether it is.")
DAY = Field("last_reviewed", "date", "The day it was checked.")
FORMAT = Field("kind", "choice", "How long-lived it is.", options="kind", called="kind")
BAND = Field("band", "choice", "The band.", options="cost", called="cost band")
EXAMPLE = "for example 12"
BARE = "Write a bare number, with no quotation marks, £, commas or words:"


def reading(reader: Reader, field: Field, written: str) -> tuple[Any, list[str]]:
    """Return what a reader makes of a value, and its problems without their place."""
    faults = Faults(PATH)
    value = reader(faults, field, node(written))
    return value, [str(p).removeprefix(f"{PATH}:2:4: ") for p in faults.problems]


def refusal(reader: Reader, field: Field, written: str) -> str:
    """Return the only problem of a value that is refused."""
    value, problems = reading(reader, field, written)
    assert value is None
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Barn dance", "Barn dance"), ('"Barn: a dance"', "Barn: a dance"), ("'no'", "no"),
        ('"1:30"', "1:30"), ('"  Barn   dance "', "Barn dance"), ("|\n  Barn\n  dance", "Barn dance"),
        ("None", "None"), ('"A title of 20 signs."', "A title of 20 signs."), ('"Grüße ☺"', "Grüße ☺"),
    ],
)  # fmt: skip
def test_a_text_is_kept_with_its_spaces_put_in_order(written: str, value: str) -> None:
    assert reading(text, TITLE, written) == (value, [])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Say <b>things</b>.", "<b>"), ("A<br />B", "<br />"), ("A <!-- B", "<!--"), ("A</o:p>", "</o:p>"),
        ('<span lang="en" class=a>A</span>', '<span lang="en" class=a>'), ("A&nbsp;B", "&nbsp;"), ("A&#8217;s", "&#8217;"),
    ],
)  # fmt: skip
def test_html_in_a_text_is_warned_of_and_the_text_is_kept(written: str, found: str) -> None:
    told = f'"{found}" in title stands on the page as it is typed, as title is plain text'
    value, problems = reading(text, replace(TITLE, at_most=0), repr(written))
    assert value == written
    assert problems == [f"warning: {told}. Write title without HTML. [not-shown]"]


@pytest.mark.parametrize(
    "written",
    [
        "< 20 people", "<20 people, or > 30", "a <- b", "a <b and c> d", "5 < x > 3", "it <3 us", "<https://a.example>",
        "<ann@a.example>", "Q&A; more", "R&D & you",
    ],
)  # fmt: skip
def test_a_sign_that_begins_no_tag_is_no_html(written: str) -> None:
    assert reading(text, TITLE, f'"{written}"') == (written, [])


@pytest.mark.parametrize(
    ("written", "taken_for"),
    [
        ("no", "true or false"), ("Yes", "true or false"), ("off", "true or false"),
        ("1:30", "a number"), ("012", "a number"), ("1984", "a number"), ("1.5", "a number"),
        ("2026-11-23", "a date"), ("=", "an operator"), ("<<", "an operator"),
    ],
)  # fmt: skip
def test_a_text_that_yaml_takes_for_something_else_needs_quotation_marks(
    written: str, taken_for: str
) -> None:
    assert refusal(text, TITLE, written) == (
        f"title is written {written} without quotation marks, which YAML reads as {taken_for}. "
        f'Write title: "{written}". [yaml-trap]'
    )


@pytest.mark.parametrize("written", ['""', '"  "', "~", "null"])
def test_an_empty_text_is_refused(written: str) -> None:
    assert refusal(text, TITLE, written) == (
        "title is empty. Write it, or take the line out: The usual English name. [text-empty]"
    )


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    assert refusal(text, TITLE, '"A title of 21 signs.."') == (
        '"title" is 21 characters and the limit is 20. Cut 1. [text-long]'
    )


@pytest.mark.parametrize("escape", [r"\x07", r"\0", r"\e", r"\x7f", r"\x9b"])
def test_a_text_holds_no_character_that_cannot_be_seen(escape: str) -> None:
    assert refusal(text, TITLE, f'"Barn{escape}dance"') == (
        "title holds a character that cannot be seen. Type the text again. [text-unseen]"
    )


@pytest.mark.parametrize(
    ("written", "what", "title"),
    [("[a, b]", "a list", '"…"'), ("{Barn: a dance}", "a group of fields", '"Barn: a dance"')],
    ids=["list", "group"],
)
@pytest.mark.parametrize(
    ("reader", "field", "pattern"),
    [
        (text, TITLE, ""),
        (address, LINK, '"https://…"'),
        (number, COUNT, "…"),
        (year, YEAR, "YYYY"),
        (flag, FLAG, "true or false"),
        (day, DAY, "YYYY-MM-DD"),
    ],
    ids=["text", "address", "number", "year", "flag", "date"],
)
def test_one_value_is_neither_a_list_nor_a_group(
    reader: Reader, field: Field, pattern: str, written: str, what: str, title: str
) -> None:
    assert refusal(reader, field, written) == (
        f"{field.name} takes one value, not {what}. "
        f"Write {field.name}: {pattern or title}. [wrong-type]"
    )


@pytest.mark.parametrize(
    "written",
    [
        "http://example.org/a?b=c#d", '"mailto:a@example.org"', "https://example.co.uk/päge", "https://a..b"
    ],
)  # fmt: skip
def test_a_web_address_is_kept(written: str) -> None:
    assert reading(address, LINK, written) == (written.strip('"'), [])


@pytest.mark.parametrize(
    "written",
    [
        "https://", "https://example", "javascript:alert(1)", "ftp://example.org",
        "/methods", "https://example.org/a b", "mailto:someone", "https://.org", "https://example.",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(written: str) -> None:
    assert refusal(address, LINK, f'"{written}"') == (
        f'"{written}" is not a web address. '
        "Write the whole address, beginning with https://, or take it out. [address-unusable]"
    )


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("www.example.org", "https://www.example.org"),
        ("//example.org/a", "https://example.org/a"),
        ("ada@example.org", "mailto:ada@example.org"),
    ],
)
def test_a_web_address_without_its_beginning_is_shown_with_it(written: str, whole: str) -> None:
    assert refusal(address, LINK, f'"{written}"') == (
        f'"{written}" is not a web address. Write the whole address: "{whole}". [address-unusable]'
    )


@pytest.mark.parametrize("start", ["https://", "mailto:"])
def test_an_endless_web_address_is_judged_at_once(start: str) -> None:
    with at_once():
        problem = refusal(address, LINK, f'"{start}{".@" * 50_000}<"')
    assert problem.endswith("[address-unusable]")


@pytest.mark.parametrize(
    ("written", "value"),
    [("12", 12), ("0", 0), ("0.5", 0.5), ("1.0", 1.0), ("1000000000", 1_000_000_000)],
)
def test_a_number_is_kept(written: str, value: float) -> None:
    found, problems = reading(number, COUNT, written)
    assert problems == []
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("written", "decimal"),
    [("1:30", "1.5"), ("2:15", "2.25"), ("12:45", "12.75")],
)
def test_hours_with_a_colon_are_refused_with_their_decimal(written: str, decimal: str) -> None:
    assert refusal(number, COUNT, written) == (
        f"min is written {shown(written)}, which YAML reads as one number in minutes. "
        f"Write one plain number: {decimal}, if hours and minutes are meant. [yaml-trap]"
    )


@pytest.mark.parametrize(
    ("written", "better"), [("012", "12"), ("007", "7"), ("00", "0"), ("00.5", "0.5")]
)
def test_a_number_that_begins_with_a_nought_is_refused(written: str, better: str) -> None:
    assert refusal(number, COUNT, written) == (
        f"min begins with a nought ({written}), which YAML reads in eights. "
        f"Write {better}. [yaml-trap]"
    )


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ('"12"', "12"), ("1,5", "1.5"), ("1.500,00", "1500"), ("1 500", "1500"), ("1'500", "1500"), (".5", "0.5"),
        ("1_000", "1000"), ("80k", "80000"), ("１２", "12"),
        ("£500", EXAMPLE), ("about 12", EXAMPLE), ("2 hours", EXAMPLE), ("1e3", EXAMPLE),
        ("0x1f", EXAMPLE), (".inf", EXAMPLE), (".nan", EXAMPLE), ("no", EXAMPLE), ("12-30", EXAMPLE),
        ("1:3", EXAMPLE), ("1:30:00", EXAMPLE), ("-1:30", EXAMPLE), ("1:30.5", EXAMPLE),
    ],
)  # fmt: skip
def test_what_is_no_bare_number_is_refused_with_what_to_write(written: str, better: str) -> None:
    shown = written.strip('"')
    assert refusal(number, COUNT, written) == (
        f'min is not a number ("{shown}"). {BARE} {better}. [number-unreadable]'
    )


@pytest.mark.parametrize("written", ["-5", "-0.5", "'-1,000'", "−4"])
def test_a_number_below_nought_is_called_that(written: str) -> None:
    shown = written.strip("'")
    assert refusal(number, COUNT, written) == (
        f'min is less than 0 ("{shown}"). Write 0 or more. [number-unreadable]'
    )


UNREADABLE = "[number-unreadable]"


@pytest.mark.parametrize(
    ("field", "written", "message"),
    [
        (COUNT, "1.500", "min is written 1.500, which is 1.5 in some countries and 1500 in others. "
         "Write 1.5 or 1500, whichever is meant."),
        (COUNT, "60,000", "min is written 60,000, which is 60 in some countries and 60000 in others. "
         "Write 60 or 60000, whichever is meant."),
        (PEOPLE, "1.500", "min is written 1.500, which computers read as 1.5. Write min: 1500."),
        (MONEY, "1.500", "low is written 1.500, which computers read as 1.5. Write low: 1500."),
        (MONEY, '"1,500"', f'low is not a number ("1,500"). {BARE} 1500.'),
        (MONEY, "€2.500", 'low is not a number ("€2.500"). Write low: 2500 and, beside it, currency: EUR.'),
        (MONEY, "£500", 'low is not a number ("£500"). Write low: 500 and, beside it, currency: GBP.'),
        (MONEY, "$500", 'low is a sum in a currency that is not named or not one we use ("$500"). '
         "Write the bare number in one of GBP, EUR, USD and, beside it, that currency."),
        (MONEY, "CHF 1'500.-", "low is a sum in a currency that is not named or not one we use (\"CHF 1'500.-\"). "
         "Write the bare number in one of GBP, EUR, USD and, beside it, that currency."),
    ],
)  # fmt: skip
def test_a_number_that_may_mean_another_is_asked_for_and_never_guessed(
    field: Field, written: str, message: str
) -> None:
    assert refusal(number, field, written) == f"{message} {UNREADABLE}"


@pytest.mark.parametrize("written", ["1000000001", "9" * 5000], ids=["just", "endless"])
def test_a_number_too_large_to_be_meant_is_refused(written: str) -> None:
    assert refusal(number, COUNT, written) == (
        f"min is too large ({written[:20]}). "
        "Check the number; the largest we take is 1000000000. [number-large]"
    )


def test_a_year_lies_between_1500_and_next_year() -> None:
    latest = date.today().year + 1
    for written in ("1500", "2019", str(latest)):
        assert reading(year, YEAR, written) == (int(written), [])
    for written in ("1499", str(latest + 1), "19", "2019.5"):
        assert refusal(year, YEAR, written) == (
            f"{written} is not a likely year. "
            "Write the year in four figures, from 1500 to next year. [year-unlikely]"
        )


@pytest.mark.parametrize("value", [True, False])
def test_a_flag_is_true_or_false(value: bool) -> None:
    assert reading(flag, FLAG, str(value).lower()) == (value, [])


@pytest.mark.parametrize("written", ["no", "yes", "maybe", '"true"', "1", "True"])
def test_anything_else_is_no_flag(written: str) -> None:
    shown = written.strip('"')
    assert refusal(flag, FLAG, written) == (
        f'independent is neither true nor false ("{shown}"). '
        "Write true or false, or take it out. [flag-unreadable]"
    )


@pytest.mark.parametrize("written", ["2025-06-01", '"2025-06-01"'])
def test_a_date_may_be_quoted_or_not(written: str) -> None:
    assert reading(day, DAY, written) == (date(2025, 6, 1), [])


def test_a_date_of_review_may_be_tomorrows_of_another_time_zone_and_no_later() -> None:
    tomorrow = date.today() + timedelta(days=1)
    later = tomorrow + timedelta(days=1)
    assert reading(day, DAY, tomorrow.isoformat()) == (tomorrow, [])
    assert refusal(day, DAY, later.isoformat()) == (
        f"last_reviewed lies in the future ({later}). "
        "Write the day on which it was done. [date-future]"
    )


@pytest.mark.parametrize("written", ["1 June 2025", "2025-06", "2025-02-30", "30/02/2025", "no"])
def test_what_is_no_date_is_refused(written: str) -> None:
    assert refusal(day, DAY, written) == (
        f'last_reviewed is not a date ("{written}"). '
        "Write year, month and day: YYYY-MM-DD. [date-unreadable]"
    )


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("23/10/2025", "2025-10-23"),
        ("2025.9.1", "2025-09-01"),
        ("01/06/2025", "2025-06-01 or 2025-01-06, whichever is meant"),
    ],
)
def test_a_date_in_another_form_is_shown_in_ours_or_asked_for(written: str, better: str) -> None:
    assert refusal(day, DAY, written) == (
        f'last_reviewed is not a date ("{written}"). '
        f"Write year, month and day: {better}. [date-unreadable]"
    )


def test_an_option_of_the_vocabulary_is_kept() -> None:
    for option in VOCABULARY.facets["kind"].values:
        assert reading(choice, FORMAT, option) == (option, [])


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Event", ' Did you mean "event"?'),
        ("evnt", ' Did you mean "event"?'),
        ("Standing body or channel", ' Did you mean "standing"?'),
        ("picnic", ""),
    ],
)
def test_an_unknown_option_lists_the_options_and_suggests_the_nearest(
    written: str, hint: str
) -> None:
    assert refusal(choice, FORMAT, written) == (
        f'kind "{written}" is not one we use. '
        f"Choose one of activity, event, process, standing.{hint} [option-unknown]"
    )


def test_an_unknown_option_suggests_what_a_synonym_means() -> None:
    assert refusal(choice, BAND, "Expensive") == (
        'cost band "Expensive" is not one we use. '
        'Choose one of minimal, low, moderate, high, very-high. Did you mean "high"? '
        "[option-unknown]"
    )


@pytest.mark.parametrize("written", ["[event]", "[Event, process]"])
def test_one_option_is_not_a_list(written: str) -> None:
    assert refusal(choice, FORMAT, written) == (
        "kind takes one option, not a list. Write kind: event. [wrong-type]"
    )


@pytest.mark.parametrize("written", ["[]", "[[a]]", "[picnic]"])
def test_a_list_without_an_option_is_shown_all_of_them(written: str) -> None:
    assert refusal(choice, FORMAT, written) == (
        "kind takes one option, not a list. Write kind: …. "
        "Choose from activity, event, process, standing. [wrong-type]"
    )
