"""Tests of the advice of introductions: which sentence it is, when it holds, and what a damaged file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.authoring.check.check_files import faulty_texts
from catalogue.model.guides import Advice, Situation, When
from catalogue.rendering.site_texts import TEXTS_DIR, load_texts
from catalogue.validation.guides import read_advice, sentence_on

FACTS = "---\nadvice:\n  - {method: walk, when: {budget: 500}}\n---\n\n"
BODY = (
    "Ask early. No money? A [walk](/methods/walk) is free. It is short.\n\n"
    "- **You are rich:** an [*assembly*](/methods/assembly),\n  the largest. It lasts.\n"
    "- **Else:** a [walking tour](/methods/walking)."
)


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        ("walk", "No money? A [walk](/methods/walk) is free."),
        ("assembly", "**You are rich:** an [*assembly*](/methods/assembly), the largest. It lasts."),
        ("walking", "**Else:** a [walking tour](/methods/walking)."),
        ("jury", ""),
    ],
    ids=["a sentence with its question", "a whole item", "the last item", "no link"],
)  # fmt: skip
def test_the_sentence_of_a_method_is_the_one_that_links_to_it(method: str, sentence: str) -> None:
    assert sentence_on(method, BODY) == sentence


def written(folder: Path, text: str) -> Path:
    (folder / "purposes").mkdir()
    (folder / "purposes" / "inform.md").write_text(text, encoding="utf-8")
    for name in ("before-you-choose.md", "glossary.md"):
        (folder / name).write_text("", encoding="utf-8")
    return folder


def test_the_facts_say_when_a_sentence_holds_and_stay_off_the_page(tmp_path: Path) -> None:
    folder = written(tmp_path, FACTS + BODY)
    found = read_advice(folder)
    assert found.problems == ()
    (advice,) = found.advice
    assert (advice.facet, advice.value, advice.method) == ("purpose", "inform", "walk")
    assert advice.when == When(budget=500)
    assert advice.html == (
        'No money? A <a href="/methods/walk" rel="noopener noreferrer">walk</a> is free.'
    )
    bare = tmp_path / "bare"
    bare.mkdir()
    assert load_texts(folder).purposes == load_texts(written(bare, BODY)).purposes


@pytest.mark.parametrize(
    ("wrong", "code", "line"),
    [
        ("{method: jury, when: {budget: 500}}", "advice-nowhere", 3),
        ("{method: walk}", "field-missing", 3),
        ("{method: walk, when: {budget: cheap}}", "number-unreadable", 3),
        ("{method: walk, when: {mood: high}}", "field-unknown", 3),
        ("{method: walk, when: {handles_conflict: hot}}", "option-unknown", 3),
        ("walk", "wrong-type", 3),
    ],
)
def test_a_faulty_entry_is_reported_and_the_file_gives_no_advice(
    tmp_path: Path, wrong: str, code: str, line: int
) -> None:
    folder = written(tmp_path, f"---\nadvice:\n  - {wrong}\n---\n\n{BODY}")
    found = read_advice(folder)
    assert found.advice == ()
    assert [(problem.code, problem.line) for problem in found.problems] == [(code, line)]
    readings = {reading.path: reading.problems for reading in faulty_texts(folder)}
    assert found.problems == readings[f"{folder.name}/purposes/inform.md"]


@pytest.mark.parametrize(
    "text", ["---\n", "---\nadvice: 3\n---\n", "---\n\x00\n---\n", "\ufeff---\n"]
)
def test_no_file_however_odd_stops_the_others(tmp_path: Path, text: str) -> None:
    folder = written(tmp_path, text)
    assert read_advice(folder).advice == ()


LIMITS = Situation(
    {"budget": 400, "weeks": 6}, {"handles_conflict": {"high"}, "format": {"online"}}
)


@pytest.mark.parametrize(
    ("when", "met"),
    [
        (When(), 0),
        (When(budget=400), 1),
        (When(budget=399), 0),
        (When(weeks_at_least=6), 1),
        (When(weeks_at_least=7), 0),
        (When(hours=2), 0),
        (When(budget=500, weeks=6, handles_conflict="high"), 3),
        (When(budget=500, handles_conflict="low"), 0),
        (When(format=("in-person", "online")), 1),
        (When(inclusion=("carers",)), 0),
    ],
)
def test_advice_holds_where_all_its_conditions_are_met(when: When, met: int) -> None:
    assert when.met(LIMITS) == met


def test_the_real_introductions_have_advice_without_fault_for_every_purpose_and_audience() -> None:
    found = read_advice(TEXTS_DIR)
    assert found.problems == ()
    values = {(advice.facet, advice.value) for advice in found.advice}
    assert len(values) == 24
    assert all("<a " in advice.html and "<p>" not in advice.html for advice in found.advice)
    assert isinstance(found.advice[0], Advice)
