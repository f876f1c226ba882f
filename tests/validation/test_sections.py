"""The text of a method: cut at its headings, which are fixed, and searched for links."""

from __future__ import annotations

import pytest

from catalogue.validation.sections import (
    MAX_BLOCKS,
    Mention,
    method_links,
    read_body,
)
from catalogue.vocabulary import VOCABULARY
from tests.support.method_text import BODY, at_once, method

HEADINGS = VOCABULARY.headings
ALL = " · ".join(VOCABULARY.section_ids)
ORIGIN = "## Origin\n\nIt is so.\n"


SIGNS = "Write it with two signs: ## Origin."


def said(body: str) -> list[str]:
    """Return the problems of a body that begins on line 10, without the file's name."""
    _, problems = read_body("methods/a.md", body, 10)
    return [str(problem).removeprefix("methods/a.md:") for problem in problems]


def missing(heading: str) -> str:
    before = HEADINGS[: HEADINGS.index(heading)]
    where = f'after the text under "{before[-1]}"' if before else "before all other headings"
    return (
        f'10:1: heading "{heading}" is missing. '
        f"Add a line ## {heading} {where} and write its text below it. [heading-missing]"
    )


def test_a_body_is_cut_at_its_headings() -> None:
    sections, problems = read_body("methods/a.md", BODY, 10)
    assert problems == []
    assert [section.id for section in sections] == list(VOCABULARY.required_sections)
    assert {section.markdown for section in sections} == {"It is so."}
    assert [section.line for section in sections] == list(range(10, 10 + 4 * len(HEADINGS), 4))
    assert [section.text_line - section.line for section in sections] == [2] * len(HEADINGS)


def test_a_section_to_copy_may_stand_after_the_steps_and_nowhere_else() -> None:
    letter = "## Use it tomorrow\n\n### Invitation letter\n\nDear neighbour\n\n"
    there = "## What it costs\n"
    sections, problems = read_body("m/a.md", BODY.replace(there, letter + there), 10)
    assert problems == []
    assert [section.id for section in sections] == list(VOCABULARY.sections)
    assert sections[4].markdown == "### Invitation letter\n\nDear neighbour"
    assert [problem.split(". ")[0] for problem in said(BODY + letter)] == [
        '53:1: warning: heading "Use it tomorrow" stands after "Origin"'
    ]


def test_a_section_keeps_its_text_as_it_is_written() -> None:
    text = "    code\n\n### A smaller heading\n\n- a list\n  goes on\n\n---\n\n| a | b |"
    sections, problems = read_body("m/a.md", BODY.replace(ORIGIN, f"## Origin\n\n\n{text}\n\n"), 10)
    assert problems == []
    assert sections[-1].markdown == text
    assert sections[-1].text_line == sections[-1].line + 3


def test_the_method_has_the_sections_with_their_lines_in_the_file() -> None:
    section = method().sections[0]
    assert (section.id, section.line, section.text_line) == ("what-it-is", 8, 10)
    assert section.last_line == 10


@pytest.mark.parametrize(
    "line", ["##Origin", "## Origin ##", "##   Origin  ", "##\tOrigin", "## Origin#"]
)
def test_a_heading_may_be_spaced_and_closed_in_any_way(line: str) -> None:
    assert said(BODY.replace("## Origin", line)) == []


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_missing_heading_is_named(heading: str) -> None:
    assert said(BODY.replace(f"## {heading}\n\nIt is so.\n", "")) == [missing(heading)]


def test_an_empty_body_misses_every_heading() -> None:
    assert said("") == [missing(heading) for heading in HEADINGS]


@pytest.mark.parametrize(
    ("heading", "ours"),
    [("Strength", "Strengths"), ("Pros", "Strengths"), ("WHAT IT IS", "What it is")],
)
def test_an_unknown_heading_suggests_the_nearest_of_ours_in_place_of_which_it_stands(
    heading: str, ours: str
) -> None:
    body = BODY.replace(f"## {ours}", f"## {heading}")
    line = 10 + BODY[: BODY.index(f"## {ours}")].count("\n")
    assert said(body) == [
        f'{line}:1: heading "{heading}" is not one we use. Choose one of: {ALL}. '
        f'Did you mean "## {ours}"? [heading-unknown]'
    ]


@pytest.mark.parametrize("heading", ["Strengthy", "What it is not", "Sources"])
def test_an_unknown_heading_beside_all_of_ours_is_a_smaller_one(heading: str) -> None:
    assert said(f"{BODY}## {heading}\n\nMore.\n") == [
        f'53:1: heading "{heading}" is not one we use. Choose one of: {ALL}. '
        f"Or write a smaller heading of your own: ### {heading}. [heading-unknown]"
    ]


def test_a_heading_without_words_is_said() -> None:
    assert said(f"{BODY}##\n\nMore.\n") == [
        f"53:1: a heading has no words. Choose one of: {ALL}. Or take the line out. [heading-unknown]"
    ]


def test_a_repeated_heading_says_where_the_first_stands() -> None:
    assert said(f"{BODY}## Use it when\n\nMore.\n") == [
        '53:1: heading "Use it when" is given twice; the first time on line 14. '
        "Put the two texts under one heading. [heading-repeated]",
        f'53:1: warning: heading "Use it when" stands after "Origin". '
        f"Keep this order: {ALL}. [heading-order]",
    ]


def test_headings_out_of_order_are_a_warning_only() -> None:
    swapped = BODY.replace("## Strengths", "## X").replace("## Weaknesses", "## Strengths")
    assert said(swapped.replace("## X", "## Weaknesses")) == [
        '38:1: warning: heading "Strengths" stands after "Weaknesses". '
        f"Keep this order: {ALL}. [heading-order]"
    ]


def test_a_heading_of_the_first_level_is_told_to_take_two_signs() -> None:
    assert said(BODY.replace("## Origin", "# Origin")) == [
        '50:1: "Origin" is a heading of the first level, which the title already is. '
        "Write it with two signs: ## Origin. [heading-level]"
    ]


@pytest.mark.parametrize(
    ("written", "what", "fix"),
    [
        ("### Origin", '"Origin" is a smaller heading than ours', SIGNS),
        ("###### origin", '"origin" is a smaller heading than ours', SIGNS),
        ("# History", '"History" is a heading of the first level, which the title already is', SIGNS),
        ("**Origin**", '"**Origin**" is not marked as a heading', SIGNS),
        ("Origin:", '"Origin:" is not marked as a heading', SIGNS),
    ],
)  # fmt: skip
def test_a_heading_of_ours_that_is_written_otherwise_is_named(
    written: str, what: str, fix: str
) -> None:
    assert said(BODY.replace("## Origin", written)) == [f"50:1: {what}. {fix} [heading-level]"]


def test_where_all_headings_are_too_small_each_is_named() -> None:
    found = said(BODY.replace("## ", "#### "))
    assert [line.partition(". ")[2] for line in found] == [
        f"Write it with two signs: ## {heading}. [heading-level]" for heading in HEADINGS
    ]


@pytest.mark.parametrize(
    "text", ["### Origins and more", "It is so.\n\n### Strengths", "```\n# Barn\n```", "Origin is far."]
)  # fmt: skip
def test_a_smaller_heading_of_ones_own_is_fine(text: str) -> None:
    assert said(BODY.replace(ORIGIN, f"{ORIGIN}\n{text}\n\nMore.\n")) == []


def test_a_title_above_the_text_is_to_be_taken_out_and_one_further_down_made_smaller() -> None:
    first = "is a heading of the first level, which the title already is."
    assert said(f"# Barn dance\n\n{BODY}# Barns\n\nMore.\n") == [
        f'10:1: "Barn dance" {first} Take the line out. [heading-level]',
        f'55:1: "Barns" {first} Write a smaller heading: ### Barns. [heading-level]',
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "  \n\t\n"], ids=["none", "lines", "spaces"])
def test_a_heading_without_text_is_said(text: str) -> None:
    assert said(BODY.replace(ORIGIN, f"## Origin\n{text}")) == [
        '50:1: there is no text under "Origin". Write it. [section-empty]'
    ]


def test_text_before_the_first_heading_belongs_under_one() -> None:
    assert said(f"\nHello.\n\n{BODY}") == [
        "11:1: there is text before the first heading. "
        "Move it below one of the headings, such as ## What it is. [text-before-heading]"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "```\n## Odd\n# Odder\n```",
        "```python\n# remark\n```",
        "~~~\n```\n## Odd\n~~~",
        "   ```\n## Odd\n   ```",
        "    ## Odd",
    ],
    ids=["backticks", "language", "tildes", "indented", "by-spaces"],
)
def test_signs_inside_code_are_not_headings(code: str) -> None:
    sections, problems = read_body("m/a.md", BODY.replace(ORIGIN, f"## Origin\n\n{code}\n"), 10)
    assert problems == []
    assert sections[-1].markdown == code


def test_a_heading_follows_after_code_has_ended() -> None:
    fenced = BODY.replace("## Origin", "```\n## Odd\n```\n\n## Orgin")
    assert said(fenced) == [
        f'54:1: heading "Orgin" is not one we use. Choose one of: {ALL}. '
        'Did you mean "## Origin"? [heading-unknown]',
    ]


def test_code_that_does_not_end_hides_the_headings_after_it() -> None:
    assert said(BODY.replace("## Origin", "```\n\n## Origin")) == [missing("Origin")]


@pytest.mark.parametrize(
    "line", ["Origin\n------", "  ## Origin", "Origin\n-", "#### x\nOrigin\n---"]
)
def test_a_heading_of_ours_may_be_underlined_or_moved_in(line: str) -> None:
    sections, problems = read_body("m/a.md", BODY.replace("## Origin", line), 10)
    assert problems == []
    assert (sections[-1].id, sections[-1].markdown) == ("origin", "It is so.")
    assert BODY.replace("## Origin", line).split("\n")[sections[-1].text_line - 10] == "It is so."


def test_another_underlined_heading_is_named_on_its_line() -> None:
    assert said(BODY.replace(ORIGIN, "## Origin\n\nText.\n\nQuarterly news\n---\n\nMore.\n")) == [
        f'54:1: heading "Quarterly news" is not one we use. Choose one of: {ALL}. '
        "Or write a smaller heading of your own: ### Quarterly news. [heading-unknown]"
    ]


@pytest.mark.parametrize("text", ["> ## Said", "- # Item", "#participation", "#1 of them"])
def test_signs_in_lists_quotations_and_words_begin_no_section(text: str) -> None:
    sections, problems = read_body("m/a.md", BODY.replace(ORIGIN, f"## Origin\n\n{text}\n"), 10)
    assert (problems, sections[-1].markdown) == ([], text)


def test_a_comment_that_is_not_closed_hides_no_heading() -> None:
    assert said(BODY.replace("It is so.", "<!-- later", 1)) == []


@pytest.mark.parametrize("start", ["## ##", "## a #"])
@pytest.mark.parametrize("sign", ["#", " "], ids=["signs", "spaces"])
def test_an_endless_heading_is_read_at_once(start: str, sign: str) -> None:
    with at_once():
        problems = said(f"{BODY}{start}{sign * 100_000}b\n\nMore.\n")
    assert [problem.rpartition(" ")[2] for problem in problems] == ["[heading-unknown]"]


def test_a_section_may_have_as_many_blocks_as_a_very_long_list_and_no_more() -> None:
    fine = BODY.replace(ORIGIN, "## Origin\n\n" + "a\n\n" * (MAX_BLOCKS // 2))
    assert said(fine) == []
    # A paragraph counts as two, itself and its text; a list item as three.
    assert said(fine.replace("a\n\n", "a\n\nb\n\n", 1)) == [
        '50:1: the text under "Origin" has 502 paragraphs, list items and cells. '
        "Shorten it; the limit is 500. [section-blocks]"
    ]


@pytest.mark.parametrize("sign", ["> ", "- ", "+ ", "* ", "> - ", "1. "])
def test_lists_and_quotations_may_stand_inside_each_other_but_not_without_end(sign: str) -> None:
    few, many = 3, 30
    assert said(BODY.replace(ORIGIN, f"## Origin\n\nSo:\n\n{sign * few}a\n")) == []
    assert said(BODY.replace(ORIGIN, f"## Origin\n\nSo:\n\n{sign * many}a\n")) == [
        "54:1: lists or quotations stand more than 10 deep inside each other here. "
        "Use fewer levels; two are enough for most lists. [nesting-deep]"
    ]


def test_links_to_other_methods_are_found_with_their_places() -> None:
    body = (
        "## What it is\n\nLike [a jury](citizens-jury.md) or [a walk](./walkabout.md#steps),\n"
        "and [World Café](World%20Cafe.md), [x](../methods/x.md), [y](/methods/y#z).\n"
    )
    assert list(method_links(body, 10)) == [
        Mention("citizens-jury", 12, 15),
        Mention("walkabout", 12, 47, "steps"),
        Mention("World%20Cafe", 13, 18),
        Mention("x", 13, 51),
        Mention("y", 13, 71, "z"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/page.md", "/methods?q=jury", "#what-it-is", "../README.md",
        "mailto:someone@example.md", "guide.pdf", "",
    ],
)  # fmt: skip
def test_other_links_are_not_taken_for_methods(link: str) -> None:
    assert list(method_links(f"[a link]({link})", 1)) == []


def test_endless_brackets_are_searched_for_links_at_once() -> None:
    with at_once():
        assert list(method_links("](" * 50_000, 1)) == []
        assert list(method_links("](a.md#" * 15_000, 1)) == []


@pytest.mark.parametrize(
    ("called", "meant"),
    [
        ("When to use it", "Use it when"),
        ("when not to use it", "Avoid it when"),
        ("Cons", "Weaknesses"),
        ("History", "Origin"),
        ("Weakneses", "Weaknesses"),
    ],
)
def test_a_heading_that_others_use_is_understood(called: str, meant: str) -> None:
    body = f"## {called}\n\nIt is so.\n"
    (found,) = [p for p in read_body("", body, 1)[1] if p.code == "heading-unknown"]
    assert found.fix.endswith(f'Did you mean "## {meant}"?')


def test_text_under_an_unknown_heading_is_in_no_section() -> None:
    body = "## What it is\n\nOne.\n\n## Odd\n\nTwo.\n\n## Origin\n\nThree.\n"
    sections, _ = read_body("", body, 1)
    assert [(section.id, section.markdown) for section in sections] == [
        ("what-it-is", "One."),
        ("origin", "Three."),
    ]
