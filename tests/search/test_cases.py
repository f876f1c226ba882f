"""Tests of the collection of cases: words, filters, counts, order, pages, odd input, and its page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from catalogue.model.method import Case
from catalogue.search.cases import FILTERS, PER_PAGE, CaseEntry, CasesPage, find_cases
from catalogue.search.parameters import MAX_WORDS_LENGTH, Notice
from catalogue.settings import PROJECT
from tests.support.page import PageClient
from tests.support.reading import attribute, texts, words
from tests.support.search_helpers import tries

pytest_plugins = ["tests.support.real_site"]

UK, FRANCE = "United Kingdom", "France"
ENTRIES = tuple(
    CaseEntry(
        Case(title, outcome, place, country, year, result=result, sector=sector), slug, method
    )
    for title, outcome, place, country, year, result, slug, method, sector in (
        (
            "Mill jury",
            "The weir stayed.",
            "Appleby",
            UK,
            2019,
            "worked",
            "jury",
            "Harvest jury",
            "environment",
        ),
        (
            "Dam jury",
            "Nobody listened.",
            "Bourg",
            FRANCE,
            2020,
            "failed",
            "jury",
            "Harvest jury",
            "environment",
        ),
        (
            "Barn talks",
            "The weir went.",
            "Appleby",
            UK,
            1990,
            "mixed",
            "barn",
            "Barn meeting",
            "planning",
        ),
        (
            "Élan walks",
            "Paths were mended.",
            "Calne",
            UK,
            2011,
            "worked",
            "walk",
            "Orchard walk",
            "transport",
        ),
        ("Ash walks", "It is not known.", "", "", None, "", "walk", "Orchard walk", ""),
    )
)


def ask(query: str, entries: tuple[CaseEntry, ...] = ENTRIES) -> CasesPage:
    return find_cases(entries, MultiDict(parse_qsl(query, keep_blank_values=True)))


def titles(query: str) -> list[str]:
    return [entry.case.title for entry in ask(query).entries]


def many(number: int) -> tuple[CaseEntry, ...]:
    """Cases of one year, in the order of their titles."""
    return tuple(CaseEntry(Case(f"Case {n:03}", "x", year=2000), "a", "A") for n in range(number))


def test_cases_come_newest_first_and_those_without_a_year_last() -> None:
    assert titles("") == ["Dam jury", "Mill jury", "Élan walks", "Barn talks", "Ash walks"]


def test_cases_of_one_year_keep_the_order_of_the_collection() -> None:
    same = tuple(CaseEntry(Case(t, "x", year=2000), "a", "A") for t in ("b", "C", "A"))
    assert [entry.case.title for entry in ask("", same).entries] == ["b", "C", "A"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("q=weir", ["Mill jury", "Barn talks"], id="in the outcome"),
        pytest.param("q=bourg", ["Dam jury"], id="in the place"),
        pytest.param("q=france", ["Dam jury"], id="in the country"),
        pytest.param("q=orchard", ["Élan walks", "Ash walks"], id="in the method"),
        pytest.param("q=elan", ["Élan walks"], id="without the accent"),
        pytest.param("q=jury+walking", [], id="each in another case"),
        pytest.param("q=weir+barn", ["Barn talks"], id="both in one case"),
        pytest.param("q=weir+barn+nowhere", [], id="one of them nowhere"),
        pytest.param("q=walk", ["Élan walks", "Ash walks"], id="another form of the word"),
    ],
)
def test_all_words_must_be_in_a_case(query: str, found: list[str]) -> None:
    assert titles(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("method=walk", ["Élan walks", "Ash walks"]),
        ("country=France", ["Dam jury"]),
        ("sector=environment", ["Dam jury", "Mill jury"]),
        ("sector=environment&country=France", ["Dam jury"]),
        ("decade=1990s", ["Barn talks"]),
        ("decade=2010s", ["Mill jury", "Élan walks"]),
        ("result=mixed", ["Barn talks"]),
        ("result=worked&decade=2010s&method=jury", ["Mill jury"]),
        ("result=worked&country=France", []),
        ("result=worked&q=weir", ["Mill jury"]),
        ("country=&decade=&q=", ["Dam jury", "Mill jury", "Élan walks", "Barn talks", "Ash walks"]),
    ],
)
def test_filters_and_words_narrow_together(query: str, found: list[str]) -> None:
    assert titles(query) == found


@pytest.mark.parametrize("query", ["", "q=weir", "result=worked", "country=France&method=jury"])
def test_counts_in_a_filter_are_what_choosing_brings_in_place_of_its_own_choice(query: str) -> None:
    page = ask(query)
    for name in FILTERS:
        others = [pair for pair in parse_qsl(query) if pair[0] != name]
        for value in {FILTERS[name](entry) for entry in ENTRIES} - {""}:
            chosen = ask(urlencode([*others, (name, value)]))
            assert page.counts[name][value] == chosen.total


def test_a_choice_that_brings_nothing_stays_on_offer() -> None:
    assert dict(ask("q=weir&country=France").counts["country"]) == {UK: 2, FRANCE: 0}


def test_what_is_not_known_is_no_choice_of_a_filter() -> None:
    assert ["" in ask("").counts[name] for name in FILTERS] == [False] * len(FILTERS)


@pytest.mark.parametrize(
    ("number", "pages"), [(0, 1), (1, 1), (PER_PAGE, 1), (PER_PAGE + 1, 2), (PER_PAGE * 3, 3)]
)
def test_the_pages_hold_all_cases_once_and_in_order(number: int, pages: int) -> None:
    entries = many(number)
    shown = [ask(f"page={page}", entries) for page in range(1, pages + 1)]
    assert {page.pages for page in shown} == {pages}
    assert [entry for page in shown for entry in page.entries] == list(entries)


@pytest.mark.parametrize(
    ("query", "notices"),
    [
        ("country=Narnia", [Notice("value-unknown", "country", "Narnia")]),
        ("result=worked&result=mixed", [Notice("only-first", "result", "worked")]),
        ("page=9", [Notice("number-large", "page", "9", ("1",))]),
        ("page=x", [Notice("number-unreadable", "page", "x")]),
        ("page=0", [Notice("number-unreadable", "page", "0")]),
        ("colour=red", [Notice("parameter-unknown", "colour")]),
        ("q=the", [Notice("words-empty", "q", "the")]),
        ("q=*", [Notice("words-empty", "q", "*")]),
        ("q=" + "a" * (MAX_WORDS_LENGTH + 1), [Notice("words-long", "q", str(MAX_WORDS_LENGTH))]),
        ("q=weir&method=barn&page=1", []),
    ],
)
def test_what_cannot_be_used_is_said(query: str, notices: list[Notice]) -> None:
    assert list(ask(query).notices) == notices


NAMES = st.sampled_from(["q", "page", *FILTERS, "colour", "", "sort"])
VALUES = st.one_of(st.text(), st.sampled_from(["jury", "worked", "2010s", "2", "-1", "9" * 40]))


@tries(60)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_odd_input_never_raises(pairs: list[tuple[str, str]]) -> None:
    page = find_cases(ENTRIES, MultiDict(pairs))
    assert 1 <= page.page <= page.pages
    assert len(page.entries) <= page.total <= len(ENTRIES)
    again = ask(page.query(page.page).removeprefix("?"))
    assert (again.entries, again.chosen, again.words) == (page.entries, page.chosen, page.words)


@pytest.fixture
def real(real_app: Flask) -> PageClient:
    return PageClient(real_app)


def cases_of(soup: BeautifulSoup) -> list[list[str]]:
    return [texts(case, "h3, p") for case in soup.select(".case")]


def test_the_page_shows_where_when_how_it_went_and_with_which_method(page: PageClient) -> None:
    soup = page.get("/cases")
    assert [
        "Jury at Appleby",
        "Worked: The council changed its plan. Source: example.org",
        "Appleby, United Kingdom, 2019 · Harvest jury",
    ] in cases_of(soup)
    (case,) = [tag for tag in soup.select(".case") if words(tag.h3) == "Jury at Appleby"]
    assert [link["href"] for link in case.select("a")] == [
        "/cases/jury-at-appleby",
        "https://example.org/appleby",
        "/methods/harvest-jury#cases",
    ]


def test_the_page_says_what_it_ignored(page: PageClient) -> None:
    soup = page.get("/cases?colour=red&country=Narnia&q=the")
    assert texts(soup, ".notices p") == [
        "“the” holds no word we can search for, so this list is not narrowed by it.",
        "We ignored “Narnia”, which is not one of the choices for Country.",
        "We ignored “colour”, which is not a filter we know.",
    ]


def test_a_search_without_a_match_keeps_its_choices_in_the_form(page: PageClient) -> None:
    soup = page.get("/cases?q=nowhere&result=worked")
    assert words(soup.select_one("main")).endswith(
        "No case matches all of this. Take one of the filters away, or use fewer words."
    )
    assert attribute(soup, "#result option[selected]", "value") == "worked"
    assert attribute(soup, "#q", "value") == "nowhere"


def test_a_tag_takes_one_filter_away_and_keeps_the_rest(page: PageClient) -> None:
    soup = page.get("/cases?q=jury&method=harvest-jury&result=worked")
    links = [(words(link), link["href"]) for link in soup.select(".tags__tag")]
    assert links == [
        ("Remove filter: Method: Harvest jury ×", "/cases?q=jury&result=worked#results"),
        ("Remove filter: Result: Worked ×", "/cases?q=jury&method=harvest-jury#results"),
    ]


def test_every_real_case_is_reached_over_the_pages(real: PageClient) -> None:
    written = sum(
        text.read_text(encoding="utf-8").count("\n    outcome: ")
        for text in (PROJECT / "methods").glob("*.md")
    )
    found: list[tuple[str, ...]] = []
    address = "/cases"
    while address:
        soup = real.get(address)
        for case in soup.select(".case"):
            found.append((*texts(case, "h3, p"), str(case.select("a")[-1]["href"])))
        address = attribute(soup, "a[rel=next]", "href")
    assert len(found) == len(set(found)) == written
    assert words(real.get("/cases").select_one("h2")) == f"{written} cases"


def test_the_counts_on_the_real_page_are_what_choosing_brings(real: PageClient) -> None:
    soup = real.get("/cases?result=failed")
    for option in soup.select("#decade option[value$=s], #result option[value]:not([value=''])"):
        name = str(option.parent["id"]) if option.parent else ""
        query = {"result": "failed", name: str(option["value"])}
        count = words(option).rpartition("(")[2].rstrip(")")
        heading = words(real.get(f"/cases?{urlencode(query)}").select_one("h2"))
        assert heading == f"{count} case{'' if count == '1' else 's'}"
