"""Tests of what a method has to copy, as a text file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.model.method import Method, Section
from catalogue.presentation.use_tomorrow import use_tomorrow_text, with_scrolling_sheets
from catalogue.search.snapshot import Snapshot
from tests.support.method_text import method
from tests.support.page import PageClient
from tests.support.reading import words

pytest_plugins = ["tests.support.real_site"]
SITE = "https://site.example"
LICENCE = (
    "Licence: Creative Commons Attribution 4.0. Copy and change it freely, and name the source."
)


def with_text(markdown: str) -> Method:
    return replace(
        method(), title="Barn talk", slug="barn", sections=(Section("use-tomorrow", markdown),)
    )


def text(markdown: str) -> str:
    whole = use_tomorrow_text(with_text(markdown), "Our site", SITE)
    top = (
        f"Barn talk\n=========\n\nFrom “Barn talk” in Our site: {SITE}/methods/barn\n{LICENCE}\n\n"
    )
    assert whole.startswith(top)
    return whole.removeprefix(top)


def test_a_method_without_the_section_gives_no_text() -> None:
    assert use_tomorrow_text(method(), "Our site", SITE) == ""


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("### Letter\n\nDear **all**,", "Letter\n------\n\nDear all,"),
        ("- one\n- two", "- one\n- two"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("See [jury](citizens-jury.md#origin).", f"See jury ({SITE}/methods/citizens-jury#origin)."),
        ("See [words](/glossary).", f"See words ({SITE}/glossary)."),
        ("See [them](https://x.example/a).", "See them (https://x.example/a)."),
        ("On [date] at [place] (hall): [ ]", "On [date] at [place] (hall): [ ]"),
    ],
)  # fmt: skip
def test_headings_and_links_are_written_out_and_the_rest_stays(markdown: str, plain: str) -> None:
    assert text(markdown) == f"{plain}\n"


def test_the_page_shows_the_section_after_the_steps_with_its_licence_and_file(
    real_app: Flask, real: Snapshot
) -> None:
    site = PageClient(real_app)
    soup = site.get("/methods/focus-group")
    part = soup.select_one("section:has(> h2#use-tomorrow)")
    assert part is not None
    before = part.find_previous_sibling("section")
    assert words(before.h2 if before else None) == "How to run it"
    assert "Creative Commons Attribution 4.0" in words(part)
    (link,) = [a for a in part.select("a") if a.has_attr("download")]
    answer = site.client.get(str(link["href"]))
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="focus-group-use-it-tomorrow.txt"'
    )
    page = real.page("focus-group")
    assert page is not None
    assert answer.get_data(as_text=True) == use_tomorrow_text(
        page.method, "The Participation Catalogue", ""
    )


@pytest.mark.parametrize("slug", ["harvest-jury", "no-such-method", "%00", "x" * 2000])
def test_where_there_is_nothing_to_copy_there_is_no_file(page: PageClient, slug: str) -> None:
    assert page.client.get(f"/methods/{slug}/use-it-tomorrow.txt").status_code == 404


def test_a_table_scrolls_by_itself_and_can_be_reached_by_keyboard() -> None:
    soup = BeautifulSoup(
        with_scrolling_sheets("<p>A</p><table><tr><td>1</td></tr></table>"), "html.parser"
    )
    (region,) = soup.select("div.scroll")
    assert region.select_one("table td").get_text() == "1"
    assert (region["role"], region["tabindex"], region["aria-label"]) == (
        "region",
        "0",
        "Sheet to copy",
    )
