"""The cost estimate of a step: a floor and a ceiling of parts with a source, from amounts that can be changed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.model.method import Method, People, Range
from catalogue.model.sizes import todays_pounds, usual_run
from catalogue.planner.answers import COMMUNITY, COUNCIL, FREE
from catalogue.planner.steps.costs import (
    AMOUNTS,
    GROUPS,
    HOURS,
    LETTERS,
    OTHER,
    PEOPLE,
    STAFF,
    estimate,
    guesses,
    outside_total,
)
from catalogue.planner.steps.picked import Picked, look_up
from catalogue.planner.steps.prices import PRICES_FILE, load_prices
from catalogue.planner.steps.totals import Total
from catalogue.presentation.plans.estimate_texts import AMOUNTS as AMOUNT_LABELS
from catalogue.presentation.plans.estimate_texts import PARTS, UNITS, estimate_text
from catalogue.presentation.plans.step_texts import money_span
from catalogue.search.chosen import Pick
from catalogue.search.snapshot import Snapshot

FAST = settings(
    max_examples=60, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
TODAY = date(2026, 11, 28)


def step(real: Snapshot, text: str) -> Picked:
    (one,) = look_up(real, [Pick(*text.split(":"))])
    return one


def test_the_floor_is_below_the_ceiling_for_every_method_and_size(real: Snapshot) -> None:
    for card in real.cards:
        for run in card.runs:
            made = estimate(step(real, f"{card.slug}:{run.size}"), {})
            for line in made.lines:
                assert 0 <= line.sum[0] <= line.sum[1], (card.slug, run.size, line.part)
            assert made.outside[0] <= made.whole[0]
            page = made.page or (0, 0)
            for end in (0, 1):
                priced = sum(line.sum[end] for line in made.lines if line.part != STAFF)
                [staff] = [line.sum[end] for line in made.lines if line.part == STAFF]
                assert made.outside[end] == pytest.approx(max(priced, page[end]))
                assert made.whole[end] == pytest.approx(made.outside[end] + staff)


def test_payment_is_people_times_sessions_times_payment(real: Snapshot) -> None:
    made = estimate(step(real, "citizens-jury:light"), {"people": (12, 12), "sessions": (2, 2), "payment": (50, 75)})  # fmt: skip
    (line,) = [line for line in made.lines if line.part == "payment"]
    assert line.sum == (1200, 1800)


def test_facilitators_follow_the_ratio_and_prepare_a_third_more() -> None:
    method = Method(
        "jury", "Jury", "", (), (), recruitment="random", family="mini-public", facilitation="specialist",
        people_in_all=People(12, 24, "", "taking-part"), participant_hours=Range(12, 20), format=("in-person",),
    )  # fmt: skip
    amounts = guesses(Picked(Pick("jury"), method, usual_run(method), ("usual",)))
    assert amounts["facilitators"] == (2, 4)  # 12 people by nines, 24 by sevens
    assert amounts["facilitator_days"] == (2.5, 4.0)  # 12 and 20 hours, by sevens, and a third
    assert amounts["letters"] == (804, 5448)  # 67 and 227 for each


def test_two_sign_language_interpreters_work_at_once(real: Snapshot) -> None:
    made = estimate(step(real, "world-cafe"), {"bsl_days": (1, 1)})
    (line,) = [line for line in made.lines if line.part == "bsl_days"]
    assert line.sum == (490, 560)


def test_a_community_group_pays_less_for_the_room_than_a_council(real: Snapshot) -> None:
    one = step(real, "public-meeting")
    assert estimate(one, {}, COMMUNITY).outside[0] < estimate(one, {}, COUNCIL).outside[0]


def test_free_rooms_cost_nothing_and_what_the_page_says_still_counts(real: Snapshot) -> None:
    for text in ("public-meeting", "deliberative-forum:light"):
        hired, free = (estimate(step(real, text), {}, hire) for hire in (COUNCIL, FREE))
        assert [line.sum for line in free.lines if line.part == HOURS] == [(0, 0)]
        assert [line for line in free.lines if line.part != HOURS] == [line for line in hired.lines if line.part != HOURS]  # fmt: skip
        assert free.page == hired.page
    assert free.outside[0] == 0 < hired.outside[0]


def test_own_staff_count_unless_left_out(real: Snapshot) -> None:
    one = step(real, "survey")
    with_staff, without = estimate(one, {}), estimate(one, {}, own_staff=False)
    assert with_staff.whole[0] > with_staff.outside[0]
    assert without.whole == without.outside == with_staff.outside


def test_nothing_is_guessed_for_thousands_of_people(real: Snapshot) -> None:
    amounts = guesses(step(real, "telephone-poll"))
    assert amounts[PEOPLE] == (0, 0)
    assert amounts[LETTERS] == (0, 0)


@pytest.mark.parametrize(
    "text", ["peer-research", "peer-research:light", "participatory-action-research", "social-audit:light", "service-shadowing:light"],
)  # fmt: skip
def test_no_room_is_guessed_for_days_in_the_field_or_for_people_met_one_at_a_time(
    real: Snapshot, text: str
) -> None:
    one = step(real, text)
    amounts = guesses(one)
    assert amounts[GROUPS] == amounts[HOURS] == (0, 0)
    # Who knows the number of meetings types it, and its rooms count.
    (rooms,) = [line for line in estimate(one, {GROUPS: (1, 1), HOURS: (14, 14)}).lines if line.part == HOURS]  # fmt: skip
    assert rooms.sum == (14 * 16.5, 14 * 51)


def test_rooms_of_groups_that_meet_are_groups_times_hours_times_the_price(real: Snapshot) -> None:
    one = step(real, "focus-group")
    (rooms,) = [line for line in estimate(one, {}).lines if line.part == HOURS]
    (few, many), (short, long) = guesses(one)[GROUPS], guesses(one)[HOURS]
    assert few > 1
    assert rooms.sum == (few * short * 16.5, many * long * 51)


def test_a_light_version_never_begins_or_ends_above_the_usual_one(real: Snapshot) -> None:
    for card in real.cards:
        sizes = {run.size for run in card.runs}
        if "light" not in sizes:
            continue
        light, usual = (estimate(step(real, f"{card.slug}:{size}"), {}).outside for size in ("light", "usual"))  # fmt: skip
        assert light[0] <= usual[0], card.slug
        assert light[1] <= usual[1], card.slug


@FAST
@given(st.data())
def test_more_of_anything_never_costs_less(real: Snapshot, data: st.DataObject) -> None:
    one = step(real, data.draw(st.sampled_from(["citizens-jury", "world-cafe", "survey:light"])))
    name = data.draw(st.sampled_from(AMOUNTS))
    low = data.draw(st.integers(0, 1000))
    more = low + data.draw(st.integers(0, 1000))
    before = estimate(one, {name: (low, low)}).whole
    after = estimate(one, {name: (more, more)}).whole
    assert before[0] <= after[0]
    assert before[1] <= after[1]


def test_every_price_has_a_source_a_unit_and_a_day_to_be_checked() -> None:
    prices = load_prices()
    for price in prices.prices:
        assert 0 < price.low <= price.high
        assert price.currency == "GBP"
        assert price.unit in UNITS
        assert price.url.startswith(("https://", "http://"))
        assert price.basis
        assert price.check_by > date(2026, 11, 28)
        assert price.year is None or 2010 < price.year <= 2026
    for ratio in prices.ratios:
        assert 0 < ratio.low <= ratio.high
        assert ratio.url.startswith(("https://", "http://"))


def test_a_price_without_an_address_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "prices.yaml"
    broken.write_text(
        PRICES_FILE.read_text(encoding="utf-8").replace("    url:", "    web:", 1), encoding="utf-8"
    )
    with pytest.raises(msgspec.ValidationError, match=r"missing required field `url`.*prices\[0\]"):
        load_prices(broken)


def test_every_part_and_amount_has_words(real: Snapshot) -> None:
    made = estimate(step(real, "survey"), {})
    assert {line.part for line in made.lines} == set(PARTS)
    assert set(AMOUNT_LABELS) == set(AMOUNTS) == set(made.amounts)


def test_no_estimate_begins_or_ends_below_what_the_page_of_its_method_says(real: Snapshot) -> None:
    raised = 0
    for card in real.cards:
        for run in card.runs:
            one = step(real, f"{card.slug}:{run.size}")
            made, page = estimate(one, {}), todays_pounds(one.run.cost)
            assert page is not None
            assert made.outside[0] >= page.low, one.pick
            assert page.high is None or made.outside[1] >= page.high, one.pick
            raised += made.priced[1] < page.low
            assert not estimate_text(one, made, TODAY).lower
    # Without the page these would lie wholly below it.
    assert raised > 80


def test_a_plan_costs_what_its_estimates_add_up_to_and_has_no_end_where_a_page_gives_none(
    real: Snapshot,
) -> None:
    steps = [step(real, "survey"), step(real, "citizens-jury")]
    made = [estimate(one, {}) for one in steps]
    ends = [sum(pair) for pair in zip(*(each.outside for each in made), strict=True)]
    assert outside_total(steps, made) == Total(*ends)
    open_ended = step(real, "deliberative-polling")
    assert open_ended.run.cost is not None and open_ended.run.cost.gbp.high is None
    found = outside_total([open_ended], [estimate(open_ended, {})])
    assert (found.low, found.high) == (estimate(open_ended, {}).outside[0], None)
    # Amounts of the visitor's own have both ends.
    own = estimate(open_ended, {PEOPLE: (100.0, 100.0)})
    assert outside_total([open_ended], [own]) == Total(*own.outside)


def test_a_step_whose_page_gives_no_cost_is_unknown_until_the_visitor_says_one() -> None:
    method = Method("walk", "Walk", "", (), ())
    one = Picked(Pick("walk"), method, usual_run(method), ("usual",))
    assert outside_total([one], [estimate(one, {})]).unknown == ("Walk",)
    assert outside_total([one], [estimate(one, {OTHER: (50.0, 80.0)})]) == Total(50.0, 80.0)


def test_an_estimate_says_what_it_does_not_count_and_what_it_takes_from_the_page(
    real: Snapshot,
) -> None:
    one = step(real, "survey")
    text = estimate_text(one, estimate(one, {}), TODAY)
    figure = money_span(*estimate(one, {}).page or (0, 0))
    assert "Payment of those who take part" in text.left_out
    assert text.outside == figure
    assert text.warning == (
        "The parts with a price come to £0. That is without materials, food, travel, childcare and the like, for which "
        f"we found none. The method's page says {figure} for everything: at each end we take what is higher."
    )
    assert [line.part for line in text.lines] == ["Your own staff"]


@pytest.mark.parametrize(("edits", "hire"), [({OTHER: (10.0, 10.0)}, COUNCIL), ({}, COMMUNITY)])
def test_amounts_and_rooms_of_ones_own_count_instead_of_the_page_and_it_is_said_if_they_are_less(
    real: Snapshot, edits: dict[str, tuple[float, float]], hire: str
) -> None:
    one = step(real, "survey")
    made = estimate(one, edits, hire)
    assert made.outside == made.priced == edits.get(OTHER, (0, 0))
    text = estimate_text(one, made, TODAY)
    assert text.lower
    assert text.warning.endswith(
        "With your amounts this estimate is lower: look through them below."
    )


def test_a_price_that_is_due_to_be_checked_says_so(real: Snapshot) -> None:
    one = step(real, "survey")
    (line,) = estimate_text(one, estimate(one, {}), date(2030, 1, 1)).lines
    assert line.basis[0].stale == "This price was to be looked up again by 1 May 2027."
    assert STAFF not in line.part


def pounds(text: str) -> list[int]:
    ends = [int(end.replace(",", "")) for end in re.findall(r"£([\d,]+)", text)]
    return [ends[0], ends[-1]]


def test_the_sums_that_are_shown_of_parts_and_steps_add_up_to_those_shown_of_the_whole(
    real: Snapshot,
) -> None:
    made = [
        (one, estimate(one, {}))
        for card in real.cards
        for one in [step(real, f"{card.slug}:{run.size}") for run in card.runs]
    ]
    whole = [0.0, 0.0]
    for one, each in made:
        text = estimate_text(one, each, TODAY)
        if not text.warning:
            parts = [pounds(line.sum) for line in text.lines]
            assert [sum(ends) for ends in zip(*parts, strict=True)] == pounds(text.whole), one.pick
        whole = [sum_ + end for sum_, end in zip(whole, pounds(text.whole), strict=True)]
    ends = [sum(each.whole[end] for _, each in made) for end in (0, 1)]
    assert pounds(money_span(*ends)) == whole


@pytest.mark.parametrize("size", ["light", "usual"])
def test_a_room_is_paid_while_it_is_open_and_not_for_the_visit_of_one_person(
    real: Snapshot, size: str
) -> None:
    one = step(real, f"exhibition-open-house:{size}")
    assert one.run.hours is not None
    assert one.run.hours.low < 1
    assert guesses(one)[HOURS] == (2, 7)


def test_a_room_is_let_for_two_hours_at_least(real: Snapshot) -> None:
    for slug in real.slugs:
        low, high = guesses(step(real, slug))[HOURS]
        assert (low, high) == (0, 0) or 2 <= low <= high
