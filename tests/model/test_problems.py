"""A problem: how it is printed, how problems are put in order, and what is suggested."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalogue.model.problems import MOST_SHOWN, Problem, choose, nearest, shown

PROBLEM = Problem("methods/a.md", 7, 3, "kind-odd", "kind is odd", "Write it again.")


@pytest.mark.parametrize(
    ("problem", "printed"),
    [
        (PROBLEM, "methods/a.md:7:3: kind is odd. Write it again. [kind-odd]"),
        (replace(PROBLEM, severity="warning"),
         "methods/a.md:7:3: warning: kind is odd. Write it again. [kind-odd]"),
        (replace(PROBLEM, severity="reminder"),
         "methods/a.md:7:3: reminder: kind is odd. Write it again. [kind-odd]"),
        (replace(PROBLEM, what="is it odd?"), "methods/a.md:7:3: is it odd? Write it again. [kind-odd]"),
    ],
    ids=["error", "warning", "reminder", "question"],
)  # fmt: skip
def test_a_problem_says_where_what_and_how_to_mend_it(problem: Problem, printed: str) -> None:
    assert str(problem) == printed


def test_problems_stand_in_the_order_of_file_line_and_column() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1)]
    problems = [Problem(path, line, column, "c", "w", "m") for path, line, column in places]
    assert [(p.path, p.line, p.column) for p in sorted(problems)] == sorted(places)


@pytest.mark.parametrize(
    ("word", "found"),
    [("sumary", "summary"), ("TITLE", "title"), ("titles", "title"), ("colour", ""), ("", "")],
)
def test_only_a_word_that_is_close_is_suggested(word: str, found: str) -> None:
    assert nearest(word, ["title", "summary"]) == found


def test_a_synonym_is_suggested_before_a_word_that_looks_alike() -> None:
    assert choose(" Cheep ", ["cheap", "low"], {"cheep": "low"}) == (
        'Choose one of cheap, low. Did you mean "low"?'
    )


def test_a_long_finding_is_shown_cut() -> None:
    assert shown("a" * MOST_SHOWN) == "a" * MOST_SHOWN
    assert shown("a" * (MOST_SHOWN + 1)) == "a" * MOST_SHOWN + " …"
    assert shown("some words here", 5) == "some …"
