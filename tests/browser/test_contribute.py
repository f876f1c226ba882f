"""A newcomer adds a method in a real browser: with mouse and JavaScript, then with neither.

What comes out is checked by `catalogue check --strict` and built, and its page is the preview.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from playwright.sync_api import Page

from catalogue.build.builder import build
from catalogue.settings import Settings, read_settings
from catalogue.web import create_app
from catalogue.web.views import contribute
from tests.conftest import linked_copy
from tests.support.command import FINE, Command
from tests.support.contrast import AXE, AXE_WIDTH, OPEN_ALL, RUN_AXE, SIDEWAYS, edge_contrasts
from tests.support.form_data import ANSWERS
from tests.support.over_http import served
from tests.support.page import PageClient

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

METHODS = Path(__file__).parents[2] / "methods"
MISTAKES = {"summary": "", "group_size-min": "ten"}
SUMMARY = (
    "What happens, in one sentence? – This answer is missing. One sentence that says what happens."
)
NUMBER = (
    "How many people sit in one group? From – “ten” is not a number. "
    "Write a number in figures, with nothing beside it."
)
READY = "Your method is ready to send"
FOCUSED = "document.activeElement.id || document.activeElement.name"

OpenTab = Callable[..., Any]


@pytest.fixture(scope="module")
def site(real_app: Flask) -> Iterator[str]:
    """The address of the real site, with its repository at GitHub."""
    given: Settings = real_app.extensions["catalogue"].settings
    with served(create_app(replace(given, repository_url="https://github.com/o/r"))) as address:
        yield address


def fill(page: Page, answers: dict[str, str | list[str]]) -> None:
    """Answer the questions that stand on the page, each as its control is used."""
    for name, given in answers.items():
        control = page.locator(f".questions [name='{name}']")
        if isinstance(given, list):
            for value in given:
                page.check(f".questions [name='{name}'][value='{value}']")
        elif control.evaluate("(control) => control.tagName") == "SELECT":
            control.select_option(given)
        else:
            control.fill(given)


def press_check(page: Page) -> None:
    """Press the first button of the form and wait for the answer."""
    with page.expect_navigation():
        page.get_by_role("button", name="Check and preview").first.click()


def carried(page: Page) -> tuple[str, str]:
    """Return the file name and the text in the address behind "Open on GitHub"."""
    link = page.get_by_role("link", name="Open on GitHub").get_attribute("href") or ""
    assert link.startswith("https://github.com/o/r/new/main?")
    query = parse_qs(urlsplit(link).query)
    return query["filename"][0], query["value"][0]


def article(html: str, selector: str, without: str = "", unlinked: str = "") -> str:
    """Return the article of a method, whatever the level of its headings.

    Parts of one selector are left out; of links of another, only the words are left.
    """
    found = BeautifulSoup(html, "html.parser").select_one(f"{selector} article")
    assert isinstance(found, Tag)
    for tag in found.select(without) if without else []:
        tag.decompose()
    for link in found.select(unlinked) if unlinked else []:
        link.unwrap()
    for heading in found.find_all(re.compile("h[1-6]")):
        heading.name = "heading"
    return " ".join(str(found).split())


def check_and_build(page: Page, real_index: Path, folder: Path) -> None:
    """Put the file behind the link among the others; fail unless it is faultless and its page the preview."""
    name, text = carried(page)
    assert name == "methods/repair-cafe-talk.md"
    shutil.copytree(METHODS, folder / "methods")
    linked_copy(real_index, folder / "search_index")
    file = folder / name
    file.write_text(text, encoding="utf-8")
    settings = replace(
        read_settings({}), methods_dir=folder / "methods", index_dir=folder / "search_index"
    )
    result = Command(settings)("check", "--strict", file)
    assert (result.exit_code, result.stdout) == (FINE, "")
    build(settings.methods_dir, settings.index_dir)
    client = PageClient(create_app(settings)).client
    built = client.get("/methods/repair-cafe-talk").get_data(as_text=True)
    # Only what is in the catalogue can be compared, changed and taken away, and only its cases have pages.
    only_there = ".actions, .colophon li:has(a[href^='/methods/repair-cafe-talk.'])"
    wanted = article(built, "main", only_there, ".case__title a")
    assert article(page.content(), ".preview__frame") == wanted


def test_a_newcomer_meets_two_errors_fixes_them_and_ends_with_a_faultless_file(
    open_tab: OpenTab, real_index: Path, tmp_path: Path
) -> None:
    tab = open_tab()
    page = tab.open("/contribute")
    page.get_by_role("link", name="Add a method with the form").click()
    page.wait_for_url("**/contribute/new")
    page.evaluate(OPEN_ALL)
    fill(page, {**ANSWERS, **MISTAKES})
    press_check(page)
    assert page.locator("h1").inner_text() == "2 things to mend"
    assert page.locator(".govuk-error-summary li").all_inner_texts() == [SUMMARY, NUMBER]
    assert page.evaluate(FOCUSED) == "answer"
    page.get_by_role("link", name=SUMMARY).click()
    assert page.evaluate(FOCUSED) == "f-summary"
    page.get_by_label("What happens, in one sentence?").fill(str(ANSWERS["summary"]))
    page.get_by_role("link", name=NUMBER).click()
    assert page.evaluate(FOCUSED) == "f-group_size-min"
    page.locator("#f-group_size-min").fill("10")
    press_check(page)
    assert page.locator("h1").inner_text() == READY
    assert page.locator(".govuk-error-summary").count() == 0
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the text").click()
    page.get_by_text("The text is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == carried(page)[1]
    assert tab.faults == []
    check_and_build(page, real_index, tmp_path)


def walk(page: Page, answers: dict[str, str | list[str]]) -> None:
    """Go through the form with the Tab key and answer each question as it comes; stop at the end."""
    for _ in range(400):
        page.keyboard.press("Tab")
        tag, kind, name, value, last = page.evaluate(
            """() => { const it = document.activeElement, questions = it.closest(".questions");
            return [it.tagName, it.type || "", it.name || "", it.value || "",
                    it.matches(".questions__end")]; }"""
        )
        given = answers.get(name)
        if last:
            return
        if tag == "SUMMARY":
            page.keyboard.press("Enter")
        elif kind == "checkbox" and value in (given or []):
            page.keyboard.press("Space")
        elif tag == "SELECT" and given:
            choose(page, str(given))
        elif tag in ("INPUT", "TEXTAREA") and kind != "checkbox" and given:
            page.keyboard.insert_text(str(given))
    raise AssertionError("the last button was not reached")


def choose(page: Page, value: str) -> None:
    """Press the arrow until the select that has the focus shows an option."""
    for _ in range(20):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no option {value}")


def test_without_javascript_and_by_keyboard_alone_the_same_is_done(
    open_tab: OpenTab, real_index: Path, tmp_path: Path
) -> None:
    tab = open_tab(javascript=False)
    page = tab.open("/contribute/new")
    walk(page, {**ANSWERS, **MISTAKES})
    page.keyboard.press("Enter")
    page.wait_for_url("**/contribute/new#answer")
    assert page.locator(".govuk-error-summary li").all_inner_texts() == [SUMMARY, NUMBER]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "f-summary"
    page.keyboard.insert_text(str(ANSWERS["summary"]))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 thing to mend").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "f-group_size-min"
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("10")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=READY).wait_for()
    assert not page.get_by_role("button", name="Copy the text").is_visible()
    while page.evaluate("document.activeElement.textContent") != "Download the file":
        page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "repair-cafe-talk.md"
    downloaded = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert downloaded == carried(page)[1]
    assert tab.faults == []
    check_and_build(page, real_index, tmp_path)


def test_five_megabytes_get_a_page_and_not_a_broken_connection(
    open_tab: OpenTab, tmp_path: Path
) -> None:
    file = tmp_path / "large.md"
    file.write_bytes(b"a" * 5_000_000)
    page = open_tab().open("/contribute/check")
    page.set_input_files("#f-upload", file)
    page.get_by_role("button", name="Check and preview").click()
    assert page.locator("h1").inner_text() == "That is too much for us to read"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answers_to_the_form_fit_and_pass_axe(open_tab: OpenTab, scheme: str) -> None:
    tab = open_tab(AXE_WIDTH[scheme], scheme)
    tab.page.add_init_script(path=AXE)
    for answers in (
        {**ANSWERS, **MISTAKES, "section-strengths": "- It saves £900.", "title": "Citizens jury"},
        ANSWERS,
    ):
        page = tab.open("/contribute/new")
        page.evaluate(OPEN_ALL)
        fill(page, answers)
        press_check(page)
        page.evaluate(OPEN_ALL)
        for width in (1280, 375, 320, AXE_WIDTH[scheme]):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(SIDEWAYS) == 0, width
        assert page.evaluate(RUN_AXE) == []
        edges = edge_contrasts(page, ".questions input, .questions select, textarea")
        assert {name: edge for name, edge in edges.items() if edge < 3} == {}
    assert tab.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_finds_others_waiting_gets_a_page_that_holds_what_was_typed_and_sends_it_again(
    open_tab: OpenTab, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    text = "---\ntitle: Barn dance\n---\n\nWe dance."
    tab = open_tab(AXE_WIDTH[scheme], scheme)
    tab.page.add_init_script(path=AXE)
    page = tab.open("/contribute/check")
    page.fill("#f-text", text)
    monkeypatch.setattr(contribute._slots, "_taken", BoundedSemaphore(1))
    with contribute._slots.slot():
        press_check(page)
    assert page.locator("h1").inner_text() == "Please try again in a moment"
    assert page.evaluate(RUN_AXE) == []
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) == 0, width
    press_check(page)
    assert page.locator("#f-text").input_value() == text


def test_paper_shows_the_answer_and_the_preview_without_the_form(open_tab: OpenTab) -> None:
    page = open_tab().open("/contribute/new")
    page.evaluate(OPEN_ALL)
    fill(page, ANSWERS)
    press_check(page)
    page.emulate_media(media="print")
    for selector in ("nav", ".questions", ".send .govuk-button-group"):
        assert not [e for e in page.query_selector_all(selector) if e.is_visible()], selector
    for selector in ("h1", ".answer", ".preview .card", ".preview__frame .part"):
        assert page.query_selector_all(selector)[0].is_visible(), selector


@pytest.mark.parametrize("address", ["/contribute/new", "/contribute/use"])
def test_a_link_of_the_error_summary_shows_the_question_above_its_box(
    open_tab: OpenTab, address: str
) -> None:
    page = open_tab(375).open(address)
    with page.expect_navigation():
        page.locator("form.questions button[type=submit]").first.click()
    for link in page.query_selector_all(".govuk-error-summary__list a")[1:3]:
        box = str(link.get_attribute("href"))
        link.click()
        question = page.locator(f"label[for='{box[1:]}'], fieldset:has({box}) > legend").first
        at = question.bounding_box()
        assert at is not None
        assert at["y"] >= 0, box
