"""Going back and forward, reloading and losing the connection: nothing typed is lost, and controls agree with their page.

In a browser that keeps whole pages for going back (bfcache) and in one that loads them again, with scripts and without.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.support.contrast import OPEN_ALL

pytestmark = pytest.mark.browser
pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

FIRST: dict[str, str] = {
    "title": "Repair talk",
    "summary": "Neighbours mend broken things together and talk about waste.",
    "purposes-main": "build-community",
    "cost-band": "minimal",
    "cost-basis": "judgement",
    "section-what-it-is": "People mend things.\n\nAnd talk.",
    "section-how-to-run": "1. Find a room.\n2. Mend.",
    "sources-1-title": "Repair guide",
    "sources-1-by": "Appleby University",
}
FOLDED = {"section-strengths": "- It is cheap.", "group_size-min": "ten"}
TYPED = FIRST | FOLDED
KINDS = ["scripts", "no scripts", "kept pages", "kept pages, no scripts"]
OWN_LINK = "What makes a good method, and what happens afterwards"


@pytest.fixture(params=KINDS)
def page(request: pytest.FixtureRequest, site: str) -> Iterator[Page]:
    """A tab of each kind of browser."""
    kind = "keeping_chromium" if "kept" in request.param else "chromium"
    browser: Browser = request.getfixturevalue(kind)
    scripts = "no scripts" not in request.param
    context = browser.new_context(java_script_enabled=scripts, base_url=site)
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(chromium: Browser, site: str) -> Iterator[Page]:
    """A tab with scripts."""
    context = chromium.new_context(base_url=site)
    yield context.new_page()
    context.close()


def control(page: Page, name: str) -> str:
    return f".questions [name='{name}']"


def answer(page: Page, answers: dict[str, str]) -> None:
    """Type answers into the form, unfolding what is folded."""
    page.evaluate(OPEN_ALL)
    for name, given in answers.items():
        found = page.locator(control(page, name))
        if found.evaluate("(control) => control.tagName") == "SELECT":
            found.select_option(given)
        else:
            found.fill(given)
    page.evaluate("document.activeElement.blur()")


VALUES = "(controls, names) => names.map((n) => controls.find((c) => c.name === n).value)"


def answers(page: Page, wanted: dict[str, str]) -> dict[str, str]:
    """Return what stands in the controls of these names, once it is what is wanted or 10 seconds are over.

    A browser puts back what was typed some time after it shows the page.
    """
    names = list(wanted)
    deadline = time.monotonic() + 10
    while True:
        values = page.eval_on_selector_all(".questions [name]", VALUES, names)
        found = dict(zip(names, values, strict=True))
        if found == wanted or time.monotonic() > deadline:
            return found


def check(page: Page) -> None:
    """Press the first button of the form and wait for the answer."""
    with page.expect_navigation():
        page.get_by_role("button", name="Check and preview").first.click()
    assert page.locator("#answer").count() == 1


def travel(page: Page, go: Callable[..., object]) -> None:
    """Go back or forward and wait until the page is whole; one that was kept does not load again."""
    go(wait_until="commit")
    deadline = time.monotonic() + 20
    while not page.evaluate("performance.timing.loadEventEnd"):
        assert time.monotonic() < deadline


def leave_by(page: Page, go: Callable[[], object]) -> None:
    """Leave a page, whatever it warns of."""
    page.once("dialog", lambda dialog: dialog.accept())
    go()


def test_what_was_typed_is_there_after_a_link_of_the_page_and_back(page: Page) -> None:
    page.goto("/contribute/new")
    answer(page, TYPED)
    page.check(".questions [name='audience'][value='local-residents']")
    page.get_by_role("link", name=OWN_LINK).click()
    page.wait_for_url("**/contribute")
    travel(page, page.go_back)
    assert answers(page, TYPED) == TYPED
    assert page.locator(".questions [name='audience'][value='local-residents']").is_checked()


def test_back_and_forward_through_two_answers_show_pages_and_lose_nothing(page: Page) -> None:
    page.goto("/contribute/new")
    answer(page, TYPED)
    check(page)
    assert page.locator("h1").inner_text() == "1 thing to mend"
    answer(page, {"group_size-min": "10"})
    check(page)
    draft = TYPED | {"group_size-min": "10"}
    assert page.locator("h1").inner_text() == "Your draft is ready"
    answer(page, {"section-weaknesses": "- It is slow."})
    last = draft | {"section-weaknesses": "- It is slow."}
    page.get_by_role("link", name="Glossary").first.click()
    page.wait_for_url("**/glossary")
    travel(page, page.go_back)
    assert page.locator("h1").inner_text() == "Your draft is ready"
    assert answers(page, last) == last
    travel(page, page.go_back)
    assert page.locator("h1").inner_text() == "1 thing to mend"
    assert answers(page, draft) == draft
    travel(page, page.go_back)
    assert page.locator("h1").inner_text() == "Add a method"
    assert answers(page, FIRST) == FIRST
    travel(page, page.go_forward)
    travel(page, page.go_forward)
    assert page.locator("h1").inner_text() == "Your draft is ready"
    assert answers(page, last) == last


def test_a_pasted_file_is_there_after_a_check_and_back(page: Page) -> None:
    page.goto("/contribute/check")
    page.fill("#f-text", "---\ntitle: Barn dance\n---\n")
    check(page)
    page.fill("#f-text", "---\ntitle: Barn dances\n---\n")
    page.get_by_role("link", name="Glossary").first.click()
    travel(page, page.go_back)
    assert page.locator("#f-text").input_value() == "---\ntitle: Barn dances\n---\n"
    travel(page, page.go_back)
    assert page.locator("h1").inner_text() == "Check a file"
    assert "Barn dance" in page.locator("#f-text").input_value()


def test_a_broken_connection_loses_nothing(page: Page) -> None:
    page.goto("/contribute/new")
    answer(page, FIRST)
    # Chromium keeps what was typed a second after the last key, or when a page is left for another: no person presses
    # the button within that second, a test does. So the page is left once while there is a connection.
    page.get_by_role("link", name=OWN_LINK).click()
    page.wait_for_url("**/contribute")
    travel(page, page.go_back)
    assert answers(page, FIRST) == FIRST
    page.context.set_offline(True)
    page.get_by_role("button", name="Check and preview").first.click()
    page.wait_for_url("chrome-error://**")
    travel(page, page.go_back)
    assert answers(page, FIRST) == FIRST
    page.context.set_offline(False)
    check(page)
    assert page.locator("h1").inner_text() == "Your draft is ready"


def test_with_scripts_a_reload_and_a_new_way_in_find_the_draft_and_it_can_be_started_afresh(
    scripted: Page,
) -> None:
    page = scripted
    page.goto("/contribute/new")
    assert not page.locator("[data-kept]").is_visible()
    answer(page, TYPED)
    leave_by(page, page.reload)
    assert answers(page, TYPED) == TYPED
    check(page)
    answer(page, {"section-strengths": "- It is quick."})
    typed = TYPED | {"section-strengths": "- It is quick."}
    leave_by(page, page.reload)
    assert page.locator("h1").inner_text() == "1 thing to mend"
    assert answers(page, typed) == typed
    leave_by(page, lambda: page.goto("/contribute"))
    page.get_by_role("link", name="Add a method with the form").click()
    assert answers(page, typed) == typed
    assert page.locator("[data-kept]").is_visible()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Start afresh").click()
    assert answers(page, typed) == typed
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_role("button", name="Start afresh").click()
    blank = dict.fromkeys(typed, "")
    assert answers(page, blank) == blank
    page.reload()
    assert answers(page, blank) == blank


def test_an_uploaded_file_takes_the_place_of_what_was_pasted_before(scripted: Page) -> None:
    page = scripted
    page.goto("/contribute/check")
    page.fill("#f-text", "pasted")
    file = {"name": "x.md", "mimeType": "text/markdown", "buffer": b"---\ntitle: Sent\n---\n"}
    page.set_input_files("#f-upload", file)  # type: ignore[arg-type]
    check(page)
    assert page.locator("#f-text").input_value() == "---\ntitle: Sent\n---\n"


def test_a_title_from_a_link_is_filled_in_unless_another_was_typed(scripted: Page) -> None:
    page = scripted
    page.goto("/contribute/new?title=Barn+dance")
    assert not page.locator("[data-kept]").is_visible()
    answer(page, {"summary": "People dance."})
    other = page.get_by_text("The link you followed names another method.")
    assert not other.is_visible()
    leave_by(page, lambda: page.goto("/contribute/new?title=Corn+dance"))
    kept = {"title": "Barn dance", "summary": "People dance."}
    assert answers(page, kept) == kept
    assert other.is_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_role("button", name="Start afresh").click()
    begun = {"title": "Corn dance", "summary": ""}
    assert answers(page, begun) == begun
    assert not other.is_visible()


def test_a_downloaded_draft_takes_the_place_of_another_only_when_asked(scripted: Page) -> None:
    page = scripted
    page.goto("/contribute/new")
    answer(page, FIRST)
    check(page)
    draft = page.locator(".answer input[name=text]").get_attribute("value")
    page.goto("/contribute/new")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Start afresh").click()
    page.wait_for_url("**/contribute/new")
    answer(page, {"title": "Corn dance"})
    page.get_by_role("link", name="Check the file").click()
    page.fill("#f-text", str(draft))
    check(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Go on with it in the form").click()
    assert page.locator("#f-text").count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_role("button", name="Go on with it in the form").click()
    assert page.locator("h1").inner_text() == "Your draft is ready"
    assert answers(page, FIRST) == FIRST
    page.get_by_role("link", name="Glossary").first.click()
    page.wait_for_url("**/glossary")
    page.goto("/contribute/new")
    assert answers(page, FIRST) == FIRST


def warned(page: Page, go: Callable[[], object]) -> list[str]:
    """Return the kinds of warning that a page gives when it is left."""
    kinds: list[str] = []

    def note(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    go()
    page.remove_listener("dialog", note)
    return kinds


def test_with_scripts_unsaved_text_warns_before_it_is_left_and_saved_text_does_not(
    scripted: Page,
) -> None:
    page = scripted
    page.goto("/contribute/new")
    assert warned(page, lambda: page.goto("/contribute")) == []
    page.goto("/contribute/new")
    page.locator("#f-title").press_sequentially("Repair talk")
    assert warned(page, lambda: page.goto("/about")) == ["beforeunload"]
    page.goto("/contribute/new")
    page.locator("#f-title").press_sequentially("s")
    # A page of the site in the same tab, where the draft stays.
    assert warned(page, page.get_by_role("link", name=OWN_LINK).click) == []
    page.wait_for_url("**/contribute")
    page.goto("/contribute/new")
    answer(page, FIRST)
    assert warned(page, lambda: check(page)) == []
    page.locator("#f-title").press_sequentially("s")
    assert warned(page, lambda: page.goto("/about")) == ["beforeunload"]
    page.goto("/contribute/new")
    check(page)
    with page.expect_download():
        page.get_by_role("button", name="Download the draft").click()
    assert warned(page, lambda: page.goto("/about")) == []


def test_with_scripts_progress_follows_what_is_typed(scripted: Page) -> None:
    page = scripted
    page.goto("/contribute/new")
    shown = page.locator(".progress dd")
    assert [" ".join(text.split()) for text in shown.all_inner_texts()] == ["0 / 8", "0 / 11"]
    answer(page, FIRST)
    assert [" ".join(text.split()) for text in shown.all_inner_texts()] == ["7 / 8", "2 / 11"]
    check(page)
    assert [" ".join(text.split()) for text in shown.all_inner_texts()] == ["7 / 8", "2 / 11"]
    page.evaluate(OPEN_ALL)
    page.fill("[name=section-use-tomorrow]", "A letter that no page needs.")
    assert [" ".join(text.split()) for text in shown.all_inner_texts()] == ["7 / 8", "2 / 11"]


def test_with_scripts_a_report_begun_on_one_method_does_not_become_one_on_another(
    scripted: Page,
) -> None:
    page = scripted
    page.goto("/contribute/use?method=survey")
    page.fill("[name=use-place]", "Leeds")
    page.goto("/contribute/use?method=dot-voting")
    assert page.locator("[name=use-method]").input_value() == "dot-voting"
    assert page.locator("[name=use-place]").input_value() == ""
    page.goto("/contribute/use?method=survey")
    assert page.locator("[name=use-method]").input_value() == "survey"
    assert page.locator("[name=use-place]").input_value() == "Leeds"


def ticked(page: Page) -> list[str]:
    """Return the boxes that are ticked."""
    return [str(box.get_attribute("id")) for box in page.query_selector_all("input:checked")]


# Without scripts, a browser that keeps whole pages keeps the boxes as they were left; no page can change that.
resettable = pytest.mark.parametrize("page", KINDS[:3], indirect=True)


@resettable
def test_after_back_the_filters_agree_with_the_list(page: Page) -> None:
    page.goto("/methods")
    page.evaluate(OPEN_ALL)
    everything = page.locator(".results__count").inner_text()
    page.get_by_role("checkbox", name="Low: £500 to £5,000").check()
    page.get_by_label("Sort by").select_option("Lowest cost first")
    page.get_by_label("How many people").fill("30")
    page.get_by_role("button", name="Apply filters").first.click()
    page.wait_for_url("**/methods?*")
    assert ticked(page) == ["cost-low"]
    page.get_by_role("checkbox", name="Low: £500 to £5,000").uncheck()
    page.get_by_role("link", name="Glossary").first.click()
    page.wait_for_url("**/glossary")
    travel(page, page.go_back)
    assert ticked(page) == ["cost-low"]
    travel(page, page.go_back)
    assert page.locator(".results__count").inner_text() == everything
    assert ticked(page) == []
    assert page.get_by_label("Sort by").input_value() == ""
    assert page.get_by_label("How many people").input_value() == ""


@resettable
def test_after_back_the_filters_of_the_cases_agree_with_the_list(page: Page) -> None:
    page.goto("/cases")
    page.get_by_label("Result").select_option("mixed")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/cases?*")
    travel(page, page.go_back)
    assert page.get_by_label("Result").input_value() == ""


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    ("address", "press"),
    [
        ("/methods", "Apply filters"),
        ("/methods?cost=low&format=online", "Remove filter: Cost: Low"),
        ("/methods?cost=low&format=online", "Clear all filters"),
        ("/methods", "Next page"),
        ("/cases", "Apply"),
        ("/cases?result=mixed", "Show all cases"),
        ("/methods?cost=very-high&purpose=inform&audience=experts&weeks=1", "without"),
    ],
)
def test_after_a_change_of_the_list_the_keyboard_starts_at_the_results(
    chromium: Browser, site: str, address: str, press: str, width: int
) -> None:
    context = chromium.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(address)
    role = "button" if press.startswith("Apply") else "link"
    if press == "Apply filters" and page.locator(".filters__toggle").is_visible():
        page.locator(".filters__toggle").press("Enter")
    page.get_by_role(role, name=press).first.press("Enter")  # type: ignore[arg-type]
    page.wait_for_url("**#results")
    assert page.evaluate("document.activeElement.id") == "results"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#results')")
    context.close()
