"""The sizes of a method: what each leaves out is as in the usual run, and nothing that is not known is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalogue.model.method import People, Range
from catalogue.model.sizes import LARGE, LIGHT, USUAL, runs, usual_run
from tests.model.test_method import FULL, SMALL


def test_a_method_without_other_sizes_has_its_usual_run_alone() -> None:
    (run,) = runs(SMALL)
    assert (run.size, run.people, run.hours, run.weeks, run.cost) == (USUAL, None, None, None, None)


def test_sizes_come_from_the_smallest_to_the_largest() -> None:
    assert [run.size for run in runs(FULL)] == [LIGHT, USUAL, LARGE]


def test_what_a_size_leaves_out_is_as_in_the_usual_run() -> None:
    light, usual, large = runs(FULL)
    assert (light.people, light.weeks, light.facilitation) == (
        People(2, 9, "", "taking-part"),
        Range(1, 1),
        "none",
    )
    assert (light.hours, light.staff_days, light.format, light.group_size) == (
        usual.hours,
        usual.staff_days,
        usual.format,
        usual.group_size,
    )
    assert (light.in_short, light.gives_up, light.needs) == (
        "Two talk.",
        "A mix of people.",
        ("venue",),
    )
    assert large.hours == Range(7, 14)
    assert (large.people, large.weeks, large.cost) == (usual.people, usual.weeks, usual.cost)
    assert usual.needs == large.needs == ()


def test_the_size_of_a_group_counts_as_all_people_where_nothing_else_is_known() -> None:
    assert usual_run(replace(FULL, people_in_all=None)).people == People(
        5, None, "our estimate", "taking-part"
    )
    assert usual_run(SMALL).people is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("people", People(5, 60, "our estimate", "taking-part")),
        ("hours", Range(0.5, 3)),
        ("weeks", Range(1, 2)),
        ("budget", Range(833, 1667)),
    ],
)
def test_a_run_says_its_ranges_and_none_that_is_not_known(name: str, expected: Range) -> None:
    assert usual_run(FULL).number_range(name) == expected
    assert usual_run(SMALL).number_range(name) is None


def test_a_run_says_its_options_and_none_that_is_not_known() -> None:
    light, usual, _ = runs(FULL)
    assert (light.choices("cost"), light.choices("facilitation")) == (("minimal",), ("none",))
    assert (usual.choices("cost"), usual.choices("facilitation")) == (("low",), ("some",))
    assert usual_run(SMALL).choices("cost") == ()
