"""Choosing, comparing and planning in a real browser without scripts; and a comparison on one sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

LONG = "/compare?m=online-consultation&m=walkabout&m=written-consultation&m=community-champions"
FOUR = "/compare?m=survey:light&m=citizens-jury&m=world-cafe&m=citizens-assembly:large"


def follow(page: Any, does: str, name: str) -> None:
    """Follow the link that does something with a method; Chromium may put a space before what only readers hear."""
    whole = re.compile(rf"^{re.escape(does)} ?: {re.escape(name)}$")
    page.get_by_role("link", name=whole).click()


def test_two_cards_are_compared_and_planned_with_without_scripts(
    open_tab: Callable[..., Any],
) -> None:
    page = open_tab(320, javascript=False).open("/methods?q=survey")
    follow(page, "Compare", "Survey")
    assert page.locator("h1").inner_text() == "Compare methods"
    page.get_by_label("Method to compare").select_option("focus-group")
    page.get_by_role("button", name="Add to the comparison").click()
    assert page.locator("h1").inner_text() == "Compare 2 methods"
    follow(page, "Add to my plan", "Focus group, usual run")
    assert page.locator("h1").inner_text() == "My plan: one step"
    page.get_by_role("link", name="Find methods in the catalogue").click()
    follow(page, "Add to my plan", "Area forum")
    assert page.locator(".steps__name a").all_inner_texts() == ["Focus group", "Area forum"]
    page.get_by_role("button", name="Move up : Area forum").click()
    assert page.locator(".steps__name a").all_inner_texts() == ["Area forum", "Focus group"]
    page.get_by_label("How many weeks do you have?").fill("6")
    page.get_by_role("button", name="Hold the plan against them").click()
    assert "limit of 6 weeks" in page.locator(".sums").inner_text()


@pytest.mark.parametrize("javascript", [False, True])
@pytest.mark.parametrize("button", ["Hold the plan against them", "Add to my plan", "Keep the reason", "Work it out again"])  # fmt: skip
def test_what_is_typed_into_a_plan_stays_when_another_button_is_pressed(
    open_tab: Callable[..., Any], button: str, javascript: bool
) -> None:
    page = open_tab(javascript=javascript).open("/plan/steps?m=survey:light&m=focus-group")
    type_everywhere(page)
    page.get_by_label("Add a step").select_option("fishbowl")
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"because=Cheap"))
    assert typed(page) == TYPED
    assert page.locator(".steps__name a").count() == 3


@pytest.mark.parametrize("javascript", [False, True])
@pytest.mark.parametrize("button", ["Move up", "Take the usual run", "Add (?!to my plan)"])
def test_what_is_typed_into_a_plan_goes_along_with_a_button_that_changes_it(
    open_tab: Callable[..., Any], button: str, javascript: bool
) -> None:
    page = open_tab(javascript=javascript).open("/plan/steps?m=survey:light&m=focus-group:light")
    type_everywhere(page)
    page.get_by_role("button", name=re.compile(f"^{button}")).last.click()
    page.wait_for_url(re.compile(r"because=Cheap"))
    assert typed(page) == TYPED
    assert page.locator(".notices").count() == 0


@pytest.mark.parametrize("javascript", [False, True])
def test_an_answer_typed_below_stays_when_what_was_understood_is_taken_out_and_enter_takes_nothing_out(
    open_tab: Callable[..., Any], javascript: bool
) -> None:
    page = open_tab(javascript=javascript).open("/plan?text=We+have+four+weeks+and+2000+pounds")
    weeks, money = (page.locator(".tags__tag", has_text=word) for word in ("weeks", "pounds"))
    page.locator("#p-people").fill("300")
    weeks.click()
    page.wait_for_url(re.compile(r"weeks=not-sure"))
    assert page.locator("#p-people").input_value() == "300"
    assert (weeks.count(), money.count()) == (0, 1)
    page.locator("#p-people").fill("400")
    page.locator("#p-people").press("Enter")
    page.wait_for_url(re.compile(r"people=400"))
    assert (weeks.count(), money.count()) == (0, 1)


TYPED = ["Cheap", "6", "20", "true"]


def type_everywhere(page: Any) -> None:
    """Type a reason, a limit and an amount of the first step, and choose who hires the room."""
    page.get_by_label("Why these steps").fill("Cheap")
    page.get_by_label("How many weeks do you have?").fill("6")
    page.locator(".estimate__edit summary").first.click()
    page.locator("input[name='survey:light.people']").fill("20")
    page.get_by_label("A community group").check()


def typed(page: Any) -> list[str]:
    """Return what stands in the boxes of `type_everywhere`."""
    boxes = ["#because", "#weeks", "input[name='survey:light.people']"]
    hired = str(page.locator("#hire-community").is_checked()).lower()
    return [*(page.locator(box).input_value() for box in boxes), hired]


def test_the_keyboard_alone_changes_an_amount_of_the_estimate(open_tab: Callable[..., Any]) -> None:
    page = open_tab(320).open("/plan/steps?m=citizens-jury")
    page.locator(".estimate__edit summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"citizens-jury\.people=20"))
    assert page.locator("#amount-1-1").input_value() == "20"


@pytest.mark.parametrize("four", [FOUR, LONG])
def test_four_methods_are_printed_on_one_landscape_sheet(
    open_tab: Callable[..., Any], four: str
) -> None:
    sheet = open_tab(1280).open(four).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1
    width, height = map(float, re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", sheet)[0])
    assert width > height


def test_a_plan_of_three_steps_is_printed_on_two_sheets(open_tab: Callable[..., Any]) -> None:
    address = "/plan/steps?m=survey:light&m=world-cafe&m=citizens-jury&weeks=30"
    sheets = open_tab(1280).open(address).pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheets)) == 2


@pytest.mark.parametrize("count", [2, 4])
def test_on_a_phone_every_fact_stays_beside_the_name_of_its_method(
    open_tab: Callable[..., Any], count: int
) -> None:
    address = "&".join(FOUR.split("&")[:count])
    page = open_tab(320).open(address)
    rows = page.locator(".compare tbody tr")
    assert rows.count() > 20
    for cell in rows.first.locator("td").all():
        assert cell.locator(".compare__of").is_visible()
        box = cell.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
    # The roles in the markup keep it a table for screen readers, whatever the style sheet makes of it.
    assert page.get_by_role("rowheader").count() == rows.count()
    assert page.get_by_role("columnheader").count() >= count
