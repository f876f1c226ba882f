"""URLs stand in one module: nothing else spells one out, and links in stored HTML get the prefix when they leave."""

from __future__ import annotations

import ast
import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rendering.glossary_links import TermLinker
from catalogue.rendering.markdown import clean, to_html
from catalogue.rendering.site_texts import load_texts
from catalogue.settings import PROJECT
from catalogue.urls import PATHS, Urls, first_segments

SITE = Urls("/participation")
# A URL at the root of the host that begins after = ( or a quotation mark.
WRITTEN_OUT = re.compile(r"""=["']?/(?!/)|["'`(]/(?![/*>])[\w{]""")
PUBLIC = [
    path
    for folder, pattern in (("templates", "*.html"), ("static", "*.js"), ("static", "*.css"))
    for path in sorted((PROJECT / folder).rglob(pattern))
    if "vendor" not in path.parts
]


def spelled_out(source: str) -> list[str]:
    """Return the strings of Python code, whole or parts of f-strings, that begin with a path of the site."""
    path = re.compile(rf"/({'|'.join(map(re.escape, sorted(first_segments())))})(?![\w.-])")
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and path.match(text)]


def links(html: str) -> list[str]:
    return [str(a["href"]) for a in BeautifulSoup(html, "html.parser").select("a[href]")]


def test_no_code_spells_out_a_path_of_the_site() -> None:
    package = PROJECT / "catalogue"
    found = {
        path.relative_to(package).as_posix(): spelled_out(path.read_text(encoding="utf-8"))
        for path in package.rglob("*.py")
        if path != package / "urls.py"
    }
    assert len(found) > 100
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "code", ['"/methods"', 'f"{site}/methods/{slug}"', '"/api/v1/methods?q=x"', '("/static/",)']
)
def test_a_path_spelled_out_in_code_would_be_seen(code: str) -> None:
    assert len(spelled_out(code)) == 1


def test_no_template_script_or_style_spells_out_a_url_at_the_root_of_the_host() -> None:
    found = {
        path.relative_to(PROJECT).as_posix(): WRITTEN_OUT.findall(path.read_text(encoding="utf-8"))
        for path in PUBLIC
    }
    assert len(found) > 40
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "text",
    ['href="/methods"', "href=/", "path='/cases'", "url(/a.svg)", 'fetch("/api")', 'src="/"'],
)
def test_a_url_spelled_out_in_a_template_would_be_seen(text: str) -> None:
    assert WRITTEN_OUT.search(text)


def test_every_route_is_made_of_the_paths_and_every_path_is_a_route(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    slugs = {
        PATHS.method,
        PATHS.case,
        PATHS.use_tomorrow,
        PATHS.sheet,
        PATHS.purpose,
        PATHS.audience,
        PATHS.guide,
        PATHS.rule,
        PATHS.api_method,
    }
    paths = {text for text in vars(PATHS).values() if text} | {path("<slug>") for path in slugs}
    files = {PATHS.method_file("<slug>", "<form>"), PATHS.data_file("<name>")}
    files.add(PATHS.old_method("<path:name>"))
    assert rules == paths | files | {PATHS.static("<path:filename>")}


def test_the_first_segments_are_those_of_all_routes(app: Flask) -> None:
    assert first_segments() == {r.rule.split("/")[1] for r in app.url_map.iter_rules()} - {""}


def test_every_url_of_a_site_below_a_prefix_is_that_of_a_site_with_a_host_to_itself_behind_the_prefix() -> (
    None
):
    for name, path in vars(PATHS).items():
        assert getattr(SITE, name) == f"/participation{path}"
    for name in ("method", "purpose", "audience", "guide", "rule", "term", "api_method", "static"):
        assert getattr(SITE, name)("x") == f"/participation{getattr(PATHS, name)('x')}"


def test_links_that_are_baked_into_stored_html_get_the_prefix() -> None:
    html = to_html("See [a](survey.md), [b](/cases?q=x#y), and [c](/methods/x 'A \"title\"').")
    linked = TermLinker(load_texts().glossary).link(html + "<p>consultation</p>")
    assert links(SITE.in_html(linked)) == [f"/participation{link}" for link in links(linked)]
    assert "/participation/methods/survey" in links(SITE.in_html(linked))
    assert SITE.in_html(linked).replace("/participation", "") == linked


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://example.org/methods">x</a></p>',
        '<p><a href="//example.org/methods">x</a></p>',
        '<p><a href="mailto:a@example.org">x</a> <a href="#part">y</a> <a href="x">z</a></p>',
        '<pre><code>&lt;a href="/methods"&gt;</code></pre>',
        '<p>href="/methods" and \' href="/x\'</p>',
    ],
)
def test_other_links_and_text_stay_as_they_are(html: str) -> None:
    assert SITE.in_html(html) == html


@given(
    st.lists(
        st.sampled_from(
            ['<a href="/x">', '<a title="', "</a>", '"', "/", " href=", "<p>", "&lt;", "'", "a b"]
        )
    )
)
def test_whatever_is_stored_only_links_change(parts: list[str]) -> None:
    stored = clean("".join(parts))
    before = BeautifulSoup(stored, "html.parser")
    for link in before.select("a[href]"):
        target = str(link["href"])
        if target.startswith("/") and not target.startswith("//"):
            link["href"] = f"/participation{target}"
    assert BeautifulSoup(SITE.in_html(stored), "html.parser") == before


def test_without_a_prefix_stored_html_is_given_as_it_is() -> None:
    stored = '<p><a href="/methods/survey">x</a></p>'
    assert PATHS.in_html(stored) is stored
