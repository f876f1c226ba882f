"""Checks across all files: names that two methods share, and links to methods that do not exist."""

from __future__ import annotations

import pytest

from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import Reading, read_method_text
from tests.support.method_text import BODY, method_text

MEND = "Keep it where people would look for it, and take it out of the other place. [name-taken]"
RETITLE = (
    "If it is the same method, suggest a change to that file. "
    "If not, choose a title that tells the two apart. [name-taken]"
)
KEPT, LEFT_OUT = True, False


def file(slug: str, title: str = "", facts: str = "", body: str = BODY) -> Reading:
    """Read a file of a slug; its title is the slug unless another is given."""
    text = method_text(facts, body, title=f'"{title or slug}"')
    return read_method_text(f"methods/{slug}.md", slug, text)


def said(*readings: Reading) -> list[str]:
    return [str(problem) for reading in check_across(readings) for problem in reading.problems]


def served(*readings: Reading) -> dict[str, bool]:
    return {reading.slug: reading.usable for reading in check_across(readings)}


def test_files_that_share_nothing_are_left_as_they_are() -> None:
    readings = [file("a", facts="related: [b]"), file("b", facts='aliases: ["c"]'), file("d")]
    assert check_across(readings) == readings


def test_a_name_belongs_to_the_file_that_comes_first() -> None:
    readings = check_across([file("b", "Jury"), file("a", "Jury")])
    assert [(reading.slug, reading.usable) for reading in readings] == [
        ("b", KEPT),
        ("a", KEPT),
    ]


def test_no_files_give_no_problems() -> None:
    assert check_across([]) == []


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        (file("a", "Jury"), file("b", "Jury"), "b.md:2:8"),
        (file("a", "Jury"), file("b", "JURY"), "b.md:2:8"),
        (file("a", "Jury"), file("b", facts='aliases: ["X", "Jury"]'), "b.md:6:16"),
        (file("a", facts=['x: ""', 'aliases: ["Jury"]'][1]), file("b", "Jury"), "b.md:2:8"),
        (file("a", "Citizens' jury"), file("b", "Citizens’  jury"), "b.md:2:8"),
        (file("a", "World Cafe"), file("b", "World café"), "b.md:2:8"),
        (file("a", "World cafe\u0301"), file("b", "World Café"), "b.md:2:8"),
        (file("a", "Łódź Straße"), file("b", "Lodz Strasse"), "b.md:2:8"),
    ],
    ids=[
        "titles",
        "capitals",
        "title-and-alias",
        "alias-and-title",
        "apostrophes",
        "accents",
        "decomposed",
        "letters",
    ],
)
def test_a_name_that_another_method_has_is_reported_in_the_later_file(
    first: Reading, second: Reading, place: str
) -> None:
    line = 6 if first.method and first.method.aliases else 2
    shared = second.names[-1].text
    fix = RETITLE if len(second.names) == 1 else MEND
    assert said(first, second) == [
        f'methods/{place}: the name "{shared}" is taken already, on methods/a.md:{line}. {fix}'
    ]
    assert served(first, second) == {"a": KEPT, "b": KEPT}


def test_a_name_given_twice_in_one_file_is_reported() -> None:
    reading = file("a", "Jury", 'aliases: ["Panel", "jury", "panel"]')
    assert said(reading) == [
        f'methods/a.md:6:20: the name "jury" is taken already, on line 2. {MEND}',
        f'methods/a.md:6:28: the name "panel" is taken already, on line 6. {MEND}',
    ]
    assert served(reading) == {"a": KEPT}


def test_a_third_file_of_the_same_name_is_told_of_the_first() -> None:
    problems = said(file("a", "Jury"), file("b", "Jury"), file("c", "Jury"))
    assert problems == [
        f'methods/{slug}.md:2:8: the name "Jury" is taken already, on methods/a.md:2. {RETITLE}'
        for slug in "bc"
    ]


def test_a_faulty_copy_never_takes_the_real_file_off_the_site() -> None:
    copy, real = file("a-copy", "Jury", "kind: nothing"), file("jury", "Jury")
    assert served(copy, real) == {"a-copy": LEFT_OUT, "jury": KEPT}
    assert said(copy, real)[0] == (
        f'methods/a-copy.md:2:8: the name "Jury" is taken already, on methods/jury.md:2. {RETITLE}'
    )


def test_nobody_is_asked_whether_the_method_itself_was_meant() -> None:
    reading = file("supper-talk-eat", facts="kind: event\nrelated: [supper-talk]")
    assert said(reading) == [
        'methods/supper-talk-eat.md:7:11: related method "supper-talk" does not exist. '
        "Take it out, or add that method. [related-unknown]"
    ]


def test_names_that_are_not_known_are_not_shared() -> None:
    readings = [file(slug, facts="aliases: ~\nrelated: null") for slug in "ab"]
    assert said(*readings) == []


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("citizens-jurry", 'Did you mean "citizens-jury"?'),
        ("zzz", "Take it out, or add that method."),
        ("zit-jury", "Take it out, or add that method."),
    ],
    ids=["a slip", "nothing like it", "something unlike"],
)
def test_a_related_method_that_does_not_exist_is_reported(slug: str, hint: str) -> None:
    readings = [
        file("a", facts=f"kind: event\nrelated: [citizens-jury, {slug}]"),
        file("citizens-jury"),
    ]
    assert said(*readings) == [
        f'methods/a.md:7:26: related method "{slug}" does not exist. {hint} [related-unknown]'
    ]
    assert served(*readings) == {"a": KEPT, "citizens-jury": KEPT}


def test_a_method_is_not_related_to_itself() -> None:
    assert said(file("a", facts="related: [a]")) == [
        "methods/a.md:6:11: this method is given as related to itself. "
        "Take it out. [related-unknown]"
    ]


def test_a_link_in_the_text_to_a_method_that_does_not_exist_is_reported() -> None:
    body = BODY.replace("It is so.", "Like [a jury](citizens-jurry.md).", 1)
    readings = [file("a", body=body), file("citizens-jury")]
    assert said(*readings) == [
        'methods/a.md:10:15: linked method "citizens-jurry" does not exist. '
        'Did you mean "citizens-jury"? [link-unknown]'
    ]
    assert served(*readings) == {"a": KEPT, "citizens-jury": KEPT}


def test_a_method_may_link_to_itself_in_its_text() -> None:
    assert said(file("a", body=BODY.replace("so.", "[so](a.md#what-it-is).", 1))) == []


def test_links_to_a_file_with_errors_of_its_own_are_fine() -> None:
    bad = file("bad", facts="kind: nothing")
    good = file("good", facts="related: [bad]", body=BODY.replace("so.", "[so](bad.md).", 1))
    assert served(bad, good) == {"bad": LEFT_OUT, "good": KEPT}


def test_a_file_with_a_warning_alone_keeps_its_method() -> None:
    swapped = BODY.replace("## Strengths", "## X").replace("## Weaknesses", "## Strengths")
    reading = file("a", body=swapped.replace("## X", "## Weaknesses"))
    assert [problem.severity for problem in reading.problems] == ["warning"]
    assert served(reading) == {"a": KEPT}


def test_problems_of_the_file_and_across_files_stand_in_the_order_of_lines() -> None:
    reading = file("a", facts="kind: nothing\nrelated: [a, b]\nfamily: none\n")
    (checked,) = check_across([reading])
    assert [(problem.line, problem.code) for problem in checked.problems] == [
        (6, "option-unknown"), (7, "related-unknown"), (7, "related-unknown"), (8, "option-unknown"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fragment",
    [
        "what-it-costs",
        "barns-and-halls",
        "barns-and-halls-1",
        "inclusive",
        "making-it-inclusive",
        "cases",
        "part-3",
    ],
)
def test_a_link_to_a_heading_of_another_method_is_fine_where_the_heading_is(fragment: str) -> None:
    heading = BODY.replace("It is so.", "It is so.\n\n### Barns and halls\n\nText.", 1)
    other = file("b", body=heading)
    link = BODY.replace("It is so.", f"See [it](b.md#{fragment}).", 1)
    assert said(file("a", body=link), other) == []


def test_a_link_to_a_heading_that_another_method_does_not_have_is_reported() -> None:
    link = BODY.replace("It is so.", "See [it](b.md#what-it-cost).", 1)
    readings = [file("a", body=link), file("b")]
    assert said(*readings) == [
        'methods/a.md:10:10: the link to "b.md#what-it-cost" names no heading that is there. Write the words of the '
        "heading in small letters with hyphens for spaces, such as b.md#what-it-costs. [link-nowhere]"
    ]
    assert served(*readings) == {"a": KEPT, "b": KEPT}
