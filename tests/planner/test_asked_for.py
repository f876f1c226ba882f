"""What was asked for by name: among the first three or told why not, whatever the answers; and what is said of one asked after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.planner.answers import Answers
from catalogue.planner.asked_first import speaks_against
from catalogue.planner.plan import Plan, make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.ranking import Ranked, rank, scored
from catalogue.planner.rules import load_rules
from catalogue.planner.scores import tells
from catalogue.planner.steps.costs import estimate
from catalogue.planner.steps.picked import look_up
from catalogue.planner.struck_out import usual_fits
from catalogue.presentation.plans.plan_data import plan_data
from catalogue.presentation.plans.step_texts import money_span
from catalogue.presentation.plans.why_not_texts import WhyNotView, why_not_view
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot
from tests.planner.test_plan_properties import ANSWERS

RULES = load_rules()
RIOTS = Answers(
    purpose=("gather-views",), audience=("local-residents",), conflict="high", why_not="public-meeting"
)  # fmt: skip


def explained(plan: Plan) -> WhyNotView:
    [each] = plan.explained
    return why_not_view(each, plan)


@settings(max_examples=40, deadline=None)
@given(answers=ANSWERS, n=st.integers(0, 95))
def test_a_method_asked_for_that_breaks_no_limit_is_among_the_first_three_or_told_on_what_it_does_worse(
    real: Snapshot, answers: Answers, n: int
) -> None:
    slug = real.slugs[n]
    plan = make_plan(real, replace(answers, asked_for=(slug,)))
    if slug not in plan.passing or not plan.answers.has_aims:
        return
    [ranked] = [each for each in plan.results if each.method.slug == slug] or [None]
    if ranked and plan.results.index(ranked) < RULES.asked_for.place:
        return
    view = explained(plan)
    assert view.less or view.not_to_ask
    assert speaks_against(scored_alone(plan, slug), plan.answers, RULES)


def scored_alone(plan: Plan, slug: str) -> Ranked:
    """Return a method as it is ranked in a plan, whether it is shown or not."""
    [found] = rank(plan.methods, plan.answers, plan.rules, among=[slug])
    return found


@settings(max_examples=20, deadline=None)
@given(answers=ANSWERS, n=st.integers(0, 95))
def test_asking_for_a_method_moves_no_other_before_the_best_and_asking_why_not_moves_none(
    real: Snapshot, answers: Answers, n: int
) -> None:
    plain = make_plan(real, replace(answers, asked_for=(), unsure=frozenset(["asked_for"])))
    asked = make_plan(real, replace(answers, asked_for=(real.slugs[n],)))
    why = make_plan(real, replace(plain.asked, why_not=real.slugs[n]))
    assert why.passing == plain.passing
    assert plan_data(why, [])["results"] == plan_data(plain, [])["results"]
    if asked.refused == plain.refused:
        assert asked.passing[:1] == plain.passing[:1]
        assert [step.ranked.method.slug for step in asked.process] == [
            step.ranked.method.slug for step in plain.process
        ]


def test_a_world_cafe_asked_for_by_name_says_from_which_place_it_was_moved_up(
    real: Snapshot,
) -> None:
    answers = Answers(text="A workshop for 60 carers in one afternoon on what would help them", budget=900, asked_for=("world-cafe",))  # fmt: skip
    data = plan_data(make_plan(real, answers), [])
    place = [result["slug"] for result in data["results"]].index("world-cafe")
    assert place < RULES.asked_for.place
    assert data["results"][place]["because"][0].startswith(
        "You were asked for it by name. By its points alone it would stand at place "
    )


def test_what_heats_a_heated_matter_is_told_as_the_reason_why_not(real: Snapshot) -> None:
    view = explained(make_plan(real, RIOTS))
    assert not view.asked
    assert any("It can sharpen a quarrel" in text for text in view.less)
    assert any("Without this answer it would stand at place" in text for text in view.less)


def test_what_stands_in_for_a_method_stands_before_it_here_best_first(real: Snapshot) -> None:
    plan = make_plan(real, replace(RIOTS, why_not="survey"))
    [each] = plan.explained
    places = [instead.place for instead in each.instead]
    assert places == sorted(places)
    assert all(place < (each.place or len(plan.passing)) for place in places)


def test_where_nothing_is_open_a_method_that_asks_is_answered_with_what_we_say_to_that(
    real: Snapshot,
) -> None:
    plan = make_plan(real, Answers(open="nothing", purpose=("inform",), why_not="citizens-jury"))
    [note] = [note for note in plan.notes if note.id == "nothing-open"]
    assert explained(plan).place == note.text
    assert all(tells(each.ranked.method) for each in plan.explained[0].instead)


@pytest.mark.parametrize("slug", ["referendum", "citizens-assembly", "deliberative-polling"])
def test_sizes_far_beyond_a_limit_are_not_shown_but_for_the_smallest_where_all_are(
    real: Snapshot, slug: str
) -> None:
    plan = make_plan(real, Answers(people=(40, 40), budget=200, why_not=slug))
    shown = [size.name for size in explained(plan).sizes]
    assert shown
    assert "Large version" not in shown


@settings(max_examples=15, deadline=None)
@given(answers=ANSWERS)
def test_one_change_away_is_no_more_than_some_fourfold(real: Snapshot, answers: Answers) -> None:
    plan = make_plan(real, answers)
    for change in plan.near_misses:
        if isinstance(change.value, str):
            continue
        given_ = plan.answers.limit_people[1] if change.name == "people" and plan.answers.limit_people else getattr(plan.answers, change.name)  # fmt: skip
        assert RULES.changes.times(change.name, given_, change.value) <= RULES.changes.near


def test_every_suggestion_has_a_reason(real: Snapshot) -> None:
    for text in ("consult people", "a name for a bridge", "by Easter", "???"):
        for result in plan_data(make_plan(real, Answers(text=text)), [])["results"]:
            assert result["because"], (text, result["slug"])


def test_who_has_many_times_the_cost_of_a_light_version_is_told_that_the_usual_run_fits(
    real: Snapshot,
) -> None:
    def usual(budget: float, weeks: float | None = None) -> bool:
        answers = Answers(purpose=("gather-views",), budget=budget, weeks=weeks)
        methods = plan_methods(real)
        light = next(run for run in methods.runs["focus-group"] if run.size == "light")
        ranked = scored(methods.methods["focus-group"], light, answers, 0.0, RULES)
        return usual_fits(ranked, methods, answers, RULES) is not None

    assert usual(50_000)
    # More than four times the light version, and less than the usual run costs at its dearest.
    [dearest] = [r.number_range("budget").high for r in plan_methods(real).runs["focus-group"] if r.size == "usual"]  # fmt: skip
    assert usual(dearest) and not usual(dearest - 1)
    assert not usual(600)
    assert not usual(50_000, weeks=1)


def test_what_a_page_says_of_the_usual_run_is_not_said_of_the_light_one(real: Snapshot) -> None:
    answers = Answers(purpose=("resolve-conflict",), conflict="high", budget=40_000, weeks=26)
    plan = make_plan(real, answers)
    light = [each for each in plan_data(plan, [])["results"] if each["size"] == "light"]
    assert any("Its usual run copes with a matter as heated as yours." in r["because"] for r in light)  # fmt: skip
    assert not any("It copes with a matter as heated as yours." in r["because"] for r in light)


def test_a_step_shows_the_cost_that_the_sum_of_the_process_counts(real: Snapshot) -> None:
    plan = make_plan(real, Answers(purpose=("deliberate",), budget=20_000, weeks=30))
    for step, shown in zip(plan.process, plan_data(plan, [])["process"], strict=True):
        [picked] = look_up(real, [Pick(step.ranked.method.slug, step.ranked.run.size)])
        assert shown["cost"] == money_span(*estimate(picked, {}).outside)
