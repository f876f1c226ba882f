"""Hostile texts in every field and in the text leave pages that can run nothing and load nothing.

Pages are read by the rules of browsers (html5lib); test_hostile_browser.py opens them in one.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from catalogue.build.builder import BuildResult, build
from catalogue.rendering.markdown import to_html
from catalogue.settings import read_settings
from catalogue.web import create_app
from tests.support.hostile_files import FAMILIES, VECTORS, faults, frame, hostile_file, prose_faults
from tests.support.method_text import method_text, read
from tests.support.soak import SOAK, counted

# In `make test-all` each file holds eleven of them, in turns; in `make soak` each one has a file.
GROUPS = [[v] for v in VECTORS] if SOAK else [VECTORS[n::29] for n in range(29)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A build of hostile files, and of a last one that is harmless."""
    folder = tmp_path_factory.mktemp("hostile") / "methods"
    folder.mkdir()
    for number, vectors in enumerate([*GROUPS, ["plain words"]]):
        file = folder / f"hostile-{number}.md"
        file.write_text(hostile_file(number, vectors), encoding="utf-8")
    return build(folder, folder.with_name("index"))


@pytest.fixture(scope="module")
def hostile_app(hostile: BuildResult) -> Flask:
    """The site over that build."""
    index_dir = hostile.folder.parents[1]
    return create_app(
        replace(read_settings({}), methods_dir=index_dir.with_name("methods"), index_dir=index_dir)
    )


def test_the_corpus_is_as_large_as_we_say_and_has_nothing_twice() -> None:
    assert len(FAMILIES) == 11
    assert len(set(VECTORS)) == len(VECTORS) >= 300


def test_no_hostile_text_is_kept_out_by_chance(hostile: BuildResult) -> None:
    assert [str(p) for p in hostile.problems if p.severity == "error"] == []
    assert hostile.manifest.methods == len(GROUPS) + 1


@pytest.mark.soak
def test_no_page_of_a_hostile_method_can_run_or_load_anything(hostile_app: Flask) -> None:
    client = hostile_app.test_client()
    harmless = frame(client.get(f"/methods/hostile-{len(GROUPS)}").get_data(as_text=True))
    for number, vectors in enumerate(GROUPS):
        answer = client.get(f"/methods/hostile-{number}")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert faults(page) + prose_faults(page) == [], vectors
        assert frame(page) == harmless, vectors
    counted("hostile texts", len(VECTORS))
    counted("hostile pages", len(GROUPS))


@pytest.mark.parametrize(
    "address",
    [
        "/methods?per_page=100",
        "/methods?q=script&per_page=100",
        "/methods?q=alert+onerror&per_page=100",
        "/cases",
        "/cases?q=script",
        "/about/quality",
        "/purposes/inform",
        "/methods/hostile-0x",
    ],
)
def test_no_page_of_many_hostile_methods_can_run_or_load_anything(
    hostile_app: Flask, address: str
) -> None:
    answer = hostile_app.test_client().get(address)
    assert answer.status_code == (404 if address.endswith("x") else 200)
    assert faults(answer.get_data(as_text=True)) == []


def test_the_pages_of_hostile_cases_cannot_run_or_load_anything(hostile_app: Flask) -> None:
    client = hostile_app.test_client()
    listed = client.get("/cases").get_data(as_text=True)
    found = set(re.findall(r'href="(/cases/[^"]+)"', listed))
    assert len(found) > len(GROUPS) / 2
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200
        assert faults(answer.get_data(as_text=True)) == [], address


def test_what_people_type_is_as_harmless_as_what_they_contribute(hostile_app: Flask) -> None:
    client = hostile_app.test_client()
    for vector in VECTORS[:: 1 if SOAK else 12]:
        for address, name in (("/methods", "q"), ("/cases", "q"), ("/methods", "people")):
            answer = client.get(address, query_string={name: vector, vector[:40]: vector})
            assert answer.status_code == 200
            assert faults(answer.get_data(as_text=True)) == [], vector


@pytest.mark.parametrize(
    "address", ["/api/v1/methods?per_page=100", "/api/v1/methods/hostile-3", "/api/v1/suggest?q=1"]
)
def test_answers_for_programs_are_never_taken_for_pages(hostile_app: Flask, address: str) -> None:
    answer = hostile_app.test_client().get(address)
    assert answer.content_type == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    json.loads(answer.get_data(as_text=True))


@pytest.mark.parametrize("scheme", ["javascript", "data", "vbscript", "file", "ftp", "tel", "blob"])
def test_an_address_field_takes_web_and_mail_addresses_alone(scheme: str) -> None:
    reading = read(sources=f'[{{title: "x", by: "y", url: "{scheme}:alert(1)"}}]')
    assert reading.method is None
    assert [problem.code for problem in reading.problems] == ["address-unusable"]


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.org/x.png)",
        "![x](/static/mark.svg)",
        "![x][y]\n\n[y]: https://example.org/x.png",
        '<img src="/static/mark.svg">',
        '<picture><source srcset="https://example.org/x.png"></picture>',
    ],
)
def test_a_text_brings_no_image_not_even_one_of_the_site(text: str) -> None:
    assert set(re.findall(r"<[a-z]+", to_html(f"a {text} b"))) <= {"<p", "<a"}


def test_a_file_with_a_null_byte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    file = tmp_path / "methods" / "a.md"
    file.write_text(method_text().replace("It is so.", "It\x00is so.", 1), encoding="utf-8")
    problems = build(tmp_path / "methods", tmp_path / "index").problems
    assert [str(problem) for problem in problems] == [
        "methods/a.md:1:1: this is not a text file. Save it as plain text. [file-binary]"
    ]
