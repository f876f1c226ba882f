"""The scripts of the copy without a server answer as the server does, over the real methods; run in a real browser."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.datastructures import MultiDict

from catalogue.cli.evaluations.plan_evaluation import read_situations
from catalogue.cli.evaluations.search_evaluation import Query, evaluate, read_queries, score
from catalogue.exports.static_site import judgements_data
from catalogue.planner.answers import ONE_OF, SEVERAL_OF, parse_answers
from catalogue.planner.plan import make_plan
from catalogue.planner.ranking import rank
from catalogue.planner.steps.picked import look_up
from catalogue.presentation.plans.comparison import compare
from catalogue.search.cases import FILTERS, find_cases
from catalogue.search.chosen import MAX_COMPARED, Pick
from catalogue.search.engine import search
from catalogue.search.judgements.judged_searches import read_judged_searches
from catalogue.search.query.facts import option_words
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.settings import PROJECT
from catalogue.web.static_site.scripts import as_script

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.browser"]

Load = Callable[..., Page]
# What a page needs to search by words.
SEARCHING = ("words", "recommended", "ranking")
SITUATIONS = PROJECT / "tests" / "data" / "planner"
# What is answered to the questions for numbers, as people write it.
NUMBERS = {
    "people": ("5", "12", "20-40", "30-100", "300-900", "16000", "25 people"),
    "weeks": ("0", "1", "2.5", "6", "12", "26", "52", "4 weeks"),
    "budget": ("0", "100", "£750", "2,000", "5k", "12.5k", "60000", "2000 pounds"),
    "hours": ("0.5", "1", "1.5", "3", "14", "2 hours"),
}


@pytest.fixture(scope="module")
def load(chromium: Browser, real: Snapshot) -> Iterator[Load]:
    """Return a function that gives an empty page with data and scripts of the copy of the real methods."""
    context = chromium.new_context()

    def make(data: str, *scripts: str) -> Page:
        page = context.new_page()
        page.add_script_tag(content=as_script(data, real))
        for name in ("parts", *scripts):
            page.add_script_tag(path=PROJECT / "static" / "exported" / f"{name}.js")
        return page

    yield make
    context.close()


def test_it_compares_as_the_server_does(load: Load, real: Snapshot) -> None:
    dice = random.Random(21)
    sizes = [Pick(card.slug, run.size) for card in real.cards for run in card.runs]
    asked = [dice.sample(sizes, dice.randint(1, MAX_COMPARED)) for _ in range(60)]
    page = load("comparison", "compare")
    answers = page.evaluate(
        "(all) => all.map((values) => COPY.compare(COPY.readPicks(values)))",
        [[str(pick) for pick in picks] for picks in asked],
    )
    assert answers == [[_row(row) for row in compare(look_up(real, picks))] for picks in asked]


def test_its_words_find_a_right_method_first_nearly_as_often_as_those_of_the_server(
    load: Load, real: Snapshot
) -> None:
    queries = read_queries(PROJECT / "tests" / "data" / "relevance" / "unseen.yaml", real.slugs)
    copy, server = _success_of_copy_and_server(load, real, queries)
    assert copy >= server - 0.05


def test_its_words_find_what_judged_searches_taught_nearly_as_often_as_those_of_the_server(
    load: Load, real: Snapshot
) -> None:
    judged = random.Random(8).sample(read_judged_searches(), 100)
    queries = [Query(each.words, "judged", each.first, each.also) for each in judged]
    copy, server = _success_of_copy_and_server(load, real, queries)
    assert copy >= server - 0.05


def test_what_it_recommends_for_words_is_what_the_server_recommends(
    load: Load, real: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgements_data, "LEAST", 1)
    judged = random.Random(9).sample(read_judged_searches(), 80)
    # With a word that no judged search has.
    asked = [words for each in judged if _is_plain(words := f"qwertzuiop {each.words}", real)]
    assert len(asked) > 20
    found = load("words", *SEARCHING).evaluate(
        """(all) => all.map((words) => {
             let recommended = null;
             const of = COPY.recommended;
             COPY.recommended = (...given) => (recommended = of(...given));
             COPY.search(words, COPY.words);
             COPY.recommended = of;
             return recommended;
           })""",
        asked,
    )
    differing = [
        words
        for words, of_copy in zip(asked, found, strict=True)
        if of_copy
        != pytest.approx(real.recommended.scores(real.matched(words).query).tolist(), abs=0.03)
    ]
    # The server knows other spellings too: "centre" is "center".
    assert len(differing) <= len(asked) / 10, differing


def test_few_words_with_the_name_of_a_method_are_answered_without_judged_searches_and_others_with_them(
    load: Load, real: Snapshot
) -> None:
    named = random.Random(10).sample([card.title for card in real.cards], 20)
    with_them, without = load("words", *SEARCHING).evaluate(
        """(all) => {
             const answers = (data) => all.map((words) => COPY.search(words, data)), { judged, methods } = COPY.words;
             const silent = { ...judged, features: {}, mean: methods.map(() => 0) };
             return [answers(COPY.words), answers({ ...COPY.words, judged: silent })];
           }""",
        [*named, "find out why nobody rings us"],
    )
    assert with_them[:-1] == without[:-1]
    assert with_them[-1] != without[-1]


def _success_of_copy_and_server(
    load: Load, real: Snapshot, queries: list[Query]
) -> tuple[float, float]:
    """Return how often the copy, and how often the server, has a right method among the first three."""
    found = load("words", *SEARCHING).evaluate(
        """(all) => all.map((words) => {
             const scores = COPY.search(words, COPY.words);
             return Object.keys(scores).sort((one, other) => scores[other] - scores[one]);
           })""",
        [query.words for query in queries],
    )
    of_copy = dict(zip([query.words for query in queries], found, strict=True))
    copy, server = (
        score(evaluate(queries, answer)).success_3
        for answer in (
            of_copy.__getitem__,
            lambda words: [r.card.slug for r in search(real, SearchRequest(words=words)).results],
        )
    )
    return copy, server


def _is_plain(words: str, real: Snapshot) -> bool:
    """Whether a search is not too long, names no method, and has nothing that the copy does not read: numbers, groups of words, what is wanted or refused."""
    query = real.matched(words).query
    if any(query.refused):
        return False
    groups = any(expansion.whole for term in query.terms for expansion in term.expansions)
    numbers = any(t.fact and t.text.lower() not in option_words() for t in query.terms)
    return not (query.cut or real.names.named(query.wanted) or groups or numbers or query.wants)


def test_it_finds_the_cases_that_the_server_finds(load: Load, real: Snapshot) -> None:
    dice = random.Random(3)
    asked = [_case_request(dice, real) for _ in range(300)]
    page = load("cases", "words", "cases")
    page.add_script_tag(content=as_script("words", real))
    answers = page.evaluate(
        """(all) => all.map((pairs) => {
             const asked = new URLSearchParams(pairs), words = asked.get("q");
             const found = COPY.findCases(asked, words ? COPY.having(words, COPY.words) : null);
             return { cases: found.cases.sort(), counts: found.counts };
           })""",
        [[list(pair) for pair in pairs] for pairs in asked],
    )
    for pairs, answer in zip(asked, answers, strict=True):
        found = find_cases(real.cases, MultiDict(pairs), per_page=sys.maxsize)
        counts = {name: dict(counter) for name, counter in found.counts.items()}
        assert answer == {"cases": sorted(e.page for e in found.entries), "counts": counts}, pairs


def _case_request(dice: random.Random, real: Snapshot) -> list[tuple[str, str]]:
    """Return the values of some filters of one case, and about every other time some of its words, or a word of no case."""
    entry = dice.choice(real.cases)
    pairs = [(name, value) for name, of in FILTERS.items() if (value := of(entry)) and dice.random() < 0.3]  # fmt: skip
    if dice.random() < 0.5:
        words = f"{entry.case.title} {entry.case.outcome} qwertzuiop".split()
        pairs.append(("q", " ".join(dice.sample(words, dice.randint(1, 3)))))
    return pairs


@pytest.mark.parametrize("requests", [60, pytest.param(1_000, marks=pytest.mark.process)])
def test_it_plans_as_the_server_does(load: Load, real: Snapshot, requests: int) -> None:
    dice = random.Random(requests)
    asked = [_answers(dice) for _ in range(requests)]
    assert _differing(load, real, asked) == []


def test_it_plans_as_the_server_does_in_every_situation_without_its_story(
    load: Load, real: Snapshot
) -> None:
    asked = []
    for each in sorted(SITUATIONS.glob("*.yaml")):
        situations = read_situations(each)
        answers = [replace(situation.answers, text="", asked_for=()) for situation in situations]
        asked += [each.pairs() for each in answers]
    assert len(asked) >= 31
    assert _differing(load, real, asked) == []


def _differing(load: Load, real: Snapshot, asked: list[list[tuple[str, str]]]) -> list[Any]:
    """Return the requests that the copy and the server answer otherwise, with the parts in which they differ."""
    found = []
    for pairs, copy in zip(asked, _plans_of_copy(load, asked), strict=True):
        server = _plan_of_server(real, pairs)
        found += [
            (pairs, part, copy[part], server[part]) for part in server if copy[part] != server[part]
        ]
    return found  # fmt: skip


def _answers(dice: random.Random) -> list[tuple[str, str]]:
    """Return some answers as parameters: each question is answered about every other time."""
    pairs = []
    for name, options in ONE_OF.items():
        if dice.random() < 0.4:
            pairs.append((name, dice.choice(options)))
    for name, (options, most) in SEVERAL_OF.items():
        if dice.random() < 0.5:
            pairs += [
                (name, value)
                for value in dice.sample(options, dice.randint(1, min(most, len(options))))
            ]
    for name, values in NUMBERS.items():
        if dice.random() < 0.5:
            pairs.append((name, dice.choice(values)))
    return pairs  # fmt: skip


def _plans_of_copy(load: Load, asked: list[list[tuple[str, str]]]) -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = load("planner", "planner").evaluate(
        """(all) => all.map((pairs) => {
             const plan = COPY.plan(COPY.readAnswers(new URLSearchParams(pairs)));
             const line = (ranked) => `${ranked.method.slug}:${ranked.run.size} ${ranked.score.toFixed(1)} ${ranked.label}`;
             return { ranked: plan.ranked.map(line), shown: plan.results.map((each) => each.method.slug),
                      process: plan.process.map((step) => `${step.stage} ${step.ranked.method.slug}`),
                      notes: plan.notes.map((note) => note.id) };
           })""",
        [[list(pair) for pair in pairs] for pairs in asked],
    )
    return plans


def _plan_of_server(real: Snapshot, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    plan = make_plan(real, parse_answers(MultiDict(pairs))[0])
    ranked = rank(plan.methods, plan.answers, plan.rules)
    return {
        "ranked": [f"{r.method.slug}:{r.run.size} {r.score + 0:.1f} {r.label(plan.rules)}" for r in ranked],
        "shown": [each.method.slug for each in plan.results],
        "process": [f"{step.stage} {step.ranked.method.slug}" for step in plan.process],
        "notes": [note.id for note in plan.notes],
    }  # fmt: skip


def _row(row: Any) -> dict[str, Any]:
    cells = [{"text": c.text, "note": c.note, "apart": c.apart} for c in row.cells]
    return {"label": row.label, "cells": cells, "same": row.same}
