"""The pictures in static/pictures/: what a file may hold, and that each method and family has one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalogue.model.pictures import (
    ANY_METHOD,
    FAMILY,
    PARTS,
    PICTURES,
    PICTURES_FOLDER,
    picture_faults,
    read_pictures,
)
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY

FILES = {path.stem: path.read_text("utf-8") for path in sorted(PICTURES_FOLDER.glob("*.svg"))}
START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
WORDS = "<title>Talk</title><desc>Two people talk.</desc>"
DOT = '<circle class="person" cx="9" cy="9" r="3"/>'


def test_each_picture_has_what_a_picture_may_have() -> None:
    found = [
        f"{name}.svg: {fault}"
        for name, text in FILES.items()
        for fault in picture_faults(name, text)
    ]
    assert found == []


def test_no_two_pictures_are_the_same_or_called_the_same() -> None:
    for what in ("shapes", "title", "desc"):
        counted = Counter(getattr(picture, what) for picture in PICTURES.values())
        assert [value for value, times in counted.items() if times > 1] == []


def test_dots_squares_and_tables_lie_within_the_grid() -> None:
    outside = []
    for name, text in FILES.items():
        for shape in ElementTree.fromstring(text).iter():
            ends = {
                key: float(value)
                for key, value in shape.attrib.items()
                if key not in ("class", "d", "viewBox")
            }
            if "r" in ends:
                ends = {"left": ends["cx"] - ends["r"], "right": ends["cx"] + ends["r"],
                        "top": ends["cy"] - ends["r"], "bottom": ends["cy"] + ends["r"]}  # fmt: skip
            elif "width" in ends:
                ends = {"left": ends["x"], "right": ends["x"] + ends["width"],
                        "top": ends["y"], "bottom": ends["y"] + ends["height"]}  # fmt: skip
            outside += [(name, ends) for end in ends.values() if not 0 <= end <= 64]
    assert outside == []


def test_each_family_has_a_picture_and_so_has_a_method_of_none() -> None:
    families = {f"{FAMILY}{value}" for value in VOCABULARY.facets["family"].values}
    assert {name for name in PICTURES if name.startswith(FAMILY)} == families
    assert ANY_METHOD in PICTURES


def test_the_methods_have_forty_different_pictures_at_least(real: Snapshot) -> None:
    assert len({card.picture for card in real.cards if card.picture}) >= 40


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("Big Talk", f"{START}{WORDS}{DOT}</svg>",
         'The name is "Big Talk". Use small letters from a to z, with hyphens between words.'),
        ("talk", f"{START}{WORDS}{DOT * 80}</svg>", "The file has 3,634 bytes and the limit is 3,000. Draw fewer shapes."),
        ("talk", f"{START}{WORDS}{DOT}", "The file is not XML that can be read (no element found: line 1, column 152). "
         "Close each tag that you open."),
        ("talk", f'<!DOCTYPE svg [<!ENTITY a "b">]>{START}{WORDS}</svg>', "The file has a DOCTYPE or an entity. Take it out."),
        ("talk", f"{START.replace('64 64', '32 32')}{WORDS}</svg>",
         'It does not begin with <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">. Begin so.'),
        ("talk", f"{START}{DOT}</svg>", "It has no <title> and <desc> first. "
         "Write what the picture is called, and one sentence that says what it shows."),
        ("talk", f"{START}{WORDS.replace('.', '')}</svg>", "The <desc> does not end with a full stop. Write a whole sentence."),
        ("talk", f"{START}{WORDS}<script>alert(1)</script></svg>",
         "<script> is not used in pictures. Draw with <g>, <circle>, <rect>, <path>."),
        ("talk", f'{START}{WORDS}<circle cx="9" cy="9" r="3"/></svg>',
         'A <circle> has the class "". Give it, or the <g> round it, one of person, listener, facilitator, decider, thing, '
         "divide, move."),
        ("talk", f"{START}{WORDS}{DOT.replace('r=', 'fill=')}</svg>",
         "A <circle> has fill. Take it out: colours and strokes come from the class."),
        ("talk", f'{START}{WORDS}<g class="person" onclick="x()"/></svg>',
         "A <g> has onclick. Take it out: colours and strokes come from the class."),
        ("talk", f"{START}{WORDS}{DOT.replace('3', '3px')}</svg>", 'A <circle> has r="3px". Write plain numbers without a unit.'),
        ("talk", f'{START}{WORDS}<path class="thing" d="url(x)"/></svg>',
         'A <path> has d="url(x)". Write plain numbers without a unit.'),
        ("talk", f"{START}{WORDS}{DOT.replace('/>', '><title>x</title></circle>')}</svg>",
         "A <circle> has something inside. Let it stand alone."),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_fix(name: str, text: str, fault: str) -> None:
    assert list(picture_faults(name, text)) == [fault]


def test_a_picture_with_a_fault_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "talk.svg").write_text(f"{START}{WORDS}\n{DOT}\n</svg>", "utf-8")
    (tmp_path / "odd.svg").write_bytes(b"\xff<svg")
    (found,) = read_pictures(tmp_path).values()
    assert (found.title, found.desc, found.shapes) == ("Talk", "Two people talk", DOT)


def test_the_style_sheet_draws_each_part() -> None:
    style = (PICTURES_FOLDER / "pictures.css").read_text("utf-8")
    assert set(PARTS) <= set(re.findall(r"\.([a-z]+)[ ,]", style))
