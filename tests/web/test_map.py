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


@pytest.mark.parametrize("address", ["/map", "/map?x=people&y=hours", "/map?x=talk&y=budget"])
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


def test_methods_stand_by_how_much_people_talk_together_on_either_axis_and_the_table_says_it(
    site: PageClient,
) -> None:
    grades = ["Not at all", "A little", "Much of the time", "It is what happens"]
    across, up = site.get("/map?x=talk&y=weeks"), site.get("/map?x=budget&y=talk")
    assert texts(across, "#map-title") == [
        "Weeks from idea to result ↑ · How much people talk together →"
    ]
    assert texts(across, ".map--wide .map__tick:not(.map__tick--end)") == grades
    assert [text for text in texts(across, "thead th")][-1] == "Talk together"
    said = {
        link.get_text(): row.select("td")[-1].get_text().partition(": ")[2].strip()
        for row in across.select("tbody tr")
        for link in row.select("a")
    }
    assert set(said.values()) == set(grades)
    places = {
        (str(link["aria-label"]).lstrip("0123456789 ")): float(str(link.select("circle")[0]["cy"]))
        for link in up.select(".map--narrow a")
    }
    # From the foot of the axis: who never hears another, who only hears them, who deliberates, who only talks.
    order = ["Survey", "Public meeting", "Citizens' jury", "World café"]
    assert [said[title] for title in order] == grades
    heights = [places[title] for title in order]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize(
    "address", ["/map?x=level&y=talk", "/map?x=talk&y=level", "/map", "/map?x=budget&y=people"]
)
def test_what_is_written_beside_an_axis_stays_within_the_drawing(
    site: PageClient, address: str
) -> None:
    # Letters of the two sheets are about so wide: 12 and 10 units high.
    soup = site.get(address)
    for sheet, letter in (("wide", 6.0), ("narrow", 5.2)):
        width = float(str(soup.select(f".map--{sheet}")[0]["viewbox"]).split()[2])
        for tick in soup.select(f".map--{sheet} .map__tick"):
            x, length = float(str(tick["x"])), len(tick.get_text()) * letter
            left = x - length if "map__tick--end" in tick["class"] else x - length / 2
            assert left >= 0 and left + length <= width, tick


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
