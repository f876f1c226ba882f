"""Help me choose in a real browser: a story told by keyboard alone, from the home page to reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

OpenTab = Callable[..., Any]

STORY = (
    "I work for the probation service in a county. We want to move five small offices into one building by the station. "
    "My director is sure that our clients will object to the travel, so she wants a public meeting. We have four weeks "
    "and £2,000. Many clients read with difficulty, some have no internet, and nobody speaks freely to the officer who "
    "can send them back to prison. Nobody has asked the clients why they come, ring us or miss appointments, and what "
    "they really need."
)


def focused(page: Page) -> str:
    """Return what has the focus: its id, else its words."""
    return page.evaluate(
        "(document.activeElement.id || document.activeElement.innerText || '').trim()"
    )


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something has the focus; fail after a whole page."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page).startswith(wanted):
            return
    pytest.fail(f"{wanted} is not reached by the Tab key")


def test_by_keyboard_alone_a_story_becomes_a_process_within_its_weeks_and_money(
    open_tab: OpenTab,
) -> None:
    tab = open_tab()
    page = tab.open("/")
    tab_to(page, "Help me choose")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan")
    tab_to(page, "p-text")
    page.keyboard.insert_text(STORY)
    tab_to(page, "Suggest methods")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan?text=*")
    understood = " ".join(page.locator(".tags__tag").all_inner_texts())
    for words in (
        "four weeks",
        "£2,000",
        "clients",
        "public meeting",
        "nobody speaks freely",
        "read with difficulty",
    ):
        assert words in understood
    headings = page.locator("main h2").all_inner_texts()
    assert headings.index("You were asked for: Public meeting") < headings.index("A short process")
    said = page.locator("section", has=page.locator("#asked-1")).inner_text()
    assert "It will not tell you what the whole area thinks" in said
    steps = page.locator(".plan-steps .card__title").all_inner_texts()
    # Why they come, ring or miss is studied first; then clients are asked in short talks; in the end they are told.
    assert [step.split(": ")[1] for step in steps[:2]] == ["Demand analysis", "In-depth interview"]
    assert steps[-1].startswith("Follow up:")
    tab_to(page, "Open this process")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/steps?*")
    assert "demand-analysis:light" in page.url
    assert "weeks=4&budget=2000" in page.url
    assert tab.faults == []


def test_by_keyboard_and_without_scripts_one_question_follows_another(open_tab: OpenTab) -> None:
    tab = open_tab(320, javascript=False)
    page = tab.open("/plan")
    tab_to(page, "Answer one question at a time")
    page.keyboard.press("Enter")
    page.wait_for_url("**ask=text")
    tab_to(page, "Not sure: leave it out")
    page.keyboard.press("Enter")
    page.wait_for_url("**ask=open")
    tab_to(page, "p-open")
    page.keyboard.type("Some")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**ask=before**")
    assert "open=some" in page.url
    tab_to(page, "Back")
    page.keyboard.press("Enter")
    page.wait_for_url("**ask=open**")
    assert page.locator("#p-open").input_value() == "some"
    tab_to(page, "Show the suggestions now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan?open=some")
    assert page.locator("#single").count() == 1
    assert tab.faults == []


@pytest.mark.parametrize("javascript", [False, True])
def test_with_and_without_scripts_on_a_phone_the_answers_stay_in_the_address(
    open_tab: OpenTab, javascript: bool
) -> None:
    page = open_tab(320, javascript=javascript).open("/plan")
    page.get_by_label("What do you mainly need from people?").select_option("deliberate")
    page.get_by_label("How many weeks until you need a result?").fill("30")
    page.get_by_role("button", name="Suggest methods").click()
    assert "purpose=deliberate" in page.url
    assert page.locator(".plan-card").count() > 0
    assert page.get_by_label("How many weeks until you need a result?").input_value() == "30"
