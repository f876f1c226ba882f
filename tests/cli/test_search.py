"""Tests of `catalogue search`: what it prints, and that its filters are those of the site.

How methods are found and ranked is tested in test_engine.py.
"""

from __future__ import annotations

import re

import pytest
from click.testing import Result

from catalogue.settings import Settings
from tests.support.command import FINE, Command
from tests.support.editing import change


@pytest.fixture
def run(settings: Settings) -> Command:
    return Command(settings)


def slugs(result: Result) -> list[str]:
    return re.findall(r"^\S.*  \[([a-z-]+)\]$", result.stdout, re.MULTILINE)


def test_a_result_shows_its_title_address_summary_and_facts(run: Command) -> None:
    result = run("search", "harvest", "lottery")
    assert result.exit_code == FINE
    assert result.stdout == (
        "Harvest jury  [harvest-jury]\n"
        "  Twelve people drawn by lottery hear evidence about the harvest and give a verdict.\n"
        "  High: £40,000 to £90,000 · 14 to 30 hours · 12 to 24 people\n"
    )
    assert result.stderr == "1 found.\n"


def test_facts_that_are_not_known_are_left_out(run: Command) -> None:
    assert run("search", "ideas", "website").stdout == (
        "Web idea box  [web-idea-box]\n"
        "  People post ideas on a website and vote for those of others.\n"
        "  50 people or more\n"
    )


def test_a_size_that_passes_alone_is_named_with_its_own_figures(
    run: Command, settings: Settings
) -> None:
    light = (
        'light:\n  in_short: "One evening in the barn."\n  participant_hours: {min: 2, max: 3}\n'
        '  cost: {low: 600, high: 900, currency: GBP, year: 2026, basis: judgement, note: "tea"}\n'
        '  gives_up: "Nobody has slept on it."\n'
    )
    change(settings.methods_dir / "harvest-jury.md", "kind: ", f"{light}kind: ")
    found = run("search", "harvest", "lottery", "--cost", "low").stdout.splitlines()
    assert found[2] == (
        "  In its light version: £600 to £900 (our estimate), 12 to 20 weeks, 12 to 24 people, 2 to 3 hours each"
    )


@pytest.mark.parametrize(
    "words, line",
    [
        ("harvest jury under £500", "Does not fit: Budget: £40,000 to £90,000"),
        ("ideas under £500", "Not known: Budget"),
    ],
)
def test_a_limit_in_the_words_that_a_result_breaks_is_named(
    words: str, line: str, run: Command
) -> None:
    assert run("search", *words.split()).stdout.splitlines()[-1] == f"  {line}"


def test_nothing_found_is_no_fault(run: Command) -> None:
    result = run("search", "zebra")
    assert (result.exit_code, result.stdout, result.stderr) == (FINE, "", "0 found.\n")


def test_without_words_all_methods_are_listed_by_title(run: Command) -> None:
    assert slugs(run("search")) == [
        "barn-meeting",
        "harvest-jury",
        "orchard-walk",
        "postcard-survey",
        "reed-panel",
        "web-idea-box",
    ]


@pytest.mark.parametrize(
    "words, found",
    [
        ("--cost low", ["barn-meeting", "postcard-survey"]),
        ("--cost low --cost high", ["barn-meeting", "harvest-jury", "postcard-survey"]),
        ("--cost low --audience seldom-heard", ["postcard-survey"]),
        ("--format online", ["reed-panel", "web-idea-box"]),
        ("--level involve --facilitation none", ["orchard-walk"]),
        ("--purpose make-decisions", ["harvest-jury"]),
        ("--recruitment targeted", ["orchard-walk", "reed-panel"]),
        ("--people 1000", ["postcard-survey", "web-idea-box"]),
        ("--budget 400", ["orchard-walk"]),
        ("--weeks 2", ["orchard-walk"]),
        ("--hours 1", ["orchard-walk", "postcard-survey"]),
        ("--cost unknown", ["web-idea-box"]),
        ("--sort cost --limit 2", ["orchard-walk", "barn-meeting"]),
        ("postcard --level consult --sort title", ["barn-meeting", "postcard-survey"]),
        ("postcard --level consult", ["postcard-survey", "barn-meeting"]),
    ],
)
def test_filters_sort_and_limit_work_as_on_the_site(
    words: str, found: list[str], run: Command
) -> None:
    result = run("search", *words.split())
    assert (result.exit_code, slugs(result)) == (FINE, found)


def test_the_number_found_counts_beyond_the_limit(run: Command) -> None:
    result = run("search", "--limit", "1")
    assert (len(slugs(result)), result.stderr) == (1, "6 found.\n")


@pytest.mark.parametrize(
    "words, notice",
    [
        (
            "--cost cheap",
            "We ignored “cheap”, which is not an option of Cost. The options are: minimal, low, "
            "moderate, high, very-high.",
        ),
        (
            "--people abc",
            "We ignored “abc” for “How many people?”. Write a number or a range, such as 20-40.",
        ),
    ],
)
def test_what_is_ignored_is_said(words: str, notice: str, run: Command) -> None:
    result = run("search", *words.split())
    assert result.exit_code == FINE
    assert result.stderr == f"{notice}\n6 found.\n"
