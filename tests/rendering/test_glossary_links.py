"""Tests of the links from method pages to the glossary: first use only, and never where they harm."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.rendering.glossary_links import TermLinker
from catalogue.rendering.site_texts import GlossaryEntry, load_texts
from tests.support.page import PageClient
from tests.support.reading import words

pytest_plugins = ["tests.support.real_site"]

GLOSSARY = (
    GlossaryEntry("sample", ("sample", "samples"), "sample", ""),
    GlossaryEntry("random sample", ("random sample",), "random-sample", ""),
    GlossaryEntry("Easy Read", ("Easy Read",), "easy-read", ""),
)
SAMPLE = '<a class="term" href="/glossary#sample">sample</a>'
# Organisers meet these words elsewhere: a legal duty, and how the field names an audience.
NOT_ON_METHOD_PAGES: set[str] = set()


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        pytest.param("<p>A sample.</p>", f"<p>A {SAMPLE}.</p>", id="a word"),
        pytest.param("<p>sample sample</p>", f"<p>{SAMPLE} sample</p>", id="its first use"),
        pytest.param(
            "<p>samples and a sample</p>",
            '<p><a class="term" href="/glossary#sample">samples</a> and a sample</p>',
            id="its first use in any form",
        ),
        pytest.param(
            "<p>a Random Sample</p>",
            '<p>a <a class="term" href="/glossary#random-sample">Random Sample</a></p>',
            id="the longest form, in any capitals",
        ),
        pytest.param("<p>sampled, resample</p>", "<p>sampled, resample</p>", id="whole words"),
        pytest.param(
            '<p><a href="/x">a <em>sample</em></a> sample</p>',
            f'<p><a href="/x">a <em>sample</em></a> {SAMPLE}</p>',
            id="not inside a link",
        ),
        pytest.param(
            "<h3>sample</h3><pre><code>sample</code></pre><ul><li>sample</li></ul>",
            f"<h3>sample</h3><pre><code>sample</code></pre><ul><li>{SAMPLE}</li></ul>",
            id="not in a heading or code",
        ),
        pytest.param(
            '<p><a href="/sample" title="sample">x</a></p>',
            '<p><a href="/sample" title="sample">x</a></p>',
            id="not inside a tag",
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_words_are_linked_where_that_helps(html: str, linked: str) -> None:
    assert TermLinker(GLOSSARY).link(html) == linked


def test_a_word_that_an_earlier_section_linked_is_not_linked_again() -> None:
    linker = TermLinker(GLOSSARY)
    assert linker.link("<p>sample</p>") == f"<p>{SAMPLE}</p>"
    assert linker.link("<p>sample</p>") == "<p>sample</p>"


def test_an_empty_glossary_links_nothing() -> None:
    assert TermLinker(()).link("<p>sample</p>") == "<p>sample</p>"


@pytest.fixture(scope="module")
def pages(real_app: Flask) -> list[BeautifulSoup]:
    """Every method page of the real site."""
    site = PageClient(real_app)
    slugs = site.client.get("/api/v1/methods?per_page=100").get_json()["items"]
    return [site.get(f"/methods/{item['slug']}") for item in slugs]


def test_a_real_page_links_each_word_once_and_never_in_a_link(pages: list[BeautifulSoup]) -> None:
    anchors = {f"/glossary#{entry.anchor}" for entry in load_texts().glossary}
    for soup in pages:
        found = [str(link["href"]) for link in soup.select("a.term")]
        assert len(found) == len(set(found)), words(soup.h1)
        assert set(found) <= anchors
        assert soup.select("a a, h1 a.term, h2 a.term, h3 a.term") == []


def test_the_words_of_the_glossary_stand_on_method_pages(
    pages: list[BeautifulSoup],
) -> None:
    shown = " ".join(words(soup.main).lower() for soup in pages)
    missing = {
        entry.word
        for entry in load_texts().glossary
        if not any(form.lower() in shown for form in entry.forms)
    }
    assert missing == NOT_ON_METHOD_PAGES
