"""Values made of others: lists, ranges, costs, cases, and the whole front matter.

The facts of a test begin on line 6 of a small file that is otherwise right.
"""

from __future__ import annotations

import pytest

from catalogue.model.fields import FIELDS, Field
from catalogue.model.method import Case, Cost, Credit, Range, Source
from catalogue.validation import composites
from catalogue.validation.composites import ENOUGH_ERRORS, READERS
from catalogue.validation.front_matter import Node
from catalogue.validation.scalars import Faults, text
from catalogue.vocabulary import VOCABULARY
from tests.support.method_text import lines, method, read

ALL_FIELDS = ", ".join(field.name for field in FIELDS)
GROUPS = ("group_size", "participant_hours", "lead_time_weeks", "staff_days")


def said(facts: str) -> list[str]:
    """Return the problems of a file with these facts, without its name."""
    return [line.removeprefix("methods/a.md:") for line in lines(facts)]


def test_every_type_of_field_has_a_reader() -> None:
    groups = [FIELDS, *(field.fields for field in FIELDS)]
    assert {field.type for fields in groups for field in fields} <= set(READERS)


PURPOSES = ", ".join(VOCABULARY.facets["purpose"].values)
OTHERS = f"Take it out, or choose one of {ALL_FIELDS}."


@pytest.mark.parametrize(
    ("facts", "fix"),
    [
        ("audiences: [users, youth]",
         'Did you mean "audience"? Who takes part. Write audience: [service-users, young-people].'),
        ("Summary: x", OTHERS),
        ("lead_time: x", 'Did you mean "lead_time_weeks"? Weeks from the idea to a usable result. '
         "Write lead_time_weeks: {min: …, max: …}."),
        ("time: two hours", 'Did you mean "participant_hours"? Hours each person gives in all. '
         "Write participant_hours: {min: …, max: …}."),
        ("participants: 12 to 30", 'Did you mean "people_in_all"? How many people take part, are reached, or are counted, in all. '
         "Write people_in_all: {min: 12, max: 30, counts: …}. Choose from taking-part, reached, requests."),
        ("type: picnic", 'Did you mean "kind"? How long-lived it is. Write kind: …. '
         "Choose from activity, event, process, standing."),
        ("author: Ada", 'Did you mean "contributors"? Who worked on the page. '
         'Write contributors: [{name: "Ada"}].'),
        ("tags: [ideas]", OTHERS),
        ("description: x", "Write it in the text, below the line ## What it is."),
        ("pros: [cheap]", "Write it in the text, below the line ## Strengths."),
        ("colour: x", OTHERS),
    ],
    ids=lambda value: value.split(":")[0],
)  # fmt: skip
def test_an_unknown_field_suggests_the_field_that_was_meant_and_how_to_write_it(
    facts: str, fix: str
) -> None:
    name = facts.split(":")[0]
    assert said(facts) == [
        f'6:{len(name) + 3}: "{name}" is not a field we use. {fix} [field-unknown]'
    ]


@pytest.mark.parametrize(
    ("given", "as_ours", "fix"),
    [
        ("title", "name: Jig", 'Did you mean "title"? The usual English name. Write title: "Jig".'),
        ("summary", "description: We dance.",
         'Did you mean "summary"? One sentence that says what happens. Write summary: "We dance.".'),
        ("purposes", "tags: [ideas, feedback]", 'Did you mean "purposes"? What you need from people, the best first. '
         "Write purposes: [generate-ideas, gather-views]."),
        ("purposes", "tags: [dance]", 'Did you mean "purposes"? What you need from people, the best first. '
         f"Write purposes: […]. Choose from {PURPOSES}."),
        ("sources", "links: [https://a.example/x]", 'Did you mean "sources"? Where the facts are from. '
         'Write sources: [{title: "…", by: "…", url: "https://a.example/x"}].'),
    ],
)  # fmt: skip
def test_a_needed_field_under_another_name_is_one_problem(
    given: str, as_ours: str, fix: str
) -> None:
    found = lines(as_ours, **{given: None})
    name = as_ours.split(":")[0]
    assert [line.split(": ", 1)[1] for line in found] == [
        f'"{name}" is not a field we use. {fix} [field-unknown]'
    ]


def test_an_unknown_field_inside_a_group_says_in_which() -> None:
    assert said('contributors: [{name: "Ada", nick: "A"}]') == [
        '6:36: "nick" is not a field we use in contributors, number 1. '
        'Take it out, or choose one of name, role, url. [field-unknown]'
    ]  # fmt: skip


def test_each_missing_required_field_is_named() -> None:
    found = lines(title=None, summary="", purposes="~", sources="null")
    written = {
        "purposes": f"purposes: […]. Choose from {PURPOSES}.",
        "sources": 'sources: [{title: "…", by: "…"}].',
        "summary": 'summary: "…".',
        "title": 'title: "…".',
    }
    meanings = {field.name: field.meaning for field in FIELDS}
    assert found == [
        f'methods/a.md:1:1: required field "{name}" is missing. '
        f"Add it: {meanings[name]} Write {pattern} [field-missing]"
        for name, pattern in written.items()
    ]


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
        ("level: consult", "6:8: level takes a list, in square brackets. Write level: [consult]. [wrong-type]"),
        ("level: Consultation, involve", "6:8: level takes a list, in square brackets. "
         "Write level: [consult, involve]. [wrong-type]"),
        ("level: {a: b}", "6:8: level takes a list, and this is a group of fields. Write level: […]. "
         "Choose from inform, consult, involve, collaborate, empower. [wrong-type]"),
        ("level: {main: involve, other: consult}", "6:8: level takes a list, and this is a group of fields. "
         "Write level: [involve, consult]. [wrong-type]"),
        ("level: []", "6:8: level is an empty list. Add at least 1, or take the line out. "
         "Choose from inform, consult, involve, collaborate, empower. [list-short]"),
        ("level: [consult, consult]",
         '6:18: "consult" is given twice. Take one of them out. [option-repeated]'),
        ("level: [inform, consult, involve, empower]",
         "6:8: level has 4 entries and the limit is 3. Keep the 3 that matter most. [list-long]"),
        ("level: [no]", '6:9: engagement level "no" is not one we use. Choose one of inform, consult, involve, '
         "collaborate, empower. [option-unknown]"),
        ("level: [~]", "6:9: level is empty. Write it, or take the line out: "
         "How much say people have, the main one first. [text-empty]"),
        ("level: [[consult]]", "6:9: level takes one option, not a list. "
         "Write level: [consult]. [wrong-type]"),
        ("aliases: Jig, or reel", "6:10: aliases takes a list, in square brackets. "
         'Write aliases: ["Jig, or reel"]. [wrong-type]'),
        ("not_for: [It has: a cost]", '6:11: not_for takes one value, not a group of fields. '
         'Write "It has: a cost". [wrong-type]'),
        ("aliases: [1984]", "6:11: aliases is written 1984 without quotation marks, which YAML "
         'reads as a number. Write aliases: "1984". [yaml-trap]'),
        ('aliases: ["a", ""]', "6:16: aliases is empty. Write it, or take the line out: "
         "Other names people know it by, foreign ones with their language: Bürgerrat [de]. [text-empty]"),
        ("not_for: [" + ", ".join("abcdefg") + "]",
         "6:10: not_for has 7 entries and the limit is 6. Keep the 6 that matter most. [list-long]"),
        ("related: [World Café]", '6:11: "World Café" is not the slug of a method. Write the file '
         "name without .md, which is probably world-cafe. [slug-unusable]"),
        ("related: [東京]", '6:11: "東京" is not the slug of a method. Write the file '
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
         "Write group_size: {min: 12, max: 30}. [wrong-type]"),
        ("[12, 1.500]", "6:13: group_size is not a group of fields. "
         "Write group_size: {min: 12, max: 1500}. [wrong-type]"),
        ("about 20", "6:13: group_size is not a group of fields. "
         "Write group_size: {min: …, max: …}. [wrong-type]"),
        ("{max: 30}", '6:13: required field "min" is missing in group_size. '
         "Add it: The smallest usual number. Write min: …. [field-missing]"),
        ("{min: 30, max: 12.5}", "6:13: in group_size, max (12.5) is smaller than min (30). "
         "Change the two over. [range-reversed]"),
        ("{min: 12, most: 30}", '6:29: "most" is not a field we use in group_size. '
         "Take it out, or choose one of min, max, note. [field-unknown]"),
        ("{min: 12, up to: 30}", '6:30: "up to" is not a field we use in group_size. Did you mean "max"? '
         "The largest; left out if there is no upper limit. Write max: 30. [field-unknown]"),
    ],
    ids=["text", "list", "words", "no-min", "reversed", "unknown", "meant"],
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
                 "Add it: Where figures or band come from. Write basis: …. "
                 "Choose from source, case, judgement. [field-missing]")  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("low", "6:7: cost is not a group of fields. Write cost: {band: low, basis: judgement}. [wrong-type]"),
        ("€1.500 - 2.000", "6:7: cost is not a group of fields. "
         "Write cost: {low: 1500, high: 2000, currency: EUR, basis: judgement}. [wrong-type]"),
        ("$20", "6:7: cost is not a group of fields. Write cost: {band: …, basis: …}. Choose from currency: GBP, EUR, "
         "USD; basis: source, case, judgement; band: minimal, low, moderate, high, very-high. [wrong-type]"),
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
    ids=["text", "sum", "dollars", "empty", "basis", "band-missing", "band-computed", "reversed", "band", "currency"],
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


def test_a_value_with_a_warning_is_kept_and_so_is_all_that_it_stands_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cases = ", ".join(f'{{title: "{n}", outcome: "B"}}' for n in range(ENOUGH_ERRORS))
    facts = (
        'cost: {band: low, basis: case, note: "N"}\nlight: {in_short: "S", gives_up: "G"}\n'
        f'group_size: {{min: 3, note: "N"}}\ncases: [{cases}]\ncontributors: [{{name: "Ada"}}]'
    )
    expected = method(facts)

    def warned(faults: Faults, field: Field, node: Node) -> str | None:
        faults.report("link-text", node, words="here")
        return text(faults, field, node)

    monkeypatch.setitem(composites.READERS, "text", warned)
    found = read(facts)
    assert {problem.severity for problem in found.problems} == {"warning"}
    assert found.method == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("cases: Leeds", "6:8: cases takes a list, in square brackets. "
         'Write cases: [{title: "Leeds", outcome: "…"}]. [wrong-type]'),
        ("cases: {title: Leeds, year: 2019, outcome: A plan}", "6:8: cases takes a list, and this is a group of fields. "
         'Write cases: [{title: "Leeds", year: 2019, outcome: "A plan"}]. [wrong-type]'),
        ('cases: ["Leeds, 2019"]', "6:9: cases, number 1 is not a group of fields. "
         'Write {title: "Leeds, 2019", outcome: "…"}. [wrong-type]'),
        ('cases: [{title: "A", outcome: "B"}, {title: "C"}]', '6:37: required field "outcome" is '
         "missing in cases, number 2. Add it: What came of it, in one or two sentences. "
         'Write outcome: "…". [field-missing]'),
        ("inclusion: [carers]", "6:12: inclusion is not a group of options, each with a sentence that says how. "
         'Write inclusion: {…: "…"}. Choose from '
         f'{", ".join(VOCABULARY.facets["inclusion"].values)}. [wrong-type]'),
        ('inclusion: {carer: "x"}', '6:20: inclusion "carer" is not one we use. Choose one of '
         f'{", ".join(VOCABULARY.facets["inclusion"].values)}. Did you mean "carers"? [option-unknown]'),
        ("inclusion: {carers: yes}", "6:21: inclusion is written yes without quotation marks, which "
         'YAML reads as true or false. Write inclusion: "yes". [yaml-trap]'),
    ],
    ids=["cases-text", "cases-group", "case-text", "case-field", "inclusion-list", "inclusion-word", "inclusion-yes"],
)  # fmt: skip
def test_what_is_wrong_with_a_group_is_said(facts: str, expected: str) -> None:
    assert said(facts) == [expected]


def test_a_list_of_sources_is_not_empty() -> None:
    assert lines(sources="[]") == [
        "methods/a.md:5:10: sources is an empty list. "
        'Add at least 1: sources: [{title: "…", by: "…"}]. [list-short]'
    ]


def test_inclusion_stands_in_the_order_of_the_vocabulary() -> None:
    found = method('inclusion: {anonymous: "A.", carers: "B.", low-literacy: "C."}')
    assert list(found.inclusion.items()) == [("low-literacy", "C."), ("carers", "B."), ("anonymous", "A.")]  # fmt: skip


def test_a_number_with_commas_inside_braces_is_one_number() -> None:
    bare = "Write a bare number, with no quotation marks, £, commas or words:"
    assert lines(
        "cost: {low: 7.500,00 €, high: 1,200,000, basis: source}\nstaff_days: {min: 1,5}"
    ) == [
        'methods/a.md:6:13: low is not a number ("7.500,00 €"). '
        "Write low: 7500 and, beside it, currency: EUR. [number-unreadable]",
        f'methods/a.md:6:31: high is not a number ("1,200,000"). {bare} 1200000. [number-unreadable]',
        f'methods/a.md:7:19: min is not a number ("1,5"). {bare} 1.5. [number-unreadable]',
    ]
    # Two numbers with a space between are not one.
    assert said("staff_days: {min: 10, 20}")[0].startswith('6:25: "20" is not a field we use')
