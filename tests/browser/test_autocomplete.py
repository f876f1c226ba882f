"""Suggestions under the search box in a real browser: by keyboard, for screen readers, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

OpenTab = Callable[..., Any]


def typed(page: Page, words: str) -> None:
    """Type into the search box as a person does, and wait for the list."""
    page.locator("#q").click()
    page.locator("#q").press_sequentially(words)
    page.locator("[role=option]").first.wait_for()


def test_a_method_is_chosen_by_arrow_and_enter(open_tab: OpenTab) -> None:
    page = open_tab().open("/")
    typed(page, "failure dem")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/methods/demand-analysis")


def test_the_box_is_a_combobox_that_says_what_is_chosen(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    typed(page, "citizens j")
    box, options = page.locator("#q"), page.locator("[role=option]")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-controls", "q-suggestions")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(page.locator(".searchbox [role=status]")).to_have_text(
        f"{options.count()} suggestions. Use the arrow keys."
    )
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "q-suggestions-0")


def test_enter_without_a_choice_searches_for_the_words(open_tab: OpenTab) -> None:
    page = open_tab().open("/")
    typed(page, "jury")
    page.keyboard.press("Enter")
    page.wait_for_url("**/methods?q=jury")


def test_escape_closes_the_list_and_keeps_the_words(open_tab: OpenTab) -> None:
    page = open_tab().open("/")
    typed(page, "jury")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    assert page.locator("#q").input_value().startswith("jury")


def test_a_suggestion_is_chosen_with_the_mouse(open_tab: OpenTab) -> None:
    page = open_tab(375).open("/")
    typed(page, "photov")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/methods/photovoice")


def test_without_javascript_the_box_is_a_plain_search_box(open_tab: OpenTab) -> None:
    page = open_tab(javascript=False).open("/")
    box = page.locator("#q")
    assert box.get_attribute("role") is None
    box.fill("photovoice")
    box.press("Enter")
    page.wait_for_url("**/methods?q=photovoice")


def test_suggestions_load_nothing_from_elsewhere_and_raise_no_error(open_tab: OpenTab) -> None:
    tab = open_tab()
    page = tab.open("/")
    typed(page, "map")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert tab.faults == []


def test_the_active_suggestion_can_be_told_in_forced_colours(chromium: Browser, site: str) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(site)
    page.locator("#q").press_sequentially("jury")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    active, other = page.evaluate(
        "['true', null].map((state) => [...document.querySelectorAll('[role=option]')].find((option) => "
        "option.getAttribute('aria-selected') === state)).map((option) => getComputedStyle(option).backgroundColor)"
    )
    context.close()
    assert active != other
