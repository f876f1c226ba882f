"""What holds for every plan, whatever the answers."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from catalogue.planner.answers import EMPTY, ONE_OF, SEVERAL_OF, Answers, parse_answers
from catalogue.planner.plan import make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.push_back import push_backs
from catalogue.planner.ranking import best_size, rank
from catalogue.planner.rules import load_rules
from catalogue.planner.steps.costs import estimate, plan_totals
from catalogue.planner.steps.picked import look_up
from catalogue.planner.steps.totals import BREAKS
from catalogue.presentation.plans.plan_data import plan_data
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot

RULES = load_rules()
PURPOSES = SEVERAL_OF["purpose"][0]


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    options, most = SEVERAL_OF[name]
    return st.lists(st.sampled_from(options), max_size=min(most, 3), unique=True).map(tuple)


def one(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *ONE_OF[name]))


def number(*values: float) -> st.SearchStrategy[float | None]:
    return st.sampled_from((None, *values))


ANSWERS = st.builds(
    Answers,
    open=one("open"), before=one("before"), purpose=some("purpose"), level=one("level"), audience=some("audience"),
    recruitment=one("recruitment"), people=st.sampled_from((None, (5, 5), (20, 40), (300, 900), (16000, 16000))),
    counts=one("counts"), weeks=number(0, 1, 4, 12, 40), budget=number(0, 100, 2000, 25000), hours=number(0, 1, 5),
    format=some("format"), conflict=one("conflict"), complexity=one("complexity"), facilitation=one("facilitation"),
    must=some("must"), have=some("have"), free_to_speak=one("free_to_speak"), output=some("output"), law=one("law"),
    asked_for=st.sampled_from(((), ("survey",), ("no-such-method",))),
    text=st.sampled_from(("", "We have £500 and three weeks. The director wants a survey of our patients.", "???")),
)  # fmt: skip


def passing(real: Snapshot, answers: Answers) -> set[str]:
    return set(make_plan(real, answers).passing)


@settings(max_examples=40, deadline=None)
@given(answers=ANSWERS)
def test_no_answers_end_in_an_empty_page_and_points_sum_to_the_score(
    real: Snapshot, answers: Answers
) -> None:
    plan = make_plan(real, answers)
    data = plan_data(plan, [])
    assert data["results"] or plan.beyond
    for result in data["results"]:
        assert sum(point["points"] for point in result["points"]) == pytest.approx(result["score"])
    families = [r.method.family for r in plan.results[:5]]
    if plan.answers.has_aims and families:
        assert max(families.count(family) for family in families) <= 2
    assert json.dumps(data) == json.dumps(plan_data(make_plan(real, answers), []))


@settings(max_examples=15, deadline=None)
@given(answers=ANSWERS, need=st.sampled_from(SEVERAL_OF["must"][0]))
def test_wider_limits_never_remove_a_method_and_a_must_never_adds_one(
    real: Snapshot, answers: Answers, need: str
) -> None:
    before = passing(real, answers)
    for name, more in (("weeks", 5.0), ("budget", 5000.0), ("hours", 3.0)):
        value = getattr(answers, name)
        if value is not None:
            assert before <= passing(real, answers.changed(name, value + more))
    if answers.people:
        low, high = answers.people
        assert before <= passing(real, replace(answers, people=(max(1, low / 2), high * 2)))
    assert passing(real, replace(answers, must=(*answers.must, need))) <= before


@settings(max_examples=15, deadline=None)
@given(answers=ANSWERS)
def test_the_process_keeps_the_limits_together_and_takes_each_method_once(
    real: Snapshot, answers: Answers
) -> None:
    plan = make_plan(real, answers)
    slugs = [step.ranked.method.slug for step in plan.process]
    assert len(slugs) == len(set(slugs)) <= RULES.process.most_steps
    picked = look_up(real, [Pick(s.ranked.method.slug, s.ranked.run.size) for s in plan.process])
    made = plan_totals(picked, [estimate(one, {}, plan.answers.hirer) for one in picked])
    for total, limit in ((made.money, plan.answers.budget), (made.weeks, plan.answers.weeks), (made.hours_each, plan.answers.hours)):  # fmt: skip
        assert total.state(limit) != BREAKS


def test_not_sure_is_the_same_as_no_answer_and_order_of_questions_does_not_matter() -> None:
    plain, _ = parse_answers(MultiDict([("purpose", "inform"), ("weeks", "4")]))
    unsure, notices = parse_answers(
        MultiDict([("weeks", "4"), ("level", "not-sure"), ("budget", "not-sure"), ("purpose", "inform"), ("must", "not-sure")])
    )  # fmt: skip
    assert notices == []
    assert unsure.query() == plain.query() == "?purpose=inform&weeks=4"
    assert replace(unsure, unsure=frozenset()) == plain


def test_every_method_is_among_the_first_three_for_some_answers(real: Snapshot) -> None:
    methods = plan_methods(real)
    found: set[str] = set()
    for slug, method in methods.methods.items():
        asked = " ".join(method.asked_as)
        for size in methods.runs[slug]:
            if slug in found:
                break
            answers = Answers(purpose=method.purposes[:2], audience=method.audience[:1], text=asked,
                              people=(size.people.low, size.people.low) if size.people else None,
                              recruitment=method.recruitment)  # fmt: skip
            found |= {each.method.slug for each in rank(methods, answers, RULES)[:3]}
    assert set(methods.methods) - found == set()


def test_what_is_not_known_never_beats_what_is_known_to_match(real: Snapshot) -> None:
    methods = plan_methods(real)
    method = methods.methods["citizens-jury"]
    answers = Answers(purpose=method.purposes[:1], audience=method.audience[:1], level=method.level[0],
                      conflict="high", complexity="high", recruitment=method.recruitment)  # fmt: skip
    whole = best_size(method, methods.runs["citizens-jury"], answers, 0.0, RULES)
    assert whole is not None
    for field in ("audience", "level", "handles_conflict", "handles_complexity", "recruitment"):
        unknown = replace(
            method, **{field: () if field in ("audience", "level") else ""}, audience_possible=()
        )
        other = best_size(unknown, methods.runs["citizens-jury"], answers, 0.0, RULES)
        assert other is not None
        assert other.score < whole.score, field


def test_every_rule_of_push_back_holds_for_some_answers(real: Snapshot) -> None:
    reached = {rule.id for answers in _clashing() for rule in push_backs(answers, [], RULES)}
    promised = make_plan(real, Answers(purpose=("inform",), level="empower", weeks=1))
    reached |= {rule.id for rule in promised.notes}
    assert {rule.id for rule in RULES.push_back} - reached == set()


def _clashing() -> list[Answers]:
    """Return answers that are made of the values that the rules name."""
    first = [
        replace(EMPTY, open=open_, before=before, level=level, law="yes", weeks=3, audience=("seldom-heard",))
        for open_, before, level in product(ONE_OF["open"], ONE_OF["before"], ("consult", "empower"))
    ]  # fmt: skip
    second = [
        replace(EMPTY, purpose=(purpose,), level="involve", people=(people, people), budget=100, hours=1, open="nothing",
                conflict="high", complexity="high", format=("online",), facilitation="none", must=must,
                free_to_speak="no", recruitment="open", audience=audience)
        for purpose, people, must, audience in product(
            PURPOSES, (10, 5000), (("anonymous",), ("no-internet",)), (("cross-section",), ("stakeholder-organisations",)))
    ]  # fmt: skip
    return [*first, *second, replace(EMPTY, text="our tenants")]


def test_every_purpose_has_a_process_and_every_kind_of_step_is_used() -> None:
    process = RULES.process
    assert set(process.steps) == set(PURPOSES)
    assert all(2 <= len(kinds) <= process.most_steps for kinds in process.steps.values())
    asked = {rule.step for rule in process.asked_by}
    assert {kind for kinds in process.steps.values() for kind in kinds} | asked == set(
        process.kinds
    )
