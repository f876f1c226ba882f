"""Every link that a contributor can write leads from the page to something that is there, or is only text."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from catalogue.build.builder import build
from catalogue.settings import Settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from tests.support.method_text import BODY, method_text
from tests.support.page import PageClient

SITE_URL = "https://council.example/participation"
LINKS = [
    "harvest-jury.md", "./harvest-jury.md", "../methods/harvest-jury.md", "harvest-jury.md#what-it-costs",
    "harvest-jury.md#making-it-inclusive", "/methods/harvest-jury", "/methods?q=jury", "/glossary#sample", "/about",
    "#origin", "#easily-confused-with", "#part-1", "#a-heading-of-our-own", "#q-and-a-1", "#fest-für-alle",
    "handout.pdf", "files/handout.docx", "www.example.org", "example.org/x", "x.html", "harvest-jury", "../README.md",
    "../methods/", "/wiki/x", "/methods/harvest-jury.md", "?q=a", "info@example.org", "tel:123", "//a.example", "",
]  # fmt: skip
# The ids of the page itself: none of them may come twice.
HEADINGS = ["A heading of our own", "Q and A", "Q and A", "Fest für alle", "Cases", "Sources", "Related", "Main",
            "Glance", "Origin", "What it is", "Colophon", "Contents title", "Part 1", "Preview", "Card", "!!!"]  # fmt: skip


@pytest.fixture
def app_with_links(settings: Settings) -> Flask:
    """A site with a method whose text has links of all kinds, and headings called as parts of the page are."""
    text = "\n".join(
        [
            *(f"### {name}\n\nText.\n" for name in HEADINGS),
            *(f"- [a link]({href})" for href in LINKS),
        ]
    )
    body = BODY.replace("It is so.", text, 1).replace(
        "It is so.", "It is [so][guide] and [so][jury].", 1
    )
    body += "\n[guide]: https://a.example/guide\n[jury]: harvest-jury.md\n"
    (settings.methods_dir / "link-fair.md").write_text(
        method_text(body=body, title='"Link fair"'), encoding="utf-8"
    )
    build(settings.methods_dir, settings.index_dir)
    return create_app(replace(settings, site_url=SITE_URL))


@pytest.fixture
def soup(app_with_links: Flask) -> BeautifulSoup:
    """Its page, which PageClient has looked over for ids that come twice and headings that skip a level."""
    return PageClient(app_with_links).get("/participation/methods/link-fair")


def test_every_link_of_its_page_leads_to_what_is_there(
    app_with_links: Flask, soup: BeautifulSoup
) -> None:
    site = PageClient(app_with_links)
    here = f"{SITE_URL}/methods/link-fair"
    targets = {urljoin(here, str(link["href"])) for link in soup.select("main a[href]")}
    inside = {
        target.removeprefix("https://council.example")
        for target in targets
        if target.startswith(SITE_URL)
    }
    assert len(inside) > 20
    for target in inside:
        path, fragment = urldefrag(target)
        response = site.client.get(path)
        if response.mimetype != "text/html":
            assert response.status_code == 200, path
            continue
        page = site.get(path)
        assert not fragment or page.find(id=unquote(fragment)), target


def test_what_leads_nowhere_is_text_and_the_rest_are_links(soup: BeautifulSoup) -> None:
    shown = [link.get("href") for link in soup.select("#part-1 li a")]
    assert shown == [
        *["/participation/methods/harvest-jury"] * 3,
        "/participation/methods/harvest-jury#what-it-costs",
        "/participation/methods/harvest-jury#inclusive",
        "/participation/methods/harvest-jury", "/participation/methods?q=jury", "/participation/glossary#sample",
        "/participation/about", "#origin", "#confused-with", "#part-1", "#a-heading-of-our-own", "#q-and-a-1",
        "#fest-f%C3%BCr-alle",
        *[None] * 15,
    ]  # fmt: skip


def test_a_reference_that_is_defined_at_the_end_of_the_file_works_in_every_section(
    soup: BeautifulSoup,
) -> None:
    shown = [link["href"] for link in soup.select("#part-2 .prose a")]
    assert shown == ["https://a.example/guide", "/participation/methods/harvest-jury"]


def test_headings_have_the_ids_that_github_gives_them_unless_the_page_has_them(
    soup: BeautifulSoup,
) -> None:
    assert [heading["id"] for heading in soup.select("#part-1 .prose h3")] == [
        "a-heading-of-our-own", "q-and-a", "q-and-a-1", "fest-für-alle", "cases-1", "sources-1", "related-1", "main-1",
        "glance-1", "origin-1", "what-it-is-1", "colophon-1", "contents-title-1", "part-1-1", "preview-1", "card-1",
        "heading",
    ]  # fmt: skip
    for number, section in enumerate(VOCABULARY.required_sections, start=1):
        assert isinstance(soup.select_one(f"#part-{number} > h2#{section}"), Tag)
