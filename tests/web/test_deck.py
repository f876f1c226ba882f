"""The deck of cards: each method of a search once on a front and once on the back that lies behind it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.support.page import PageClient
from tests.support.reading import texts


def sides(soup: BeautifulSoup) -> list[list[str]]:
    """Return the names on each side of each sheet, "" where there is no card."""
    return [
        [" ".join(texts(card, "h2")).removeprefix("Back: ") for card in sheet.select(".deck-card")]
        for sheet in soup.select(".deck-sheet")
    ]


def test_a_back_lies_behind_its_front_when_the_sheet_is_turned_over_its_long_edge(
    page: PageClient,
) -> None:
    assert sides(page.get("/deck")) == [
        ["Barn meeting", "Harvest jury", "Orchard walk", "Postcard survey"],
        ["Harvest jury", "Barn meeting", "Postcard survey", "Orchard walk"],
        ["Reed panel", "Web idea box", "", ""],
        ["Web idea box", "Reed panel", "", ""],
    ]


def test_the_deck_has_the_methods_of_a_search_in_the_size_that_fits(page: PageClient) -> None:
    soup = page.get("/deck?q=jury&weeks=20&zzz=1")
    assert sides(soup)[0][0] == "Harvest jury"
    assert texts(soup, ".notices p") == ["We ignored “zzz”, which is not a filter we know."]
    back = soup.select(".deck-sheet")[1].select(".deck-card")[1]
    assert texts(back, ".deck-card__for") == ["Usual run"]
    assert texts(back, ".deck-card__address") == ["/methods/harvest-jury"]


@pytest.mark.parametrize("query", ["q=zzzzqq", "page=99&per_page=1", "people=%00", "cost=minimal"])
def test_any_address_of_the_deck_is_answered(page: PageClient, query: str) -> None:
    page.get(f"/deck?{query}")
