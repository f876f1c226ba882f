"""A problem: how its message is made and printed, how problems are put in order, and what is suggested."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from catalogue.model.problems import MAX_SHOWN, Problem, nearest, shown

PATH = "methods/a.md"


@pytest.mark.parametrize(
    ("problem", "printed"),
    [
        (Problem("list-long", PATH, 7, 3, {"field": "stage", "count": 4, "limit": 3}),
         "methods/a.md:7:3: stage has 4 entries and the limit is 3. Keep the 3 that matter most. [list-long]"),
        (Problem("link-text", PATH, 7, 3, {"words": "here"}),
         'methods/a.md:7:3: warning: link text "here" does not say where it goes. Use the name of the page. '
         "[link-text]"),
        (Problem("review-due", PATH, 7, 3, {"reviewed": "2024-01-01", "due": "2026-01-01", "months": 24}),
         "methods/a.md:7:3: reminder: this page was last reviewed on 2024-01-01 and was due on 2026-01-01. Read it "
         "through, check its facts and links, and change last_reviewed. Pages are reviewed every 24 months. "
         "[review-due]"),
        (Problem("field-unknown", PATH, 7, 3, {"name": "kid", "known": "kind", "options": "a, b", "group": "x"}, "inside"),
         'methods/a.md:7:3: "kid" is not a field we use in x. Take it out, or choose one of kind. '
         "Choose from a, b. [field-unknown]"),
        (Problem("field-unknown", PATH, 7, 3, {"name": "zzz", "known": "kind", "options": ""}),
         'methods/a.md:7:3: "zzz" is not a field we use. Take it out, or choose one of kind. [field-unknown]'),
        (Problem("page-thin", PATH, 7, 3, {"score": 9, "missing": ["A cost.", "A case."]}),
         "methods/a.md:7:3: warning: this page is thin: 9 of 100 points for completeness. Add what is missing: "
         "A cost. A case. [page-thin]"),
        (Problem("option-repeated", "methods/\x1b.md", 7, 3, {"option": "a\n{b}\u202e"}),
         r'methods/\x1b.md:7:3: "a\n{b}\u202e" is given twice. Take one of them out. [option-repeated]'),
    ],
    ids=["error", "warning", "reminder", "variant and hint", "no hint", "several values", "unprintable"],
)  # fmt: skip
def test_a_problem_says_where_what_and_how_to_fix_it(problem: Problem, printed: str) -> None:
    assert str(problem) == printed


@pytest.mark.parametrize(
    "problem",
    [
        Problem("range-reversed", PATH, 3, 9, {"low": 2.5, "high": 1}, "cost"),
        Problem("page-thin", PATH, 1, 1, {"score": 9, "missing": ["A cost.", "A case."]}),
        Problem("file-empty", PATH, 1, 1),
    ],
)
def test_a_problem_comes_back_from_json_as_it_was(problem: Problem) -> None:
    again = Problem(**json.loads(json.dumps(asdict(problem))))
    assert (again, str(again)) == (problem, str(problem))


def test_problems_stand_in_the_order_of_file_line_column_code_and_message() -> None:
    repeated, missing = "option-repeated", "heading-missing"
    ordered = [
        Problem(repeated, "a", 9, 1, {"option": "b"}),
        Problem(missing, "a", 9, 2, {"heading": "z"}),
        Problem(repeated, "a", 9, 2, {"option": "a"}),
        Problem(repeated, "a", 9, 2, {"option": "b"}),
        Problem(repeated, "a", 10, 1, {"option": "a"}),
        Problem(repeated, "b", 1, 1, {"option": "a"}),
    ]
    assert sorted(reversed(ordered)) == ordered


def test_problems_that_differ_only_in_their_values_are_two() -> None:
    problems = {Problem("option-repeated", PATH, 1, 1, {"option": option}) for option in "aab"}
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("word", "found"),
    [("sumary", "summary"), ("TITLE", "title"), ("titles", "title"), ("colour", ""), ("", "")],
)
def test_only_a_word_that_is_close_is_suggested(word: str, found: str) -> None:
    assert nearest(word, ["title", "summary"]) == found


def test_a_synonym_is_suggested_before_a_word_that_looks_alike() -> None:
    assert nearest(" Cheep ", ["cheap", "low"], synonyms={"cheep": "low"}) == "low"


def test_a_long_finding_is_shown_cut() -> None:
    assert shown("a" * MAX_SHOWN) == "a" * MAX_SHOWN
    assert shown("a" * (MAX_SHOWN + 1)) == "a" * MAX_SHOWN + " …"
    assert shown("some words here", 5) == "some …"
