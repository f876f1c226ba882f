"""A word that no method uses leads to what it is about: methods by broader words, guides, and the cases of its sector."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from flask import Flask

from catalogue.search.parameters import Notice
from catalogue.search.query.guidance import guidance_index
from catalogue.search.query.topics import TOPICS_FILE, sectors_of, topic_of
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY
from tests.support.page import PageClient
from tests.support.search_helpers import asked, slugs

pytest_plugins = ["tests.support.real_site"]

WORDS = [
    word
    for line in (Path(__file__).parents[1] / "data" / "ordinary_words.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
    for word in line.split()
]


def test_no_ordinary_word_of_the_public_services_leads_to_nothing(real: Snapshot) -> None:
    silent = [w for w in WORDS if not asked(real, w.lower()).total and not guidance_index().find(w)]
    assert silent == []


@pytest.mark.parametrize(
    "word", ["probation", "autism", "Gypsy", "asylum", "libraries", "BSL", "dementia", "veterans"]
)
def test_words_for_people_lead_to_their_guide_or_to_methods(real: Snapshot, word: str) -> None:
    assert asked(real, word).total or guidance_index().find(word)


def test_a_word_that_no_method_uses_finds_methods_by_what_it_is_about_and_says_so(
    real: Snapshot,
) -> None:
    found = asked(real, "chiropody")
    assert found.total
    assert found.notices == (Notice("words-broader", "q", "chiropody", ("hospital", "patient")),)
    near = real.matched("hospital").methods | real.matched("patient").methods
    assert real.matched("chiropody").methods & ~near == 0


def test_beside_words_that_methods_use_it_changes_nothing(real: Snapshot) -> None:
    found = asked(real, "interviews about chiropody")
    assert [notice.code for notice in found.notices] == ["words-not-found"]
    assert slugs(found) == slugs(asked(real, "interviews about xyzzy"))


def test_a_word_of_which_nothing_is_known_still_finds_nothing(real: Snapshot) -> None:
    assert asked(real, "xyzzy").total == 0


def test_topics_are_about_words_that_methods_use_and_have_sectors_of_the_vocabulary(
    real: Snapshot,
) -> None:
    for topic in yaml.safe_load(TOPICS_FILE.read_text(encoding="utf-8"))["topics"]:
        assert topic["sector"] in ("", *VOCABULARY.choices["sector"].values)
        for words in topic["about"]:
            assert asked(real, f'"{words}"').total, words


def test_a_word_leads_to_the_sector_of_its_cases() -> None:
    assert sectors_of(["parole", "libraries", "prison", "xyzzy"]) == (
        "safety-and-justice",
        "culture-and-leisure",
    )
    assert topic_of("potholes") == topic_of("pothole")
    assert topic_of("xyzzy") is None


def test_a_part_of_a_word_leads_to_no_sector() -> None:
    words = "training trainer consultation row hack fisher harvesting banking exercise computers"
    assert sectors_of(words.split()) == ()
    assert sectors_of(["trains", "buses", "libraries", "rowing"]) == (
        "transport",
        "culture-and-leisure",
    )


def test_the_page_links_to_the_cases_of_the_sector_of_a_short_search(real_app: Flask) -> None:
    page = PageClient(real_app)
    short = page.get("/methods?q=probation").select_one(".sectors a")
    assert short["href"] == "/cases?sector=safety-and-justice"
    assert short.text == "Cases of the sector “Safety and justice”"
    long = page.get("/methods?q=what+do+people+on+probation+think")
    assert long.select(".sectors") == []
    nothing = page.get("/methods?q=xyzzy").select_one(".nothing a[href='/plan']")
    assert nothing.text == "Help me choose"
