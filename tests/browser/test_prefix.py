"""The main job in a real browser on a site below a path: search, filters, pages, suggestions, the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from catalogue.web import create_app
from tests.support.form_data import ANSWERS
from tests.support.over_http import served

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

PREFIX = "/participation"


@pytest.fixture(scope="module")
def site(real_app: Flask) -> Iterator[str]:
    """In place of the plug-in's: the address at which the real site is served below a path."""
    settings = real_app.extensions["catalogue"].settings
    below = create_app(replace(settings, site_url=f"https://council.example{PREFIX}"))
    with served(below) as address:
        yield f"{address}{PREFIX}"


@pytest.fixture
def page(open_tab: Callable[..., Any]) -> Iterator[Page]:
    """A tab on the home page; whatever it asks for must lie below the path and be there."""
    tab = open_tab()
    answers: list[tuple[int, str]] = []
    tab.page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    yield tab.open("/")
    assert tab.faults == []
    assert [pair for pair in answers if pair[0] != 200] == []


def path(page: Page) -> str:
    """Return the path and query of the page that is open."""
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_a_method_is_found_by_words_filters_pages_and_links(page: Page) -> None:
    page.get_by_label("What do you need?").fill("people")
    page.get_by_role("button", name="Search").click()
    assert path(page) == f"{PREFIX}/methods?q=people"
    page.get_by_role("checkbox", name="Tell people").check()
    page.get_by_role("button", name="Apply filters").first.click()
    page.get_by_role("link", name="Remove filter: Purpose: Tell people").click()
    assert path(page) == f"{PREFIX}/methods?q=people"
    page.get_by_role("link", name="Next page").click()
    assert path(page) == f"{PREFIX}/methods?q=people&page=2"
    page.locator(".card__title a").first.click()
    assert path(page).startswith(f"{PREFIX}/methods/")
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
    page.locator("section[aria-labelledby=related] .related__list a").first.click()
    assert path(page).startswith(f"{PREFIX}/methods/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Glossary").click()
    assert path(page) == f"{PREFIX}/glossary"


def test_a_glossary_word_on_a_method_page_leads_to_its_meaning(page: Page) -> None:
    page.goto(f"{page.url}methods/citizens-jury")
    page.locator("a.term").first.click()
    assert path(page) == f"{PREFIX}/glossary"
    assert page.locator(":target dt").is_visible()


def test_a_suggestion_leads_to_its_method(page: Page) -> None:
    page.locator("#q").click()
    page.locator("#q").press_sequentially("photov")
    page.locator("[role=option]").first.click()
    page.wait_for_url(f"**{PREFIX}/methods/photovoice")


def test_a_method_is_written_checked_and_downloaded(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Contribute").click()
    page.get_by_role("link", name="Add a method with the form").click()
    page.locator("#f-title").fill(str(ANSWERS["title"]))
    page.locator("#f-summary").fill(str(ANSWERS["summary"]))
    page.get_by_role("button", name="Check and preview").first.click()
    assert path(page) == f"{PREFIX}/contribute/new"
    expect(page.get_by_role("heading", name="There is something to mend")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download what you have so far").click()
    assert download.value.suggested_filename == "repair-cafe-talk.md"
