"""Hostile files: bombs of YAML, huge ones, links and paths that lead elsewhere. Each is refused with a message.

At once, too: none of them may keep a build busy or fill the memory.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalogue.build.builder import build
from catalogue.search.snapshot import Snapshot
from catalogue.validation.composites import ENOUGH_ERRORS
from catalogue.validation.reader import MAX_BYTES, read_method_file
from tests.support.method_text import BODY, at_once, method_text, read
from tests.support.soak import counted

SECRET = "the secret of the house"


def bomb(levels: int, width: int) -> str:
    """Return lists of references to lists of references, which would unfold to width ** levels."""
    lines = ['a0: &a0 ["lol"]']
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines)


BOMBS = {
    "references": bomb(9, 9),
    "wide-references": bomb(2, 5_000),
    "reference-to-itself": "aliases: &a [*a]",
    "merged-keys": "a: &a {x: 1}\nb:\n  <<: [" + ", ".join(["*a"] * 5_000) + "]",
    "deep-lists": "aliases: " + "[" * 50_000,
    "deep-groups": "cost: " + "{a: " * 20_000,
    "deep-blocks": "\n".join("  " * depth + "a:" for depth in range(400)),
    "many-fields": "\n".join(f"field{number}: 1" for number in range(20_000)),
    "many-items": "aliases: [" + ", ".join(f'"n{number}"' for number in range(20_000)) + "]",
    "many-cases": "cases: [" + "{}," * 50_000 + "]",
    "long-text": 'aliases: ["' + "x" * 300_000 + '"]',
    "long-number": "staff_days: {min: " + "9" * 300_000 + "}",
    "long-key": "x" * 300_000 + ": 1",
    "number-in-sixties": "staff_days: {min: " + "1:" * 100_000 + "1}",
    "python-object": "title: !!python/object/apply:os.system ['touch stolen']",
    "python-name": "aliases: !!python/name:os.system",
    "binary": "aliases: !!binary aGVsbG8=",
    "own-tag": "aliases: !include ../secret",
    "directive": "%YAML 9.9\n%TAG ! tag:example.org:",
    "many-documents": "...\n---\n" * 1_000,
    "colons": "a: " * 50_000,
    "quotes": "'" * 100_001,
    "hashes": "#" * 300_000 + "\nx: 1",
}


@pytest.mark.parametrize("name", BOMBS)
def test_front_matter_made_to_harm_is_judged_at_once_with_messages_one_can_read(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    with at_once():
        reading = read(BOMBS[name])
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.method is None) == bool(errors) == (name != "long-text")
    # A message names what was found, but not all 300,000 signs of it, and not without end.
    assert all(len(str(problem)) < 1_200 for problem in errors)
    assert len(errors) <= 2 * ENOUGH_ERRORS
    assert list(tmp_path.iterdir()) == []
    counted("hostile files", 1)


TEXTS = {
    "brackets": "[" * 100_000,
    "links": "[a](" * 25_000,
    "images": "![" * 50_000,
    "emphasis": "*a_" * 40_000,
    "quotes": ">" * 50_000,
    "quote-lines": "\n".join(">" * depth + " a" for depth in range(300)),
    "lists": "\n".join("    " * depth + "- a" for depth in range(200)),
    "ticks": "".join("`" * n + " " for n in range(600)),
    "tags": "<a>" * 40_000,
    "open-tags": "<a " * 40_000,
    "comments": "<!--" * 30_000,
    "entities": "&amp" * 30_000,
    "references": "\n".join(f"[a{n}]: https://example.org/{n}" for n in range(5_000)),
    "table": "|" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|" * 5_000,
    "one-line": "word " * 60_000,
    "no-blank": "x" * 300_000,
    "lines": "a\n" * 100_000,
    "dashes": "-" * 200_000,
    "backslashes": "\\" * 200_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_made_to_harm_is_rendered_or_refused_and_does_not_keep_the_build_busy(
    name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "methods"
    folder.mkdir()
    (folder / "bomb.md").write_text(
        method_text(body=BODY.replace("It is so.", TEXTS[name], 1)), encoding="utf-8"
    )
    (folder / "good.md").write_text(method_text(title='"Good"'), encoding="utf-8")
    with at_once():
        result = build(folder, tmp_path / "index")
    assert "good" in Snapshot(result.folder).slugs
    counted("hostile files", 1)


def test_a_file_larger_than_any_method_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.md"
    with file.open("wb") as opened:
        opened.truncate(50 * 1024**3)  # 50 GB that take no room
    with at_once():
        reading = read_method_file(tmp_path, file)
    assert [str(problem) for problem in reading.problems] == [
        f"{tmp_path.name}/huge.md:1:1: this file has 53,687,091,200 bytes and the limit is "
        f"{MAX_BYTES:,}. A method has about 10,000. Keep the text short and leave pictures out. "
        "[file-large]"
    ]
    with at_once():  # and a build does not read it either, to see whether it has changed
        build(tmp_path, tmp_path.with_name("index"))


PATHS = [
    "../../etc/passwd",
    "..",
    "/etc/passwd",
    "..\\\\windows",
    "a/b",
    "%2e%2e%2fapp",
    "a\\u0000b",
    "C:",
    "~root",
    "$(id)",
    "good.md",
    "GOOD",
    "-good",
    "a" * 5_000,
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:20])
def test_a_related_method_is_a_slug_and_no_path(path: str) -> None:
    reading = read(f'related: ["{path}"]')
    known = path == "a" * 5_000  # a proper slug, but of no method: checked across files
    codes = {problem.code for problem in reading.problems if problem.severity == "error"}
    assert codes <= {"slug-unusable", "text-unseen", "yaml-escape"}
    assert bool(codes) != known


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "..%2fsecret", "a/../../secret"])
def test_a_link_leads_to_a_method_or_is_a_plain_address_and_no_file_is_opened(
    path: str, tmp_path: Path
) -> None:
    folder = tmp_path / "methods"
    folder.mkdir()
    (tmp_path / "secret.md").write_text(SECRET, encoding="utf-8")
    body = BODY.replace("It is so.", f"[x]({path}.md) and ![x]({path}.md)", 1)
    (folder / "good.md").write_text(method_text(body=body), encoding="utf-8")
    result = build(folder, tmp_path / "index")
    assert SECRET not in everything(result.folder)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_symbolic_links_are_refused_and_what_they_lead_to_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "methods"
    folder.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    text = method_text(title='"Secret"', summary=f'"{SECRET}"')
    (outside / "secret.md").write_text(text, encoding="utf-8")
    (folder / "file.md").symlink_to(outside / "secret.md")
    (folder / "folder.md").symlink_to(outside, target_is_directory=True)
    (folder / "itself.md").symlink_to(folder / "itself.md")
    (folder / "nowhere.md").symlink_to(tmp_path / "nowhere")
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "good.md").write_text(method_text(title='"Good"'), encoding="utf-8")
    with at_once():
        result = build(folder, tmp_path / "index")
    told = "this is a link to a file somewhere else, and is not followed. Put the file itself here."
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == [
        f"methods/{name}.md:1:1: {told} [file-link]"
        for name in ("device", "file", "folder", "itself", "nowhere")
    ]
    assert Snapshot(result.folder).slugs == ["good"]
    assert SECRET not in everything(result.folder)


def everything(folder: Path) -> str:
    """Return all that a build holds, as far as it is text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in files)
