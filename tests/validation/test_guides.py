"""Tests of the guides and rules: how they are read, what a damaged file says, and what the real ones hold to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.authoring.check.check_files import faulty_texts
from catalogue.model.guides import Adaptation, Guide, GuideSource, Official, Rule, Touches
from catalogue.model.letters import split_words
from catalogue.rendering.site_texts import TEXTS_DIR
from catalogue.search.query.guidance import GuidanceIndex
from catalogue.settings import PROJECT
from catalogue.storage.fulltext import stems_of
from catalogue.validation.guides import KINDS, read_guidance

GUIDE = """---
title: "Lighthouse keepers"
summary: "Row out, and bring oil."
words: ["keepers", "lighthouse"]
methods:
  - {slug: harvest-jury, how: "Hold it at low tide."}
audience: [seldom-heard]
sources:
  - {title: "Keeping", by: "Keepers' Union", year: 2019, url: "https://example.org/keeping", own: true}
last_reviewed: 2026-11-28
read_by: []
---

## What helps
Row, as [a jury](harvest-jury.md) does. <b>x</b>

## What does harm
Fog.

## Whom to work with
The union.

## Payment and consent
In oil.
"""
RULE = """---
title: "Lamp Act"
summary: "Keep it lit."
words: ["lamp"]
places: [wales, eu]
applies_to: ["keepers"]
touches: {purposes: [inform], methods: [reed-panel], audience: [members]}
official: {title: "Lamp Act 1820", url: "https://example.org/lamp"}
sources:
  - {title: "Lamps", by: "Trinity"}
as_of: 2026-11-28
---

## What it asks
Light.

## When it bites
At night.

## What to do
- Trim it.
"""
DAMAGED: dict[str, tuple[str, str, str]] = {
    "a missing summary": (
        'summary: "Row out, and bring oil."\n',
        "",
        '1:1: required field "summary" is missing. Add it: One sentence that says what helps most, or what the '
        'rule asks. Write summary: "…". [field-missing]',
    ),
    "a summary too long": (
        "Row out, and bring oil.",
        "x" * 161,
        '3:10: "summary" is 161 characters and the limit is 160. Cut 1. [text-long]',
    ),
    "a title for a slug": (
        "slug: harvest-jury",
        'slug: "Harvest jury"',
        '6:12: "Harvest jury" is not the slug of a method. Write the file name without .md, which is probably '
        "harvest-jury. [slug-unusable]",
    ),
    "an unknown audience": (
        "[seldom-heard]",
        "[keepers]",
        '7:12: audience "keepers" is not one we use. Choose one of ',
    ),
    "half an address": (
        "https://example.org/keeping",
        "example.org/keeping",
        '9:63: "example.org/keeping" is not a web address. Write the whole address: '
        '"https://example.org/keeping". [address-unusable]',
    ),
    "an open quotation mark": (
        'by: "Keepers\' Union"',
        'by: "Keepers',
        "9:",
    ),
    "a field of methods": (
        "read_by: []",
        'asked_as: ["oil"]',
        '11:11: "asked_as" is not a field we use. Take it out, or choose one of title, summary, words, methods, '
        "audience, sources, last_reviewed, read_by. [field-unknown]",
    ),
    "another heading": (
        "## What does harm",
        "## What does ham",
        '17:1: heading "What does ham" is not one we use. Choose one of: What helps · What does harm · Whom to work '
        'with · Payment and consent. Did you mean "## What does harm"? [heading-unknown]',
    ),
    "a link that leads away unseen": (
        "(harvest-jury.md)",
        "(//example.org)",
        '15:18: the link to "//example.org" looks like one to this site and leads to another. ',
    ),
    "no front matter": (
        "---\ntitle",
        "title",
        "1:1: this file does not begin with a line of three hyphens. ",
    ),
    "front matter without an end": (
        "---\n\n## What helps",
        "\n## What helps",
        "1:1: the front matter begins here and does not end. ",
    ),
}
ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "an empty file": (lambda path: path.write_bytes(b""), "1:1: this file is empty. "),
    "a picture": (
        lambda path: path.write_bytes(b"\x89PNG\r\n"),
        "1:1: this is a picture and not plain text. ",
    ),
    "another encoding": (
        lambda path: path.write_bytes("---\ntitle: Café".encode("cp1252")),
        "2:1: this file is not in UTF-8, so its accents cannot be read. ",
    ),
    "a folder": (
        lambda path: path.mkdir(),
        "1:1: this is a folder, and folders are not looked into. Put each method straight into ",
    ),
    "a link": (
        lambda path: path.symlink_to(PROJECT / "README.md"),
        "1:1: this is a link to a file somewhere else, and is not followed. ",
    ),
    "a pipe": (os.mkfifo, "1:1: this is not an ordinary file. "),
    "a flood": (
        lambda path: path.write_bytes(b"x" * 30_001),
        "1:1: this file has 30,001 bytes and the limit is 30,000. ",
    ),
    "deep brackets": (
        lambda path: path.write_text("---\nwords: " + "[" * 9_000, encoding="utf-8"),
        "",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of texts with one guide and one rule."""
    texts = tmp_path / "texts"
    for name, text in (("groups/lighthouse-keepers.md", GUIDE), ("rules/lamp-act.md", RULE)):
        (texts / name).parent.mkdir(parents=True)
        (texts / name).write_text(text, encoding="utf-8")
    return texts


def test_a_guide_and_a_rule_are_read_whole(folder: Path) -> None:
    found = read_guidance(folder)
    assert found.problems == ()
    (guide,), (rule,) = found.guides, found.rules
    assert vars(guide) == vars(
        Guide(
            slug="lighthouse-keepers",
            title="Lighthouse keepers",
            summary="Row out, and bring oil.",
            words=("keepers", "lighthouse"),
            methods=(Adaptation("harvest-jury", "Hold it at low tide."),),
            sources=(
                GuideSource("Keeping", "Keepers' Union", 2019, "https://example.org/keeping", True),
            ),
            sections=guide.sections,
            audience=("seldom-heard",),
            last_reviewed=guide.last_reviewed,
        )
    )
    assert str(guide.last_reviewed) == str(rule.as_of) == "2026-11-28"
    assert guide.sections[0] == (
        "What helps",
        '<p>Row, as <a href="/methods/harvest-jury" rel="noopener noreferrer">a jury</a> does. x</p>\n',
    )
    assert [heading for heading, _ in rule.sections] == [
        "What it asks", "When it bites", "What to do",
    ]  # fmt: skip
    assert rule.touches == Touches(("inform",), ("reed-panel",), ("members",))
    assert rule.official == Official("Lamp Act 1820", "https://example.org/lamp")


@pytest.mark.parametrize(("old", "new", "message"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_guide_says_where_and_how_to_fix_it_and_takes_nothing_else_along(
    folder: Path, old: str, new: str, message: str
) -> None:
    assert GUIDE.count(old) == 1
    file = folder / "groups" / "lighthouse-keepers.md"
    file.write_text(GUIDE.replace(old, new), encoding="utf-8")
    found = read_guidance(folder)
    assert found.guides == ()
    assert [rule.slug for rule in found.rules] == ["lamp-act"]
    said = [str(problem) for problem in found.problems]
    assert any(line.startswith(f"texts/groups/lighthouse-keepers.md:{message}") for line in said), (
        said
    )


@pytest.mark.parametrize(("make", "message"), ODD.values(), ids=ODD)
def test_an_odd_file_says_what_it_is_and_takes_nothing_else_along(
    folder: Path, make: Callable[[Path], object], message: str
) -> None:
    make(folder / "groups" / "odd.md")
    found = read_guidance(folder)
    assert [guide.slug for guide in found.guides] == ["lighthouse-keepers"]
    assert found.problems
    assert str(found.problems[0]).startswith(f"texts/groups/odd.md:{message}")


def test_a_check_of_the_whole_folder_names_the_guides_and_rules_with_problems(folder: Path) -> None:
    (folder / "rules" / "lamp-act.md").write_text(RULE.replace("[wales, eu]", "[mars]"))
    (reading,) = faulty_texts(folder)
    assert [str(problem) for problem in reading.problems] == [
        'texts/rules/lamp-act.md:5:10: place "mars" is not one we use. Choose one of uk, england, wales, scotland, '
        "northern-ireland, eu, us. [option-unknown]"
    ]


@pytest.mark.parametrize(
    ("places", "place", "holds"),
    [
        (("wales",), "wales", True),
        (("wales",), "england", False),
        (("uk",), "scotland", True),
        (("uk",), "eu", False),
        (("uk",), "", False),
    ],
)
def test_a_rule_of_the_uk_holds_in_its_four_nations(
    folder: Path, places: tuple[str, ...], place: str, holds: bool
) -> None:
    (rule,) = read_guidance(folder).rules
    assert Rule(**{**vars(rule), "places": places}).holds_in(place) is holds


@pytest.mark.parametrize(
    ("slug", "purposes", "audience", "touched"),
    [
        ("reed-panel", (), (), True),
        ("other", ("inform",), ("members",), True),
        ("other", ("inform",), ("experts", "members"), False),
        ("other", ("deliberate", "inform"), ("members",), False),
        ("other", (), (), False),
    ],
)
def test_a_rule_touches_the_methods_it_names_and_those_of_its_main_purpose_and_audience(
    folder: Path,
    slug: str,
    purposes: tuple[str, ...],
    audience: tuple[str, ...],
    touched: bool,
) -> None:
    (rule,) = read_guidance(folder).rules
    assert rule.touches_method(slug, purposes, audience) is touched
    everywhere = replace(rule, touches=replace(rule.touches, every_method=True))
    assert everywhere.touches_method(slug, purposes, audience)


REAL = read_guidance(TEXTS_DIR)
EACH = pytest.mark.parametrize("each", REAL.all, ids=lambda each: each.slug)


def test_all_real_guides_and_rules_can_be_read() -> None:
    assert REAL.problems == ()
    assert (len(REAL.guides), len(REAL.rules)) == tuple(
        len(list((TEXTS_DIR / kind.folder).iterdir())) for kind in KINDS
    )
    assert len(REAL.guides) >= 24
    assert len(REAL.rules) >= 15


@EACH
def test_a_real_guide_or_rule_names_methods_that_exist_and_two_sources(each: Guide | Rule) -> None:
    named = each.touches.methods if isinstance(each, Rule) else [m.slug for m in each.methods]
    assert named
    assert [slug for slug in named if not (PROJECT / "methods" / f"{slug}.md").exists()] == []
    assert len(each.sources) >= 2


@EACH
def test_an_entry_of_several_words_keeps_them_when_stop_words_go(each: Guide | Rule) -> None:
    # "to the farm" would be found by "farm" alone; "not online" is looked for as it stands.
    lonely = [
        entry
        for entry in each.words
        if len(split_words(entry.replace("'", ""))) > 1
        and len(stems_of(entry)) < 2
        and GuidanceIndex([replace(each, words=(entry,))]).find(" ".join(stems_of(entry)))
    ]
    assert lonely == []
    assert all(stems_of(entry) for entry in each.words)


@pytest.mark.parametrize("guide", REAL.guides, ids=lambda guide: guide.slug)
def test_every_source_led_by_the_people_concerned_says_where_it_is(guide: Guide) -> None:
    assert all(source.by and source.title for source in guide.sources)
    assert [text for text in (guide.title, guide.summary) if "  " in text] == []
