"""What is written as a method file reads back as the same values, whatever people type."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.authoring.form.method_writer import clean_prose, write_method
from catalogue.model.letters import compose
from catalogue.model.method import Method
from catalogue.model.unprintable import strip_line
from catalogue.validation.reader import Reading, read_method_text
from catalogue.vocabulary import VOCABULARY
from tests.support.search_helpers import tries

METHODS = Path(__file__).parents[2] / "methods"
REAL = sorted(METHODS.glob("[a-z]*.md"))
RANGES = ("people_in_all", "group_size", "participant_hours", "lead_time_weeks", "staff_days")
SECTIONS = dict.fromkeys(VOCABULARY.sections, "It is so.")
LEAST = {
    "title": "Barn dance",
    "summary": "People dance in a barn and talk between the dances.",
    "purposes": ["build-community"],
    "sources": [{"title": "A guide", "by": "A university"}],
    "sections": SECTIONS,
}
HOSTILE = [
    "a: b", "# not a comment", "a # b", "---", "yes", "no", "null", "~", "1.0", "0x1F", "2026-11-23",
    "'single'", '"double"', 'ends in a backslash \\', "[list]", "{group: 1}", "- item", "? key", "| block",
    "> folded", "&anchor", "*alias", "!tag", "%directive", "@at", "`tick`", "😀 emoji 👩‍👩‍👧", "Bürger*innen",
    "日本語", "a\tb", "a\nb", "a\r\nb", " leading", "trailing ", "a\u2028b", "a\x85b", "\\n \\u0041", ",", ":", "...",
]  # fmt: skip
ODD = st.text(st.characters(exclude_categories=()), max_size=40)


def reading(values: dict[str, Any]) -> Reading:
    return read_method_text("methods/barn-dance.md", "barn-dance", write_method(values))


def read(values: dict[str, Any]) -> Method:
    """Write values, read them back, and return the method, which must have no problem."""
    found = reading(values)
    assert [str(problem) for problem in found.problems] == []
    assert found.method is not None
    return found.method


def values_of(method: Method) -> dict[str, Any]:
    """Return a method as the plain values that `write_method` takes."""
    values: dict[str, Any] = msgspec.to_builtins(method)
    del values["slug"]
    languages = values.pop("languages")
    values["aliases"] = [
        f"{name} [{languages[name]}]" if name in languages else name for name in method.aliases
    ]
    values["sections"] = {s.id: s.markdown for s in method.sections}
    for run in (values, values["light"], values["large"]):
        if run:
            run |= figures_of(run)
    if room := values["room"]:
        seats = room["seats"]
        room["seats"] = {"min": seats.pop("low"), "max": seats.pop("high"), **seats}
    for step in values["timeline"]:
        # What a step says only where it is not so.
        if step["in_light"]:
            del step["in_light"]
    return values


def figures_of(run: dict[str, Any]) -> dict[str, Any]:
    """Return the ranges and the cost of a run by their names in a file."""
    found = {}
    for name in RANGES:
        if numbers := run[name]:
            ends = {"min": numbers.pop("low"), "max": numbers.pop("high")}
            found[name] = ends | numbers
    cost = run["cost"]
    if cost and cost["low"] is not None and cost["high"] is not None:
        del cost["band"]
    return found


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_method_of_the_catalogue_survives_being_written_again(path: Path) -> None:
    before = read_method_text("x.md", path.stem, path.read_text(encoding="utf-8")).method
    assert before is not None
    written = write_method(values_of(before))
    after = read_method_text("x.md", path.stem, written).method
    assert after is not None
    assert values_of(after) == values_of(before)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_sizes_and_steps_of_every_file_stand_as_we_write_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    method = read_method_text("x.md", path.stem, text).method
    assert method is not None
    first = "light:" if method.light else "timeline:"
    part = re.compile(rf"^{first}\n.*?^kind: ", re.MULTILINE | re.DOTALL)
    assert part.findall(write_method(values_of(method))) == part.findall(text)
    assert part.search(text)


def test_the_form_is_that_of_the_files_we_have() -> None:
    values = {
        "licence": "CC-BY-4.0",
        "last_reviewed": date(2026, 11, 23),
        "decision_capable": "no",
        "contributors": [{"role": "wrote", "name": "Ann"}],
        "not_for": ["It will not rain."],
        "group_size": {"max": 30, "min": 2.5},
        "cost": {"basis": "source", "low": 100, "high": 400.0},
        "inclusion": {"carers": "Short.", "low-literacy": "No reading."},
        "related": ["3-horizons"],
        **LEAST,
        "sources": [{"by": "A \"b\"", "title": "C: d", "independent": False, "year": 2020}],
        "sections": {"strengths": "- One", "what-it-is": "It is so."},
    }  # fmt: skip
    assert write_method(values) == (
        "---\n"
        'title: "Barn dance"\n'
        'summary: "People dance in a barn and talk between the dances."\n'
        "purposes: [build-community]\n"
        "group_size: {min: 2.5, max: 30}\n"
        "cost:\n  low: 100\n  high: 400\n  basis: source\n"
        'decision_capable: "no"\n'
        'not_for:\n  - "It will not rain."\n'
        'inclusion:\n  low-literacy: "No reading."\n  carers: "Short."\n'
        "related: [3-horizons]\n"
        'sources:\n  - title: "C: d"\n    by: "A \\"b\\""\n    year: 2020\n    independent: false\n'
        'contributors:\n  - {name: "Ann", role: wrote}\n'
        "last_reviewed: 2026-11-23\n"
        "licence: CC-BY-4.0\n"
        "---\n"
        "\n## What it is\n\nIt is so.\n"
        "\n## Strengths\n\n- One\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_means_something_to_yaml_or_markdown_survives(text: str) -> None:
    case = {"title": text, "outcome": text, "place": text}
    method = read(
        {
            **LEAST,
            "title": text,
            "aliases": [f"{text} too", f"{text} three"],
            "not_for": [text],
            "inclusion": {"carers": text},
            "group_size": {"min": 1, "note": text},
            "cases": [case],
            "sections": {**SECTIONS, "origin": f"x\n\n{text}"},
        }
    )
    kept = strip_line(text)
    assert (method.title, method.not_for, method.inclusion["carers"]) == (kept, (kept,), kept)
    assert method.aliases == (strip_line(f"{text} too"), strip_line(f"{text} three"))
    assert method.group_size is not None
    assert method.group_size.note == kept
    assert (method.cases[0].title, method.cases[0].place) == (kept, kept)
    assert method.sections[-1].markdown == clean_prose(f"x\n\n{text}")


@tries(150)
@given(text=ODD)
def test_any_text_in_a_field_reads_back_as_its_cleaned_form(text: str) -> None:
    text = compose(text)
    kept = strip_line(text)
    method = read({**LEAST, "asked_as": [text, "x"], "title": f"T{text}"[:60]})
    assert method.asked_as == ((kept, "x") if kept else ("x",))
    assert method.title == strip_line(f"T{text}"[:60])


@tries(150)
@given(
    text=st.lists(
        st.sampled_from(["#", "##", "###", " ", "\n", "```", "~~~", "---", "\n===", "\n---", "- ", "> ", "<!--", "a", "\t", "\r\n", "\x0b"])
        | ODD,
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_any_prose_stays_in_its_section_and_reads_back_cleaned(text: str) -> None:
    text = compose(text)
    found = reading({**LEAST, "sections": {**SECTIONS, "use-when": text}})
    kept = clean_prose(text)
    codes = [problem.code for problem in found.problems]
    assert codes == ([] if kept else ["section-empty"])
    if found.method:
        sections = {section.id: section.markdown for section in found.method.sections}
        assert sections == {**SECTIONS, "use-when": kept}
    assert clean_prose(kept) == kept


def test_emoji_stand_in_the_file_as_they_were_typed() -> None:
    assert r'title: "😀 \\U0001F600 \\\\😀"' in write_method({"title": r"😀 \U0001F600 \\😀"})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("\ufeffa\u202eb\u2066c\ud800", "abc"),
        ("  a \t\n b\u2028c\xa0d ", "a b c d"),
        ("a\U0001fffeb\U0010ffff", "ab"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_a_field_is_cleaned_as_stated(text: str, kept: str) -> None:
    assert strip_line(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\n \n  a  \r\nb\r\n\n", "  a  \nb"),
        ("# Costs\n## More\n### Fine", "### Costs\n### More\n### Fine"),
        ("#1 is best\n##x", "#1 is best\n\\##x"),
        ("#Origin", "\\#Origin"),
        ("Costs\n---\nText\nand more\n===\nb", "### Costs\n### Text and more\nb"),
        ("````\n# code", "````\n# code\n````"),
        ("``` a`b\nc", "``` a`b\nc"),
        ("```\n# code", "```\n# code\n```"),
        ("~~~\n```\n~~~\n# a", "~~~\n```\n~~~\n### a"),
        ("a\x00\x0cb", "ab"),
        ("#", "###"),
    ],
)
def test_prose_is_cleaned_as_stated(text: str, kept: str) -> None:
    assert clean_prose(text) == kept


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("group_size", {"min": "twelve"}, "number-unreadable"),
        ("group_size", {"min": "1e5"}, "number-unreadable"),
        ("group_size", {"max": "5"}, "field-missing"),
        ("last_reviewed", "yesterday", "date-unreadable"),
        ("last_reviewed", "2026-02-31", "date-unreadable"),
        ("recruitment", "yes", "option-unknown"),
        ("recruitment", "a: b", "option-unknown"),
        ("related", ["../etc"], "slug-unusable"),
        ("cases", [{"title": "x", "outcome": "y", "url": "javascript:1"}], "address-unusable"),
        ("sources", [{"title": "x", "by": "y", "independent": "perhaps"}], "flag-unreadable"),
        ("sources", [{"title": "x", "by": "y", "year": "MMXX"}], "number-unreadable"),
    ],
)
def test_what_does_not_fit_its_field_is_left_for_the_reader_to_explain(
    field: str, value: object, problem: str
) -> None:
    assert [p.code for p in reading({**LEAST, field: value}).problems] == [problem]


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("aliases", None),
        ("aliases", ["", " "]),
        ("recruitment", " "),
        ("cases", []),
        ("cases", [{}, {"title": "", "year": None}]),
        ("group_size", {}),
        ("group_size", {"min": None, "note": "\x00"}),
        ("inclusion", {"carers": " "}),
    ],
)
def test_what_is_empty_is_left_out(field: str, empty: object) -> None:
    assert write_method({**LEAST, field: empty}) == write_method(LEAST)


def test_a_section_without_text_keeps_its_heading() -> None:
    written = write_method({"sections": {"what-it-is": None, "origin": " \n"}})
    assert written == "---\n---\n\n## What it is\n\n## Origin\n"


def test_an_optional_section_without_text_is_left_out() -> None:
    assert write_method({"sections": {"use-tomorrow": " \n", "origin": "X."}}) == (
        "---\n---\n\n## Origin\n\nX.\n"
    )


@pytest.mark.parametrize(
    "values",
    [
        {"colour": "red"},
        {"sections": {"Colour": "Red."}},
        {"inclusion": {"colour": "Red."}},
    ],
    ids=["field", "section", "option"],
)
def test_a_name_that_does_not_exist_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(KeyError, match=r"colour|Colour"):
        write_method(values)
