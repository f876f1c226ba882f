"""The table of codes is the code's: every code that a message can have, and no other, with a real example.

The examples are what docs/problems.md shows, so each must be a line that the validator prints.
"""

from __future__ import annotations

import ast
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from catalogue.authoring.form.form_messages import LABELS
from catalogue.model.codes import CODE_GROUPS, CODES, Severity
from catalogue.model.method import Case, Method, Section, Source
from catalogue.model.problems import Problem
from catalogue.rendering.anchors import anchor
from catalogue.settings import PROJECT
from catalogue.uses.reader import read_use_text, with_known_use, with_unknown_method
from catalogue.validation.cross_checks import check_across
from catalogue.validation.front_matter import FOREIGN
from catalogue.validation.guard import guarded
from catalogue.validation.link_checks import LinkResponse, Location, check_links
from catalogue.validation.reader import (
    BINARY,
    MAX_BYTES,
    Reading,
    decode,
    name_problems,
    read_method_file,
    read_method_text,
)
from catalogue.validation.sections import Mention
from catalogue.validation.style_checks import prose_problems
from tests.support.method_text import method
from tests.validation.test_bad_files import EXPECTED

ALL = pytest.mark.parametrize("code", CODES)
# Where problems are made. Words with hyphens that stand there and are no codes:
MAKERS = re.compile(r"\b(?:Problem|Faults?|Report)\b")
NO_CODES = {"name-of-the-method", "how-to-run", "taking-part"}


def codes_in(path: Path) -> Iterator[str]:
    """Yield what has the form of a code among the texts of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^[a-z]+(?:-[a-z]+)+$", node.value)


# A method that lacks only a long text, a cost, a smaller run and its steps.
FACTS = """
level: [consult]
audience: [experts]
recruitment: open
people_in_all: {min: 3, counts: reached}
participant_hours: {min: 1}
lead_time_weeks: {min: 2}
staff_days: {min: 2}
facilitation: none
format: [online]
kind: event
family: survey
stage: [explore]
handles_conflict: low
handles_complexity: low
talk: little
decision_capable: "no"
outcomes: [report]
not_for: ["It decides nothing.", "It lasts an hour."]
inclusion: {carers: "It is short.", anonymous: "No names are asked.", low-literacy: "It is spoken."}
inclusion_possible: {no-internet: "Ring up.", multilingual: "Ask.", sensory-access: "Ask."}
inclusion_unsuitable: {trauma-aware: "Nobody is at hand."}
can_harm: {tires: "It is long."}
related: [one, two, three]
cases: [{title: "Leeds", place: "Leeds", year: 2019, outcome: "A plan."}]
""".strip()


def prose(**changes: object) -> Iterator[str]:
    """Yield what is printed about the prose of a small method with other facts."""
    found: Method = replace(method(), **changes)  # type: ignore[arg-type]
    for problem in prose_problems("methods/a.md", found, date(2026, 6, 1)):
        yield str(problem)


def text(written: str) -> tuple[Section, ...]:
    return (Section("what-it-is", written, 9, 11),)


def words(count: int) -> str:
    return " ".join(("We met and we ate. " * count).split()[:count])


def warnings() -> Iterator[str]:
    """Yield a warning of each kind about prose."""
    here = Source("A", "B", url="https://here.example/x")
    yield from prose(sections=text(words(499)))
    yield from prose(sections=text(words(903)))
    yield from prose(sections=text("one " * 40 + "one."))
    yield from prose(sections=text(("One " + "one " * 28 + "one. ") * 3))
    yield from prose(sections=text("Institutional accountability necessitates participation."))
    yield from prose(sections=text("See [here](https://a.example/x)."))
    yield from prose(sections=text("[x](//a.example/x)"))
    for href in ("handout.pdf", "survey", "www.a.example", "a@b.example", "#nowhere"):
        yield from prose(sections=text(f"[x]({href})"))
    yield from prose(sections=text("So.[^1]\n\n• one"))
    yield from prose(sections=text("It cost £500."))
    yield from prose(sections=text("It is dear."))
    yield from prose(cases=(Case("Mill jury", "What followed is not recorded."),))
    yield from prose(sections=text("<div>It is so.</div>"))
    yield from prose(sources=(here, here))
    lacking = method(
        FACTS, sources='[{title: "A", by: "B", independent: true}, {title: "C", by: "D"}]'
    )
    for problem in prose_problems("methods/a.md", lacking, date(2026, 6, 1)):
        yield str(problem)
    yield from prose(last_reviewed=date(2024, 2, 29))


def answers() -> Iterator[str]:
    """Yield a message of each kind about web addresses."""
    asked = [
        (f"https://here.example/{page}", Location("methods/a.md", 5, 40))
        for page in ("gone", "shy")
    ]
    statuses = {"gone": 404, "shy": 403}
    for problem in check_links(
        asked,
        lambda *_: None,
        lambda url: LinkResponse(url, statuses[url.rpartition("/")[2]]),
        0,
    ):
        yield str(problem)


def odd_files(folder: Path) -> Iterator[str]:
    """Yield what is said of files that cannot lie in the folder of bad files."""
    folder.mkdir()
    (folder / "elsewhere.md").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    (folder / "large.md").write_bytes(b"a" * 5_000_000)
    (folder / "binary.md").write_bytes(b"PK\0\0")
    (folder / "encoding.md").write_bytes("---\ntitle: Barn\nsummary: Café\n".encode("latin-1"))
    for name in ("copy.md", "copy (1).md"):
        (folder / name).write_text("---\n", encoding="utf-8")
    for file in sorted(folder.iterdir()):
        yield from map(str, read_method_file(folder, file).problems)


def failing() -> Iterator[str]:
    """Yield what is said of a file over which our program fails, or takes too long."""
    fails = compile("raise RecursionError", "parser.py", "exec")
    yield str(guarded("methods/odd.md", lambda: exec(fails))[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "thread_time", iter((0.0, 12.0)).__next__)
        yield str(guarded("methods/odd.md", str)[1])


def variants() -> Iterator[str]:
    """Yield messages in the wordings that neither the bad files nor the examples show."""
    for name in ("a b", "Ab", "a_b", "A b", "a b_c", "A_b", "A b_c", "aux"):
        yield from map(str, name_problems("methods", f"{name}.md"))
    for start in (*BINARY, b"\xff\xfe"):
        yield from map(str, decode("methods/a.md", start, 9)[1])
    for text in (
        *FOREIGN,
        "---\ntitle: <<\nkind: ' event'\n---\n",
        f"---\nsummary: one: {'two ' * 90}\n---\n",
        "---\nsummary: 'one\n  two' three\n---\n",
        "---\nsummary: 'it\n---\n",
        "---\nsummary: \x01\n---\n",
        "---\nsummary: <b>a</b>\n---\n",
        "---\nlevel: {a: b}\nlink: x\n---\n[a](aa.md)\n",
        "---\ntitle: a\n---\n\u202ea\u200b\n",
        "---\nlast_reviewed: 3/4/2025\ncolour: a\npros: a\nrelated: [日本]\nstaff_days: {min: 1.500, colour: a}\n"
        "participant_hours: {min: -4}\n"
        'cost: {low: 1.500, high: $5, year: soon}\ncontributors: [{name: a, url: "a b"}]\n---\n'
        "# A\n\n## What it is\n\n##\n\n# B\n\n### Use it when\n\n**Avoid it when**\n\nOrigin\n---\n",
    ):
        reading = read_method_text("methods/a.md", "a", text)
        other = Reading("methods/aaa.md", "aaa", None, ())
        checked = check_across([other, replace(reading, related=(Mention("zzz", 1, 1),))])
        yield from map(str, checked[-1].problems)
    yield str(Problem("advice-nowhere", "texts/purposes/inform.md", 3, 1, {"slug": "walk"}))
    silent = LinkResponse("https://a.example/x", 0)
    at = Location("methods/a.md", 1, 1)
    yield from map(str, check_links([(silent.url, at)], lambda *_: None, lambda _: silent, 0))


def uses() -> Iterator[str]:
    """Yield a message of each kind about reports from practice."""
    text = (
        "method: {0}\n"
        'place: "Leeds"\n'
        "country: England\n"
        "when: {1}\n"
        'what_happened: "Ask {2}."\n'
        "again: as-before\n"
    )
    for method_, when, whom in (
        ("world-caffee", "March 2025", "ada@council.example"),
        ("walk", "2999-01", "0113 496 0000"),
    ):
        reading = read_use_text("uses/leeds.yaml", text.format(method_, when, whom))
        yield from map(str, with_unknown_method(reading, {"world-cafe"}).problems)
    known, again = (
        read_use_text(f"uses/{name}.yaml", text.format("walk", "2025-03", "us"))
        for name in ("leeds", "leeds-2")
    )
    assert known.use
    for use in (known.use, replace(known.use, what_happened="They ate.")):
        yield from map(str, with_known_use(again, [use]).problems)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every message of the bad files, and of cases built for what no file there can show."""
    lines = {line.replace("methods_bad/", "methods/") for line in EXPECTED}
    odd = odd_files(tmp_path_factory.mktemp("odd") / "methods")
    return {*lines, *odd, *warnings(), *answers(), *failing(), *variants(), *uses()}


def test_every_code_of_the_program_is_in_the_table_and_no_other() -> None:
    modules = [
        path
        for path in sorted((PROJECT / "catalogue").rglob("*.py"))
        if MAKERS.search(path.read_text(encoding="utf-8"))
        and not {"web", "cli", "authoring"} & set(path.parts)
    ]
    assert len(modules) > 5
    used = {code for path in modules for code in codes_in(path)}
    assert sorted(used - NO_CODES) == sorted(CODES)


def test_a_code_stands_once_in_the_table() -> None:
    assert len(CODES) == sum(len(group.codes) for group in CODE_GROUPS)


@ALL
def test_a_code_is_explained_in_whole_sentences(code: str) -> None:
    entry = CODES[code]
    assert entry.meaning.endswith(".")
    assert entry.advice.endswith((".", '\\".'))
    assert entry.severity in get_args(Severity)


# What may be read by whom depends on who runs the tests.
BUILT_ELSEWHERE = {"file-unreadable"}


@ALL
def test_the_example_of_a_code_is_a_message_that_really_comes(code: str, printed: set[str]) -> None:
    example = CODES[code].example
    assert example.endswith(f"[{code}]")
    marked = re.match(r"[^:]+:\d+:\d+: (?:(warning|reminder): )?", example)
    assert marked is not None
    assert (marked[1] or "error") == CODES[code].severity
    assert example in printed or code in BUILT_ELSEWHERE


# Where a test of the form looks at the message.
IN_THE_FORM = {("text-long", "answer"), ("name-taken", "file")}
WORDINGS = {
    (code.code, variant): wording
    for code in CODES.values()
    for variant, wording in code.wordings.items()
}
EACH_WORDING = pytest.mark.parametrize("name", WORDINGS, ids=lambda name: ".".join(name).strip("."))


def placeholders(*templates: str) -> set[str]:
    parts = [part for template in templates for part in Formatter().parse(template)]
    return {name for _, name, _, _ in parts if name}


@EACH_WORDING
def test_a_wording_is_printed_with_its_values(name: tuple[str, str], printed: set[str]) -> None:
    code, wording = name[0], WORDINGS[name]
    parts = [
        re.escape(before) + (".+" if field else "")
        for before, field, _, _ in Formatter().parse(f"{wording.text}. {wording.fix}")
    ]
    message = re.compile(rf"[^:]+:\d+:\d+: (\w+: )?{''.join(parts)}.* \[{code}\]")
    known = any(map(message.fullmatch, printed))
    assert known != (name in IN_THE_FORM or code in BUILT_ELSEWHERE)


@EACH_WORDING
def test_the_form_words_a_message_with_the_same_values_and_its_own_labels(
    name: tuple[str, str],
) -> None:
    wording = WORDINGS[name]
    used = placeholders(wording.form_text, wording.form_fix)
    labels = {f"label[{label}]" for label in LABELS}
    assert used <= placeholders(wording.text, wording.fix) | labels


@EACH_WORDING
def test_a_message_has_no_full_stop_and_a_fix_has_one(name: tuple[str, str]) -> None:
    wording = WORDINGS[name]
    assert not wording.text.endswith((".", "?", "!"))
    assert wording.fix.endswith((".", "?", "{meaning!t}", "{missing!t}"))


def test_the_example_of_an_unreadable_file_is_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "locked.md").write_text("---\n")

    def refuse(*given: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("catalogue.validation.reader.read_regular_file", refuse)
    reading = read_method_file(tmp_path / "methods", tmp_path / "methods" / "locked.md")
    assert [str(problem) for problem in reading.problems] == [CODES["file-unreadable"].example]


def test_the_largest_file_is_the_one_that_the_example_names() -> None:
    assert f"the limit is {MAX_BYTES:,}." in CODES["file-large"].example


@ALL
def test_the_guide_has_a_heading_for_each_code(code: str) -> None:
    guide = (PROJECT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert f"\n### {code}\n\n{CODES[code].meaning}\n" in guide
    assert f"(#{anchor(code)})" in guide
    assert f"\n{CODES[code].example}\n" in guide
