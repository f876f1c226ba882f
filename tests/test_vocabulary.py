"""The vocabulary: one file of facets, options, ranges and sections that agrees with itself."""

from __future__ import annotations

import math
import shutil
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from catalogue.authoring.form.questions import FIRST_SECTIONS, SECTION_HINTS
from catalogue.build.documents import CAVEATS
from catalogue.model.fields import FIELDS
from catalogue.model.guide_fields import GUIDE_FIELDS, RULE_FIELDS
from catalogue.model.method import Method
from catalogue.model.slugs import SLUG
from catalogue.uses.use import FIELDS as USE_FIELDS
from catalogue.vocabulary import (
    UNKNOWN,
    VOCABULARY,
    VOCABULARY_FILE,
    Facet,
    Option,
    load_vocabulary,
)

FACETS = pytest.mark.parametrize("facet", VOCABULARY.facets.values(), ids=lambda facet: facet.name)
EVERYTHING = pytest.mark.parametrize(
    "facet",
    [*VOCABULARY.facets.values(), *VOCABULARY.choices.values()],
    ids=lambda facet: facet.name,
)


def test_the_facets_are_those_the_catalogue_promises() -> None:
    assert list(VOCABULARY.facets) == [
        "purpose", "cost", "audience", "level", "format", "recruitment", "facilitation", "talk", "kind",
        "stage", "family", "handles_conflict", "handles_complexity", "inclusion", "decision", "outcome",
    ]  # fmt: skip
    assert [facet.name for facet in VOCABULARY.filters] == list(VOCABULARY.facets)
    assert [f.name for f in VOCABULARY.filters if f.shown == "first"] == [
        "purpose",
        "cost",
        "audience",
    ]
    assert len(VOCABULARY.facets["purpose"].options) == 12
    assert list(VOCABULARY.ranges) == ["people", "weeks", "hours", "budget"]


def test_the_sections_are_those_the_catalogue_promises() -> None:
    assert list(VOCABULARY.sections) == [
        "what-it-is", "use-when", "avoid-when", "how-to-run", "use-tomorrow", "what-it-costs", "what-you-get", "strengths",
        "weaknesses", "inclusive", "confused-with", "origin",
    ]  # fmt: skip
    assert list(VOCABULARY.section_ids.values()) == list(VOCABULARY.sections)
    optional = set(VOCABULARY.sections) - set(VOCABULARY.required_sections)
    assert optional == {"use-tomorrow"}
    assert [VOCABULARY.section_ids[heading] for heading in VOCABULARY.headings] == list(
        VOCABULARY.required_sections
    )


def test_a_synonym_of_a_heading_means_one_section_and_is_no_heading_itself() -> None:
    synonyms = [word for section in VOCABULARY.sections.values() for word in section.synonyms]
    assert synonyms == [word.lower() for word in synonyms]
    assert len(set(synonyms)) == len(synonyms)
    assert set(synonyms).isdisjoint(heading.lower() for heading in VOCABULARY.headings)


def test_code_names_only_sections_that_the_vocabulary_has() -> None:
    assert set(CAVEATS) <= set(VOCABULARY.sections)
    assert set(FIRST_SECTIONS) <= set(VOCABULARY.sections)
    assert list(SECTION_HINTS) == list(VOCABULARY.sections)


@EVERYTHING
def test_every_option_is_a_text_of_its_own(facet: Facet) -> None:
    assert all(isinstance(value, str) for value in facet.values)
    assert len(set(facet.values)) == len(facet.values)
    assert len({option.label for option in facet.options}) == len(facet.options)
    assert all(option.label for option in facet.options)


@FACETS
def test_every_option_can_stand_in_an_address(facet: Facet) -> None:
    assert [value for value in facet.values if not SLUG.fullmatch(value)] == []


@FACETS
def test_no_option_is_called_unknown(facet: Facet) -> None:
    assert UNKNOWN not in facet.values


@FACETS
def test_every_facet_is_a_field_of_the_file_and_of_the_method(facet: Facet) -> None:
    assert facet.field in {field.name for field in FIELDS}
    assert facet.field in {field.name for field in fields(Method)}
    assert facet.question.endswith("?")
    assert facet.shown in ("first", "more", "page")


def test_every_field_but_the_picture_takes_its_options_from_the_vocabulary() -> None:
    tables = [FIELDS, GUIDE_FIELDS, RULE_FIELDS, USE_FIELDS]
    groups = [*tables, *(field.fields for table in tables for field in table)]
    named = {field.options for group in groups for field in group if field.options}
    # The options of a picture are the files in static/pictures/.
    assert named == {*VOCABULARY.facets, *VOCABULARY.choices, "picture"}


def test_a_field_takes_several_options_where_its_facet_does() -> None:
    several = {"choices": True, "sentences": True, "choice": False, "cost": False}
    by_name = {field.name: field for field in FIELDS}
    for facet in VOCABULARY.facets.values():
        assert several[by_name[facet.field].type] == facet.several, facet.name


def test_every_range_is_a_range_of_the_method() -> None:
    assert {r.name: r.field for r in VOCABULARY.ranges.values()} == {
        "people": "people_in_all", "weeks": "lead_time_weeks",
        "hours": "participant_hours", "budget": "cost",
    }  # fmt: skip
    assert {r.single for r in VOCABULARY.ranges.values()} == {"point", "at-most"}


def test_every_purpose_stands_behind_a_door() -> None:
    doors = [option.group for option in VOCABULARY.facets["purpose"].options]
    assert set(doors) == {"Listen", "Explore", "Decide", "Sustain"}


def test_the_cost_bands_follow_each_other_without_a_gap() -> None:
    bands = VOCABULARY.cost_bands
    assert tuple(band.value for band in bands) == VOCABULARY.facets["cost"].values
    assert bands[0].low == 0
    assert [band.high for band in bands[:-1]] == [band.low for band in bands[1:]]
    assert math.isinf(bands[-1].high)


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (0, 0, "minimal"),
        (0, 249_999, "minimal"),
        (0, 250_001, "low"),
        (500, 500, "low"),
        (499.99, 499.99, "minimal"),
        (5_000, 5_000, "moderate"),
        (25_000, 25_000, "high"),
        (100_000, 100_000, "very-high"),
        (60_000, 200_000, "very-high"),
        (None, 4_999, "low"),
        (5_000, None, "moderate"),
        (1e9, 1e9, "very-high"),
    ],
)
def test_a_cost_lies_in_the_band_of_its_geometric_middle(
    low: float | None, high: float | None, band: str
) -> None:
    assert VOCABULARY.cost_band(low, high) == band


def test_one_pound_buys_one_pound() -> None:
    assert VOCABULARY.gbp_rates["GBP"] == 1
    assert tuple(VOCABULARY.gbp_rates) == VOCABULARY.choices["currency"].values


def test_labels_and_synonyms_lead_to_their_option_in_small_letters() -> None:
    purposes = VOCABULARY.facets["purpose"].by_synonym
    assert purposes["vote"] == "make-decisions"
    assert purposes["understand lives and needs"] == "understand-needs"
    assert VOCABULARY.facets["audience"].by_synonym["ngos"] == "stakeholder-organisations"


def test_a_word_of_two_options_means_the_first() -> None:
    options = (Option("a", "A", synonyms=("Both",)), Option("b", "B", synonyms=("both", "a")))
    facet = Facet("x", "x", "X", "", False, "", options)
    assert facet.by_synonym == {"a": "a", "both": "a", "b": "b"}
    assert facet.by_value["b"] is options[1]


def test_a_vocabulary_can_be_extended_in_its_file_alone(tmp_path: Path) -> None:
    file = shutil.copy(VOCABULARY_FILE, tmp_path / "vocabulary.yaml")
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["facets"]["format"]["options"].append({"value": "by-radio", "label": "By radio"})
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    assert load_vocabulary(file).facets["format"].options[-1] == Option("by-radio", "By radio")


@pytest.mark.parametrize("part", ["facets", "choices", "ranges", "sections"])
def test_a_vocabulary_without_one_of_its_parts_is_refused(tmp_path: Path, part: str) -> None:
    data = yaml.safe_load(VOCABULARY_FILE.read_text(encoding="utf-8"))
    del data[part]
    file = tmp_path / "vocabulary.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(KeyError, match=part):
        load_vocabulary(file)
