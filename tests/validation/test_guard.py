"""One file costs at most itself: whatever our code or a library does over it, the rest is built and served."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.build import renderer
from catalogue.build.builder import build
from catalogue.build.documents import make_entry
from catalogue.model.method import Method
from catalogue.rendering.markdown import to_html
from catalogue.search.snapshot import Snapshot
from catalogue.storage.database import Entry
from catalogue.validation.guard import MAX_SECONDS, guarded
from catalogue.validation.reader import MAX_BYTES, read_method_file
from tests.support.method_text import BODY, method_text
from tests.support.page import PageClient

ADVICE = "Take out what is unusual in it, such as deep nesting or endless repetition, and report it to us."
# What makes a parser go deep, wide or back again and again; each is repeated until a file is full.
PIECES = [
    *(
        "+ ",
        "> ",
        "- ",
        "* ",
        "1. ",
        "> - ",
        "- > ",
        "+\n",
        "-\n",
        "> \n",
        "- a\n",
        "1.\n",
        "1) a\n",
    ),
    *(
        "a\n===\n",
        "a\n---\n",
        "### a\n",
        "#\n",
        "---\n",
        "***\n",
        "x\n",
        "a  \n",
        "a\\\n",
        "\t- a\n",
    ),
    *(
        "[",
        "]",
        "![",
        "](",
        "[a](",
        "[a](<",
        '[a](b "',
        "[a][b]",
        "[a]\n",
        "[a]: b\n",
        "[^a]",
        "[![a](b)](c)",
    ),
    *(
        "<",
        "<a ",
        "<a>",
        "</a>",
        "<a\n",
        "<!--",
        "<?",
        "<![CDATA[",
        "<p><ul><li>",
        "<b><i>",
        "<svg>",
    ),
    *(
        "`",
        "`` ",
        "```\n",
        "~~~\n",
        "``\n",
        "` `` ",
        "*",
        "_",
        "*a_",
        "**a ",
        "*a **b ",
        "a***",
        "~~a ",
    ),
    *(
        "&",
        "&amp;",
        "&#1",
        "\\",
        "!",
        '"',
        "'",
        "\"'",
        "(",
        "((a)",
        "|",
        "a|",
        "|\n",
        "| a | b |\n|---|---|\n",
    ),
    *(
        "|a|b|\n|-|-|\n|c|d|\n\n",
        "http://a.b ",
        "a@b.c ",
        "\u200b",
        "\u0301",
        "\U0001f600",
        "é",
        "\x0c",
        "\n",
    ),
]
WHOLE = [
    "".join(f"{'  ' * depth}- a\n" for depth in range(170)),
    "".join(f"{'> ' * depth}a\n" for depth in range(150)),
    " ".join("`" * ticks for ticks in range(1, 240)),
    "[" * 14_000 + "]" * 14_000,
    "*a " * 4_000 + "a* " * 4_000,
    "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n" + "|\n" * 11_000,
    "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + "x\n" * 13_000,
]
# A quarter of what a file may hold shows what goes back again and again; the whole takes minutes.
ROOM = (MAX_BYTES - 1_500) // 4
TEXTS = [(piece * ROOM)[: ROOM // len(piece.encode()) * len(piece)] for piece in PIECES] + WHOLE


def flooded(text: str) -> str:
    """Return a method file with a text in its first section."""
    return method_text(body=BODY.replace("It is so.", f"So:\n\n{text}", 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "methods"
    folder.mkdir()
    for name in ("good", "odd"):
        (folder / f"{name}.md").write_text(method_text(title=f'"{name}"'), encoding="utf-8")
    return folder


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
def test_no_text_takes_a_step_longer_than_some_seconds_of_a_processor(
    text: str, folder: Path, page: PageClient
) -> None:
    (folder / "odd.md").write_text(flooded(text), encoding="utf-8")
    started = time.process_time()
    reading = read_method_file(folder, folder / "odd.md")
    if reading.method:
        make_entry(reading.method, "")
    page.client.post("/contribute/check", data={"text": flooded(text)})
    # Three steps; a quarter of a text has a quarter of the time. A busy processor is slower, too.
    assert time.process_time() - started < 3 * MAX_SECONDS / (1 if text in WHOLE else 4)
    assert not {"file-failed", "file-slow"} & {problem.code for problem in reading.problems}


def test_a_list_496_deep_is_left_out_and_named_and_the_rest_is_served(folder: Path) -> None:
    (folder / "odd.md").write_text(flooded("+ " * 496 + "x"), encoding="utf-8")
    result = build(folder, folder.with_name("index"))
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == [
        "methods/odd.md:12:1: lists or quotations stand more than 10 deep inside each other here. "
        "Use fewer levels; two are enough for most lists. [nesting-deep]"
    ]
    assert Snapshot(result.folder).slugs == ["good"]


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError, AssertionError])
def test_a_file_over_which_reading_fails_is_left_out_and_named(
    error: type[Exception], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str, body: str, line: int) -> object:
        if path.endswith("odd.md"):
            raise error("what somebody typed")
        return read_body(path, body, line)

    from catalogue.validation.reader import read_body

    monkeypatch.setattr("catalogue.validation.reader.read_body", fail)
    result = build(folder, folder.with_name("index"))
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == [
        f"methods/odd.md:1:1: reading this file fails ({error.__name__} in test_guard.py). {ADVICE} [file-failed]"
    ]
    assert Snapshot(result.folder).slugs == ["good"]


def test_a_method_that_cannot_be_rendered_is_left_out_and_its_older_page_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = folder.with_name("index")
    build(folder, index)
    (folder / "odd.md").write_text(method_text(title='"Odder"'), encoding="utf-8")

    def fail(method: Method, digest: str) -> Entry:
        if method.slug == "odd":
            raise RecursionError
        return make_entry(method, digest)

    monkeypatch.setattr(renderer, "make_entry", fail)
    result = build(folder, index)
    said = f"methods/odd.md:1:1: reading this file fails (RecursionError in test_guard.py). {ADVICE} [file-failed]"
    errors = [str(problem) for problem in result.problems if problem.severity == "error"]
    assert (errors, result.manifest.methods) == ([said], 1)
    assert Snapshot(result.folder).slugs == ["good"]
    # The next build knows of it and does not try again; a change of the file does.
    again = build(folder, index)
    assert (again.made, [str(p) for p in again.problems if p.severity == "error"]) == (
        False,
        [said],
    )
    monkeypatch.undo()
    (folder / "odd.md").write_text(method_text(title='"Oddest"'), encoding="utf-8")
    assert Snapshot(build(folder, index).folder).slugs == ["good", "odd"]


def test_a_post_over_which_our_code_fails_is_answered_with_the_problem(
    page: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise RecursionError

    monkeypatch.setattr("catalogue.authoring.check.check_text.make_entry", fail)
    soup = page.post("/contribute/check", {"text": method_text()})
    assert [item.get_text(" ", strip=True) for item in soup.select(".govuk-error-summary li")] == [
        f"Line 1: Reading this file fails (RecursionError in test_guard.py). {ADVICE}"
    ]


def test_a_step_that_takes_too_long_is_a_problem_of_its_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "thread_time", iter((0.0, MAX_SECONDS + 1)).__next__)
    made, problem = guarded("methods/a.md", to_html, "text")
    assert made is None
    assert str(problem) == (
        f"methods/a.md:1:1: reading this file takes 11 seconds, and the limit is 10. {ADVICE} [file-slow]"
    )


def test_a_check_that_finds_others_waiting_hands_back_what_was_typed(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from catalogue.web.views import contribute

    monkeypatch.setattr(contribute._slots, "_taken", threading.BoundedSemaphore(1))
    with contribute._slots.slot():
        response = page.client.post(
            "/contribute/new", data={"title": "A jury", "purposes": ["inform", "deliberate"]}
        )
        pasted = page.client.post("/contribute/check", data={"text": "---\ntitle: x\n"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    kept = BeautifulSoup(response.data, "html5lib").select("main input[type=hidden]")
    assert [(field["name"], field["value"]) for field in kept] == [
        ("title", "A jury"),
        ("purposes", "inform"),
        ("purposes", "deliberate"),
    ]
    kept = BeautifulSoup(pasted.data, "html5lib").select("main input[type=hidden]")
    assert [(field["name"], field["value"]) for field in kept] == [("text", "---\ntitle: x\n")]
    assert page.client.post("/contribute/check", data={"text": "x"}).status_code == 200
