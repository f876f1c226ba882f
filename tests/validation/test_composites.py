"""Values made of others: lists, ranges, costs, cases, and the whole front matter.

The facts of a test begin on line 6 of a small file that is otherwise right.
"""

from __future__ import annotations

import pytest

from catalogue.model.fields import FIELDS
from catalogue.model.method import Case, Cost, Credit, Range, Source
from catalogue.validation.composites import READERS
from catalogue.vocabulary import VOCABULARY
from tests.support.method_text import lines, method

ALL_FIELDS = ", ".join(field.name for field in FIELDS)
GROUPS = ("group_size", "participant_hours", "lead_time_weeks", "staff_days")


def said(facts: str) -> list[str]:
    """Return the problems of a file with these facts, without its name."""
    return [line.removeprefix("methods/a.md:") for line in lines(facts)]


def test_every_type_of_field_has_a_reader() -> None:
    groups = [FIELDS, *(field.fields for field in FIELDS)]
    assert {field.type for fields in groups for field in fields} <= set(READERS)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("audiences", ' Did you mean "audience"?'),
        ("Summary", ' Did you mean "summary"?'),
        ("lead_time", ' Did you mean "lead_time_weeks"?'),
        ("colour", ""),
    ],
)
def test_an_unknown_field_lists_the_fields_and_suggests_the_nearest(key: str, hint: str) -> None:
    assert said(f"{key}: x") == [
        f'6:{len(key) + 3}: "{key}" is not a field we use. '
        f"Choose one of {ALL_FIELDS}.{hint} [field-unknown]"
    ]


def test_an_unknown_field_inside_a_group_says_in_which() -> None:
    assert said('contributors: [{name: "Ada", nick: "A"}]') == [
        '6:36: "nick" is not a field we use in contributors, number 1. '
        'Choose one of name, role, url. [field-unknown]'
    ]  # fmt: skip


def test_each_missing_required_field_is_named() -> None:
    found = lines(title=None, summary="", purposes="~", sources="null")
    assert found == [
        f'methods/a.md:1:1: required field "{field.name}" is missing. '
        f"Add it: {field.meaning} [field-missing]"
        for field in sorted(FIELDS, key=lambda field: field.name)
        if field.required
    ]
    assert len(found) == 4


@pytest.mark.parametrize(
    "written", ["", "~", "null", None], ids=["empty", "tilde", "null", "left-out"]
)
def test_a_field_without_a_value_is_not_known_and_never_no(written: str | None) -> None:
    optional = [field.name for field in FIELDS if not field.required]
    facts = [] if written is None else [f"{name}: {written}" for name in optional]
    found = method("\n".join(facts))
    for name in optional:
        value = getattr(found, name)
        assert value in ("", (), None, {})
        assert value is not False


def test_values_that_are_not_known_may_stand_inside_groups() -> None:
    found = method(
        'group_size: {min: 5, max: ~, note: null}\ncost: {low: ~, high: , band: low, basis: case}\n'
        'cases: [{title: "A", outcome: "B", year: ~, participants: , result: null, url: ~}]\n'
        'inclusion: {carers: ~, anonymous: "Names are not taken."}'
    )  # fmt: skip
    assert found.group_size == Range(5, None)
    assert found.cost == Cost(None, None, "GBP", None, "case", "low")
    assert found.cases == (Case("A", "B"),)
    assert found.inclusion == {"anonymous": "Names are not taken."}


def test_a_source_that_says_nothing_of_independence_is_neither() -> None:
    written = '[{title: "A", by: "B", independent: %s}]'
    for value, expected in (("~", None), ("false", False), ("true", True)):
        assert method(sources=written % value).sources == (Source("A", "B", independent=expected),)


def test_a_list_of_options_keeps_its_order() -> None:
    assert method("level: [empower, inform]").level == ("empower", "inform")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("level: consult", "6:8: level is a list. Write level: [consult]. [wrong-type]"),
        ("level: {a: b}", "6:8: level is a list. Write level: […]. [wrong-type]"),
        ("level: []", "6:8: level is an empty list. Add at least 1, or take the line out. [list-short]"),
        ("level: [consult, consult]",
         '6:18: "consult" is given twice. Take one of them out. [option-repeated]'),
        ("level: [inform, consult, involve, empower]",
         "6:8: level has 4 entries and the limit is 3. Keep the 3 that matter most. [list-long]"),
        ("level: [no]", "6:9: level is written no without quotation marks, which YAML reads as "
         'true or false. Write level: "no". [yaml-trap]'),
        ("level: [~]", "6:9: level is empty. Write it, or take the line out: "
         "How much say people have, the main one first. [text-empty]"),
        ("level: [[consult]]", "6:9: level takes one option, not a list. "
         "Choose one: level: consult. [wrong-type]"),
        ("aliases: Jig", "6:10: aliases is a list. Write aliases: [Jig]. [wrong-type]"),
        ("aliases: [1984]", "6:11: aliases is written 1984 without quotation marks, which YAML "
         'reads as a number. Write aliases: "1984". [yaml-trap]'),
        ('aliases: ["a", ""]', "6:16: aliases is empty. Write it, or take the line out: "
         "Other names people know it by. [text-empty]"),
        ("not_for: [" + ", ".join("abcdefg") + "]",
         "6:10: not_for has 7 entries and the limit is 6. Keep the 6 that matter most. [list-long]"),
        ("related: [World Café]", '6:11: "World Café" is not the slug of a method. Write the file '
         "name without .md: small letters, figures and hyphens. [slug-unusable]"),
    ],
    ids=lambda value: value[:24] if ":" in value[:10] else "",
)  # fmt: skip
def test_what_is_wrong_with_a_list_is_said(facts: str, expected: str) -> None:
    assert said(facts) == [expected]


def test_a_related_method_named_twice_counts_once() -> None:
    assert method("related: [fishbowl, e-petition, fishbowl]").related == ("fishbowl", "e-petition")


@pytest.mark.parametrize("name", GROUPS)
def test_a_range_is_kept_with_its_note(name: str) -> None:
    found = method(f'{name}: {{min: 0.5, max: 30, note: "our estimate"}}')
    assert getattr(found, name) == Range(0.5, 30, "our estimate")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12-30", "6:13: group_size is not a group of fields. "
         "Write its fields as {min: …, max: …}. [wrong-type]"),
        ("[12, 30]", "6:13: group_size is not a group of fields. "
         "Write its fields as {min: …, max: …}. [wrong-type]"),
        ("{max: 30}", '6:13: required field "min" is missing in group_size. '
         "Add it: The smallest usual number. [field-missing]"),
        ("{min: 30, max: 12.5}", "6:13: in group_size, max (12.5) is smaller than min (30). "
         "Change the two over. [range-reversed]"),
        ("{min: 12, most: 30}", '6:29: "most" is not a field we use in group_size. '
         "Choose one of min, max, note. [field-unknown]"),
    ],
    ids=["text", "list", "no-min", "reversed", "unknown"],
)  # fmt: skip
def test_what_is_wrong_with_a_range_is_said(written: str, expected: str) -> None:
    assert said(f"group_size: {written}") == [expected]


@pytest.mark.parametrize(
    ("figures", "band"),
    [
        ("low: 0, high: 499", "minimal"),
        ("low: 500, high: 500", "low"),
        ("low: 100, high: 24999", "low"),
        ("low: 60000, high: 200000", "very-high"),
        ("low: 6000, high: 6000, currency: EUR", "moderate"),
        ("low: 5999, high: 5999, currency: EUR", "low"),
        ("low: 6500, high: 6500, currency: USD", "moderate"),
    ],
)
def test_the_band_of_two_figures_is_worked_out(figures: str, band: str) -> None:
    found = method(f"cost: {{{figures}, basis: source}}").cost
    assert found is not None
    assert found.band == band


@pytest.mark.parametrize(
    "figure", ["", "low: 100, ", "high: 900000, "], ids=["none", "low", "high"]
)
def test_with_one_figure_or_none_the_band_is_judged(figure: str) -> None:
    found = method(f"cost: {{{figure}band: moderate, basis: judgement}}").cost
    assert found is not None
    assert found.band == "moderate"


def test_a_cost_keeps_its_year_currency_and_note() -> None:
    written = "low: 10, high: 20, currency: USD, year: 2020, basis: case, note: per head"
    assert method(f"cost: {{{written}}}").cost == Cost(
        10, 20, "USD", 2020, "case", "minimal", "per head"
    )


MISSING_BASIS = ('6:7: required field "basis" is missing in cost. '
                 "Add it: Where figures or band come from. [field-missing]")  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("low", "6:7: cost is not a group of fields. Write its fields as {low: …, high: …}. [wrong-type]"),
        ("{}", MISSING_BASIS),
        ("{band: low}", MISSING_BASIS),
        ("{low: 5, basis: case}", "6:7: cost has no band, and it takes two figures to work one out. "
         "Add low and high, or give the band by judgement, such as band: low. [cost-band-missing]"),
        ("{low: 5, high: 6, band: low, basis: case}", "6:7: cost has both figures, so its band is "
         'worked out ("minimal"). Take the line with band out, or leave out the figure that '
         "misleads. [cost-band-computed]"),
        ("{low: 2000, high: 1000, basis: case}", "6:7: in cost, high (1000) is smaller than low "
         "(2000). Change the two over. [range-reversed]"),
        ("{band: medium, basis: case}", '6:14: cost band "medium" is not one we use. '
         "Choose one of minimal, low, moderate, high, very-high. [option-unknown]"),
        ("{low: 5, high: 6, basis: case, currency: pounds sterling}", '6:48: currency "pounds '
         'sterling" is not one we use. Choose one of GBP, EUR, USD. Did you mean "GBP"? '
         "[option-unknown]"),
    ],
    ids=["text", "empty", "basis", "band-missing", "band-computed", "reversed", "band", "currency"],
)  # fmt: skip
def test_what_is_wrong_with_a_cost_is_said(written: str, expected: str) -> None:
    assert said(f"cost: {written}") == [expected]


def test_cases_sources_and_credits_become_values() -> None:
    found = method(
        'cases: [{title: "T", outcome: "O", place: "P", country: "C", year: 2019, participants: 25,'
        ' result: mixed, url: "https://example.org"}]\n'
        'contributors: [{name: "Ada", role: wrote, url: "https://example.org/ada"}]'
    )
    assert found.cases == (Case("T", "O", "P", "C", 2019, 25, "mixed", "https://example.org"),)
    assert found.contributors == (Credit("Ada", "wrote", "https://example.org/ada"),)
    assert found.sources == (Source("A guide", "A university"),)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("cases: Leeds", "6:8: cases is a list. Write cases: [Leeds]. [wrong-type]"),
        ("cases: [Leeds]", "6:9: cases, number 1 is not a group of fields. "
         "Write its fields as {title: …, place: …}. [wrong-type]"),
        ('cases: [{title: "A", outcome: "B"}, {title: "C"}]', '6:37: required field "outcome" is '
         "missing in cases, number 2. Add it: What came of it, in one or two sentences. "
         "[field-missing]"),
        ("inclusion: [carers]", "6:12: inclusion is not a group of options. "
         'Write each with a sentence that says how: low-literacy: "…". [wrong-type]'),
        ('inclusion: {carer: "x"}', '6:20: inclusion "carer" is not one we use. Choose one of '
         f'{", ".join(VOCABULARY.facets["inclusion"].values)}. Did you mean "carers"? [option-unknown]'),
        ("inclusion: {carers: yes}", "6:21: inclusion is written yes without quotation marks, which "
         'YAML reads as true or false. Write inclusion: "yes". [yaml-trap]'),
    ],
    ids=["cases-text", "case-text", "case-field", "inclusion-list", "inclusion-word", "inclusion-yes"],
)  # fmt: skip
def test_what_is_wrong_with_a_group_is_said(facts: str, expected: str) -> None:
    assert said(facts) == [expected]


def test_a_list_of_sources_is_not_empty() -> None:
    assert lines(sources="[]") == [
        "methods/a.md:5:10: sources is an empty list. "
        "Add at least 1, or take the line out. [list-short]"
    ]


def test_inclusion_stands_in_the_order_of_the_vocabulary() -> None:
    found = method('inclusion: {anonymous: "A.", carers: "B.", low-literacy: "C."}')
    assert list(found.inclusion.items()) == [("low-literacy", "C."), ("carers", "B."), ("anonymous", "A.")]  # fmt: skip


def test_a_number_with_commas_inside_braces_is_one_number() -> None:
    bare = "Write a bare number, with no quotation marks, £, commas or words:"
    assert lines("cost: {low: £5,000, high: 1,200,000, basis: source}") == [
        f'methods/a.md:6:13: low is not a number ("£5,000"). {bare} 5000. [number-unreadable]',
        f'methods/a.md:6:27: high is not a number ("1,200,000"). {bare} 1200000. [number-unreadable]',
    ]
