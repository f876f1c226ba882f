"""Tests of the advice above results: it fits what was asked for, is little, and is nowhere else."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.page import PageClient
from tests.support.reading import texts

pytest_plugins = ["tests.support.real_site"]
STALL = (
    "Our advice: There is almost no money: a street stall, early on, with one or two simple "
    "questions. From Collect views."
)
PHONE = (
    "Our advice: A committee wants numbers: a survey of people drawn by chance, or a telephone poll "
    "when you have a few weeks. From Collect views."
)
PICTURES = (
    "Our advice: You get one lesson and hardly any budget: dot voting on pictures, with a talk about "
    "why. From Children and young people."
)
PAINFUL = (
    "Our advice: A private or painful experience: an in-depth interview with someone trained for it. "
    "From People who use a service."
)
DECIDED = (
    "Our advice: Nothing is left to decide: say what was decided and "
    "why, answer questions at a street stall, and ask only about what is still open. From Tell people."
)


@pytest.fixture
def site(real_app: Flask) -> PageClient:
    return PageClient(real_app)


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("purpose=gather-views&budget=300", [STALL]),
        ("purpose=gather-views&cost=minimal", [STALL]),
        ("purpose=gather-views&budget=300&weeks=6", [STALL, PHONE]),
        ("purpose=gather-views&q=no+money", [STALL]),
        ("q=young+people+no+budget", [PICTURES]),
        ("q=bereaved", [PAINFUL]),
        ("q=suicide+in+our+school", [PAINFUL]),
        ("q=bullying+in+the+staff+team", [PAINFUL]),
        ("q=the+plan+is+signed+off", [DECIDED]),
        ("q=quickest+way+to+tick+the+consultation+box", [DECIDED]),
        ("q=nothing+has+been+decided+yet", []),
        ("purpose=gather-views", []),
        ("purpose=gather-views&budget=5000", []),
        ("budget=300", []),
        ("q=survey", []),
        ("", []),
    ],
)
def test_advice_stands_above_the_results_where_purpose_or_audience_and_limits_fit(
    site: PageClient, query: str, advice: list[str]
) -> None:
    found = texts(site.get(f"/methods?{query}"), ".results-advice p")
    assert sorted(found) == sorted(advice)


def test_there_are_never_more_than_two_pieces_of_advice(site: PageClient) -> None:
    every = "purpose=gather-views&purpose=deliberate&purpose=resolve-conflict&audience=members"
    soup = site.get(f"/methods?{every}&budget=300&weeks=2&hours=1&handles_conflict=high")
    assert len(texts(soup, ".results-advice p")) <= 2


def test_advice_whose_method_breaks_a_limit_is_not_given(site: PageClient) -> None:
    soup = site.get("/methods?purpose=gather-views&budget=300&people=100000-200000")
    assert texts(soup, ".results-advice p") == []


def test_advice_links_to_its_method_and_to_the_page_it_is_from(site: PageClient) -> None:
    soup = site.get("/methods?purpose=gather-views&budget=300")
    links = [link["href"] for link in soup.select(".results-advice a")]
    assert links == ["/methods/street-stall", "/purposes/gather-views"]
