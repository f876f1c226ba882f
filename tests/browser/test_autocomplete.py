"""Suggestions under the search box in a real browser: by keyboard, for screen readers, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

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
    page.wait_for_url("**/methods?q=photovoice*")


def test_suggestions_load_nothing_from_elsewhere_and_raise_no_error(open_tab: OpenTab) -> None:
    tab = open_tab()
    page = tab.open("/")
    typed(page, "map")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert tab.faults == []


def hold_answer(page: Page) -> list[Route]:
    """Let the next answers with suggestions wait in the list that is returned."""
    held: list[Route] = []
    page.route("**/api/v1/suggest?*", lambda route: held.append(route))
    return held


def release(page: Page, held: list[Route]) -> None:
    """Let the answers through, and wait until the page has had its turn with them."""
    for route in held:
        with page.expect_response("**/api/v1/suggest?*"):
            route.continue_()
    page.unroute_all()
    page.evaluate("fetch(document.querySelector('#q').dataset.suggestUrl).then(a => a.json())")


LEAVE: dict[str, Callable[[Page], None]] = {
    "Tab": lambda page: page.keyboard.press("Tab"),
    "Escape": lambda page: page.keyboard.press("Escape"),
    "a click elsewhere": lambda page: page.locator("h1").click(),
}


@pytest.mark.parametrize("way", LEAVE)
def test_an_answer_that_comes_late_opens_no_list(open_tab: OpenTab, way: str) -> None:
    page = open_tab().open("/methods")
    page.locator("#q").click()
    page.locator(".suggestions").wait_for(state="attached")
    held = hold_answer(page)
    with page.expect_request("**/api/v1/suggest?*"):
        page.locator("#q").press_sequentially("jury")
    LEAVE[way](page)
    release(page, held)
    assert page.locator("[role=listbox]").is_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("way", LEAVE)
def test_leaving_the_box_closes_the_list_at_once_and_the_next_letter_opens_it_again(
    open_tab: OpenTab, way: str
) -> None:
    page = open_tab().open("/methods")
    typed(page, "jur")
    LEAVE[way](page)
    assert page.locator("[role=listbox]").is_hidden()
    page.locator("#q").focus()
    typed(page, "y")


def test_the_active_suggestion_is_told_in_forced_colours(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    page.emulate_media(forced_colors="active")
    page.locator("#q").click()
    page.locator("#q").fill("citizens")  # all at once, so that one answer comes
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    colours = page.locator("[role=option]").evaluate_all(
        "all => all.slice(0, 2).map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"
    )
    (active_ground, active_text), (ground, text) = colours
    assert active_ground != ground
    assert active_text not in (text, active_ground)
