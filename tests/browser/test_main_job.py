"""The main job in a real browser: with and without JavaScript, by keyboard alone, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

OpenTab = Callable[..., Any]


def asked(page: Page) -> list[tuple[str, str]]:
    """Return the parameters of the page's address that are not blank."""
    return parse_qsl(urlsplit(page.url).query)


def titles(page: Page) -> list[str]:
    return page.locator(".card__title").all_inner_texts()


def found(page: Page) -> int:
    """Return how many methods the page says it found."""
    return int(page.locator(".results__count").inner_text().split()[0])


def test_without_javascript_a_method_is_found_by_words_purpose_cost_and_audience(
    open_tab: OpenTab,
) -> None:
    tab = open_tab(javascript=False)
    page = tab.open("/")
    page.get_by_label("What do you need?").fill("patients")
    page.get_by_role("button", name="Search").click()
    everything = found(page)
    page.get_by_role("checkbox", name="Understand lives and needs").check()
    page.get_by_role("checkbox", name="Low: £500 to £5,000").check()
    page.get_by_role("checkbox", name="People who use a service").check()
    page.get_by_role("button", name="Apply filters").first.click()
    assert asked(page)[:4] == [
        ("q", "patients"),
        ("purpose", "understand-needs"),
        ("cost", "low"),
        ("audience", "service-users"),
    ]
    narrowed = found(page)
    assert 0 < narrowed < everything
    page.locator(".card__title a").first.click()
    assert page.locator("h1").inner_text()
    assert page.get_by_role("heading", name="At a glance").is_visible()
    assert tab.faults == []


def test_without_javascript_a_filter_is_removed_by_its_tag(open_tab: OpenTab) -> None:
    page = open_tab(javascript=False).open("/methods?purpose=inform&cost=low&weeks=12")
    narrowed = found(page)
    page.get_by_role("link", name="Remove filter: Purpose: Tell people").click()
    assert asked(page) == [("cost", "low"), ("weeks", "12")]
    assert not page.get_by_role("checkbox", name="Tell people").is_checked()
    assert found(page) > narrowed
    page.get_by_role("link", name="Clear all filters").click()
    assert asked(page) == []


def test_without_javascript_page_2_follows_page_1(open_tab: OpenTab) -> None:
    page = open_tab(javascript=False).open("/methods?format=in-person")
    first = titles(page)
    page.get_by_role("link", name="Next page").click()
    assert asked(page) == [("format", "in-person"), ("page", "2")]
    assert len(first) == 20
    assert not set(first) & set(titles(page))


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_filters_fold_and_open_and_the_results_come_first(
    open_tab: OpenTab, javascript: bool
) -> None:
    page = open_tab(375, javascript=javascript).open("/methods?purpose=inform&cost=low&weeks=12")
    summary = page.locator(".filters__toggle")
    box = page.get_by_role("checkbox", name="Tell people")
    assert summary.inner_text().split() == ["Filters", "3", "chosen"]
    assert not box.is_visible()
    assert page.locator(".card").first.bounding_box()["y"] < 900  # type: ignore[index]
    summary.click()
    assert box.is_visible()
    summary.click()
    assert not box.is_visible()


def test_on_a_wide_screen_the_filters_are_open_and_cannot_be_folded(open_tab: OpenTab) -> None:
    page = open_tab(javascript=False).open("/methods")
    assert page.get_by_role("checkbox", name="Tell people").is_visible()
    assert not page.locator(".filters__toggle").is_visible()


MOVED = """new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.moved += entry.value; })).observe({type: "layout-shift", buffered: true});
window.moved = 0"""


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_after_the_first_paint(open_tab: OpenTab, width: int) -> None:
    tab = open_tab(width)
    tab.page.add_init_script(MOVED)
    for address in ("/", "/methods?weeks=4&cost=low", "/methods/citizens-jury?weeks=4"):
        page = tab.open(address)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        assert page.evaluate("moved") == 0, address


def test_after_apply_the_panel_keeps_its_place_and_the_focus(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    box = page.get_by_role("checkbox", name="Low: £500 to £5,000")
    box.check()
    place = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    page.wait_for_url("**/methods?cost=low")
    assert focused(page) == "cost-low"
    assert place == page.evaluate("scrollY") > 0
    page.reload()
    assert focused(page) != "cost-low"


def test_an_address_shows_a_colleague_the_same_page(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    page.get_by_label("Search words").fill("young people")
    page.get_by_role("checkbox", name="Design or plan together").check()
    page.get_by_label("Sort by").select_option("Lowest cost first")
    page.get_by_role("button", name="Apply filters").first.click()
    address = page.url.removeprefix(page.evaluate("location.origin"))
    other = open_tab(375, javascript=False).open(address)
    assert titles(page) == titles(other)
    other.locator(".filters__toggle").click()
    assert other.get_by_role("checkbox", name="Design or plan together").is_checked()


def test_with_javascript_blank_fields_are_left_out_of_the_address(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    page.get_by_role("checkbox", name="Low: £500 to £5,000").check()
    page.get_by_role("button", name="Apply filters").first.click()
    assert urlsplit(page.url).query == "cost=low"
    page.get_by_label("Search words").fill("housing")
    page.get_by_role("button", name="Search", exact=True).click()
    assert urlsplit(page.url).query == "q=housing&cost=low"


def test_with_javascript_a_chosen_sort_stays_in_the_address(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods?q=housing")
    page.get_by_label("Sort by").select_option("A to Z")
    page.get_by_role("button", name="Apply filters").first.click()
    assert urlsplit(page.url).query == "q=housing&sort=title"


def test_on_a_phone_folded_filters_are_still_sent(open_tab: OpenTab) -> None:
    page = open_tab(375).open("/methods?purpose=inform&cost=low")
    page.get_by_label("Search words").fill("village")
    page.get_by_role("button", name="Search", exact=True).click()
    assert asked(page) == [("q", "village"), ("purpose", "inform"), ("cost", "low")]


def focused(page: Page) -> str:
    """Return what has the focus: its id, else its words."""
    return page.evaluate(
        "(document.activeElement.id || document.activeElement.innerText || '').trim()"
    )


def test_by_keyboard_alone_from_the_skip_link_to_the_first_result(open_tab: OpenTab) -> None:
    page = open_tab().open("/")
    press = page.keyboard.press
    press("Tab")
    assert focused(page) == "Skip to main content"
    press("Enter")
    stops = []
    while focused(page) != "q" and len(stops) < 12:
        press("Tab")
        stops.append(focused(page))
    assert stops == [
        "text",
        "Help me choose",
        "Or answer a few questions",
        "purpose",
        "people",
        "weeks",
        "budget",
        "Show what fits",
        "q",
    ]
    page.keyboard.type("jury")
    press("Enter")
    page.wait_for_url("**/methods?q=jury")
    press("Tab")
    press("Enter")
    press("Tab")
    assert focused(page) == "q"
    press("Tab")
    press("Tab")
    assert focused(page) == f"Skip to {found(page)} results"
    press("Enter")
    assert focused(page) == "results"
    stops = []
    for _ in range(3):
        press("Tab")
        stops.append(focused(page))
    assert stops == ["See these on the map", "Print them as cards", titles(page)[0]]
    press("Enter")
    page.wait_for_url("**/methods/*")
    assert "jury" in page.locator("h1").inner_text().lower()


def test_by_keyboard_alone_a_filter_is_ticked_and_applied(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    page.get_by_label("Search words").focus()
    seen = []
    while focused(page) != "purpose-inform" and len(seen) < 12:
        page.keyboard.press("Tab")
        seen.append(focused(page))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/methods?purpose=inform")
    assert seen[0] == "Search"
    assert seen[1].startswith("Skip to ")
    assert seen[2:] == [
        "apply-first", "People, time and money", "people", "weeks", "hours", "budget",
        "Purpose", "purpose-inform",
    ]  # fmt: skip


def test_a_group_of_filters_opens_by_keyboard(open_tab: OpenTab) -> None:
    page = open_tab().open("/methods")
    box = page.get_by_role("checkbox", name="By lottery")
    assert not box.is_visible()
    for title in ("More filters", "Recruitment"):
        page.locator("summary", has_text=title).focus()
        page.keyboard.press("Enter")
    assert box.is_visible()
