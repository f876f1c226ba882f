"""Bars: numbers on shared logarithmic scales, as shapes that stay inside their drawing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.method import Range
from catalogue.model.sizes import LIGHT, USUAL, Run
from catalogue.presentation.drawings.scales import (
    MARGIN,
    SCALES,
    WIDTH,
    bar,
    limit_marks,
    scale_rows,
)

EMPTY = Run(USUAL, "", None, None, None, None, None, None, "", (), (), "")


def ends(path: str) -> tuple[float, float]:
    """Return where the outline of a bar with round ends begins and ends."""
    start, length, curve = map(float, re.findall(r"M([\d.]+) \d+h([\d.]+)a([\d.]+)", path)[0])
    return round(start - curve, 1), round(start + length + curve, 1)


def shape(weeks: Range) -> str:
    svg = BeautifulSoup(bar("weeks", [replace(EMPTY, weeks=weeks)], USUAL), "html.parser")
    return str(svg.select(".bar__fit")[0]["d"])


@pytest.mark.parametrize("name", SCALES)
def test_each_tenfold_is_as_long_as_the_next_and_what_is_outside_stands_at_an_end(
    name: str,
) -> None:
    scale = SCALES[name]
    places = [scale.place(scale.least * factor) for factor in (1, 10, 100)]
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.2)
    assert scale.place(0) == MARGIN
    assert scale.place(10**9) == WIDTH - MARGIN
    assert all(scale.least < tick < scale.most for tick in scale.ticks)


def test_a_bar_reaches_from_the_least_to_the_most() -> None:
    scale = SCALES["weeks"]
    assert ends(shape(Range(4, 13))) == (scale.place(4), scale.place(13))


@given(low=st.floats(0, 10**8), more=st.floats(0, 10**8))
def test_a_bar_stays_inside_its_drawing_and_can_be_seen(low: float, more: float) -> None:
    start, end = ends(shape(Range(low, low + more)))
    assert MARGIN - 0.2 <= start <= end - 4.8
    assert end <= WIDTH - MARGIN + 0.2


def test_a_bar_without_an_upper_end_is_pointed_at_the_right_end() -> None:
    assert shape(Range(4, None)) == f"M{SCALES['weeks'].place(4):g} 4H155l4 4l-4 4H59.4z"


def test_one_size_is_filled_and_the_others_are_outlines() -> None:
    runs = [replace(EMPTY, size=LIGHT, weeks=Range(1, 2)), replace(EMPTY, weeks=Range(4, 8))]
    svg = BeautifulSoup(bar("weeks", runs, LIGHT), "html.parser")
    assert ends(str(svg.select(".bar__fit")[0]["d"]))[0] == SCALES["weeks"].place(1)
    assert ends(str(svg.select(".bar__other")[0]["d"]))[0] == SCALES["weeks"].place(4)
    assert svg.svg and svg.svg["aria-hidden"] == "true"


def test_what_is_not_known_has_no_bar_and_no_words() -> None:
    rows = scale_rows([EMPTY], USUAL)
    assert [(row.name, row.text, row.note) for row in rows] == [(n, "", "") for n in SCALES]
    assert "bar__fit" not in "".join(row.bar for row in rows)


def test_a_limit_is_one_line_and_a_range_is_two() -> None:
    svg = BeautifulSoup(limit_marks({"weeks": (0, 4), "people": (20, 40)}), "html.parser")
    marks = {path["id"]: str(path["d"]) for path in svg.select("path")}
    assert marks == {
        "limit-weeks": f"M{SCALES['weeks'].place(4):g} 0v16",
        "limit-people": "".join(f"M{SCALES['people'].place(n):g} 0v16" for n in (20, 40)),
    }
    assert limit_marks({}) == ""
