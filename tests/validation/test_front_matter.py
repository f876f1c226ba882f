"""The first step: a file is split into located values and text, and YAML's traps are named.

What whole files with such faults print stands in test_bad_files.py.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.validation.front_matter import (
    MAX_DEPTH,
    MAX_YAML_FAULTS,
    UNREADABLE,
    Node,
    Split,
    split_file,
)
from catalogue.validation.reader import read_method_text
from tests.support.method_text import PATH, at_once, node

SMALL = "---\ntitle: Barn\nlevel: [consult, involve]\n---\n\nText.\n"
MISSING = (
    "this file does not begin with a line of three hyphens. Put the facts of the method at the "
    "top, between two lines of ---, each as name: value. "
    "[front-matter-missing]"
)
AS_A_FIELD = (
    "Write a field as name: value, with one space after the colon, and indent what belongs to it "
    "by two spaces. [yaml-unreadable]"
)
BEHIND = "there is more behind a closing quotation mark"
INSIDE = (
    'Put the whole text in double quotation marks, and write a " inside it as \\". [yaml-quote]'
)
ALIASES = (
    "YAML's anchors and aliases (& and *) are not used in method files. Write the value out, or "
    "put the text in double quotation marks. [yaml-alias]"
)


def split(text: str) -> tuple[Split, list[str]]:
    found, problems = split_file(PATH, text)
    return found, [str(problem) for problem in problems]


def faults(*front: str) -> list[str]:
    """Return the problems of front matter whose first line is line 2, without the path."""
    _, problems = split("\n".join(["---", *front, "---", ""]))
    return [problem.removeprefix(f"{PATH}:") for problem in problems]


def test_every_value_keeps_its_line_and_column() -> None:
    found, problems = split(SMALL)
    assert problems == []
    assert found.fields["title"] == Node("Barn", 2, 8)
    assert found.fields["level"].value == [Node("consult", 3, 9), Node("involve", 3, 18)]
    assert (found.fields["level"].line, found.fields["level"].column) == (3, 8)


def test_a_group_stands_where_its_name_stands() -> None:
    found, _ = split("---\ncases:\n  - title: One\n    place: Leeds\ncost:\n  low: 5\n---\n")
    assert (found.fields["cases"].line, found.fields["cases"].column) == (2, 1)
    assert found.fields["cost"] == Node({"low": Node("5", 6, 8, "int")}, 5, 1, "dict")
    assert found.fields["cases"].value == [
        Node({"title": Node("One", 3, 12), "place": Node("Leeds", 4, 12)}, 3, 5, "dict")
    ]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("no", "bool"), ("Yes", "bool"), ("on", "bool"), ("true", "bool"), ("12", "int"),
        ("012", "int"), ("1:30", "int"), ("1.5", "float"), ("2026-11-23", "timestamp"), ("", "null"),
        ("~", "null"), ("null", "null"), ("none", "str"), ("=", "value"), ("words", "str"),
        ('"no"', "str"), ("'12'", "str"), ("[a]", "list"), ("{a: b}", "dict"),
    ],
)  # fmt: skip
def test_a_value_remembers_what_yaml_would_take_it_for(written: str, kind: str) -> None:
    assert node(written).kind == kind


@pytest.mark.parametrize("written", ["no", "1:30", "012", "2026-11-23", "1_000"])
def test_an_unquoted_text_is_kept_as_it_is_written(written: str) -> None:
    assert node(written).value == written


def test_the_body_keeps_its_lines_and_its_place() -> None:
    found, _ = split(SMALL)
    assert found.body == "\n\nText.\n"
    assert found.body_line == 4


def test_a_line_of_hyphens_in_the_body_is_part_of_the_body() -> None:
    found, problems = split(SMALL + "\n---\n\nMore.\n")
    assert problems == []
    assert found.body == "\n\nText.\n\n---\n\nMore.\n"


def test_blank_lines_before_the_front_matter_count() -> None:
    found, problems = split(f"\n \n{SMALL}")
    assert problems == []
    assert found.fields["title"].line == 4
    assert found.body_line == 6


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["windows", "old-mac"])
def test_every_kind_of_line_end_reads_alike(end: str) -> None:
    assert split(SMALL.replace("\n", end)) == split(SMALL)


def test_spaces_behind_the_hyphens_do_no_harm() -> None:
    assert split(SMALL.replace("---\n", "--- \t\n"))[1] == []


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"], ids=["line", "paragraph", "next"])
def test_signs_that_only_yaml_takes_for_line_ends_move_no_line(sign: str) -> None:
    found, problems = split(f'---\ntitle: "One{sign}two"\nkind: event\n---\n')
    assert problems == []
    assert found.fields["title"].value == "One two"
    assert found.fields["kind"].line == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [("", "1:1"), ("# Barn\n", "1:1"), ("\n\ntitle: Barn\n---\n", "3:1"), ("----\n", "1:1")],
    ids=["empty", "heading", "no-first-line", "four-hyphens"],
)
def test_a_file_without_front_matter_says_how_to_begin(text: str, place: str) -> None:
    found, problems = split(text)
    assert problems == [f"{PATH}:{place}: {MISSING}"]
    assert found.fields == {}
    # Only where fields may stand there all the same it is not said that they are missing.
    assert found.whole == ("title:" not in text)


def test_front_matter_that_does_not_end_is_read_up_to_the_first_heading() -> None:
    found, problems = split("---\ntitle: Barn\n\n## What it is\n\nA dance: in a barn.\n")
    assert problems == [
        f"{PATH}:1:1: the front matter begins here and does not end. Put a line of three hyphens "
        "(---) below the last field, before the text. [front-matter-open]"
    ]
    assert found.fields == {"title": Node("Barn", 2, 8)}
    assert found.body == "\n## What it is\n\nA dance: in a barn.\n"
    assert found.body_line == 3


@pytest.mark.parametrize("front", ["- title", "[a, b]", "title"], ids=["list", "flow", "text"])
def test_front_matter_must_be_made_of_fields(front: str) -> None:
    assert faults(front) == [
        "2:1: the front matter is not made of fields. "
        'Write one field a line: title: "…". [front-matter-shape]'
    ]


def test_front_matter_may_hold_nothing_but_remarks() -> None:
    assert split("---\n# A remark\n---\n") == (Split({}, "\n", 3), [])


def test_a_repeated_key_is_reported_and_the_first_one_kept() -> None:
    found, problems = split("---\nkind: event\nkind: process\nkind: standing\n---\n")
    assert problems == [
        f'{PATH}:3:1: "kind" is given twice; the first time on line 2. '
        "Keep one of the two. [key-repeated]",
        f'{PATH}:4:1: "kind" is given twice; the first time on line 2. '
        "Keep one of the two. [key-repeated]",
    ]
    assert found.fields["kind"] == Node("event", 2, 7)
    assert found.whole


def test_a_repeated_key_inside_a_group_is_reported() -> None:
    assert faults("cost:", "  low: 5", "  low: 6") == [
        '4:3: "low" is given twice; the first time on line 3. Keep one of the two. [key-repeated]'
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (
            ["aliases:", "  - One: two: three"],
            '3:13: this line cannot be read because its text contains a colon ("- One: two: three").'
            " Put the whole text in double quotation marks. [yaml-colon]",
        ),
        (
            ['title: Say "hello": a guide'],
            "2:19: this line cannot be read because its text contains a colon "
            '("title: Say "hello": a guide"). Put the whole text in double quotation marks: '
            'title: "Say \\"hello\\": a guide". [yaml-colon]',
        ),
        (
            ["title: Barn", "  kind: event"],
            f'3:7: this line cannot be read ("kind: event"). {AS_A_FIELD}',
        ),
        (
            ["title: 'Barn", "kind: event"],
            "2:8: a quotation mark is opened here and not closed (\"title: 'Barn\"). "
            "Put the whole text in double quotation marks. [yaml-quote]",
        ),
        (
            ['title: "Barn', 'summary: "People dance."', 'level: ["consult"]'],
            '2:8: a quotation mark is opened here and not closed ("title: "Barn"). '
            'End the text with a second ". A " inside the text is written \\". [yaml-quote]',
        ),
        (
            ["aliases: [\"Jig\",", '  "Reel, "Waltz"]', 'summary: "People dance."'],
            '3:11: a quotation mark is opened here and not closed (""Reel, "Waltz"]"). '
            'End the text with a second ". A " inside the text is written \\". [yaml-quote]',
        ),
        (
            ["title: 'Farmer's jig'"],
            f'2:16: {BEHIND} ("title: \'Farmer\'s jig\'"). {INSIDE}',
        ),
        (['title: "Jig" or "reel"'], f'2:14: {BEHIND} ("title: "Jig" or "reel""). {INSIDE}'),
        (["kind event"], '2:1: the front matter is not made of fields. '
         'Write one field a line: title: "…". [front-matter-shape]'),
        (["title: Barn", "kind:event"], f'3:1: this line cannot be read ("kind:event"). {AS_A_FIELD}'),
        (["kind: - event"], f'2:7: this line cannot be read ("kind: - event"). {AS_A_FIELD}'),
        (
            ["title: Ba\x07rn"],
            "2:1: this line holds a character that cannot be seen. Type the line again. "
            "[yaml-character]",
        ),
        (
            ["kind: &one event", "family: *one"],
            [f"2:7: {ALIASES}", f"3:9: {ALIASES}"],
        ),
        (
            ["kind: !!str event"],
            '2:7: YAML\'s tags are not used in method files ("!!str"). Take the word that begins '
            "with ! out, or put the text in quotation marks. [yaml-tag]",
        ),
        (
            ["title: Barn", "--- # more", "kind: event"],
            "3:1: this line begins a second set of facts, which is not read. "
            "Take the three hyphens out. [yaml-document]",
        ),
    ],
    ids=[
        "colon-in-an-item", "quotation-marks-and-colon", "indented-too-far", "single-quote",
        "unclosed-before-others", "unclosed-in-a-list", "apostrophe", "quoted-words", "no-colon",
        "no-space", "list-on-the-line", "control-character", "anchor-and-alias", "tag", "second-document",
    ],
)  # fmt: skip
def test_what_yaml_stumbles_over_is_said_in_plain_words(
    front: list[str], expected: str | list[str]
) -> None:
    assert faults(*front) == ([expected] if isinstance(expected, str) else expected)


def test_one_run_reports_every_fault_and_reads_the_rest() -> None:
    found, problems = split(
        '---\ntitle: "Barn\nkind: event\nstage: [weigh\nlevel: [involve]\nfamily: survey: yes\n'
        "format: [online]\n---\n"
    )
    assert problems == [
        f'{PATH}:2:8: a quotation mark is opened here and not closed ("title: "Barn"). '
        'End the text with a second ". A " inside the text is written \\". [yaml-quote]',
        f'{PATH}:4:8: a bracket is opened here and not closed, or a comma is missing ("stage: '
        '[weigh"). Write lists as [one, two] and groups as {min: 1, max: 2}. [yaml-bracket]',
        f"{PATH}:6:15: this line cannot be read because its text contains a colon "
        '("family: survey: yes"). Put the whole text in double quotation marks: '
        'family: "survey: yes". [yaml-colon]',
    ]
    unread = [name for name, value in found.fields.items() if value.kind == UNREADABLE]
    assert unread == ["title", "stage", "family"]
    assert [name for name in found.fields if name not in unread] == ["kind", "level", "format"]
    assert found.fields["format"].line == 7
    assert found.whole


def test_a_line_without_a_colon_is_named_itself_and_hides_no_other() -> None:
    found, problems = split("---\ntitle: Barn\nfamily survey\nkind: event\nstage: [weigh]\n---\n")
    assert problems == [
        f'{PATH}:3:1: this line cannot be read ("family survey"). {AS_A_FIELD}',
    ]
    assert list(found.fields) == ["title", "kind", "stage"]
    assert not found.whole


def test_a_second_block_of_facts_is_read_with_the_first() -> None:
    found, problems = split("---\nkind: event\n--- # more\nstage: [weigh]\n---\n")
    assert [problem.rpartition(" ")[2] for problem in problems] == ["[yaml-document]"]
    assert list(found.fields) == ["kind", "stage"]


CASES = (
    """
cases:
  - title: "Leeds
    outcome: It said: yes
  - title: Bristol
    outcome: @home
    country: {UK
    year: 19
  - York: a plan: made
  - title: 'Hull's plan'
TABTABoutcome: "A plan."
""".strip()
    .replace("TAB", "\t")
    .splitlines()
)


def test_several_faults_within_one_field_are_all_named_in_one_run() -> None:
    found = [(line.split(": ")[0], line.rpartition(" ")[2]) for line in faults(*CASES)]
    assert sorted(found, key=lambda fault: int(fault[0].split(":")[0])) == [
        ("3:12", "[yaml-quote]"),
        ("4:21", "[yaml-colon]"),
        ("6:14", "[yaml-character]"),
        ("7:14", "[yaml-bracket]"),
        ("9:17", "[yaml-colon]"),
        ("10:18", "[yaml-quote]"),
        ("11:1", "[yaml-tab]"),
    ]


def test_what_stands_beside_a_fault_is_read() -> None:
    found, _ = split("\n".join(["---", *CASES, "---", ""]))
    leeds, bristol, york, hull = found.fields["cases"].value
    assert {key: value.kind for key, value in leeds.value.items()} == {
        "title": UNREADABLE, "outcome": UNREADABLE,
    }  # fmt: skip
    assert bristol.value["title"] == Node("Bristol", 5, 12)
    assert bristol.value["year"] == Node("19", 8, 11, "int")
    assert york.kind == UNREADABLE
    assert hull.value["outcome"].value == "A plan."


def test_a_bracket_that_leaving_out_tears_open_is_no_fault_of_its_own() -> None:
    found = faults("group_size: {", "  min: @3,", "  max: 9}", "kind: event: one")
    assert [(line.split(": ")[0], line.rpartition(" ")[2]) for line in found] == [
        ("3:8", "[yaml-character]"),
        ("5:12", "[yaml-colon]"),
    ]


def test_a_value_that_cannot_be_read_is_not_missing_and_what_is_missing_is_said() -> None:
    facts = 'title: A: b\nsummary: "x\npurposes: [inform\ncases:\n  - title: "Leeds\n'
    problems = read_method_text(PATH, "a", f"---\n{facts}---\n").problems
    codes = [(p.line, p.code) for p in problems if not p.code.startswith("heading-")]
    assert codes == [
        (1, "field-missing"),  # sources
        (2, "yaml-colon"), (3, "yaml-quote"), (4, "yaml-bracket"),
        (6, "field-missing"), (6, "yaml-quote"),
    ]  # fmt: skip


def test_a_file_of_faults_ends_with_a_limited_number_of_problems() -> None:
    found = faults(*(f"field{n}: one: two" for n in range(MAX_YAML_FAULTS + 10)))
    assert len(found) == MAX_YAML_FAULTS


def test_values_may_be_nested_as_deeply_as_any_field_needs() -> None:
    written = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert faults(f"cases: {written}") == []
    assert faults(f"cases: [{written}]") == [
        "2:13: values are nested too deeply here. "
        'The deepest form we use is a list of groups: sources: [{title: "…", by: "…"}]. [yaml-deep]'
    ]


@pytest.mark.parametrize("sign", ["[", "{", "- "], ids=["brackets", "braces", "hyphens"])
def test_endless_nesting_is_refused_at_once(sign: str) -> None:
    with at_once():
        (problem,) = faults("cases:", "  " + sign * 100_000)
    assert problem.endswith("[yaml-deep]")


YAML_SIGNS = st.text(alphabet="ab: \n-[]{},\"'&*!|>%@`#?~=<\t0129\\\x07é", max_size=120)


@given(front=YAML_SIGNS)
@settings(max_examples=400, deadline=None, database=None)
def test_front_matter_never_raises_and_places_every_problem_in_the_file(front: str) -> None:
    text = f"---\n{front}\n---\nText.\n"
    found, problems = split_file(PATH, text)
    assert found.whole or problems
    for problem in problems:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.column >= 1
        assert problem.severity == "error"
