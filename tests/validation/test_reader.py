"""Files of the methods folder: whatever lies there gives a method or says why not, and never raises."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.model.slugs import proposed_slug
from catalogue.validation.reader import (
    MAX_BYTES,
    Reading,
    digest,
    method_files,
    read_method_file,
    read_method_text,
)
from catalogue.validation.sections import Mention
from tests.conftest import GOOD
from tests.support.method_text import method_text, read

TEXT = method_text()
EMPTY = "this file is empty. Write the method, or take the file out. [file-empty]"
LINK = (
    "this is a link to a file somewhere else, and is not followed. "
    "Put the file itself here. [file-link]"
)
BINARY = "this is not a text file. Save it as plain text. [file-binary]"
ODD = "characters other than letters, figures and hyphens"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of methods."""
    made = tmp_path / "methods"
    made.mkdir()
    return made


def written(folder: Path, content: bytes | str, name: str = "a.md") -> Reading:
    """Write a file and read it."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_method_file(folder, file)


def said(reading: Reading) -> list[str]:
    return [str(problem) for problem in reading.problems]


def test_a_good_file_gives_a_method_and_no_problem(folder: Path) -> None:
    reading = written(folder, TEXT, "barn-dance.md")
    assert reading.problems == ()
    assert reading.method is not None
    assert reading.usable
    assert (reading.path, reading.slug) == ("methods/barn-dance.md", "barn-dance")
    assert (reading.method.slug, reading.method.title) == ("barn-dance", "Barn dance")


@pytest.mark.parametrize("file", sorted(GOOD.glob("*.md")), ids=lambda file: file.stem)
def test_the_six_small_methods_are_good(file: Path) -> None:
    reading = read_method_file(GOOD, file)
    assert reading.problems == ()
    assert reading.method is not None


def test_names_and_links_are_kept_with_their_places() -> None:
    facts = 'aliases: ["Jig", " Stomp  "]\nrelated: [fishbowl]'
    reading = read(facts, body="## What it is\n\nLike [a walk](walkabout.md).\n")
    assert reading.names == (
        Mention("Barn dance", 2, 8), Mention("Jig", 6, 11), Mention("Stomp", 6, 18),
    )  # fmt: skip
    assert reading.related == (Mention("fishbowl", 7, 11),)
    assert reading.links == (Mention("walkabout", 12, 15),)


def test_values_that_are_not_known_are_no_names_or_links() -> None:
    reading = read("aliases: null\nrelated: ~", title="~")
    assert (reading.names, reading.related) == ((), ())


@pytest.mark.parametrize(
    ("name", "odd", "better"),
    [
        ("World Cafe.md", "a space and capitals", "world-cafe"),
        ("WorldCafe.md", "capitals", "worldcafe"),
        ("world_café.md", ODD, "world-cafe"),
        ("People's jury.md", f"a space and capitals and {ODD}", "peoples-jury"),
        ("a--b.md", "a hyphen too many", "a-b"),
        ("-a.md", "a hyphen too many", "a"),
        ("a.b.md", ODD, "a-b"),
        ("日本.md", ODD, "name-of-the-method"),
        ("x\udce9.md", ODD, "x-udce9"),
    ],
)
def test_a_wrong_file_name_is_reported_with_a_better_one(
    folder: Path, name: str, odd: str, better: str
) -> None:
    reading = written(folder, TEXT, name)
    shown = name.replace("\udce9", r"\udce9")
    assert said(reading) == [
        f'methods/{shown}:1:1: the file name "{shown}" has {odd}. '
        f"Rename it to methods/{better}.md. [file-name]"
    ]
    assert reading.method is None


@pytest.mark.parametrize("copy", ["a (1).md", "a - Copy (2).md", "a copy 3.md", "Copy of A.md", "a (another copy).md"])  # fmt: skip
def test_the_name_of_a_second_copy_leads_to_the_first_and_never_over_it(
    folder: Path, copy: str
) -> None:
    said_alone = said(written(folder, TEXT, copy))
    assert [line.rpartition(". Rename")[2] for line in said_alone] == [
        " it to methods/a.md. [file-name]"
    ]
    written(folder, TEXT, "a.md")
    assert said(read_method_file(folder, folder / copy)) == [
        f'methods/{copy}:1:1: the file name "{copy}" will not do, and methods/a.md is there already. '
        "Keep one of the two, as methods/a.md. [file-name]"
    ]


def test_a_wrong_file_name_hides_no_other_problem(folder: Path) -> None:
    assert len(said(written(folder, method_text(title=None), "World Cafe.md"))) == 2


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("photovoice", "photovoice"), ("photovoice.txt", "photovoice"), ("World Cafe.MD", "world-cafe"),
        ("a.markdown", "a"), ("a.md~", "a"), ("a.md.bak", "a-md-bak"), ("plan.pdf", "plan-pdf"),
        ("LICENSE.txt", "license"),
    ],
)  # fmt: skip
def test_a_file_without_our_ending_is_reported(folder: Path, name: str, better: str) -> None:
    assert said(written(folder, TEXT, name)) == [
        f"methods/{name}:1:1: this file has no .md ending, so it will never be published. "
        f"Rename it to methods/{better}.md, or take it out. [file-ending]"
    ]


def test_what_is_not_a_file_of_its_own_is_reported(folder: Path) -> None:
    (folder / "folder.md").mkdir()
    written(folder, TEXT)
    (folder / "link.md").symlink_to("a.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "nowhere.md").symlink_to("gone.md")
    readings = [read_method_file(folder, file) for file in method_files(folder)]
    assert [line for reading in readings for line in said(reading)] == [
        "methods/folder.md:1:1: this is a folder, and folders are not looked into. "
        "Put each method straight into methods/. [file-folder]",
        f"methods/link.md:1:1: {LINK}",
        f"methods/loop.md:1:1: {LINK}",
        f"methods/nowhere.md:1:1: {LINK}",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_reported_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert said(read_method_file(folder, folder / "pipe.md")) == [
        "methods/pipe.md:1:1: this is not an ordinary file. Take it out of methods/. [file-kind]"
    ]
    assert digest(folder / "pipe.md")


def test_a_file_that_cannot_be_read_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    written(folder, TEXT)
    monkeypatch.setattr("catalogue.validation.reader.read_regular_file", refuse)
    assert said(read_method_file(folder, folder / "a.md")) == [
        "methods/a.md:1:1: this file cannot be read (Permission denied). "
        "Check its permissions. [file-unreadable]"
    ]


def test_a_file_that_vanishes_meanwhile_is_reported(folder: Path) -> None:
    (problem,) = read_method_file(folder, folder / "gone.md").problems
    assert problem.code == "file-unreadable"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", f"1:1: {EMPTY}"),
        (b" \r\n\t\n", f"1:1: {EMPTY}"),
        (b"\xef\xbb\xbf", f"1:1: {EMPTY}"),
        (b"---\n\0\n---\n", f"1:1: {BINARY}"),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0",
            "1:1: this is a picture and not plain text. "
            "Type what it shows into a plain text file. [file-binary]",
        ),
        (
            b"%PDF-1.7" + b"x" * 5_000_000,
            "1:1: this is a PDF and not plain text. "
            "Open it in its own program and save it as plain text. [file-binary]",
        ),
        (
            TEXT.encode("utf-16") * 100,
            "1:1: this file is in UTF-16, which is not what we read. "
            'Save it again with the encoding "UTF-8". [file-encoding]',
        ),
        (
            TEXT.encode("utf-16"),
            "1:1: this file is in UTF-16, which is not what we read. "
            'Save it again with the encoding "UTF-8". [file-encoding]',
        ),
        (
            method_text('aliases: ["Café"]').encode("latin-1"),
            "6:1: this file is not in UTF-8, so its accents cannot be read. "
            'Save it again with the encoding "UTF-8". [file-encoding]',
        ),
        (
            b"x" * 5_000_000,
            "1:1: this file has 5,000,000 bytes and the limit is 30,000. "
            "A method has about 10,000. Keep the text short and leave pictures out. [file-large]",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "mark-only",
        "nul",
        "picture",
        "large-pdf",
        "large-utf-16",
        "utf-16",
        "latin-1",
        "5-mb",
    ],
)
def test_what_is_no_text_we_can_read_is_reported(
    folder: Path, content: bytes, expected: str
) -> None:
    reading = written(folder, content)
    assert said(reading) == [f"methods/a.md:{expected}"]
    assert reading.method is None


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        b"\n\n" + TEXT.encode(),
    ],
    ids=["byte-order-mark", "windows", "old-mac", "blank-lines"],
)
def test_how_an_editor_saves_a_file_makes_no_difference(folder: Path, content: bytes) -> None:
    plain, other = written(folder, TEXT).method, written(folder, content).method
    assert plain is not None
    assert other is not None
    assert replace(other, sections=()) == replace(plain, sections=())
    assert [section.markdown for section in other.sections] == ["It is so."] * 11


def test_the_largest_file_we_take_is_read(folder: Path) -> None:
    text = (TEXT + ("x" * 999 + "\n\n") * 100)[:MAX_BYTES]
    assert written(folder, text).method is not None
    assert written(folder, text + "x").method is None


def test_the_folders_own_papers_and_hidden_files_are_passed_over(folder: Path) -> None:
    for name in (
        "README.md",
        "LICENSE",
        "LICENCE.md",
        ".hidden.md",
        "_draft.md",
        "b.md",
        "a.md",
        "Z",
    ):
        (folder / name).write_text("x", encoding="utf-8")
    assert [file.name for file in method_files(folder)] == ["Z", "a.md", "b.md"]


def test_a_missing_folder_is_not_an_empty_one(folder: Path) -> None:
    assert method_files(folder) == []
    with pytest.raises(FileNotFoundError):
        method_files(folder / "gone")


def test_a_digest_changes_with_the_bytes_and_survives_anything(folder: Path) -> None:
    file = folder / "a.md"
    written(folder, TEXT)
    before = digest(file)
    assert digest(file) == before
    written(folder, TEXT + " ")
    assert digest(file) != before
    assert digest(folder / "gone.md") != digest(folder)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None, database=None)
def test_a_proposed_slug_is_always_one(words: str) -> None:
    slug = proposed_slug(words)
    assert slug == proposed_slug(slug)
    assert read_method_text("methods/a.md", slug, TEXT).method is not None
