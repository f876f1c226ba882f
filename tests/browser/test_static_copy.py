"""The copy without a server in a real browser, from a folder of a plain web server: words, filters, comparing, planning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.datastructures import MultiDict

from catalogue.planner.answers import parse_answers
from catalogue.planner.plan import make_plan
from catalogue.search.snapshot import Snapshot
from catalogue.web import create_app
from tests.support.contrast import AXE, RUN_AXE
from tests.support.exported_site import served_files, write_site

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.browser"]


@pytest.fixture(scope="module")
def site(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """In place of the plug-in's: the address of a copy of the small catalogue, below a path."""
    folder = tmp_path_factory.mktemp("copy")
    settings = app.extensions["catalogue"].settings
    write_site(create_app(replace(settings, site_url="https://x.example/sub")), folder)
    with served_files(folder) as address:
        yield address


@pytest.fixture
def tab(open_tab: Callable[..., Any]) -> Iterator[Any]:
    """A tab that knows axe; no page of the copy may have a fault or ask for anything outside it."""
    tab = open_tab()
    tab.page.add_init_script(path=AXE)
    yield tab
    assert tab.faults == []


def shown(page: Page) -> list[str]:
    """Return the titles of the methods that the list shows, in order."""
    page.wait_for_function("window.COPY?.shown")
    return page.locator(".card__title:visible").all_inner_texts()


def test_words_find_methods_from_the_box_of_the_home_page(tab: Any) -> None:
    page = tab.open("/index.html")
    page.get_by_label("What do you need?").fill("a jury on farming")
    page.get_by_role("button", name="Search").click()
    assert shown(page)[0] == "Harvest jury"
    expect(page.locator("#results-title")).to_have_text("1 method")
    assert page.get_by_label("Search words").input_value() == "a jury on farming"


def test_a_clear_slip_is_corrected_and_that_can_be_undone(tab: Any) -> None:
    page = tab.open("/methods/index.html?q=havrest+survey")
    assert shown(page)[0] == "Harvest jury"
    expect(page.get_by_role("status")).to_contain_text(
        "We searched for “harvest” instead of “havrest”."
    )
    page.get_by_role("link", name="Search for “havrest” as it is").click()
    page.wait_for_url(re.compile("q=%22havrest%22"))
    assert shown(page)[0] == "Postcard survey"
    expect(page.get_by_role("status")).to_have_count(0)


def test_a_slip_that_is_not_clear_is_offered_and_not_corrected(tab: Any) -> None:
    page = tab.open("/methods/index.html?q=orchard+walc")
    expect(page.get_by_role("status")).to_contain_text("We searched for “walc” as it is.")
    page.get_by_role("link", name="walk", exact=True).click()
    page.wait_for_url(re.compile("q=orchard.walk"))
    assert shown(page)[0] == "Orchard walk"


def test_the_map_and_its_table_have_what_the_filters_and_words_of_the_list_leave(tab: Any) -> None:
    page = tab.open("/methods/index.html?q=a+jury+on+farming&budget=90000")
    (left,) = shown(page)
    page.get_by_role("link", name="See these on the map").click()
    page.wait_for_function("window.COPY?.shown")
    expect(page.locator(".map-table tbody th")).to_have_text([left])
    assert page.locator(".map--wide > a").count() == 1
    expect(page.locator(".map-total")).to_have_text("1 method")
    assert page.get_by_label("Search words").input_value() == "a jury on farming"
    page.get_by_role("link", name="See them as a list").click()
    assert shown(page) == [left]


def test_the_map_of_all_keeps_a_filter_when_its_form_adds_another(tab: Any) -> None:
    page = tab.open("/map/index.html?purpose=deliberate")
    page.wait_for_function("window.COPY?.shown")
    before = page.locator(".map-table tbody tr").count()
    page.locator("#budget").fill("400")
    page.get_by_role("button", name="Draw the map").click()
    page.wait_for_url(re.compile("budget=400"))
    page.wait_for_function("window.COPY?.shown")
    assert "purpose=deliberate" in page.url
    assert page.locator(".map-table tbody tr").count() < before


def test_words_find_cases_and_rules_too(tab: Any) -> None:
    page = tab.open("/methods/index.html?q=gunning")
    assert shown(page) == []
    page.locator(".guidance a").first.click()
    expect(page.locator("h1")).to_have_text("Gunning principles")


def test_a_filter_leaves_what_fits_and_counts_it(tab: Any) -> None:
    page = tab.open("/methods/index.html")
    page.get_by_label("How much can you spend").fill("400")
    page.get_by_role("button", name="Apply filters").first.click()
    page.wait_for_url(re.compile("budget=400"))
    assert shown(page) == ["Orchard walk"]
    assert page.locator(".skip-results").text_content() == "Skip to 1 result"
    expect(page.locator("#results-title")).to_have_text("1 method")


def test_cases_are_filtered_and_searched(tab: Any) -> None:
    page = tab.open("/cases/index.html")
    page.get_by_label("Country").select_option(index=1)
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(re.compile("country="))
    expect(page.locator("#results-title")).to_have_text("1 case")
    assert page.locator(".case:visible").count() == 1
    page.get_by_label("Search words").fill("qwertzuiop")
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("No case matches all of this.").wait_for()
    assert page.locator(".case:visible").count() == 0


def test_methods_are_compared_from_a_card_on(tab: Any, snapshot: Snapshot) -> None:
    page = tab.open("/methods/index.html")
    page.get_by_role("link", name="Compare : Barn meeting").click()
    expect(page.locator("h1")).to_have_text("Compare methods")
    page.get_by_label("Method to compare").select_option("harvest-jury")
    page.get_by_role("button", name="Add to the comparison").click()
    expect(page.locator("h1")).to_have_text("Compare 2 methods")
    assert page.locator(".compare tbody tr").count() > 20
    page.get_by_role("link", name="Remove Barn meeting, usual run").click()
    expect(page.locator(".compare thead a")).to_have_text(["Harvest jury"])
    assert tab.page.evaluate(RUN_AXE) == []


def test_answers_give_a_plan_in_the_order_of_the_server(tab: Any, snapshot: Snapshot) -> None:
    page = tab.open("/index.html")
    page.get_by_role("link", name="Or answer a few questions").click()
    expect(page.get_by_label("In your own words")).to_have_count(0)
    page.get_by_label("What do you mainly need from people?").select_option("deliberate")
    page.get_by_label("What can you spend in pounds").fill("90000")
    page.get_by_role("button", name="Suggest methods").click()
    page.get_by_role("heading", name="Single methods").wait_for()
    answers, _ = parse_answers(MultiDict([("purpose", "deliberate"), ("budget", "90000")]))
    titles = [each.method.title for each in make_plan(snapshot, answers).results]
    expect(page.locator(".cards .card__title")).to_have_text(titles)
    assert page.get_by_label("What can you spend in pounds").input_value() == "90000"
    assert page.evaluate(RUN_AXE) == []
    page.locator(".cards a").first.click()
    expect(page.locator("h1")).to_have_text(titles[0])


def test_without_scripts_a_page_says_what_it_needs(open_tab: Callable[..., Any]) -> None:
    page = open_tab(javascript=False).open("/compare/index.html?m=harvest-jury")
    assert "This copy needs JavaScript to answer" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    "address",
    ["/index.html", "/methods/index.html?q=people", "/methods/harvest-jury/index.html",
     "/cases/index.html?sector=health", "/map/index.html?purpose=deliberate",
     "/compare/index.html?m=harvest-jury&m=orchard-walk", "/plan/index.html",
     "/plan/index.html?purpose=inform&weeks=12&audience=members&conflict=high&free_to_speak=no", "/no-server/index.html"],
)  # fmt: skip
def test_pages_are_accessible_and_load_nothing_from_elsewhere(tab: Any, address: str) -> None:
    page = tab.open(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(RUN_AXE) == []
