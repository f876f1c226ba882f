"""A smaller plan beside a plan: it costs less, and keeps its first step, its last and what decides."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.model.sizes import SIZES
from catalogue.planner.answers import COUNCIL
from catalogue.planner.steps.costs import OTHER, estimate, outside_total
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.planner.steps.smaller import Smaller, smaller_plan
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot

VILLAGE = (
    "leaflets-and-newsletters:light",
    "site-visit:light",
    "deliberative-forum:light",
    "referendum:light",
)


def chosen(real: Snapshot, *picks: str) -> tuple[Picked, ...]:
    return look_up(real, [Pick(*text.split(":")) for text in picks])


def names(smaller: Smaller | None) -> list[str]:
    return [str(one.pick) for one in smaller.steps] if smaller else []


def ends(picked: tuple[Picked, ...]) -> tuple[int, float]:
    cost = outside_total(picked, [estimate(one, {}) for one in picked])
    return round(cost.low), math.inf if cost.high is None else round(cost.high)


def test_lighter_sizes_come_first(real: Snapshot) -> None:
    smaller = smaller_plan(chosen(real, "survey", "citizens-jury"), {}, COUNCIL)
    assert smaller is not None
    assert names(smaller) == ["survey:light", "citizens-jury:light"]
    assert smaller.left_out is None


def test_where_all_are_light_a_middle_step_goes_by_name_and_never_the_vote(real: Snapshot) -> None:
    smaller = smaller_plan(chosen(real, *VILLAGE), {}, COUNCIL)
    assert smaller is not None and smaller.left_out is not None
    assert str(smaller.left_out.pick) in VILLAGE[1:3]
    assert names(smaller) == [text for text in VILLAGE if text != str(smaller.left_out.pick)]


@pytest.mark.parametrize(
    "picks", [["survey:light"], ["survey:light", "referendum:light"], ["survey:light", "referendum:light", "leaflets-and-newsletters:light"]]
)  # fmt: skip
def test_where_nothing_may_go_there_is_none(real: Snapshot, picks: list[str]) -> None:
    assert smaller_plan(chosen(real, *picks), {}, COUNCIL) is None


def test_what_the_visitor_typed_counts_so_that_a_dearer_light_size_is_no_smaller_plan(
    real: Snapshot,
) -> None:
    picked = chosen(real, "survey")
    assert smaller_plan(picked, {picked[0].pick: {OTHER: (1.0, 1.0)}}, COUNCIL) is None


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_a_smaller_plan_always_costs_less_and_ends_in_the_same_method(
    real: Snapshot, data: st.DataObject
) -> None:
    slugs = [card.slug for card in real.cards]
    picks = st.builds(Pick, st.sampled_from(slugs), st.sampled_from(SIZES))
    picked = look_up(real, data.draw(st.lists(picks, min_size=1, max_size=5)))
    smaller = smaller_plan(picked, {}, COUNCIL)
    if smaller is None:
        return
    low, high = ends(smaller.steps)
    assert (low, high) != ends(picked)
    assert low <= ends(picked)[0] and high <= ends(picked)[1]
    for end in (0, -1):
        assert smaller.steps[end].pick.slug == picked[end].pick.slug
    kept = [one.pick.slug for one in smaller.steps]
    gone = [one for one in picked if one.pick.slug not in kept]
    assert gone == ([smaller.left_out] if smaller.left_out else []) or not gone
    assert all("decide" not in one.method.stage for one in gone)
