"""Characters that cannot be seen are refused wherever they stand in a file, with their place; what people need passes."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from catalogue.authoring.check.check_files import check_files
from catalogue.authoring.form.method_writer import clean_prose
from catalogue.model.letters import compose
from catalogue.model.problems import Problem
from catalogue.model.unprintable import UNPRINTABLE, UNPRINTABLE_IN_LINES, strip_line
from catalogue.validation.unprintable_checks import MAX_REPORTED, unprintable_problems
from tests.support.method_text import BODY, lines, method, method_text, read

# Format characters that are seen: they embrace the figures that follow.
SEEN = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}  # fmt: skip
TURN = "\u202e"
FIX = "Delete it, or type the words again instead of pasting them."
TURNED = f"a character that turns text round stands here (U+202E RIGHT-TO-LEFT OVERRIDE). {FIX} [text-unseen]"
HIDDEN = (
    f"a character that cannot be seen stands here (U+200B ZERO WIDTH SPACE). {FIX} [text-unseen]"
)


def test_every_control_and_every_mark_of_format_is_refused() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    marks = [c for c in every if unicodedata.category(c) in ("Cc", "Cf") and ord(c) not in SEEN]
    assert len(marks) > 200
    assert [hex(ord(c)) for c in marks if not UNPRINTABLE.search(f"a{c}b")] == []
    kept = [c for c in marks if not UNPRINTABLE_IN_LINES.search(f"a{c}b")]
    assert kept == ["\t", "\n", "\r", "\x85"]


def test_no_character_that_is_seen_is_refused() -> None:
    seen = "LMNPSZ"
    refused = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] in seen
        and unicodedata.category(chr(code)) not in ("Zl", "Zp")
        and UNPRINTABLE.search(f"\u4e00{chr(code)}\u4e00")
    }
    blanks = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC}
    selectors = {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
    assert refused - selectors - {*range(0x13430, 0x13460)} == blanks


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with a joiner that keeps apart
        "\u0915\u094d\u200d\u0937",  # Devanagari
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u2764\ufe0f and \u2600\ufe0e",  # a heart in colour, a sun in black
        "1\ufe0f\u20e3",  # a key
        "Caf\u00e9, cafe\u0301, \u05e9\u05dc\u05d5\u05dd, \u0645\u062c\u0644\u0633",
    ],
)
def test_what_scripts_and_emoji_need_passes_in_names_and_prose(text: str) -> None:
    found = method(body=BODY.replace("It is so.", text, 1), title=f'"Barn {text[:20]}"')
    assert found.sections[0].markdown == compose(text)
    assert (strip_line(text), clean_prose(text)) == (" ".join(text.split()), text)


@pytest.mark.parametrize(
    "text",
    ["ju\u200dry", "ju\u200cry", "a\u200d\u200db", "a\ufe0fb", "\u2764\ufe0f\ufe0f", "\u200d\u0645", "\u0645\u200d"],
)  # fmt: skip
def test_joiners_and_selectors_that_join_and_select_nothing_are_refused(text: str) -> None:
    assert [p.code for p in read(body=BODY.replace("It is so.", text, 1)).problems] == [
        "text-unseen"
    ]
    assert [p.code for p in read(title=f'"Barn {text}"').problems] == ["text-unseen"]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ('aliases: ["Barn\u202e ball"]', "6:16"),
        ('cases: [{title: "Le\u202eeds", place: "Leeds", year: 2019, outcome: "A plan."}]', "6:20"),
        ('kind: event # so\u202e it is', "6:17"),
        ("ki\u202end: event", "6:3"),
    ],
)  # fmt: skip
def test_in_front_matter_the_place_is_that_of_the_character(facts: str, place: str) -> None:
    assert f"methods/a.md:{place}: {TURNED}" in lines(facts)


def test_in_prose_the_place_is_that_of_the_character() -> None:
    body = BODY.replace("It is so.", f"It is{TURN} so, and so\u200b\u200b.", 1)
    assert lines(body=body) == [f"methods/a.md:10:6: {TURNED}", f"methods/a.md:10:18: {HIDDEN}"]


@pytest.mark.parametrize("reference", ["&#x202E;", "&#8238;", "&#X0202e", "&#8238"])
def test_a_reference_to_such_a_character_counts_in_prose(reference: str) -> None:
    body = BODY.replace("It is so.", f"It is {reference} so.", 1)
    assert lines(body=body) == [f"methods/a.md:10:7: {TURNED}"]


@pytest.mark.parametrize("reference", ["&shy;", "&zwnj;", "&lrm;", "&ZeroWidthSpace;", "&NoBreak;"])
def test_so_does_its_name(reference: str) -> None:
    body = BODY.replace("It is so.", f"It is {reference} so.", 1)
    assert [problem.code for problem in read(body=body).problems] == ["text-unseen"]


@pytest.mark.parametrize(
    "harmless", ["&amp;#x202E;", "&nbsp;", "&Tab;", "&eacute;", "R&D; x", "&#233;", "a & b"]
)
def test_other_references_pass(harmless: str) -> None:
    assert lines(body=BODY.replace("It is so.", f"It is {harmless} so.", 1)) == []


def test_an_escape_of_yaml_is_refused_at_its_field() -> None:
    assert lines(title=r'"Barn\u202e dance"') == [
        "methods/a.md:2:8: title holds a character that cannot be seen. Type the text again. [text-unseen]"
    ]


def test_a_flood_is_reported_up_to_a_limit() -> None:
    assert len(list(unprintable_problems("a.md", f"a{TURN}b" * 1000, 1))) == MAX_REPORTED


def test_every_line_end_counts_a_line() -> None:
    found: list[Problem] = list(unprintable_problems("a.md", f"a\r\nb\rc\n{TURN}", 1))
    assert [(problem.line, problem.column) for problem in found] == [(4, 1)]


def test_what_people_type_is_freed_of_them() -> None:
    assert strip_line(f"Ju{TURN}r\u00ady\u200d \U000e0041dance") == "Jury dance"
    assert clean_prose(f"Ju{TURN}ry\tand\nda\u2066nce") == "Jury\tand\ndance"


def test_a_method_with_one_in_its_prose_is_no_method(tmp_path: Path) -> None:
    folder = tmp_path / "methods"
    folder.mkdir()
    text = method_text(body=BODY.replace("It is so.", f"It is{TURN} so.", 1))
    (folder / "a.md").write_text(text, encoding="utf-8")
    (checked,) = check_files(folder, [folder / "a.md"], date(2026, 6, 1)).readings
    assert (checked.method, checked.usable) == (None, False)
