"""`catalogue due`: which methods it lists, in which order, in words, as JSON and as the text of an issue.

A method is due 24 months after its review; the days here count from 30 November 2026.
"""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import catalogue.cli.due as command_module
from catalogue.authoring.check.due import Due, Reviews, as_json, as_markdown, as_text, due_reviews
from catalogue.model.method import Method
from catalogue.settings import Settings
from tests.support.command import FINE, MISUSE, Command, last_line
from tests.support.editing import break_file, change
from tests.support.method_text import method

TODAY = date(2026, 11, 30)


class Calendar(date):
    """A calendar on which it is always the same day."""

    @classmethod
    def today(cls) -> Calendar:
        return cls(TODAY.year, TODAY.month, TODAY.day)


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr(command_module, "date", Calendar)
    return Command(settings)


def reviewed(slug: str, day: str = "") -> Method:
    made = method(f"last_reviewed: {day}" if day else "")
    return Method(**{**vars(made), "slug": slug, "title": slug.title()})


def listed(*methods: Method, within: int = 60) -> list[tuple[str, str]]:
    return [(due.slug, due.when) for due in due_reviews(methods, TODAY, within).due]


def test_the_longest_overdue_comes_first_and_the_never_reviewed_last() -> None:
    methods = [
        reviewed("never"),
        reviewed("today", "2024-11-30"),
        reviewed("soon", "2025-01-01"),
        reviewed("late", "2024-10-01"),
        reviewed("yesterday", "2024-11-27"),
        reviewed("fresh", "2026-01-01"),
    ]
    assert listed(*methods) == [
        ("late", "overdue by 60 days"),
        ("yesterday", "overdue by 3 days"),
        ("today", "overdue by 2 days"),
        ("soon", "due in 32 days"),
        ("never", "never reviewed"),
    ]


@pytest.mark.parametrize(
    ("days", "when", "overdue"),
    [
        (0, "due today", False),
        (1, "due in 1 day", False),
        (-1, "overdue by 1 day", True),
        (-2, "overdue by 2 days", True),
        (None, "never reviewed", True),
    ],
)
def test_the_day_is_put_into_words(days: int | None, when: str, overdue: bool) -> None:
    day = None if days is None else TODAY + timedelta(days)
    due = Due("a", "A", None, day, days)
    assert (due.when, due.overdue) == (when, overdue)


def test_within_counts_the_last_day_too() -> None:
    soon = reviewed("soon", "2024-12-10")
    assert listed(soon, within=9) == []
    assert listed(soon, within=10) == [("soon", "due in 10 days")]


REVIEWS = due_reviews(
    [reviewed("a_b", "2024-10-01"), reviewed("c", "2025-01-01"), reviewed("d")], TODAY, 60
)


def test_the_text_has_one_line_for_each() -> None:
    assert as_text(REVIEWS, "").splitlines() == [
        "2026-10-01  methods/a_b.md  A_B (overdue by 60 days)",
        "2027-01-01  methods/c.md  C (due in 32 days)",
        "-           methods/d.md  D (never reviewed)",
    ]


def test_json_says_until_when_and_holds_each_day() -> None:
    found = json.loads(as_json(REVIEWS, ""))
    assert found["until"] == "2027-01-29"
    assert found["methods"][0] == {
        "slug": "a_b",
        "title": "A_B",
        "last_reviewed": "2024-10-01",
        "due": "2026-10-01",
        "days": -60,
        "overdue": True,
    }
    never = found["methods"][2]
    assert (never["slug"], never["due"], never["days"], never["overdue"]) == ("d", None, None, True)


def test_the_issue_says_what_to_do_and_lists_each_under_its_heading() -> None:
    assert as_markdown(REVIEWS, "https://example.org").split("\n\n") == [
        "## Methods to read through again",
        "Read the whole page, check its figures and open its links. Mend what is no longer so, write the "
        "day into `last_reviewed`, and open a pull request. A method is due 24 months after its last "
        "review.",
        "### Overdue",
        r"- [ ] [A\_B](https://example.org/methods/a_b) (`methods/a_b.md`): 1 October 2026, overdue by "
        "60 days\n- [ ] [D](https://example.org/methods/d) (`methods/d.md`): never reviewed",
        "### Due soon",
        "- [ ] [C](https://example.org/methods/c) (`methods/c.md`): 1 January 2027, due in 32 days",
    ]


def test_without_an_address_the_issue_names_the_files_alone() -> None:
    assert "- [ ] C (`methods/c.md`): 1 January 2027" in as_markdown(REVIEWS, "")


def test_an_issue_with_nothing_due_says_so() -> None:
    assert as_markdown(Reviews(TODAY, ()), "") == (
        "## Methods to read through again\n\nNothing is due until 30 November 2026."
    )


def test_the_command_lists_what_is_due_and_ends_with_0(run: Command, settings: Settings) -> None:
    change(settings.methods_dir / "reed-panel.md", "2025-05-20", "2024-11-30")
    result = run("due")
    assert result.exit_code == FINE
    assert result.stdout.splitlines() == [
        "2026-11-28  methods/reed-panel.md  Reed panel (overdue by 2 days)",
        "-           methods/orchard-walk.md  Orchard walk (never reviewed)",
        "-           methods/web-idea-box.md  Web idea box (never reviewed)",
    ]
    assert result.stderr == "6 methods: 3 overdue, 0 due soon.\n"


@pytest.mark.parametrize("style", ["text", "json", "markdown"])
def test_a_file_with_errors_is_counted_and_not_listed(
    run: Command, settings: Settings, style: str
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    result = run("due", "--format", style)
    assert result.exit_code == FINE
    assert "reed-panel" not in result.stdout
    assert result.stderr.splitlines() == [
        "5 methods: 2 overdue, 0 due soon.",
        "1 file has errors and cannot be looked at; see `catalogue check`.",
    ]


def test_a_folder_that_is_missing_is_misuse(run: Command, settings: Settings) -> None:
    shutil.rmtree(settings.methods_dir)
    result = run("due")
    assert (result.exit_code, result.stdout) == (MISUSE, "")
    message = f"Error: {settings.methods_dir} cannot be read: No such file or directory."
    assert last_line(result.stderr) == message


def test_an_empty_folder_has_nothing_due(run: Command, settings: Settings) -> None:
    shutil.rmtree(settings.methods_dir)
    Path(settings.methods_dir).mkdir()
    result = run("due")
    assert (result.exit_code, result.stdout) == (FINE, "")
    assert result.stderr == "0 methods: 0 overdue, 0 due soon.\n"
