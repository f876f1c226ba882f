"""A site in development shows the problems of the method files on its pages; a public one never does.

Which problems there are is tested with the rules that find them.
"""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from catalogue.search import served_build
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError
from catalogue.web import create_app
from tests.support.editing import PURPOSES, break_file, change, fix_file, save
from tests.support.page import PageClient

PAGES = (
    "/",
    "/methods",
    "/methods/orchard-walk",
    "/about",
    "/cases",
    "/glossary",
    "/about/quality",
)
UNKNOWN = f'purpose "dancing" is not one we use. Choose one of {PURPOSES}.'


@pytest.fixture
def live(settings: Settings) -> PageClient:
    """The site in development, over files that can be changed."""
    return PageClient(create_app(replace(settings, reload=True)))


def words(soup: BeautifulSoup) -> str:
    """Return all that the panel says, "" if there is none."""
    found = soup.select(".file-problems")
    assert len(found) <= 1
    return " ".join(found[0].get_text().split()) if found else ""


def listed(soup: BeautifulSoup) -> list[str]:
    return [" ".join(item.get_text().split()) for item in soup.select(".file-problems li")]


def title(soup: BeautifulSoup) -> str:
    found = soup.select_one(".file-problems summary")
    return found.get_text(strip=True) if found else ""


@pytest.mark.parametrize("address", ["/", "/methods", "/about", "/nowhere"])
def test_without_problems_there_is_no_panel(live: PageClient, address: str) -> None:
    assert words(live.get(address, status=404 if address == "/nowhere" else 200)) == ""


def test_every_page_names_the_files_with_their_line_and_the_fix(
    live: PageClient, settings: Settings
) -> None:
    break_file(settings.methods_dir / "harvest-jury.md")
    break_file(settings.methods_dir / "reed-panel.md")
    for address in PAGES:
        soup = live.get(address)
        others = listed(soup)[-2:]
        assert others == [
            f"methods/harvest-jury.md:5 {UNKNOWN}",
            f"methods/reed-panel.md:4 {UNKNOWN}",
        ]
        assert (
            "Left out of the site until mended: methods/harvest-jury.md, methods/reed-panel.md."
            in words(soup)
        )
    assert title(live.get("/")) == "2 problems in method files"
    assert not live.get("/").select_one(".file-problems details").has_attr("open")


def test_one_problem_is_one_problem(live: PageClient, settings: Settings) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    assert title(live.get("/")) == "1 problem in method files"


def test_the_page_of_a_file_that_is_left_out_shows_its_own_problems_first_and_open(
    live: PageClient, settings: Settings
) -> None:
    break_file(settings.methods_dir / "harvest-jury.md")
    break_file(settings.methods_dir / "reed-panel.md")
    soup = live.get("/methods/reed-panel", status=404)
    assert listed(soup) == [
        f"methods/reed-panel.md:4 {UNKNOWN}",
        f"methods/harvest-jury.md:5 {UNKNOWN}",
    ]
    assert soup.select_one(".file-problems details").has_attr("open")
    said = words(soup)
    assert said.index("In the file of this page:") < said.index("In other files:")


def test_the_page_that_is_missing_says_that_its_file_is_there_and_has_problems(
    live: PageClient, settings: Settings
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    soup = live.get("/methods/reed-panel", status=404)
    assert soup.select_one(".left-out").get_text(strip=True) == (
        "The file methods/reed-panel.md is there, but 1 problem keeps it off the site. "
        "It stands at the top of this page. Mend it and load the page again."
    )
    for address in ("/methods/no-such-file", "/nowhere"):
        assert live.get(address, status=404).select(".left-out") == []


def test_a_public_site_says_nothing_of_files_that_are_left_out(settings: Settings) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    soup = PageClient(create_app(settings)).get("/methods/reed-panel", status=404)
    assert soup.select(".left-out") == []


def test_a_methods_own_page_shows_the_warnings_about_its_text_too(live: PageClient) -> None:
    soup = live.get("/methods/reed-panel")
    assert title(soup) == f"{len(listed(soup))} problems in method files"
    short = "methods/reed-panel.md:23 the text has 80 words and should have 500 at least."
    (found,) = [line for line in listed(soup) if line.startswith(short)]
    assert found.endswith(" (warning)")
    assert "Left out" not in words(soup)


def test_the_panel_goes_when_the_file_is_fixed(live: PageClient, settings: Settings) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    assert words(live.get("/methods"))
    fix_file(settings.methods_dir / "reed-panel.md")
    assert words(live.get("/methods")) == ""


def test_problems_that_were_there_before_the_start_are_shown_too(settings: Settings) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    for _ in range(2):
        page = PageClient(create_app(replace(settings, reload=True)))
        assert title(page.get("/methods")) == "1 problem in method files"


def test_a_public_site_never_shows_them(settings: Settings) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    page = PageClient(create_app(settings))
    for address in (*PAGES, "/methods/harvest-jury"):
        assert words(page.get(address)) == ""
    assert words(page.get("/methods/reed-panel", status=404)) == ""


def test_what_a_file_holds_is_text_and_never_markup(live: PageClient, settings: Settings) -> None:
    change(
        settings.methods_dir / "reed-panel.md", "kind: standing", "kind: '<b id=x>{{ 7*7 }}</b>'"
    )
    save(settings.methods_dir / "<i>&.md", '---\n"a\\e[31m": x\n---\n')
    soup = live.get("/methods")
    assert soup.select(".file-problems b, .file-problems i, #x") == []
    assert 'kind "<b id=x>{{ 7*7 }}</b>" is not one we use.' in words(soup)
    assert "methods/<i>&.md:1 " in words(soup)
    assert r'"a\x1b[31m" is not a field we use.' in words(soup)


def test_a_build_that_fails_is_said_on_the_page_and_tried_again_on_the_next_request(
    live: PageClient,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="catalogue")
    tried = []

    def fail(*given: object, **named: object) -> None:
        tried.append(given)
        raise BuildError("The disk is full, says the test.")

    live.get("/")
    with monkeypatch.context() as patch:
        patch.setattr(served_build, "build", fail)
        change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
        for _ in range(3):
            soup = live.get("/")
            assert words(soup) == "Your last change is not shown. The disk is full, says the test."
    assert len(tried) == 3
    assert caplog.messages == ["The disk is full, says the test."]
    assert words(live.get("/")) == ""
    assert live.get("/methods/reed-panel").h1.get_text(strip=True) == "Heron panel"


def test_pages_are_served_where_the_folder_of_methods_is_gone(
    live: PageClient, settings: Settings
) -> None:
    live.get("/methods/reed-panel")
    settings.methods_dir.rename(settings.methods_dir.with_name("away"))
    assert words(live.get("/methods/reed-panel")).startswith(
        "Your last change is not shown. The folder"
    )
