"""Fixing the text of a method file: what is fixed, what is left alone, and that nothing is ever lost.

Single faults stand as before and after; then damaged files are made up to hold the promises for all.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalogue.authoring.fix.fixes import FixedText, fix
from catalogue.model.fields import FIELDS
from catalogue.validation.front_matter import split_file
from catalogue.validation.reader import read_method_text
from tests.conftest import METHODS
from tests.support.method_text import BODY, at_once, method_text
from tests.validation.test_bad_files import BAD

PATH = "methods/a.md"
NAMES = [field.name for field in FIELDS]
QUOTED = "the text stands in quotation marks"


def facts(text: str) -> str:
    """Return the front matter of a file."""
    return text.split("---\n")[1]


def in_order(*lines: str) -> str:
    """Return a file with lines of front matter put where they belong among the required ones."""
    ordered = method_text().splitlines()[1:5] + list(lines)
    ordered.sort(key=lambda line: NAMES.index(line.split(":")[0]))
    return "\n".join(["---", *ordered, "---", "", BODY])


def fixed_line(line: str) -> tuple[str, list[str]]:
    """Return what one line of front matter becomes, and the notes."""
    name = line.split(":")[0]
    text = (
        method_text(**{name: line.partition(":")[2].strip()})
        if name in ("title", "summary")
        else (method_text(line) if name not in NAMES else in_order(line))
    )
    result = fix(PATH, text)
    before, after = text.split("\n"), result.text.split("\n")
    assert len(before) == len(after)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1, (changed, result)
    return changed[0], [note.what for note in result.notes]


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("title: Barn: a dance", 'title: "Barn: a dance"'),
        ("title: Barn: a dance # as it was", 'title: "Barn: a dance" # as it was'),
        ("title: Barn: the #1 dance", 'title: "Barn: the #1 dance"'),
        ("title: Barn: a \"dance\" \\o/", r'title: "Barn: a \"dance\" \\o/"'),
        ("title: @barn", 'title: "@barn"'),
        ("title: 'People's barn'", 'title: "People\'s barn"'),
        ("title: 'People''s barn's'", 'title: "People\'s barn\'s"'),
        ('title: "A "big" barn"', r'title: "A \"big\" barn"'),
        (r'title: "A \"big" barn"', r'title: "A \"big\" barn"'),
        ('title: "Big" barn', r'title: "\"Big\" barn"'),
        ('title: "Big barn', 'title: "Big barn"'),
        ("title: \u201cBarn: a dance\u201d", 'title: "Barn: a dance"'),
        ("title: 1984", 'title: "1984"'),
        ("title: 2026-11-23", 'title: "2026-11-23"'),
        ("decision_capable: no", 'decision_capable: "no"'),
        ("aliases: [Jig, 1999, yes]", None),
        ('aliases: ["A: b", c: d]', None),
    ],
)  # fmt: skip
def test_texts_get_the_quotation_marks_they_need(line: str, better: str | None) -> None:
    if better is None:
        text = method_text(line)
        assert read_method_text(PATH, "a", fix(PATH, in_order(line)).text).path == PATH
        assert BODY in fix(PATH, text).text
    else:
        assert fixed_line(line) == (better, [QUOTED])


@pytest.mark.parametrize(
    ("line", "better", "note"),
    [
        ("titel: x", "", ""),
        ("audiences: [experts]", "audience: [experts]", '"audiences" is now "audience"'),
        ("Group size: {min: 1, max: 2}", "group_size: {min: 1, max: 2}",
         '"Group size" is now "group_size"'),
        ("'stages': [weigh]", "stage: [weigh]", '"stages" is now "stage"'),
        ("group_size: {min: 1, maxx: 2}", "group_size: {min: 1, max: 2}", '"maxx" is now "max"'),
        ("kind: evnt", "kind: event", 'kind: "evnt" is now "event"'),
        ("kind: Event", "kind: event", 'kind: "Event" is now "event"'),
        ("kind: 'Evnt'", "kind: 'event'", 'kind: "Evnt" is now "event"'),
        ("audience: [Young people, experts]", "audience: [young-people, experts]",
         'audience: "Young people" is now "young-people"'),
        ("licence: cc-by-4.0", "licence: CC-BY-4.0", 'licence: "cc-by-4.0" is now "CC-BY-4.0"'),
        ('inclusion: {carer: "Yes."}', 'inclusion: {carers: "Yes."}',
         'inclusion: "carer" is now "carers"'),
        ('group_size: {min: "1", max: 2}', "group_size: {min: 1, max: 2}",
         "the number stands without quotation marks"),
        ("licence: CC BY 4.0", "licence: CC-BY-4.0", 'licence: "CC BY 4.0" is now "CC-BY-4.0"'),
        ("last_reviewed: 23/10/2025", "last_reviewed: 2025-10-23",
         'last_reviewed: "23/10/2025" is now 2025-10-23'),
        ("last_reviewed: 2025.9.1", "last_reviewed: 2025-09-01",
         'last_reviewed: "2025.9.1" is now 2025-09-01'),
        ("level: consult", "level: [consult]", "level is a list in square brackets"),
        ("level: consult, involve", "level: [consult, involve]", "level is a list in square brackets"),
        ("cost: {low: £5,000, high: x, basis: source}", "cost: {low: 5000, high: x, basis: source}",
         'low: "£5,000" is now 5000'),
        ("cost: {low: 1, high: 1.200,50, basis: source}", "cost: {low: 1, high: 1200.5, basis: source}",
         'high: "1.200,50" is now 1200.5'),
        ("cost: {low: €5.000, currency: EUR, basis: source}", "cost: {low: 5000, currency: EUR, basis: source}",
         'low: "€5.000" is now 5000'),
        ("staff_days: {min: 1,5, max: 3}", "staff_days: {min: 1.5, max: 3}", 'min: "1,5" is now 1.5'),
        ("group_size: {min: 1,500}", "group_size: {min: 1500}", 'min: "1,500" is now 1500'),
        ("kind:event", "kind: event", "a space behind the colon"),
        ("kind: event  \t", "kind: event", "no white space at the ends of lines"),
        ("aliases: [\u201cJig\u201d]", 'aliases: ["Jig"]',
         "straight quotation marks in place of curly ones"),
    ],
)  # fmt: skip
def test_slips_of_spelling_and_white_space_are_fixed(line: str, better: str, note: str) -> None:
    if not better:
        text = method_text(line, title=None)
        assert fix(PATH, text).text.startswith("---\ntitle: x\n")
    elif line.split(":")[0] in NAMES:
        assert fixed_line(line) == (better, [note])
    else:
        result = fix(PATH, method_text(line))
        assert better in facts(result.text).splitlines()
        assert [found.what for found in result.notes][:1] in (
            [note], ["the fields stand in the usual order"])  # fmt: skip
        assert note in [found.what for found in result.notes]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("format: [onsite]", id="as near to online, and another meaning"),
        pytest.param("format: [offline]", id="a word that people search remote by"),
        pytest.param("handles_conflict: hostile", id="a word that people search high by"),
        pytest.param("audience: [youth, experts]", id="a narrower word"),
        pytest.param("decision_capable: without-agreement", id="the opposite of an option"),
        pytest.param("recruitment: nonrandom", id="the opposite of an option, in one word"),
        pytest.param("kind: inactivity", id="another first letter"),
        pytest.param("licence: CC-BY-SA-4.0", id="another licence"),
        pytest.param("licence: CC-BY-NC-4.0", id="yet another licence"),
        pytest.param("licence: CC-BY-3.0", id="another version"),
        pytest.param(
            "participants: {min: 12, max: 30}",
            id="another field that is near, with values that fit",
        ),
        pytest.param(
            "participation_hours: {min: 12, max: 30}", id="a field with too many letters changed"
        ),
        pytest.param("source: Involve", id="a value that does not fit the field"),
        pytest.param("levels: {main: consult}", id="a group that does not fit the list"),
        pytest.param("staff_days: {min: 1,500}", id="1.5 or 1500"),
        pytest.param("staff_days: {min: 1.500}", id="1.5 in YAML, perhaps 1500"),
        pytest.param(
            "cost: {low: 1.500, high: 2000, basis: source}", id="1.5 in YAML, 1500 as money"
        ),
        pytest.param(
            "cost: {low: €2.500, high: 9.000 EUR, basis: source}", id="pounds if its sign is lost"
        ),
        pytest.param("cost: {band: cheap, basis: source}", id="minimal or low"),
        pytest.param("audience: [tenants]", id="residents or users"),
        pytest.param("audience: [young-people, youth]", id="would be there twice"),
        pytest.param("staff_days: {min: 9, max: 3}", id="which of the two is wrong"),
        pytest.param("last_reviewed: 03/11/2026", id="day or month first"),
        pytest.param("level: consult or involve", id="one or two"),
        pytest.param('related: ["Citizens\' jury"]', id="no such method"),
        pytest.param("cost: {low: $5,000, high: $9,000, basis: source}", id="another currency"),
        pytest.param(
            "cost: {low: £5,000, high: £9,000, currency: EUR, basis: source}", id="which currency"
        ),
        pytest.param('aliases: ["The \u201cbig\u201d one"]', id="a quotation"),
        pytest.param("kind: &a event", id="alias"),
    ],
)
def test_what_needs_a_person_is_left_alone(line: str) -> None:
    text = in_order(line) if line.split(":")[0] in NAMES else method_text(line)
    assert fix(PATH, text) == FixedText(text, (), 0)


@pytest.mark.parametrize(
    ("word", "better"),
    [("yes", "true"), ("No", "false"), ('"yes"', "true"), ("TRUE", "true"), ("perhaps", "perhaps")],
)
def test_a_word_that_means_true_or_false_becomes_that(word: str, better: str) -> None:
    sources = '[{{title: "A guide", by: "A university", independent: {}}}]'
    text = method_text(sources=sources.format(word))
    assert fix(PATH, text).text == method_text(sources=sources.format(better))


def test_the_title_of_a_method_that_is_there_becomes_its_slug() -> None:
    text = in_order("related: [citizens' jury, World Café]")
    slugs = frozenset({"citizens-jury", "world-cafe"})
    assert "related: [citizens-jury, world-cafe]\n" in fix(PATH, text, slugs).text


def test_a_field_is_not_renamed_where_it_would_be_there_twice() -> None:
    result = fix(PATH, method_text("kinds: event\nkind: process"))
    assert "kinds: event\n" in result.text
    assert "kind: process\n" in result.text


@pytest.mark.parametrize("name", ["tags", "date", "author", "layout", "draft", "description"])
def test_other_sites_fields_are_never_taken_for_ours(name: str) -> None:
    assert f"{name}: x\n" in fix(PATH, method_text(f"{name}: x")).text


def test_a_text_in_a_list_that_yaml_takes_for_a_field_gets_quotation_marks() -> None:
    result = fix(
        PATH,
        in_order("not_for:").replace("not_for:", "not_for:\n  - It costs: a lot.\n  - Be: it."),
    )
    assert '  - "It costs: a lot."\n  - "Be: it."\n' in result.text


def test_tabs_of_an_indentation_become_two_spaces_each() -> None:
    tabbed = "cost:\n\tlow: 1\n\thigh: 2\n\tbasis: source\n"
    text = method_text(tabbed)
    assert "cost:\n  low: 1\n  high: 2\n  basis: source\n" in fix(PATH, text).text


def test_a_second_fault_of_a_field_is_fixed_too() -> None:
    cases = "cases:\n  - title: One: two\n    outcome: Three: four\n    reslt: wokred\n"
    assert fix(PATH, method_text(cases)).text.count("\n") == method_text(cases).count("\n")
    text = facts(fix(PATH, method_text(cases)).text)
    assert '  - title: "One: two"\n    outcome: "Three: four"\n    result: worked\n' in text


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("## Weakneses", "## Weaknesses"),
        ("## WEAKNESSES", "## Weaknesses"),
        ("# Weaknesses", "## Weaknesses"),
        ("## weaknesses ##", "## Weaknesses ##"),
        ("##Weakneses", "## Weaknesses"),
    ],
)
def test_a_misspelt_heading_is_fixed(written: str, better: str) -> None:
    text = method_text(body=BODY.replace("## Weaknesses", written))
    result = fix(PATH, text)
    assert better in result.text.splitlines()
    assert [note.what for note in result.notes] == ['the heading is now "## Weaknesses"']
    assert read_method_text(PATH, "a", result.text).problems == ()


@pytest.mark.parametrize(
    "written", ["## Weak points", "### weakneses", "Weakneses", "```\n## Weakneses\n```"]
)
def test_what_is_another_heading_or_none_is_left_alone(written: str) -> None:
    text = method_text(body=BODY.replace("## Weaknesses", written))
    assert fix(PATH, text).text == text


def test_a_heading_that_is_there_already_is_not_made_twice() -> None:
    text = method_text(body=BODY + "## weaknesses\n\nMore.\n")
    assert fix(PATH, text).text == text


ORDERED = """---
# About all of it.

# The name.
title: "Barn dance"
summary: "People dance."  # short

# Why.
purposes:
  # first
  - build-community

kind: event
sources: [{title: "A guide", by: "A university"}]
# The end.
---
"""


def test_fields_are_put_in_order_with_the_remarks_that_belong_to_them() -> None:
    blocks = ORDERED.split("\n")
    # The same lines, with kind and summary at the top and the purposes at the end.
    mixed = [*blocks[:3], blocks[13 - 1], blocks[5], blocks[6], *blocks[3:5], *blocks[13:15],
             *blocks[7:12], *blocks[15:]]  # fmt: skip
    assert sorted(mixed) == sorted(blocks)
    result = fix(PATH, "\n".join(mixed) + BODY)
    names = list(split_file(PATH, result.text)[0].fields)
    assert names == ["title", "summary", "purposes", "kind", "sources"]
    lines = result.text.split("\n")
    assert sorted(lines) == sorted(("\n".join(mixed) + BODY).split("\n"))
    for above, below in (
        ("# The name.", 'title: "Barn dance"'),
        ("# Why.", "purposes:"),
        ("purposes:", "  # first"),
        ("  # first", "  - build-community"),
    ):
        assert lines[lines.index(above) + 1] == below
    assert lines[1] == "# About all of it."


def test_fields_are_not_moved_while_one_is_unknown_or_unreadable() -> None:
    for fault in ("colour: red", "kind: [", "kind: event\nkind: process"):
        text = method_text(f"{fault}\naliases: [x]")
        assert fix(PATH, text).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["Windows", "old Mac", "Unix"])
def test_line_ends_stay_as_they_are(end: str) -> None:
    text = method_text("kind: evnt\naliases: [1999]  ").replace("\n", end)
    better = fix(PATH, text).text
    assert re.findall(r"\r\n|\r|\n", better) == re.findall(r"\r\n|\r|\n", text)
    assert better == in_order("kind: event", 'aliases: ["1999"]').replace("\n", end)


def test_mixed_line_ends_stay_each_at_its_line() -> None:
    text = "---\r\ntitle: a: b\nsummary: x \rkind: evnt\r\n---\n\r\n## Weakneses\r"
    assert fix(PATH, text).text == (
        '---\r\ntitle: "a: b"\nsummary: x\rkind: event\r\n---\n\r\n## Weaknesses\r'
    )


@pytest.mark.parametrize(
    "text", ["", "no front matter\n# what it is", "+++\ntitel = 1\n+++\n", "\n"]
)
def test_a_file_without_front_matter_is_left_alone(text: str) -> None:
    assert fix(PATH, text) == FixedText(text, (), 0)


@pytest.mark.parametrize("file", sorted(METHODS.glob("*.md")), ids=lambda file: file.stem)
def test_our_own_methods_need_no_fixing(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert fix(f"methods/{file.name}", text).text == text


def test_the_terrible_file_loses_the_mechanical_faults() -> None:
    text = (BAD / "terrible.md").read_text(encoding="utf-8")
    result = fix("methods/terrible.md", text)
    assert [(note.line, note.what) for note in result.notes] == [
        (2, QUOTED),
        (3, QUOTED),
        (5, 'purposes: "decide" is now "make-decisions"'),
        (6, "level is a list in square brackets"),
        (12, '"audiences" is now "audience"'),
        (13, 'kind: "evnt" is now "event"'),
        (18, "spaces in place of tabs"),
        (19, "the number stands without quotation marks"),
        (21, 'low: "£500" is now 500'),
        (23, '"curency" is now "currency"'),
        (24, QUOTED),
        (28, QUOTED),
        (29, 'inclusion: "carer" is now "carers"'),
        (36, QUOTED),
        (45, QUOTED),
        (51, 'the heading is now "## What it is"'),
    ]
    assert result.gone == 17


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\naudience: [{'youth, ' * 150}x]\n---\n", id="options"),
        pytest.param("---\n" + "kind: a: b\n" * 5_000 + "---\n", id="colons"),
        pytest.param("---\n" + "".join(f"k{n}: x \n" for n in range(180)) + "---\n", id="fields"),
        pytest.param("---\ntitle: x\n---\n" + "## weaknesss\n" * 190, id="headings"),
        pytest.param(f"---\n{'title: x' * 50_000}\n---\n", id="one line"),
    ],
)
def test_endless_faults_do_not_take_endless_time(text: str) -> None:
    with at_once():
        assert fix(PATH, fix(PATH, text).text).notes == ()
