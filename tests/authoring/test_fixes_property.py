"""What fixing promises for any file: nothing lost, nothing worse, done in one go.

Good files with the slips that people make stand for all. Single slips have test_fixes.py.
"""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.authoring.fix.fixes import FixedText, fix
from catalogue.validation.front_matter import split_file
from catalogue.validation.reader import read_method_text
from tests.conftest import GOOD
from tests.support.method_text import PATH

# Slips that people make, put into good files.
SLIPS = [
    ("purposes:", "purpose:"), ("audience:", "audiences:"), ("kind: ", "kind:"), ('"', "'"),
    ('"', "\u201c"), ('"', ""), ("\n  ", "\n\t"), (": ", ":\t"), ("\n", " \n"), ("\n", "\r\n"),
    ("## Strengths", "# strengths"), ("## Weaknesses", "## Weakneses"), ("event", "evnt"),
    ("level: [", "levels: [Involved, "), ("summary: ", "# a remark: here\nsummary: "), (" [", " [1984, "),
    (": 1", ': "1"'), ("title: ", "title: A: "), ("---\n", "---\n# remark\n"), ("young-people", "youth"),
    ("]", ""), ("}", ""), ("\n", "\n\n"), ("format", "stage"), ("\n", "\u2028"),
]  # fmt: skip


@st.composite
def slipped(draw: st.DrawFn) -> str:
    """Draw a good file with up to six slips, and its fields perhaps in another order."""
    text = draw(st.sampled_from(sorted(GOOD.glob("*.md")))).read_text(encoding="utf-8")
    for good, bad in draw(st.lists(st.sampled_from(SLIPS), max_size=6)):
        places = [found.start() for found in re.finditer(re.escape(good), text)]
        if places:
            at = draw(st.sampled_from(places))
            text = text[:at] + bad + text[at + len(good) :]
    if draw(st.booleans()):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(st.text(max_size=8)) + text[start:]
    return text


def remarks(text: str) -> Counter[str]:
    """Return the lines of the front matter that hold nothing but a remark."""
    split = split_file(PATH, text)[0]
    lines = re.split(r"\r\n|\r|\n", text)[: split.body_line]
    return Counter(line.strip() for line in lines if line.startswith("#"))


def prose(text: str) -> list[str]:
    """Return what stands below the front matter, with every byte, but for headings and their signs."""
    split = split_file(PATH, text)[0]
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|$)", text)[split.body_line :]
    return [line for line in lines if not re.match(r"##?[^#]", line)]


def letters(text: str) -> Counter[str]:
    """Return the letters and figures of a front matter, wherever they stand."""
    split = split_file(PATH, text)[0]
    lines = re.split(r"\r\n|\r|\n", text)[: split.body_line]
    return Counter(sign for line in lines for sign in line if sign.isalnum())


def problems(text: str) -> Counter[tuple[str, str]]:
    found = read_method_text(PATH, "a", text).problems
    return Counter((problem.code, problem.message) for problem in found)


@given(slipped())
@settings(max_examples=120, deadline=None, database=None)
def test_fixing_keeps_prose_remarks_and_line_ends_and_is_done_in_one_go(text: str) -> None:
    result = fix(PATH, text)
    assert prose(result.text) == prose(text)
    assert remarks(result.text) == remarks(text)
    ends = re.compile(r"\r\n|\r|\n")
    assert Counter(ends.findall(result.text)) == Counter(ends.findall(text))
    assert fix(PATH, result.text) == FixedText(result.text, (), 0)
    assert (result.text == text) == (not result.notes)


def test_a_remark_with_a_sign_that_yaml_refuses_stays_a_remark() -> None:
    good = (GOOD / "barn-meeting.md").read_text(encoding="utf-8")
    text = good.replace("---\n", "---\n#\x1f remark\n", 1).replace('title: "', "title: '", 1)
    assert remarks(fix(PATH, text).text) == remarks(text) == Counter(["#\x1f remark"])


@given(slipped())
@settings(max_examples=120, deadline=None, database=None)
def test_no_letter_is_lost_but_by_a_spelling_that_is_named(text: str) -> None:
    result = fix(PATH, text)
    if not any(" is now " in note.what for note in result.notes):
        assert letters(result.text) == letters(text)


@given(slipped())
@settings(max_examples=120, deadline=None, database=None)
def test_fixing_brings_no_problem_that_was_not_hidden_by_another(text: str) -> None:
    """What YAML could not read, or what stood under an unknown name, was not looked at before."""
    result = fix(PATH, text)
    before, after = problems(text), problems(result.text)
    hiding = re.compile(
        r"yaml-|field-unknown|option-unknown|wrong-type|heading-unknown|number-unreadable"
    )
    if not any(hiding.match(code) for code, _ in before - after):
        assert after - before == Counter()
    assert [code for code, _ in after - before if code.endswith("repeated")] == []
    assert result.gone >= (before - after).total() * bool(result.notes)
