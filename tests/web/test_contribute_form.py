"""The form for a new method: what it asks, what it makes of the answers, where problems are shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from catalogue.authoring.form.form_data import WHOLE_PAGE, place, read_answers, too_long
from catalogue.authoring.form.form_messages import in_form
from catalogue.authoring.form.from_file import method_answers, unasked, use_answers
from catalogue.authoring.form.method_writer import write_method
from catalogue.authoring.form.questions import RECORDS, Question, beginning, parts, shown
from catalogue.model.codes import CODES
from catalogue.model.fields import FIELDS
from catalogue.model.problems import Problem, Values
from catalogue.validation.reader import read_method_file, read_method_text
from catalogue.vocabulary import VOCABULARY
from catalogue.web.contribution_form import Form
from tests.authoring.test_method_writer import values_of
from tests.conftest import METHODS
from tests.support.form_data import ANSWERS, SIZED_LINES, SIZES
from tests.support.search_helpers import tries

SLUGS = {"street stall": "street-stall", "world café": "world-cafe", "fishbowl": "fishbowl"}


def questions(
    sources: int = 0, cases: int = 0, contributors: int = 0, timeline: int = 0
) -> list[Question]:
    rest = parts(sources, cases, contributors, timeline)
    groups = [*beginning(), *(group for part in rest for group in part.groups)]
    return [question for group in groups for question in group.questions]


def values(**answers: str | list[str]) -> dict[str, Any]:
    """Return the values made of answers; a name is given with _ for its hyphens at the end of a part."""
    return read_answers(MultiDict(answers), SLUGS)


def placed(answers: dict[str, Any]) -> dict[str, str]:
    """Return the control at which each problem of these answers stands, by the problem's code."""
    made = read_answers(MultiDict(answers), SLUGS)
    text = write_method(made)
    problems = list(read_method_text("methods/x.md", "x", text).problems)
    return {problem.code: name for problem, name in place(text, problems, made).items()}


def test_it_begins_with_eight_questions() -> None:
    assert [group.name for group in beginning()] == [
        "title", "summary", "purposes-main", "audience", "cost", "section-what-it-is", "section-how-to-run", "sources-1"
    ]  # fmt: skip


def test_every_field_but_picture_and_room_and_every_heading_is_asked_for_once() -> None:
    asked = questions()
    names = [question.name for question in asked]
    assert len(names) == len(set(names))
    fields = {question.field for question in asked} - {""}
    assert fields == {field.name for field in FIELDS} - {
        "licence",
        "picture",
        "room",
        "was",
        "split_from",
        "added",
    }
    sections = {question.label for question in asked if not question.field}
    assert sections == set(VOCABULARY.section_ids)


def test_every_question_has_a_hint_with_an_example() -> None:
    # The options of these stand below one hint for all.
    several = {field.name for field in FIELDS if field.type == "sentences"}
    asked = [question for question in questions() if question.field not in several]
    assert [q.name for q in asked if "For example: " not in q.hint] == []
    hints = {group.name: group.hint for part in parts() for group in part.groups}
    assert [name for name in several if "For example: " not in hints[name]] == []
    assert [q.name for q in questions() if not q.label or not q.hint] == []


def test_every_option_of_the_vocabulary_is_offered_in_its_order() -> None:
    offered = {q.name: tuple(option.value for option in q.options) for q in questions()}
    for name in ("purposes-main", "purposes"):
        assert offered[name] == VOCABULARY.facets["purpose"].values
    assert offered["audience"] == VOCABULARY.facets["audience"].values
    assert offered["cost-band"] == VOCABULARY.facets["cost"].values
    assert offered["cost-basis"] == VOCABULARY.choices["basis"].values
    assert offered["decision_capable"] == VOCABULARY.facets["decision"].values
    assert offered["cases-1-result"] == VOCABULARY.choices["result"].values
    assert offered["sources-1-independent"] == ("true", "false")
    assert offered["light-needs"] == VOCABULARY.choices["needs"].values
    assert offered["large-people_in_all-counts"] == VOCABULARY.choices["counts"].values
    harms = [q.name for q in questions() if q.field == "can_harm"]
    assert harms == [f"can_harm-{value}" for value in VOCABULARY.choices["harm"].values]


@pytest.mark.parametrize(
    ("name", "filled", "number"),
    [("sources", 0, 2), ("sources", 1, 2), ("sources", 2, 3), ("cases", 3, 4), ("cases", 99, 8)],
)
def test_one_more_record_is_asked_for_than_is_filled(name: str, filled: int, number: int) -> None:
    assert shown(name, filled) == number
    labels = [q.name for q in questions(**{name: filled}) if q.name.endswith("-title")]
    assert sum(label.startswith(name) for label in labels) == number


def test_the_whole_form_makes_a_file_without_problems_that_says_what_was_answered() -> None:
    made = read_answers(MultiDict(ANSWERS), SLUGS)
    reading = read_method_text("methods/x.md", "x", write_method(made))
    assert [str(problem) for problem in reading.problems] == []
    method = reading.method
    assert method is not None
    assert method.purposes == ("build-community", "understand-needs")
    assert method.related == ("street-stall", "world-cafe", "fishbowl")
    assert method.decision_capable == "no"
    assert method.licence == "CC-BY-4.0"
    assert [source.title for source in method.sources] == ["Repair guide", "Ten years of mending"]
    assert [section.id for section in method.sections] == list(VOCABULARY.required_sections)


def test_every_new_fact_is_asked_in_a_folded_part_and_stands_in_the_file() -> None:
    made = read_answers(MultiDict({**ANSWERS, **SIZES}), SLUGS)
    text = write_method(made)
    reading = read_method_text("methods/x.md", "x", text)
    assert [str(problem) for problem in reading.problems] == []
    assert set(SIZED_LINES) <= set(text.split("\n"))
    folded = {question.name for part in parts() for g in part.groups for question in g.questions}
    assert set(SIZES) <= folded


@pytest.mark.parametrize("slug", ["depth-interview", "citizens-jury", "service-user-panel"])
def test_a_method_file_taken_into_the_form_comes_out_as_it_was(slug: str) -> None:
    file = METHODS / f"{slug}.md"
    text = file.read_text(encoding="utf-8")
    method = read_method_file(METHODS, file).method
    assert method is not None
    made = read_answers(MultiDict(method_answers(text.replace("\n", "\r\n"))), {})
    again = read_method_text("x.md", slug, write_method(made)).method
    assert again is not None
    lost = unasked(text)
    assert set(lost) <= {"picture", "room", "was", "split_from", "added"}
    dropped: dict[str, Any] = dict.fromkeys(lost)
    assert {**values_of(again), **dropped} == {**values_of(method), **dropped}


def test_what_is_wrong_in_a_file_is_in_the_form_as_it_stands_there() -> None:
    answers = method_answers(
        "---\ntitle: Zed\ncost: {low: ten, basis: hearsay}\nsources: [{title: A, year: soon}, {by: B}]\n"
        "inclusion: {carers: Short.}\npurposes: [dance, inform]\nrelated: [A b, c]\n---\n## Origin\n\n- It is.\n"
    )
    assert answers == {
        "title": ["Zed"], "cost-low": ["ten"], "cost-basis": ["hearsay"],
        "sources-1-title": ["A"], "sources-1-year": ["soon"], "sources-2-by": ["B"],
        "inclusion-carers": ["Short."], "purposes-main": ["dance"], "purposes": ["inform"],
        "related": ["A b\nc"], "section-origin": ["- It is."],
    }  # fmt: skip


@tries(60)
@given(text=st.text(max_size=300).map(lambda t: f"---\n{t}\n---\n## {t}") | st.text(max_size=300))
def test_any_text_can_be_taken_into_a_form(text: str) -> None:
    for answers in (method_answers(text), use_answers(text)):
        assert all(isinstance(given, str) for each in answers.values() for given in each)


def test_the_main_purpose_comes_first_and_is_not_repeated() -> None:
    made = values(**{"purposes-main": "inform", "purposes": ["deliberate", "inform"]})
    assert made["purposes"] == ["inform", "deliberate"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("£1,000", "1000"), ("1,000", "1000"), (" 12 ", "12"), ("1,00", "1"), ("1.500", "1500"),
     ("1.500,50", "1500.5"), ("1 500", "1500"), ("80k", "80000"), ("$2.5", "$2.5"), ("€2.500", "€2.500"),
     ("ten", "ten"), ("", "")],
)  # fmt: skip
def test_a_number_may_be_typed_as_money(typed: str, number: str) -> None:
    assert values(**{"cost-low": typed, "cost-basis": "case"})["cost"]["low"] == number


def test_a_sign_of_money_is_read_where_it_is_that_of_the_currency_chosen() -> None:
    made = values(**{"cost-low": "€2.500", "cost-high": "£3,000", "cost-currency": "EUR"})
    assert (made["cost"]["low"], made["cost"]["high"]) == ("2500", "£3,000")


@pytest.mark.parametrize(
    ("typed", "hours"), [("1,5", "1.5"), ("1.500", "1.500"), ("1,500", "1,500")]
)
def test_hours_that_may_be_two_numbers_stay_as_they_were_typed(typed: str, hours: str) -> None:
    made = values(**{"participant_hours-min": typed, "group_size-min": typed})
    assert made["participant_hours"]["min"] == hours


def test_a_currency_alone_is_no_cost() -> None:
    assert values(**{"cost-currency": "EUR"})["cost"] == {}


def test_a_related_method_is_known_by_name_in_any_letters() -> None:
    assert values(related="FISHBOWL\n\n World café \nA new one")["related"] == [
        "fishbowl", "world-cafe", "a-new-one"
    ]  # fmt: skip


def test_related_methods_may_be_divided_by_commas_and_a_name_may_hold_one() -> None:
    known = {**SLUGS, "learn, then vote": "learn-then-vote"}
    typed = MultiDict(
        {"related": "Fishbowl, world-cafe; Street stall,\nLearn, then vote\nfishbowl"}
    )
    assert read_answers(typed, known)["related"] == [
        "fishbowl", "world-cafe", "street-stall", "learn-then-vote"
    ]  # fmt: skip


def test_of_a_question_answered_twice_the_first_answer_counts() -> None:
    assert values(title=["One", "Two"])["title"] == "One"


def test_a_long_answer_is_named_and_cut() -> None:
    typed = MultiDict({"title": "x" * 2_001, "section-what-it-is": "y" * 12_000})
    limits = {"title": 2_000, "section-what-it-is": 12_000}
    ((name, problem),) = too_long("methods/x.md", typed, limits)
    message = "this answer has 2,001 characters and we read 2,000 at most"
    assert (name, in_form(problem)) == ("title", (message, "Cut 1."))
    assert len(read_answers(typed, {})["title"]) == 2_000


@pytest.mark.parametrize(
    ("changed", "code", "control"),
    [
        ({"title": ""}, "field-missing", "title"),
        ({"purposes-main": "", "purposes": []}, "field-missing", "purposes"),
        ({"title": "x" * 61}, "text-long", "title"),
        ({"purposes-main": "zzz"}, "option-unknown", "purposes"),
        ({"audience": ["zzz"]}, "option-unknown", "audience"),
        ({"group_size-min": "ten"}, "number-unreadable", "group_size-min"),
        ({"group_size-min": ""}, "field-missing", "group_size-min"),
        ({"group_size-max": "5"}, "range-reversed", "group_size"),
        ({"cost-basis": ""}, "field-missing", "cost-basis"),
        ({"cost-band": ""}, "cost-band-missing", "cost"),
        ({"cost-year": "12"}, "year-unlikely", "cost-year"),
        ({"sources-2-by": ""}, "field-missing", "sources-2-by"),
        ({"sources-2-url": "b.example"}, "address-unusable", "sources-2-url"),
        ({"cases-1-year": "1066"}, "year-unlikely", "cases-1-year"),
        ({"cases-1-outcome": ""}, "field-missing", "cases-1-outcome"),
        ({"contributors-1-role": "king"}, "option-unknown", "contributors-1-role"),
        ({"not_for": "x\n" * 7}, "list-long", "not_for"),
        ({"last_reviewed": "soon"}, "date-unreadable", "last_reviewed"),
        ({"section-what-it-is": ""}, "section-empty", "section-what-it-is"),
        ({"people_in_all-min": "9"}, "field-missing", "people_in_all-counts"),
        ({"light-in_short": "Talk."}, "field-missing", "light-gives_up"),
        ({**SIZES, "light-gives_up": ""}, "field-missing", "light-gives_up"),
        ({**SIZES, "light-needs": ["zzz"]}, "option-unknown", "light-needs"),
        ({**SIZES, "light-cost-high": "x"}, "number-unreadable", "light-cost-high"),
        ({**SIZES, "light-people_in_all-max": "1"}, "range-reversed", "light-people_in_all"),
        ({**SIZES, "timeline-2-start": ""}, "field-missing", "timeline-2-start"),
        ({**SIZES, "timeline-2-start": "6"}, "range-reversed", "timeline-2"),
        ({**SIZES, "timeline-1-step": "Mend"}, "step-unknown", "timeline-1-step"),
        ({**SIZES, "timeline-2-end": "20"}, "timeline-outside", "timeline"),
        ({**SIZES, "duty-rule": ""}, "field-missing", "duty-rule"),
        ({**SIZES, "supports": ["build-community"]}, "option-in-two", "supports"),
        ({**SIZES, "audience_possible": ["local-residents"]}, "option-in-two", "audience_possible"),
        (
            {**SIZES, "inclusion_unsuitable-carers": "No."},
            "option-in-two",
            "inclusion_unsuitable-carers",
        ),
        ({**SIZES, "existing_body": "can-answer"}, "existing-body-unfit", "existing_body"),
        ({"section-origin": " "}, "section-empty", "section-origin"),
    ],
)
def test_a_problem_stands_beside_its_control(
    changed: dict[str, Any], code: str, control: str
) -> None:
    assert placed({**ANSWERS, **changed}) == {code: control}


def test_a_problem_of_a_record_behind_a_blank_one_stands_beside_the_record_as_it_was_numbered() -> (
    None
):
    moved = {name.replace("-2-", "-5-"): text for name, text in ANSWERS.items()}
    assert placed({**moved, "sources-5-year": "x"}) == {"number-unreadable": "sources-5-year"}


@tries(60)
@given(
    answers=st.dictionaries(
        st.sampled_from([q.name for q in questions(3, 2, 2)]) | st.text(max_size=9),
        st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=3),
        max_size=12,
    )
)
def test_every_problem_of_any_answers_belongs_to_a_question_or_to_the_page(
    answers: dict[str, Any],
) -> None:
    made = read_answers(MultiDict(answers), {})
    text = write_method(made)
    problems = list(read_method_text("methods/x.md", "x", text).problems)
    names = [question.name for question in questions(*(most for _, most in RECORDS.values()))]
    for name in place(text, problems, made).values():
        assert not name or any(known == name or known.startswith(f"{name}-") for known in names)


@pytest.mark.parametrize(
    ("code", "values", "worded"),
    [
        ("field-missing", {"field": "by", "meaning": "Who published it."},
         ("this answer is missing", "Who published it.")),
        ("section-empty", {"heading": "Origin"},
         ("this text is missing", "Write it, if only two lines.")),
        ("number-unreadable", {"field": "min", "found": 'a ("b")', "better": "12"},
         ('“a ("b")” is not a number', "Write a number in figures, with nothing beside it.")),
        ("review-due", {"reviewed": "2024-01-01", "due": "2026-01-01", "months": 24},
         ("this page was last reviewed on 2024-01-01 and was due on 2026-01-01",
          "Read it through, check its facts and links, and answer “When did you last read and check the whole "
          "page?” anew. Pages are reviewed every 24 months.")),
        ("option-repeated", {"option": "min"}, ('"min" is given twice', "Take one of them out.")),
    ],
)  # fmt: skip
def test_some_problems_are_worded_differently_in_the_form(
    code: str, values: Values, worded: tuple[str, str]
) -> None:
    assert in_form(Problem(code, "methods/x.md", 1, 1, values)) == worded


@pytest.mark.parametrize("size", ["", "light-", "large-"])
def test_the_summary_calls_no_two_questions_the_same_and_each_by_what_it_is_about(
    size: str,
) -> None:
    form = Form(MultiDict(), tuple(beginning()), parts(**{name: 4 for name in RECORDS}))
    labels = form.labels()
    assert len(set(labels.values())) == len(labels)
    assert labels["sources-1-year"] == "Source 1: Year"
    assert labels["cases-2-year"] == "Case 2: Year"
    assert labels["group_size-min"] == "How many people sit in one group? From"
    part = {"": "", "light-": "A smaller run: ", "large-": "A larger run: "}[size]
    assert labels[f"{size}people_in_all-min"] == f"{part}How many people in all? From"


def test_every_code_of_the_page_as_a_whole_exists() -> None:
    assert set(WHOLE_PAGE) <= set(CODES)


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"title": "x" * 61},
     "this answer is 61 characters and the limit is 60. Cut 1."),
    ({"cost-basis": ""}, "this answer is missing. Where figures or band come from."),
    ({"cost-band": ""},
     "“Cost band” is not chosen, and it takes two figures to work it out. "
     "Choose one, or give “Lower figure” and “Higher figure”."),
    ({"cost-low": "400", "cost-high": "450"},
     'both figures are given, so the cost band is worked out ("minimal"). '
     "Choose nothing at “Cost band”, or take out one of “Lower figure” and “Higher figure”."),
    ({"cost-band": "", "cost-low": "9", "cost-high": "8"},
     "“Higher figure” (8) is smaller than “Lower figure” (9). Change the two over."),
    ({"group_size-min": "99"}, "“To” (60) is smaller than “From” (99). Change the two over."),
    ({"group_size-min": "twelve"}, "“twelve” is not a number. Write a number in figures, with nothing beside it."),
    ({"cost-year": "2023-24"}, "“2023-24” is not a year. Write one year in four figures. For example: 2023."),
    ({"group_size-min": "012"}, "this answer begins with a nought (012). Write 12."),
    ({"group_size-max": "9" * 10},
     "9999999999 is too large a number. Check it."),
    ({"not_for": "x\n" * 7},
     "there are 7 answers and the limit is 6. Keep the 6 that matter most."),
    ({"last_reviewed": "soon"}, "“soon” is not a date. Write year, month and day. For example: 2026-11-23."),
    ({"last_reviewed": "2999-01-01"},
     "this answer lies in the future (2999-01-01). Write the day on which it was done."),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "worded"), MISTAKES, ids=lambda part: str(part)[:30])
def test_the_form_names_its_questions_and_not_the_fields(
    changed: dict[str, Any], worded: str
) -> None:
    text = write_method(read_answers(MultiDict({**ANSWERS, **changed}), SLUGS))
    ((message, fix),) = map(in_form, read_method_text("methods/x.md", "x", text).problems)
    assert f"{message}. {fix}" == worded
