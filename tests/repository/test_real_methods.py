"""The methods we publish and the page that explains their fields: both keep to the reader's rules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from catalogue.model.fields import FIELDS
from catalogue.model.method import Method
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import Reading, method_files, read_method_file, read_method_text
from catalogue.vocabulary import VOCABULARY
from tests.support.method_text import BODY

ROOT = Path(__file__).resolve().parents[2]
FILES = method_files(ROOT / "methods")
GUIDE = (ROOT / "docs" / "writing-a-method.md").read_text(encoding="utf-8")
MIN_FOR_AN_OPTION = 3
FIRST_METHODS = [
    "citizens-jury", "citizens-assembly", "citizens-panel", "participatory-budgeting",
    "deliberative-polling", "survey", "focus-group", "depth-interview", "public-meeting",
    "street-stall", "demand-analysis", "user-journey-mapping", "service-user-panel",
    "experience-based-co-design", "co-design-workshop", "world-cafe",
    "open-space-technology", "appreciative-inquiry", "planning-for-real",
    "community-mapping", "peer-research", "online-consultation", "wiki-survey",
    "delphi-process",
]  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Every file of the methods folder, checked with all others, by its name."""
    checked = check_across([read_method_file(ROOT / "methods", file) for file in FILES])
    return {Path(reading.path).name: reading for reading in checked}


@pytest.fixture(scope="module")
def methods(readings: dict[str, Reading]) -> list[Method]:
    return [reading.method for reading in readings.values() if reading.method]


@pytest.fixture(scope="module")
def example() -> Method:
    """The example of the guide, with a body."""
    (front,) = re.findall(r"```yaml\n(---\n.*?---\n)```", GUIDE, re.DOTALL)
    names = re.findall(r'^  - \{step: "(.*?)"', front, re.MULTILINE)
    steps = "\n".join(f"{number}. **{name}.** So." for number, name in enumerate(names, 1))
    body = BODY.replace("## How to run it\n\nIt is so.", f"## How to run it\n\n{steps}")
    reading = read_method_text("methods/citizens-jury.md", "citizens-jury", f"{front}\n{body}")
    assert [str(problem) for problem in reading.problems] == []
    assert reading.method is not None
    return reading.method


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_every_real_file_passes_without_a_problem(name: str, readings: dict[str, Reading]) -> None:
    assert [str(problem) for problem in readings[name].problems] == []
    assert readings[name].method is not None


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_every_real_method_comes_back_whole_from_json(
    name: str, readings: dict[str, Reading]
) -> None:
    method = readings[name].method
    assert method is not None
    again = msgspec.convert(json.loads(json.dumps(msgspec.to_builtins(method))), Method)
    assert repr(again) == repr(method)


def test_the_first_methods_are_all_there(readings: dict[str, Reading]) -> None:
    assert [slug for slug in FIRST_METHODS if f"{slug}.md" not in readings] == []


@pytest.mark.parametrize(
    ("facet", "value"),
    [(name, v) for name in ("purpose", "audience") for v in VOCABULARY.facets[name].values],
)
def test_every_purpose_and_audience_has_methods_enough(
    facet: str, value: str, methods: list[Method]
) -> None:
    found = [method.slug for method in methods if value in method.choices(facet)]
    assert len(found) >= MIN_FOR_AN_OPTION, f"{facet} {value}: {found}"


def test_every_method_says_how_much_people_talk_together_and_its_other_grades_agree(
    readings: dict[str, Reading],
) -> None:
    # The rules are those of docs/grading.md, "Grades must also agree with one another".
    methods = [reading.method for reading in readings.values() if reading.method]
    assert [method.slug for method in methods if not method.talk] == []
    apart = [m for m in methods if m.handles_conflict == "not-affected"]
    assert [m.slug for m in apart if m.talk not in ("none", "little")] == []
    weighing = [m for m in methods if m.purposes[0] == "deliberate"]
    assert [m.slug for m in weighing if m.talk not in ("much", "most")] == []
    assert apart and weighing


def test_the_grades_of_talk_are_shown_by_methods_that_have_them(
    readings: dict[str, Reading],
) -> None:
    graded = {r.method.slug: r.method.talk for r in readings.values() if r.method}
    text = (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")
    rows = text.partition("| **Talk** |")[2].partition("| **Can decide** |")[0]
    named = re.findall(
        r"^\| `(\w+)` .*/methods/([\w-]+)\.md\), .*/methods/([\w-]+)\.md", rows, re.M
    )
    assert [grade for grade, *_ in named] == list(VOCABULARY.facets["talk"].values)
    for grade, *examples in named:
        assert {graded[slug] for slug in examples} == {grade}


def test_the_guide_names_exactly_the_fields_there_are() -> None:
    rows = re.findall(r"^\| (`.*?) \|", GUIDE, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert named == [field.name for field in FIELDS]


def test_the_guide_names_exactly_the_required_fields() -> None:
    (sentence,) = re.findall(r"^Four fields must be there: (.*?)\.", GUIDE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", sentence) == [field.name for field in FIELDS if field.required]


def test_the_guide_names_exactly_the_headings_in_their_order() -> None:
    (paragraph,) = re.findall(r"in this order, each `##`:\n\n(.*?)\n\n", GUIDE, re.DOTALL)
    assert tuple(re.findall(r"`(.*?)`", paragraph)) == VOCABULARY.headings


def test_the_example_of_the_guide_is_a_whole_method(example: Method) -> None:
    assert example.title == "Citizens' jury"
    assert example.cost is not None
    assert example.cost.band == "very-high"


def test_the_example_of_the_guide_shows_every_field_but_those_a_jury_has_not(
    example: Method,
) -> None:
    lacking = [field.name for field in FIELDS if not getattr(example, field.name)]
    assert lacking == ["large", "existing_body", "room", "duty", "was", "split_from"]


def test_the_example_of_the_guide_points_to_methods_there_are(
    example: Method, readings: dict[str, Reading]
) -> None:
    assert [slug for slug in example.related if f"{slug}.md" not in readings] == []
