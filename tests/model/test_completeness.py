"""Tests of completeness and freshness: the rules, review dates, and where the site shows them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from catalogue.model.completeness import (
    RULES,
    THIN,
    WORDS_LEAST,
    WORDS_MOST,
    body_words,
    completeness,
    review_due,
)
from catalogue.model.method import Method, Section, Step
from catalogue.settings import PROJECT, Settings
from catalogue.validation.reader import method_files, read_method_file
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from tests.support.editing import change, save
from tests.support.method_text import method
from tests.support.page import PageClient
from tests.support.reading import part, texts, words

pytest_plugins = ["tests.support.real_site"]

FULL_FACTS = """\
audience: [experts]
level: [consult]
format: [online]
recruitment: open
facilitation: some
people_in_all: {min: 1, max: 9, counts: taking-part}
participant_hours: {min: 1, max: 2}
lead_time_weeks: {min: 1, max: 2}
cost: {band: low, basis: judgement}
staff_days: {min: 1, max: 2}
stage: [explore]
kind: event
family: conversation
outcomes: [report]
handles_conflict: low
handles_complexity: low
talk: little
decision_capable: "no"
inclusion: {carers: "It is short.", anonymous: "No names are asked."}
inclusion_possible: {low-literacy: "Read it out.", multilingual: "Bring an interpreter.", sensory-access: "Ask."}
inclusion_unsuitable: {no-internet: "It is on a screen.", trauma-aware: "Nobody is at hand."}
light: {in_short: "An hour.", gives_up: "Spread."}
can_harm: {tires: "It is long."}
not_for: ["It will not decide.", "It will not count."]
related: [b, c, d]
cases: [{title: "One", place: "Calne", country: "Wales", year: 2001, outcome: "It went well."}]
"""
SOURCES = (
    '[{title: "A guide", by: "A club"}, {title: "A study", by: "A school", independent: true}]'
)


def body(words_in_all: int) -> str:
    """A body of so many words, under all headings."""
    each, rest = divmod(words_in_all, len(VOCABULARY.headings))
    counts = [each + rest, *[each] * (len(VOCABULARY.headings) - 1)]
    return "\n".join(
        f"## {heading}\n\n{' '.join(['word'] * count)}\n"
        for heading, count in zip(VOCABULARY.headings, counts, strict=True)
    )


@pytest.fixture(scope="module")
def full() -> Method:
    """A method that lacks nothing."""
    steps = (Step("Meet", 0, 1),)
    return replace(method(FULL_FACTS, body(500), sources=SOURCES), timeline=steps)


@pytest.fixture(scope="module")
def real_methods() -> list[Method]:
    folder = PROJECT / "methods"
    found = [read_method_file(folder, file).method for file in method_files(folder)]
    return [method for method in found if method]


def test_the_points_of_the_rules_add_up_to_a_hundred() -> None:
    assert sum(rule.points for rule in RULES) == 100
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_rule_for_the_text_names_the_limits_in_force() -> None:
    assert RULES[0].meaning == (
        f"A text of {WORDS_LEAST} to {WORDS_MOST} words under all eleven headings."
    )


def test_a_full_method_has_all_points(full: Method) -> None:
    assert (completeness(full).score, completeness(full).missing) == (100, ())


def test_a_bare_method_has_none() -> None:
    found = completeness(method())
    assert (found.score, found.missing) == (0, tuple(rule.name for rule in RULES))


@pytest.mark.parametrize(
    ("rule", "lack"),
    [
        ("text", {"sections": ()}),
        ("case", {"cases": ()}),
        ("independent-source", {"sources": method().sources * 2}),
        ("cost", {"cost": None}),
        *(("numbers", {n: None}) for n in ("people_in_all", "participant_hours", "lead_time_weeks")),
        *(("conditions", {name: ()}) for name in ("audience", "level", "format")),
        *(("conditions", {name: ""}) for name in ("recruitment", "facilitation")),
        *(("judgements", {name: ()}) for name in ("stage", "outcomes")),
        *(("judgements", {name: ""}) for name in ("kind", "family", "decision_capable")),
        *(("judgements", {name: ""}) for name in ("handles_conflict", "handles_complexity", "talk")),
        ("judgements", {"staff_days": None}),
        *(("inclusion", {n: {}}) for n in ("inclusion", "inclusion_possible", "inclusion_unsuitable")),
        ("light", {"light": None}),
        ("timeline", {"timeline": ()}),
        ("harm", {"can_harm": {}}),
        ("not-for", {"not_for": ("It will not decide.",)}),
        ("related", {"related": ("b", "c")}),
    ],
)  # fmt: skip
def test_each_thing_that_is_lacking_costs_the_points_of_its_rule(
    full: Method, rule: str, lack: dict[str, object]
) -> None:
    found = completeness(replace(full, **lack))
    points = {rule.name: rule.points for rule in RULES}
    assert (found.score, found.missing) == (100 - points[rule], (rule,))


def test_a_body_that_must_be_founded_needs_no_light_run(full: Method) -> None:
    council = replace(full, light=None, kind="standing", existing_body="must-be-founded")
    assert completeness(council).missing == ()


def test_what_a_file_had_before_sizes_is_not_thin(full: Method) -> None:
    older = replace(
        full, people_in_all=None, light=None, timeline=(), can_harm={}, inclusion_possible={}
    )
    assert completeness(older).score == THIN


def test_one_source_costs_its_rule_even_if_it_is_independent(full: Method) -> None:
    assert completeness(replace(full, sources=full.sources[1:])).missing == ("sources",)


@pytest.mark.parametrize("unknown", [{"place": ""}, {"year": None}])
def test_a_case_counts_with_place_year_and_outcome(
    full: Method, unknown: dict[str, object]
) -> None:
    case = replace(full.cases[0], **unknown)
    assert completeness(replace(full, cases=(case,))).missing == ("case",)
    assert completeness(replace(full, cases=(case, *full.cases))).missing == ()


@pytest.mark.parametrize(
    ("count", "missing"), [(499, ("text",)), (500, ()), (900, ()), (901, ("text",))]
)
def test_a_text_has_500_to_900_words_without_its_headings(
    full: Method, count: int, missing: tuple[str, ...]
) -> None:
    changed = replace(full, sections=method(body=body(count)).sections)
    assert body_words(changed) == count
    assert completeness(changed).missing == missing


def test_letters_to_copy_do_not_count_as_text(full: Method) -> None:
    letter = Section("use-tomorrow", " ".join(["word"] * 600))
    longer = replace(full, sections=(*full.sections[:4], letter, *full.sections[4:]))
    assert body_words(longer) == body_words(full)
    assert completeness(longer).missing == ()


def test_a_text_that_lacks_a_heading_is_not_whole(full: Method) -> None:
    assert completeness(replace(full, sections=full.sections[::-1])).missing == ("text",)


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        (date(2026, 1, 15), date(2028, 1, 15)),
        (date(2026, 12, 1), date(2028, 12, 1)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 8, 31), date(2028, 8, 28)),
        (None, None),
    ],
)
def test_a_review_is_due_after_24_months(reviewed: date | None, due: date | None) -> None:
    assert review_due(reviewed) == due


def about(settings: Settings, slug: str = "harvest-jury") -> list[str]:
    soup = PageClient(create_app(settings)).get(f"/methods/{slug}")
    return texts(part(soup, "About this page"), "li")


def shown_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_a_method_page_shows_both_reviews_and_the_completeness(settings: Settings) -> None:
    today = date.today()
    change(settings.methods_dir / "harvest-jury.md", "2026-01-15", today.isoformat())
    due = review_due(today)
    assert due is not None
    assert about(settings)[:2] == [
        f"Last reviewed {shown_day(today)}; next review due {shown_day(due)}.",
        f"Completeness: {score(settings.methods_dir)} of 100 points (how it is counted).",
    ]


def score(folder: Path) -> int:
    found = read_method_file(folder, folder / "harvest-jury.md").method
    assert found is not None
    return completeness(found).score


def test_a_method_page_warns_when_its_review_is_overdue(settings: Settings) -> None:
    change(settings.methods_dir / "harvest-jury.md", "2026-01-15", "2020-02-29")
    assert about(settings)[0] == (
        "Last reviewed 29 February 2020; next review due 28 February 2022. "
        "This review is overdue: check figures and links before you rely on them."
    )


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (1, True)], ids=["today", "yesterday"])
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, days: int, overdue: bool
) -> None:
    due = date.today() - timedelta(days=days)
    monkeypatch.setattr("catalogue.web.method_context.review_due", lambda _: due)
    monkeypatch.setattr("catalogue.web.views.about.review_due", lambda _: due)
    assert ("This review is overdue" in about(settings)[0]) is overdue
    soup = PageClient(create_app(settings)).get("/about/quality")
    assert ("Harvest jury: last reviewed 15 January 2026" in texts(soup, "main li")) is overdue


def test_the_page_of_quality_names_what_is_overdue_and_never_reviewed(settings: Settings) -> None:
    today = date.today().isoformat()
    for file in settings.methods_dir.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        save(file, re.sub(r"(?m)^last_reviewed: .*$", f"last_reviewed: {today}", text))
    change(settings.methods_dir / "harvest-jury.md", today, "2020-01-01")
    soup = PageClient(create_app(settings)).get("/about/quality")
    (freshness,) = [tag for tag in soup.select("h2") if words(tag) == "How fresh it is"]
    assert texts(freshness.find_parent() or soup, "h2 ~ ul:last-of-type li") == [
        "Harvest jury: last reviewed 1 January 2020",
        "Orchard walk: never reviewed",
        "Web idea box: never reviewed",
    ]
    assert words(freshness.find_next_sibling("p")) == (
        "Each page should be read through every 24 months. 3 pages are overdue."
    )


def test_the_page_of_quality_lists_the_least_complete_first(page: PageClient) -> None:
    lists = page.get("/about/quality").select("main .prose ul")
    points = [int(text.split(": ")[1].split()[0]) for text in texts(lists[1], "li")]
    assert points == sorted(points)
    assert len(points) == 6
    assert points[0] < THIN


def test_the_numbers_of_the_real_catalogue_are_those_of_its_methods(
    real_app: Flask, real_methods: list[Method]
) -> None:
    soup = PageClient(real_app).get("/about/quality")
    scores = [completeness(method).score for method in real_methods]
    sources = [source for method in real_methods for source in method.sources]
    cases = [case for method in real_methods for case in method.cases]
    how = Counter(case.result for case in cases)
    assert texts(soup, "main .prose ul")[0] == (
        f"{len(real_methods)} methods; {round(sum(scores) / len(scores))} of 100 points for "
        f"completeness on average {len(sources)} sources, "
        f"{sum(source.independent is True for source in sources)} of them independent of those "
        f"who promote the method {len(cases)} cases: {how['worked']} worked, "
        f"{how['mixed']} mixed, {how['failed']} failed, {how['unknown']} not known"
    )
    missing = Counter(name for method in real_methods for name in completeness(method).missing)
    assert [texts(row, "th, td") for row in soup.select("main tbody tr")] == [
        [rule.meaning, str(rule.points), str(missing[rule.name])] for rule in RULES
    ]


def test_no_real_method_is_thin(real_methods: list[Method]) -> None:
    assert [m.slug for m in real_methods if completeness(m).score < THIN] == []
