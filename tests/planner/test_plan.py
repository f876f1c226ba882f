"""Single rules of the planner: answers, own words, limits, near misses, why not."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from catalogue.model.method import Range
from catalogue.planner.answers import MAX_TEXT, Answers, parse_answers
from catalogue.planner.limits import limits_of
from catalogue.planner.plan import make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.rules import load_rules
from catalogue.planner.scores import TAKEN_OFF_NAMES
from catalogue.presentation.plans.plan_texts import HOW, TAKEN_OFF
from catalogue.search.snapshot import Snapshot

STORY = (
    "We've four weeks and £2,000. I run a clinic and my director wants a public meeting, but nobody knows why patients "
    "miss their appointments or what they really need. They are furious."
)


def test_odd_answers_are_left_out_and_named() -> None:
    answers, notices = parse_answers(
        MultiDict([("purpose", "nonsense"), ("people", "many"), ("level", "high"), ("colour", "red"),
                   ("asked_for", "../x"), ("text", "a " * MAX_TEXT), ("purpose", "inform")])
    )  # fmt: skip
    assert answers.purpose == ("inform",)
    assert answers.people is None
    assert len(answers.text) <= MAX_TEXT
    assert {notice.code for notice in notices} == {
        "option-unknown", "range-unreadable", "asked-for-unknown", "words-long", "parameter-unknown"
    }  # fmt: skip


def test_answers_are_written_back_in_one_form_and_the_main_purpose_stays_first() -> None:
    query = "?purpose=inform&purpose=deliberate&people=20-40&weeks=12&budget=5000"
    answers, _ = parse_answers(
        MultiDict([("weeks", "12"), ("purpose", "inform"), ("purpose", "deliberate"), ("budget", "£5k"), ("people", "20 to 40")])
    )  # fmt: skip
    assert answers.query() == query


def test_a_large_number_of_people_is_taken_for_a_population_unless_they_take_part() -> None:
    assert Answers(people=(16_000, 16_000)).limit_people is None
    assert Answers(people=(16_000, 16_000), counts="taking-part").limit_people == (16_000, 16_000)
    assert Answers(people=(40, 60), counts="living-there").limit_people is None
    assert Answers(people=(40, 60)).limit_people == (40, 60)


def test_own_words_answer_what_is_open_and_nothing_that_was_answered(real: Snapshot) -> None:
    plan = make_plan(real, Answers(text=STORY))
    assert (plan.answers.weeks, plan.answers.budget) == (4, 2000)
    assert plan.answers.conflict == "high"
    assert plan.answers.audience[:1] == ("service-users",)
    assert plan.answers.purpose == ("understand-needs",)
    assert plan.answers.asked_for == ("public-meeting",)
    answered, _ = parse_answers(
        MultiDict([("text", STORY), ("weeks", "9"), ("budget", "not-sure")])
    )
    again = make_plan(real, answered)
    assert again.answers.weeks == 9
    assert again.answers.budget is None
    assert {"weeks", "budget"} & {each.name for each in again.understood} == set()


def test_a_limit_fits_is_tight_breaks_or_is_not_known(real: Snapshot) -> None:
    runs = plan_methods(real).runs["citizens-jury"]
    usual = next(run for run in runs if run.size == "usual")
    weeks = usual.weeks
    assert isinstance(weeks, Range)
    assert weeks.high is not None
    states = {
        value: limits_of(usual, Answers(weeks=value))[0].state
        for value in (weeks.low - 1, weeks.low, weeks.high)
    }
    assert list(states.values()) == ["breaks", "tight", "fits"]
    assert limits_of(usual, Answers()) == []


def test_a_near_miss_admits_its_methods_when_its_change_is_made(real: Snapshot) -> None:
    answers = Answers(purpose=("deliberate",), weeks=6, budget=1000)
    plan = make_plan(real, answers)
    assert plan.near_misses
    for change in plan.near_misses:
        admitted = set(make_plan(real, change.applied(answers)).passing)
        assert set(change.slugs) <= admitted - set(plan.passing), change.name


def test_what_was_asked_for_is_answered_with_what_breaks_and_what_serves_the_same(
    real: Snapshot,
) -> None:
    answers = Answers(purpose=("deliberate",), budget=15_000, weeks=12, asked_for=("citizens-assembly",))  # fmt: skip
    plan = make_plan(real, answers)
    [asked] = plan.asked_for
    assert asked.place is None
    assert {limit.name for _, limits in asked.broken for limit in limits} >= {"budget"}
    assert asked.instead
    assert all(each.method.slug in plan.passing for each, _ in asked.instead)


def test_impossible_limits_still_name_the_best_methods_and_what_they_break(real: Snapshot) -> None:
    plan = make_plan(real, Answers(purpose=("deliberate",), weeks=0, budget=0))
    assert plan.results == ()
    assert len(plan.beyond) == 3
    assert all(each.broken for each in plan.beyond)


def test_every_way_of_winning_or_losing_points_has_its_sentence() -> None:
    rules = load_rules()
    assert set(TAKEN_OFF) == set(rules.taken_off) == set(TAKEN_OFF_NAMES)
    assert {name for name, _ in HOW} == set(rules.weights) - {"words"}


@pytest.mark.parametrize("text", ["", " ", "\u202e", "0", "£", "a" * 500, "weeks weeks", "何"])
def test_any_text_gives_a_plan(snapshot: Snapshot, text: str) -> None:
    answers, _ = parse_answers(MultiDict([("text", text)]))
    assert make_plan(snapshot, answers).passing
