"""The page about the API says all that the document says, in a form for people."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.page import PageClient
from tests.support.reading import texts, words


@pytest.fixture(scope="module")
def described(app: Flask) -> Any:
    return app.test_client().get("/api/v1/openapi.json").get_json()


def test_every_address_has_its_part_of_the_page(page: PageClient, described: Any) -> None:
    soup = page.get("/api")
    sections = [tag for tag in soup.select("section") if tag.select("h2")]
    assert [words(tag.h2) for tag in sections] == list(described["paths"])
    for section, methods in zip(sections, described["paths"].values(), strict=True):
        operation = methods["get"]
        assert texts(section, "p")[0] == operation["summary"]
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert texts(section, ".reference dt > code") == names
        meanings = [words(tag).partition(" One of: ")[0] for tag in section.select(".reference dd")]
        assert meanings == [parameter["description"] for parameter in operation["parameters"]]


def test_every_shape_is_explained(page: PageClient, described: Any) -> None:
    soup = page.get("/api")
    sections = {words(tag.h3): tag for tag in soup.select("section") if not tag.select("h2")}
    schemas = described["components"]["schemas"]
    assert list(sections) == list(schemas)
    for name, section in sections.items():
        assert texts(section, ".reference dt > code") == list(schemas[name]["properties"])
        assert all(texts(section, ".reference dd"))


def test_every_link_within_the_page_leads_somewhere(page: PageClient) -> None:
    soup = page.get("/api")
    links = {str(a["href"]) for a in soup.select("main a") if str(a["href"]).startswith("#")}
    assert len(links) > 10
    assert [link for link in links if not soup.select(f"[id='{link[1:]}']")] == []


def test_options_are_listed_as_they_are_written_in_addresses(page: PageClient) -> None:
    (cost,) = [
        tag for tag in page.get("/api").select("#api_methods ~ dl > div")
        if texts(tag, "dt code") == ["cost"]
    ]  # fmt: skip
    assert texts(cost, ".reference__options code") == [
        "minimal", "low", "moderate", "high", "very-high", "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("total", "whole number"),
        ("items", "list: Item"),
        ("facets", "objects by name: OptionCount"),
        ("notices", "list"),
        ("licence", "object: Licence"),
    ],
)
def test_types_are_said_in_words(page: PageClient, field: str, kind: str) -> None:
    parts = page.get("/api").select("#SearchAnswer ~ dl > div")
    (part,) = [tag for tag in parts if texts(tag, "dt code") == [field]]
    assert texts(part, "dt .quiet") == [kind]


def test_the_examples_can_be_tried(page: PageClient, client: FlaskClient) -> None:
    links = [str(a["href"]) for a in page.get("/api").select("main a") if a.select("code")]
    assert "/api/v1/methods?q=young+people&cost=low" in links
    for link in links:
        assert client.get(link).status_code == 200, link
    assert "/api/v1/methods/barn-meeting" in links


def test_every_page_leads_to_it(page: PageClient) -> None:
    soup = page.get("/")
    (link,) = [a for a in soup.select("footer a") if words(a) == "The data as JSON"]
    assert link["href"] == "/api"
