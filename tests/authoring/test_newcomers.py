"""Files as newcomers bring them from other toolkits pass the check after two runs, by its messages alone.

They are written for this test, in the forms of public repositories: notes, cards of a deck, pages of documentation
sites, vaults, sheets of toolkits, with their fields, headings, numbers and dates.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from catalogue.model.problems import Problem
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import Reading, method_files, read_method_file, read_method_text
from catalogue.validation.style_checks import prose_problems
from tests.conftest import METHODS
from tests.support.newcomer import follow

FILES = sorted((Path(__file__).parents[1] / "data" / "newcomers").glob("*.md"))
RUNS = 2


@cache
def others() -> list[Reading]:
    return [read_method_file(METHODS, file) for file in method_files(METHODS)]


def errors(name: str, text: str) -> list[Problem]:
    """Return the errors that one run says of a text among all methods."""
    reading = read_method_text(f"methods/{name}", name, text)
    checked = check_across([*others(), reading])[-1]
    assert reading.draft is not None
    warnings = prose_problems(reading.path, reading.draft, date.today(), reading.unread)
    return [p for p in (*checked.problems, *warnings) if p.severity == "error"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_newcomers_file_passes_after_two_runs_by_messages_alone(
    file: Path,
) -> None:
    text = file.read_text(encoding="utf-8")
    assert errors(file.name, text) != []
    for _ in range(RUNS):
        text = follow(text, errors(file.name, text))
    assert [str(problem) for problem in errors(file.name, text)] == []


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 14
