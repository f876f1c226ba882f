"""Which steps a short process has: by what people need, who they are, and how much time there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalogue.planner.answers import Answers
from catalogue.planner.plan import make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.rules import load_rules
from catalogue.planner.scores import won
from catalogue.planner.steps.kinds import most_steps, wanted_kinds
from catalogue.search.snapshot import Snapshot

RULES = load_rules()


def stages(answers: Answers) -> list[str]:
    return [kind.stage for kind in wanted_kinds(answers, RULES)][: most_steps(answers, RULES)]


def names(answers: Answers) -> list[str]:
    return [
        name
        for kind in wanted_kinds(answers, RULES)
        for name, known in RULES.process.kinds.items()
        if known == kind
    ]


@pytest.mark.parametrize(
    ("further", "stage"),
    [("generate-ideas", "generate"), ("deliberate", "weigh"), ("make-decisions", "decide")],
)
def test_each_purpose_is_met_in_a_step_of_its_own(further: str, stage: str) -> None:
    alone = Answers(purpose=("understand-needs",))
    assert stage not in stages(alone)
    assert stage in stages(replace(alone, purpose=("understand-needs", further)))


@pytest.mark.parametrize("purpose", ["deliberate", "set-priorities", "resolve-conflict"])
def test_whoever_shares_the_decision_has_a_step_for_it_and_whoever_advises_has_none(
    purpose: str,
) -> None:
    found = {
        level: "decide" in stages(Answers(purpose=(purpose,), level=level))
        for level in ("consult", "involve", "collaborate", "empower")
    }
    assert found == {"consult": False, "involve": False, "collaborate": True, "empower": True}


def test_people_who_have_no_reason_to_trust_are_met_and_not_only_told() -> None:
    plain = Answers(purpose=("gather-views",))
    assert "meet" not in names(plain)
    for asked in (replace(plain, audience=("seldom-heard",)), replace(plain, before="not-answered")):  # fmt: skip
        assert names(asked).count("meet") == 1
        assert "connect" not in names(asked)


def test_hardly_any_time_has_room_for_fewer_steps_and_those_that_matter_least_go(
    real: Snapshot,
) -> None:
    answers = Answers(purpose=("gather-views",), audience=("local-residents",), weeks=12)
    assert len(make_plan(real, answers).process) == RULES.process.most_steps
    hurried = make_plan(real, replace(answers, weeks=RULES.process.short_of_time.weeks)).process
    assert len(hurried) == RULES.process.short_of_time.steps
    assert "weigh" not in {step.stage for step in hurried}


def test_a_step_that_cannot_be_had_gives_its_place_to_the_next(real: Snapshot) -> None:
    answers = Answers(purpose=("make-decisions",), weeks=1, budget=200)
    assert "explore" not in stages(answers)
    plan = make_plan(real, answers)
    assert plan.without_step == ("decide",)
    assert [step.stage for step in plan.process] == ["connect", "explore", "weigh"]


@pytest.mark.parametrize("people", [(8.0, 15.0), (20.0, 60.0)])
def test_no_channel_to_everybody_makes_contact_with_a_few(
    real: Snapshot, people: tuple[float, float]
) -> None:
    answers = Answers(purpose=("monitor-evaluate",), audience=("young-people",), people=people,
                      counts="taking-part", weeks=20)  # fmt: skip
    [connect] = [step for step in make_plan(real, answers).process if step.stage == "connect"]
    assert connect.ranked.run.people is not None
    assert connect.ranked.run.people.counts == "taking-part"


@pytest.mark.parametrize(
    ("purpose", "stage"),
    [(("deliberate",), "weigh"), (("deliberate", "make-decisions"), "weigh"), (("shape-vision",), "generate")],
)  # fmt: skip
def test_the_best_method_takes_the_last_step_that_it_is_for(
    real: Snapshot, purpose: tuple[str, ...], stage: str
) -> None:
    answers = Answers(purpose=purpose, level="involve", audience=("cross-section",), recruitment="random",
                      people=(80, 150), counts="taking-part", weeks=50, budget=400000)  # fmt: skip
    plan = make_plan(real, answers)
    best = plan.results[0].method
    assert {"explore", stage} <= set(best.stage)
    assert {step.ranked.method.slug: step.stage for step in plan.process}[best.slug] == stage


def test_whoever_comes_of_their_own_accord_is_no_cross_section(real: Snapshot) -> None:
    group = "cross-section"
    open_to_all = [
        method
        for method in plan_methods(real).methods.values()
        if "general-public" in method.audience
        and group not in (*method.audience, *method.audience_possible)
    ]
    assert open_to_all
    for method in open_to_all:
        points = won(method, Answers(audience=(group,)), 0.0, RULES)
        assert [point.how for point in points if point.id == "audience"] == ["none"]
