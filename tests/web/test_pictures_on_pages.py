"""Pictures on the pages of the real methods: on cards, on the method's page, beside look-alikes."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.page import PageClient
from tests.support.reading import part, texts, words

pytest_plugins = ["tests.support.real_site"]


@pytest.fixture
def real_page(real_app: Flask) -> PageClient:
    return PageClient(real_app)


def test_each_card_has_a_picture_that_screen_readers_pass_over(real_page: PageClient) -> None:
    soup = real_page.get("/methods")
    for card in soup.select(".card"):
        (picture,) = card.select("svg.picture")
        assert picture["aria-hidden"] == "true"


def test_a_method_page_says_what_its_picture_shows(real_page: PageClient) -> None:
    figure = real_page.get("/methods/fishbowl").select_one("figure.shown")
    assert figure is not None
    assert len(figure.select("svg .listener circle")) > len(figure.select("svg .person circle"))
    assert texts(figure, "figcaption") == [
        "A small ring of people talks, one chair stands empty, and the others listen round them."
    ]


def test_a_method_page_draws_the_room_for_the_people_asked_for(real_page: PageClient) -> None:
    assert real_page.get("/methods/world-cafe").select(".room") == []
    room = real_page.get("/methods/world-cafe?people=57").select_one(".room")
    assert room is not None
    assert texts(room, "h3") == ["The room for 57 people"]
    assert len(room.select("svg .person circle")) == 57
    assert texts(room, "p") == [
        "10 tables, each for 5 or 6. The rule: four to six at a table (WIKIAlps†, undated)."
    ]


def test_look_alikes_stand_beside_each_other_as_pictures(real_page: PageClient) -> None:
    soup = real_page.get("/methods/fishbowl")
    section = part(soup, "Easily confused with")
    assert words(section.select_one("p.alike")).startswith("Fishbowl (Samoan circle), this page:")
    items = section.select("li")
    assert [len(item.select("svg.picture")) for item in items] == [1] * len(items)
    shapes = {str(picture) for picture in section.select("svg")}
    assert len(shapes) == len(items) + 1
