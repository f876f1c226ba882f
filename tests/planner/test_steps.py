"""What the steps of a plan come to: sums within their parts, overlap, stages and what one step hands to the next."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.model.method import Cost, Method, Step
from catalogue.model.sizes import SIZES, todays_pounds
from catalogue.planner.answers import Answers
from catalogue.planner.plan import make_plan
from catalogue.planner.plan_methods import plan_methods
from catalogue.planner.steps.handover import PROVIDED_BY, STARTS_FROM, handovers, must_exist
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.planner.steps.proposals import MAX_PROPOSED, proposals
from catalogue.planner.steps.schedule import ends_of, overlaps, schedule
from catalogue.planner.steps.totals import (
    BREAKS,
    FITS,
    TIGHT,
    UNKNOWN,
    Total,
    covered,
    totals,
)
from catalogue.search.chosen import Pick
from catalogue.search.parameters import Notice
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY

FAST = settings(
    max_examples=60, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
NEAR = 1e-6


def plan(real: Snapshot, *picks: str) -> tuple[Picked, ...]:
    """Return the steps of a plan written as in an address."""
    return look_up(real, [Pick(*text.split(":")) for text in picks])


@st.composite
def plans(draw: st.DrawFn, slugs: list[str]) -> list[Pick]:
    return [
        Pick(draw(st.sampled_from(slugs)), draw(st.sampled_from(SIZES)))
        for _ in range(draw(st.integers(1, 6)))
    ]


@FAST
@given(st.data())
def test_sums_lie_between_the_largest_part_and_the_parts_in_a_row(
    real: Snapshot, data: st.DataObject
) -> None:
    picked = look_up(real, data.draw(plans(real.slugs)))
    sums = totals(picked)
    weeks = [one.run.weeks for one in picked if one.run.weeks]
    assert sums.weeks_in_turn.low == pytest.approx(sum(w.low for w in weeks))
    assert max([w.low for w in weeks], default=0) - NEAR <= sums.weeks.low
    assert sums.weeks.low <= sums.weeks_in_turn.low + NEAR
    if sums.weeks.high is not None and sums.weeks_in_turn.high is not None:
        assert max([w.high or 0 for w in weeks], default=0) - NEAR <= sums.weeks.high
        assert sums.weeks.low - NEAR <= sums.weeks.high <= sums.weeks_in_turn.high + NEAR
    money = [pounds for one in picked if (pounds := todays_pounds(one.run.cost))]
    assert sums.money.low == pytest.approx(sum(pounds.low for pounds in money))
    for total in vars(sums).values():
        assert total.low >= 0
        assert total.high is None or total.high >= total.low - NEAR


@FAST
@given(st.data())
def test_steps_keep_their_order_in_the_schedule_and_end_with_the_sum(
    real: Snapshot, data: st.DataObject
) -> None:
    picked = look_up(real, data.draw(plans(real.slugs)))
    slots = schedule(picked)
    assert len(slots) == len(picked)
    starts = [slot.start for slot in slots]
    assert starts == sorted(starts)
    assert all(slot.start <= slot.shortest <= slot.longest for slot in slots)
    high = totals(picked).weeks.high
    if high is not None and all(slot.known for slot in slots):
        assert slots[-1].longest == pytest.approx(high)


@FAST
@given(st.data())
def test_the_order_of_steps_changes_no_sum_but_that_of_overlapping_weeks(
    real: Snapshot, data: st.DataObject
) -> None:
    picked = look_up(real, data.draw(plans(real.slugs)))
    one_way, other_way = totals(picked), totals(picked[::-1])
    for name in ("weeks_in_turn", "money", "staff_days", "hours_each", "hours_in_all"):
        left, right = getattr(one_way, name), getattr(other_way, name)
        assert left.low == pytest.approx(right.low)
        assert left.high is right.high or left.high == pytest.approx(right.high)
        assert sorted(left.unknown) == sorted(right.unknown)


def timeline_of(*spans: tuple[float, float]) -> Method:
    steps = tuple(Step(str(n), start, end) for n, (start, end) in enumerate(spans))
    return Method("x", "X", "", (), (), timeline=steps)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], (0, 0)),
        ([(0, 4)], (0, 0)),
        ([(0, 2), (2, 8), (8, 10)], (0.2, 0.2)),
        ([(0, 5), (5, 5), (5, 10)], (0.5, 0.5)),
        ([(0, 4), (1, 10)], (0.1, 0.6)),
        ([(0, 10), (0, 10)], (0, 0)),
        ([(0, 1), (5, 6)], (1 / 6, 1 / 6)),
    ],
)
def test_only_what_comes_first_or_last_alone_may_overlap(
    spans: list[tuple[float, float]], expected: tuple[float, float]
) -> None:
    ends = ends_of(timeline_of(*spans), "usual")
    assert (ends.lead_in, ends.run_out) == pytest.approx(expected)


@FAST
@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), max_size=8))
def test_lead_in_and_run_out_never_overlap_themselves(spans: list[tuple[float, float]]) -> None:
    ends = ends_of(timeline_of(*[(min(span), max(span)) for span in spans]), "usual")
    assert ends.lead_in >= 0
    assert ends.run_out >= 0
    assert ends.lead_in + ends.run_out <= 1 + NEAR


def test_the_overlap_is_the_shorter_of_the_end_and_the_beginning(real: Snapshot) -> None:
    picked = plan(real, "survey", "citizens-jury")
    ((low, high),) = overlaps(picked)
    survey, jury = (ends_of(one.method, "usual") for one in picked)
    weeks, more = picked[0].run.weeks, picked[1].run.weeks
    assert weeks
    assert more
    assert low == pytest.approx(min(survey.run_out * weeks.low, jury.lead_in * more.low))
    assert high == pytest.approx(min(survey.run_out * (weeks.high or 0), jury.lead_in * (more.high or 0)))  # fmt: skip


@pytest.mark.parametrize(
    ("total", "state"),
    [
        (Total(2, 4), FITS),
        (Total(2, 6), TIGHT),
        (Total(6, 9), BREAKS),
        (Total(2, None), TIGHT),
        (Total(2, 4, ("X",)), UNKNOWN),
        (Total(6, 9, ("X",)), BREAKS),
    ],
)
def test_a_sum_that_breaks_a_limit_and_one_that_is_tight_are_two_things(
    total: Total, state: str
) -> None:
    assert total.state(5) == state
    assert total.state(None) == ""


def test_old_sums_count_in_todays_money() -> None:
    old = Cost(1000, 2000, "GBP", 2005, "source", "low")
    pounds = todays_pounds(old)
    assert pounds is not None
    assert pounds.low > 1500
    assert pounds.high == pytest.approx(2 * pounds.low, rel=0.05)
    assert todays_pounds(None) is None


def test_every_stage_is_there_with_the_steps_that_cover_it(real: Snapshot) -> None:
    picked = plan(real, "survey", "referendum")
    stages = covered(picked)
    assert list(stages) == list(VOCABULARY.facets["stage"].values)
    assert [one.pick.slug for one in stages["decide"]] == ["referendum"]
    assert stages["generate"] == ()


def test_proposals_cover_the_stage_are_not_in_the_plan_and_fit_what_is_left(real: Snapshot) -> None:
    picked = plan(real, "survey")
    left = {"weeks": 6, "budget": 1000}
    proposed = proposals(real, picked, VOCABULARY.facets["stage"].values, left)
    assert list(proposed) == list(VOCABULARY.facets["stage"].values)
    for stage, found in proposed.items():
        assert 0 < len(found) <= MAX_PROPOSED
        for proposal in found:
            assert stage in proposal.card.choices["stage"]
            assert proposal.card.slug != "survey"
            if proposal.fits:
                assert proposal.run.weeks is not None
                assert proposal.run.weeks.low <= 6
    [tight] = proposals(real, picked, ["generate"], {"weeks": 0, "budget": 0}).values()
    assert tight
    assert not any(proposal.fits for proposal in tight)


def test_answers_to_the_planner_order_what_is_proposed_for_an_empty_stage(real: Snapshot) -> None:
    picked, left = plan(real, "survey"), {"weeks": 12.0, "budget": 5000.0}
    answers = Answers(purpose=("set-priorities",), audience=("service-users",), must=("anonymous",))
    proposed = proposals(real, picked, ["weigh"], left, answers)["weigh"]
    steps = make_plan(real, replace(answers, **left)).process
    assert [step.ranked.method.slug for step in steps if step.stage == "weigh"] == [
        proposed[0].card.slug
    ]
    methods = plan_methods(real).methods
    assert all("anonymous" not in methods[p.card.slug].inclusion_unsuitable for p in proposed)
    assert proposed != proposals(real, picked, ["weigh"], left)["weigh"]


def test_what_follows_up_is_not_held_against_the_weeks(real: Snapshot) -> None:
    answers = Answers(purpose=("inform",), audience=("local-residents",))
    found = proposals(real, plan(real, "survey"), ["follow-up", "connect"], {"weeks": 0}, answers)
    assert all(proposal.fits for proposal in found["follow-up"])
    assert not any(proposal.fits for proposal in found["connect"])


def test_a_step_that_decides_needs_something_to_decide_on(real: Snapshot) -> None:
    gap = handovers(plan(real, "community-mapping", "referendum"))[0]
    assert gap.gap
    assert handovers(plan(real, "telephone-poll", "public-meeting"))[0].wanted == ()
    useful = handovers(plan(real, "citizens-assembly", "referendum"))[0]
    assert not useful.gap
    assert useful.usable == ("report",)


def test_a_decision_before_its_preparation_is_named(real: Snapshot) -> None:
    assert handovers(plan(real, "referendum", "kitchen-table-conversations"))[0].backwards
    assert not handovers(plan(real, "kitchen-table-conversations", "referendum"))[0].backwards


def test_what_an_earlier_step_provides_need_not_exist_already(real: Snapshot) -> None:
    for card in real.cards:
        for run in card.runs:
            (one,) = look_up(real, [Pick(card.slug, run.size)])
            assert must_exist([one]) == [run.needs]


def test_stages_outcomes_and_needs_are_those_of_the_vocabulary() -> None:
    assert set(STARTS_FROM) <= set(VOCABULARY.facets["stage"].values)
    assert {v for values in STARTS_FROM.values() for v in values} <= set(
        VOCABULARY.facets["outcome"].values
    )
    assert set(PROVIDED_BY) <= set(VOCABULARY.choices["needs"].values)
    assert set(PROVIDED_BY.values()) <= set(VOCABULARY.facets["outcome"].values)


def test_what_is_not_in_the_build_is_noticed_and_left_out(real: Snapshot) -> None:
    notices: list[Notice] = []
    sizes = {card.slug: {run.size for run in card.runs} for card in real.cards}
    small = next(slug for slug, its in sizes.items() if "large" not in its)
    found = look_up(real, [Pick("zzz"), Pick(small, "large"), Pick(small)], notices)
    assert [str(one.pick) for one in found] == [small]
    assert [notice.code for notice in notices] == ["method-unknown", "size-missing"]


def test_no_sum_is_infinite(real: Snapshot) -> None:
    everything = look_up(real, [Pick(slug) for slug in real.slugs])
    for total in vars(totals(everything)).values():
        assert math.isfinite(total.low)
        assert total.high is None or math.isfinite(total.high)


def test_the_hours_of_a_few_are_not_multiplied_by_all_who_take_part(real: Snapshot) -> None:
    """A neighbourhood plan takes minutes of those who vote and hundreds of hours of a steering group."""
    few, alike = (totals(look_up(real, [Pick(slug)])) for slug in ("neighbourhood-planning", "citizens-jury"))  # fmt: skip
    assert few.hours_in_all.low > 0
    assert few.hours_in_all.high is None
    assert alike.hours_in_all.high is not None
