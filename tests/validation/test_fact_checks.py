"""What two facts say together: what is warned of, and what is fine. The messages stand in tests/data/methods_bad.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.validation.reader import read_method_file
from tests.conftest import METHODS
from tests.support.method_text import BODY, read

STEPS = BODY.replace(
    "## How to run it\n\nIt is so.\n",
    "## How to run it\n\nA plan:\n\n1. **Invite (a week).** You ask.\n2. **Meet people’s friends:** an hour.\n",
)
LIGHT = 'light: {in_short: "An hour.", gives_up: "Spread."'


def codes(facts: str, body: str = STEPS) -> list[str]:
    """Return the codes of what is wrong with a small method that has these facts, in the order of its lines."""
    return [problem.code for problem in read(facts, body).problems]


@pytest.mark.parametrize("path", sorted(METHODS.glob("[a-z]*.md")), ids=lambda path: path.stem)
def test_the_facts_of_every_method_of_the_catalogue_fit_together(path: Path) -> None:
    assert [str(problem) for problem in read_method_file(METHODS, path).problems] == []


@pytest.mark.parametrize(
    "facts",
    [
        "supports: [inform, resolve-conflict]",
        "audience: [experts]\naudience_possible: [members]",
        'inclusion: {carers: "x"}\ninclusion_possible: {anonymous: "x"}\ninclusion_unsuitable: {multilingual: "x"}',
    ],
)
def test_options_may_be_shared_out_among_fields(facts: str) -> None:
    assert codes(facts) == []


def test_each_option_in_two_fields_is_named_once_at_the_later_field() -> None:
    facts = (
        'inclusion: {carers: "x"}\ninclusion_possible:\n  carers: "x"\n  anonymous: "x"\n'
        'inclusion_unsuitable:\n  anonymous: "x"'
    )
    found = read(facts).problems
    assert [(p.line, p.values["option"], p.values["first"]) for p in found] == [
        (8, "carers", "inclusion"),
        (11, "anonymous", "inclusion_possible"),
    ]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Invite (a week)", True),
        ("invite  (a week).", True),
        ("Meet people's friends", True),
        ("Invite", False),
        ("A plan", False),
    ],
)
def test_a_step_is_known_by_the_bold_words_whatever_its_last_sign(name: str, known: bool) -> None:
    assert codes(f'timeline: [{{step: "{name}", start: 0, end: 1}}]') == ["step-unknown"] * (
        not known
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["Invite", "Meet", "Answer"], []),
        (["Invite", "Meet"], ["step-untimed"]),
        # It has only begun; and a row that the text does not have may be the one that is missing.
        (["Invite"], []),
        (["Invite", "Meet", "Reply"], ["step-unknown"]),
    ],
)
def test_a_timeline_has_a_row_for_each_step_of_the_text(rows: list[str], found: list[str]) -> None:
    steps = "\n".join(f"{n}. **{name}.** So." for n, name in enumerate(["Invite", "Meet", "Answer"], start=1))  # fmt: skip
    body = BODY.replace("## How to run it\n\nIt is so.", f"## How to run it\n\n{steps}")
    timeline = ", ".join(f'{{step: "{name}", start: 0, end: 1}}' for name in rows)
    assert codes(f"timeline: [{timeline}]", body) == found


@pytest.mark.parametrize(
    ("basis", "note", "found"),
    [("judgement", "Our estimate: tea", ["estimate-twice"]), ("judgement", "tea", []), ("source", "the top is our estimate", [])],
)  # fmt: skip
def test_the_note_of_a_cost_does_not_repeat_that_it_is_our_estimate(
    basis: str, note: str, found: list[str]
) -> None:
    for size in ("light", "large"):
        cost = f'{{low: 0, high: 9, currency: GBP, basis: {basis}, note: "{note}"}}'
        assert codes(f'{size}: {{in_short: "x", gives_up: "y", cost: {cost}}}') == found


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("start: 2, end: 2", []),
        ("start: 2, end: 1", ["range-reversed"]),
        ("start: 2, end: 4, light_start: 1, light_end: 1", []),
        ("start: 2, end: 4, light_start: 5", ["range-reversed"]),
        ("start: 2, end: 4, light_start: 1, light_end: 0.5", ["range-reversed"]),
    ],
)
def test_no_step_ends_before_it_begins_in_either_run(step: str, found: list[str]) -> None:
    reading = read(f'timeline: [{{step: "Invite (a week)", {step}}}]', STEPS)
    assert [problem.code for problem in reading.problems] == found
    assert reading.usable == (not found)


@pytest.mark.parametrize(
    ("weeks", "end", "fine"),
    [("{min: 2, max: 4}", 2, True), ("{min: 2, max: 4}", 4, True), ("{min: 2, max: 4}", 5, False),
     ("{min: 2, max: 4}", 1, False), ("{min: 2}", 99, True), ("{min: 2}", 1, False)],
)  # fmt: skip
def test_a_timeline_ends_within_its_lead_time(weeks: str, end: int, fine: bool) -> None:
    steps = f'timeline: [{{step: "Invite (a week)", start: 0, end: {end}}}]'
    assert codes(f"lead_time_weeks: {weeks}\n{steps}") == ["timeline-outside"] * (not fine)
    short = f'timeline: [{{step: "Invite (a week)", start: 0, end: 50, light_end: {end}}}]'
    light = f"{LIGHT}, lead_time_weeks: {weeks}}}"
    assert codes(f"{light}\n{short}") == ["timeline-outside"] * (not fine)


def test_a_step_that_a_light_run_leaves_out_does_not_count_for_its_end() -> None:
    steps = (
        "timeline:\n"
        '  - {step: "Invite (a week)", start: 0, end: 2}\n'
        '  - {step: "Meet people’s friends", start: 2, end: 9, in_light: false}'
    )
    assert (
        codes(
            f"lead_time_weeks: {{min: 6}}\n{LIGHT}, lead_time_weeks: {{min: 1, max: 3}}}}\n{steps}"
        )
        == []
    )


@pytest.mark.parametrize(
    ("own", "fine"),
    [
        ("group_size: {min: 20, max: 40}, staff_days: {min: 9}", False),
        ("group_size: {min: 20, max: 40}, staff_days: {min: 1, max: 2}", True),
        ("group_size: {min: 20, max: 40}", True),
        ("group_size: {min: 8, max: 12}, staff_days: {min: 2, max: 4}", True),
        ("group_size: {min: 8, max: 20}, cost: {band: high, basis: judgement}", False),
        ("", True),
    ],
)
def test_a_light_run_is_not_larger_in_all_its_figures(own: str, fine: bool) -> None:
    usual = "group_size: {min: 8, max: 12}\nstaff_days: {min: 2, max: 4}\ncost: {low: 9, high: 99, basis: case}\n"
    comma = ", " if own else ""
    assert codes(f"{usual}{LIGHT}{comma}{own}}}") == ["sizes-swapped"] * (not fine)


@pytest.mark.parametrize(
    ("kind", "found"),
    [("kind: standing", []), ("", []), ("kind: event", ["existing-body-unfit"])],
)
def test_only_what_stands_can_exist_already(kind: str, found: list[str]) -> None:
    assert codes(f"{kind}\nexisting_body: can-answer") == found


def test_faulty_steps_are_said_alone() -> None:
    facts = 'timeline:\n  - {step: "Invite (a week)", start: x, end: 1}\n  - {step: "Other", start: 2, end: 1}'
    assert codes(facts) == ["number-unreadable"]


def test_the_language_of_a_name_is_one_that_we_know() -> None:
    found = read('aliases: ["Bürgerrat [de]", "Jury  [xx]", "A [CY]"]', STEPS)
    assert found.draft
    assert found.draft.aliases == ("Bürgerrat", "Jury", "A")
    assert [name.text for name in found.names[1:]] == ["Bürgerrat", "Jury", "A"]
    first, second = map(str, found.problems)
    assert 'language of a name "xx" is not one we use. Choose one of ar, bg, bn,' in first
    assert first.endswith("[option-unknown]")
    assert 'language of a name "CY" is not one we use' in second
    assert 'Did you mean "cy"?' in second
