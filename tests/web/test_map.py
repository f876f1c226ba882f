"""The map: methods as marks on two axes, limits as an area, and the same as a table; odd addresses are answered."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.support.page import PageClient
from tests.support.reading import texts

pytest_plugins = ["tests.support.real_site"]


@pytest.fixture(scope="module")
def site(real_app: Flask) -> PageClient:
    return PageClient(real_app)


def boxes(soup: BeautifulSoup) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the names on the wide sheet, by a mean width of letters."""
    found = []
    for name in soup.select(".map--wide .map__name"):
        x, y, length = float(str(name["x"])), float(str(name["y"])), len(name.get_text()) * 6.5
        left = {"start": x, "end": x - length, "middle": x - length / 2}[str(name["text-anchor"])]
        found.append((left, y - 10, left + length, y + 1))
    return found


@pytest.mark.parametrize("address", ["/map", "/map?x=people&y=hours", "/map?x=level&y=budget"])
def test_no_two_names_collide_and_each_method_is_a_link_and_a_row(
    site: PageClient, address: str
) -> None:
    soup = site.get(address)
    names = boxes(soup)
    assert len(names) >= 15
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            apart = (
                one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            )
            assert apart, (one, other)
    rows = [str(link["href"]) for link in soup.select("tbody a")]
    for sheet in ("wide", "narrow"):
        marks = [str(link["href"]) for link in soup.select(f".map--{sheet} a")]
        assert len(marks) == len(set(marks)) >= 90
        assert set(marks) <= set(rows)


def test_marks_do_not_hide_each_other_on_a_phone(site: PageClient) -> None:
    circles = site.get("/map").select(".map--narrow circle")
    places = [(float(str(c["cx"])), float(str(c["cy"]))) for c in circles]
    for index, (x, y) in enumerate(places):
        assert all((x - a) ** 2 + (y - b) ** 2 > 15**2 for a, b in places[index + 1 :])


def test_limits_are_an_area_from_the_corner_and_narrow_the_methods(site: PageClient) -> None:
    everything, soup = site.get("/map"), site.get("/map?weeks=4&budget=2000")
    assert everything.select(".map__zone") == []
    assert len(soup.select(".map__zone")) == 2
    assert 0 < len(soup.select("tbody tr")) < len(everything.select("tbody tr"))
    links = [str(link["href"]) for link in soup.select(".map--wide a")]
    assert all(link.endswith("?weeks=4&budget=2000") for link in links)


def test_an_axis_that_is_not_known_is_named_and_the_usual_one_is_drawn(site: PageClient) -> None:
    soup = site.get("/map?x=colour&zzz=1")
    assert [re.sub(r" The options.*", "", text) for text in texts(soup, ".notices p")] == [
        "We ignored “colour”, which is not an option of Across.",
        "We ignored “zzz”, which is not a filter we know.",
    ]
    assert texts(soup, "#map-title") == ["Money ↑ · Weeks from idea to result →"]


@pytest.mark.parametrize(
    "query",
    ["q=zzzzqq", "x=&y=", "x=level&y=level", "page=9&per_page=1&sort=cost", "weeks=0", "people=%00", "x=weeks&x=hours"],
)  # fmt: skip
def test_any_address_of_the_map_is_answered(site: PageClient, query: str) -> None:
    site.get(f"/map?{query}")
