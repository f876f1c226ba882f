"""What people see where there is nothing, nothing yet, or a fault: plain words and ways on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from catalogue.settings import Settings
from catalogue.web import create_app
from tests.support.page import PageClient
from tests.support.reading import texts, words


def test_an_unknown_method_is_a_404_with_near_matches(page: PageClient) -> None:
    soup = page.get("/methods/harvest-juri", status=404)
    assert words(soup.h1) == "Page not found"
    near = [str(link["href"]) for link in soup.select(".related__list a")]
    assert near[0] == "/methods/harvest-jury"
    others = [(words(link), link["href"]) for link in soup.select("main .govuk-list a")]
    assert others == [
        ("Search the catalogue for “harvest juri”", "/methods?q=harvest+juri"),
        ("Look through all methods", "/methods"),
        ("Go to the home page", "/"),
    ]


@pytest.mark.parametrize(
    "address", ["/methods/zzzzzz", "/nothing", "/methods/x/", "/static/no.css"]
)
def test_an_unknown_address_is_a_404_that_offers_ways_on(page: PageClient, address: str) -> None:
    soup = page.get(address, status=404)
    assert words(soup.h1) == "Page not found"
    assert {"/", "/methods"} <= {str(link["href"]) for link in soup.select("main a")}
    assert soup.select_one('meta[name=robots][content="noindex"]')


def test_a_site_that_cannot_be_built_says_so(settings: Settings, tmp_path: Path) -> None:
    site = PageClient(create_app(replace(settings, methods_dir=tmp_path / "gone")))
    for address in ("/", "/methods", "/methods/harvest-jury", "/about"):
        assert texts(site.get(address, status=503), "main h1, main p") == [
            "The catalogue is not ready",
            "Its pages could not be built. The reason stands in the log of the server.",
        ]


def test_a_site_without_methods_says_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    site = PageClient(create_app(replace(settings, methods_dir=tmp_path / "empty")))
    assert "Look through all 0 methods" in texts(site.get("/"), "main p > a")
    assert words(site.get("/methods").select_one(".results__count")) == "0 methods"


def test_a_fault_of_ours_is_told_without_its_details(
    cold_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("catalogue.web.views.pages.search", break_down)
    soup = PageClient(cold_app).get("/methods", status=500)
    assert words(soup.h1) == "Something went wrong on our side"
    assert "secret" not in soup.get_text()
