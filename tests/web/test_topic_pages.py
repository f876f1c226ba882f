"""Tests of the ways in beside the search."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from catalogue.rendering.site_texts import TEXTS_DIR, load_texts, without_facts
from catalogue.settings import PROJECT
from catalogue.vocabulary import VOCABULARY
from tests.support.page import PageClient
from tests.support.reading import part, texts, words

pytest_plugins = ["tests.support.real_site"]

FACETS = {"purposes": "purpose", "audiences": "audience"}
WAYS = [(kind, value) for kind, name in FACETS.items() for value in VOCABULARY.facets[name].values]
EACH_WAY = pytest.mark.parametrize(("kind", "value"), WAYS, ids=[f"{k}-{v}" for k, v in WAYS])
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MAIN, OTHER = "Methods made for this", "Methods that do this too"
POSSIBLE = {
    "purposes": "Methods that help with this as one step",
    "audiences": "Methods that are possible with adaptation",
}


@pytest.fixture(scope="module")
def real(real_app: Flask) -> PageClient:
    return PageClient(real_app)


@pytest.fixture(scope="module")
def choices(real: PageClient) -> dict[str, dict[str, list[str]]]:
    """The purposes and audiences of each method, the main one first; as `possible` those it is not made for."""
    items = real.client.get("/api/v1/methods?per_page=100").get_json()["items"]
    return {
        item["slug"]: {
            "purpose": item["purposes"],
            "audience": item["audience"],
            "possible purpose": item["supports"],
            "possible audience": item["audience_possible"],
        }
        for item in items
    }


def listed(soup: BeautifulSoup, heading: str) -> list[str]:
    """Return the slugs listed under a heading of the page; [] if it is not there."""
    for tag in soup.select("h2"):
        following = tag.find_next_sibling("ul")
        if words(tag) == heading and following is not None:
            return [str(a["href"]).removeprefix("/methods/") for a in following.select("a")]
    return []


@EACH_WAY
def test_a_way_in_lists_main_methods_first_then_others_then_those_for_which_it_is_possible(
    real: PageClient, choices: dict[str, dict[str, list[str]]], kind: str, value: str
) -> None:
    facet = FACETS[kind]
    soup = real.get(f"/{kind}/{value}")
    main = [slug for slug, has in choices.items() if value in has[facet][:1]]
    other = [slug for slug, has in choices.items() if value in has[facet][1:]]
    possible = [slug for slug, has in choices.items() if value in has[f"possible {facet}"]]
    assert main + other
    shown = [a["href"] for a in soup.select(".related__list a")]
    assert shown == [f"/methods/{slug}" for slug in main + other + possible]
    lists = [listed(soup, heading) for heading in (MAIN, OTHER, POSSIBLE[kind])]
    assert lists == [main, other, possible]
    link = soup.select_one(f'a[href="/methods?{facet}={value}"]')
    assert words(link) == f"Filter and sort these {len(shown)} methods"
    counted = words(real.get(f"/methods?{facet}={value}").select_one(".results__count"))
    assert counted == f"{len(shown)} methods"


@EACH_WAY
def test_a_way_in_begins_with_its_name_and_its_introduction(
    real: PageClient, kind: str, value: str
) -> None:
    soup = real.get(f"/{kind}/{value}")
    option = VOCABULARY.facets[FACETS[kind]].by_value[value]
    assert words(soup.h1) == option.label
    prose = soup.select_one(".prose")
    assert prose is not None
    written = without_facts((TEXTS_DIR / kind / f"{value}.md").read_text(encoding="utf-8"))
    assert re.findall(r"\w+", words(prose))[:9] == re.findall(r"\w+", written)[:9]
    assert prose.select("a[href^='/methods/']")


@EACH_WAY
def test_links_in_an_introduction_lead_to_methods_of_its_own(
    real: PageClient, choices: dict[str, dict[str, list[str]]], kind: str, value: str
) -> None:
    links = real.get(f"/{kind}/{value}").select(".prose a[href^='/methods/']")
    linked = [str(link["href"]).removeprefix("/methods/") for link in links]
    facet = FACETS[kind]
    suits = {slug: (*has[facet], *has[f"possible {facet}"]) for slug, has in choices.items()}
    assert [slug for slug in linked if value not in suits[slug]] == []


@pytest.mark.parametrize("address", ["/purposes/dance", "/audiences/inform", "/purposes/DANCE"])
def test_an_unknown_way_in_is_not_found(page: PageClient, address: str) -> None:
    page.get(address, status=404)


def test_a_way_in_without_methods_lists_none(page: PageClient) -> None:
    soup = page.get("/purposes/resolve-conflict")
    assert soup.select(".related__list, main h2") == []


def test_the_glossary_shows_every_word_at_its_anchor(page: PageClient) -> None:
    entries = page.get("/glossary").select(".glossary > div")
    glossary = load_texts().glossary
    assert [entry["id"] for entry in entries] == [entry.anchor for entry in glossary]
    assert [words(entry.dt) for entry in entries] == [
        entry.word[0].upper() + entry.word[1:] for entry in glossary
    ]
    assert all(words(entry.dd) for entry in entries)


def test_before_you_choose_asks_whether_to_ask_at_all(page: PageClient) -> None:
    soup = page.get("/before-you-choose")
    assert words(soup.h1) == "Before you choose"
    assert texts(soup, "main h2") == [
        "Can anything still change?",
        "Who will answer people, and by when?",
        "Is there time and money?",
        "Does the law require a form?",
        "Has it been asked already?",
        "If you go on",
    ]
    assert soup.select_one("header a[href='/before-you-choose']")


def test_the_licence_of_the_texts_lies_with_them() -> None:
    text = (PROJECT / "methods" / "LICENSE").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0 International" in text
    assert "Section 8 -- Interpretation." in text.replace("–", "--")  # the last part of the whole
    assert (PROJECT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


@pytest.mark.parametrize("address", ["/", "/cases", "/methods/harvest-jury", "/no-such-page"])
def test_every_footer_names_the_licence(page: PageClient, address: str) -> None:
    soup = page.get(address, status=404 if "no-such" in address else 200)
    link = soup.select_one("footer a[rel=license]")
    assert link is not None
    assert (words(link), link["href"]) == ("Creative Commons Attribution 4.0", LICENCE)


def test_the_api_names_the_licence(client: FlaskClient, real: PageClient) -> None:
    assert client.get("/api/v1/methods").get_json()["licence"] == {
        "name": "CC-BY-4.0",
        "url": LICENCE,
        "attribution": "The Participation Catalogue and its contributors",
    }
    for item in real.client.get("/api/v1/methods?per_page=100").get_json()["items"]:
        whole = real.client.get(f"/api/v1/methods/{item['slug']}").get_json()
        assert whole["licence"] == "CC-BY-4.0"


def test_a_method_page_names_the_licence(page: PageClient) -> None:
    lines = texts(part(page.get("/methods/harvest-jury"), "About this page"), "li")
    assert "Licence: Creative Commons Attribution 4.0." in lines
