"""The site as files: every link leads to a file of it, from any folder, and what needs a server says so."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from posixpath import join, normpath
from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.web import create_app
from catalogue.web.static_site.walk import file_of, site_files
from tests.support.page import page_problems
from tests.support.reading import texts, words

OUTSIDE = ("http:", "https:", "mailto:", "data:")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def files(app: Flask) -> Files:
    """The files of the small catalogue, whose site is below a path."""
    settings = app.extensions["catalogue"].settings
    return dict(site_files(create_app(replace(settings, site_url="https://x.example/sub"))))


@pytest.fixture(scope="module")
def pages(files: Files) -> dict[str, BeautifulSoup]:
    """Its pages, parsed."""
    return {n: BeautifulSoup(c, "lxml") for n, c in files.items() if n.endswith(".html")}


def test_it_has_every_method_case_guide_and_file(files: Files, app: Flask) -> None:
    slugs = app.extensions["catalogue"].snapshot().slugs
    assert {f"methods/{slug}/index.html" for slug in slugs} <= set(files)
    assert {"index.html", "methods/index.html", "cases/index.html", "feed.atom", "404.html",
            "data/catalogue.jsonl", "data/index.html", "sitemap.xml"} <= set(files)  # fmt: skip


def test_every_link_is_relative_and_leads_to_a_file_and_to_a_place_in_it(
    files: Files, pages: dict[str, BeautifulSoup]
) -> None:
    lost = []
    ids = {name: {tag["id"] for tag in page.select("[id]")} for name, page in pages.items()}
    for name, page in pages.items():
        for tag in page.select("[href], [src], [action]"):
            target = str(tag.get("href") or tag.get("src") or tag.get("action"))
            if target.startswith(OUTSIDE):
                continue
            path, fragment = urldefrag(target.replace("?", "#", 1) if "?" in target else target)
            file = normpath(join(name.rpartition("/")[0], path)) if path else name
            if (
                target.startswith("/")
                or file not in files
                or (fragment and "?" not in target and fragment not in ids[file])
            ):
                lost.append((name, target))
    assert lost == []


def test_what_needs_a_server_leads_to_a_page_that_says_so(pages: dict[str, BeautifulSoup]) -> None:
    links = {a.get_text(): a["href"] for a in pages["index.html"].select("nav a")}
    assert links["Help me choose"] == "plan/index.html"
    steps = pages["plan/index.html"].find("a", string=re.compile("Put a plan together"))
    assert steps and steps["href"] == "../no-server/index.html"
    said = pages["no-server/index.html"]
    assert said.select_one('a[href="https://x.example/sub/"]')
    actions = {
        normpath(join(name.rpartition("/")[0], str(form["action"]).partition("#")[0]))
        for name, page in pages.items()
        for form in page.select("form")
    }
    scripted = ("methods", "cases", "compare", "map", "plan")
    assert actions == {f"{name}/index.html" for name in scripted}


def test_links_that_add_to_a_plan_are_left_out_and_those_beside_them_stay(
    files: Files, pages: dict[str, BeautifulSoup]
) -> None:
    chosen = [words(p) for p in pages["methods/index.html"].select(".card__choose")]
    assert chosen
    assert all(text.startswith("Compare") and "plan" not in text for text in chosen)
    left = [n for n, p in pages.items() if any("Add to my plan" in a.get_text() for a in p("a"))]
    assert [name for name in left if not name.startswith("design")] == []
    jury = pages["methods/harvest-jury/index.html"]
    assert not [li for li in jury.select("aside li") if not li.get_text(strip=True)]


def test_the_cards_that_only_a_server_narrows_say_that_they_are_all(
    pages: dict[str, BeautifulSoup],
) -> None:
    assert texts(pages["deck/index.html"], "h1 + p") == [
        "This is a copy without a server. This page shows all methods, whatever limits its address names."
    ]


def test_the_map_says_which_one_it_is(pages: dict[str, BeautifulSoup]) -> None:
    assert texts(pages["map/index.html"], "h1 + p") == [
        "This is a copy without a server. Its map has the axes of time and money alone, and each mark stands for the usual run."
    ]


@pytest.mark.parametrize("name", ["index.html", "methods/index.html", "no-server/index.html"])
def test_its_pages_are_well_made(files: Files, name: str) -> None:
    assert page_problems(files[name].decode()) == []


def test_the_list_has_the_data_for_its_filters_and_says_what_it_cannot_do(
    files: Files, pages: dict[str, BeautifulSoup]
) -> None:
    text = files["list-data.js"].decode().split("\n")[2].removesuffix(";")
    shown = [a["href"].split("/")[-2] for a in pages["methods/index.html"].select(".card__title a")]
    assert sorted(json.loads(text)["methods"]) == sorted(shown)
    assert "copy without a server" in pages["methods/index.html"].get_text()


@pytest.mark.parametrize(
    ("path", "file"),
    [("/", "index.html"), ("/methods", "methods/index.html"), ("/feed.atom", "feed.atom"),
     ("/cases/page-2", "cases/page-2/index.html")],
)  # fmt: skip
def test_a_path_is_written_where_a_web_server_looks_for_it(path: str, file: str) -> None:
    assert file_of(path) == file
