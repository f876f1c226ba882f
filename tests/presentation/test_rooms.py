"""The room of a method for a number of people: how it is drawn and put into words."""

from __future__ import annotations

import math

import pytest
from bs4 import BeautifulSoup

from catalogue.model.method import Method, Range, Room
from catalogue.presentation.drawings.rooms import MOST_DRAWN, RoomView, room_view

RULE = "four to six at a table (a guide, 2020)"


def seen(layout: str, seats: Range, people: tuple[float, float] | None) -> RoomView | None:
    method = Method("a", "A", "B.", ("inform",), (), room=Room(layout, seats))
    return room_view(method, people)


def shown(layout: str, seats: Range, count: float) -> RoomView:
    view = seen(layout, seats, (count, count))
    assert view is not None
    return view


def drawn(view: RoomView) -> dict[str, int]:
    """Return how many circles of each part a room has."""
    soup = BeautifulSoup(view.picture, "html.parser")
    return {str(g["class"][0]): len(g.select("circle")) for g in soup.select("g")}


def test_people_are_spread_over_as_few_tables_as_hold_them() -> None:
    view = shown("tables", Range(4, 6, RULE), 57)
    assert view.heading == "The room for 57 people"
    assert view.words == f"10 tables, each for 5 or 6. The rule: {RULE}."
    assert drawn(view) == {"thing": 10, "person": 57}


@pytest.mark.parametrize(
    ("layout", "seats", "count", "words", "parts"),
    [
        ("tables", Range(4, 6), 6, "One table of 6.", {"thing": 1, "person": 6}),
        ("tables", Range(8, 8), 60, "8 tables, each for 7 or 8. That is fewer than usual for one table.",
         {"thing": 8, "person": 60}),
        ("circle", Range(8, None), 7, "One circle of 7. A circle of so many chairs is about 2 metres across "
         "(our estimate: 80 cm for each chair).", {"person": 7}),
        ("circle", Range(8, 12), 30, "3 circles, each of 10. A circle of so many chairs is about 3 metres across "
         "(our estimate: 80 cm for each chair).", {"person": 30}),
        ("horseshoe", Range(5, 9), 9, "One horseshoe of 9, open towards a flip chart.", {"person": 9}),
        ("horseshoe", Range(5, 9), 20, "3 horseshoes, each of 6 or 7, open towards a flip chart.", {"person": 20}),
        ("fishbowl", Range(4, 6), 60, "6 chairs in the middle, one of them empty: 5 talk and 55 listen.",
         {"divide": 1, "person": 5, "listener": 55}),
        ("fishbowl", Range(4, 6), 4, "With so few people nobody is left to listen: one circle will do.",
         {"divide": 1, "person": 4}),
    ],
)  # fmt: skip
def test_a_room_is_drawn_and_said(
    layout: str, seats: Range, count: int, words: str, parts: dict[str, int]
) -> None:
    view = shown(layout, seats, count)
    assert (view.words, drawn(view)) == (words, parts)


def test_no_dot_lies_on_another_or_outside_the_drawing() -> None:
    for layout in ("tables", "circle", "horseshoe", "fishbowl"):
        for count in (2, 5, 6, 7, 24, 25, 61, 150, MOST_DRAWN):
            soup = BeautifulSoup(shown(layout, Range(4, 9), count).picture, "html.parser")
            left, top, width, height = map(float, str(soup.svg["viewbox"]).split())  # type: ignore[index]
            dots = [
                (float(str(dot["cx"])), float(str(dot["cy"])))
                for dot in soup.select(".person circle, .listener circle")
            ]
            for x, y in dots:
                assert left + 3 < x < left + width - 3
                assert top + 3 < y < top + height - 3
            nearest = min(math.dist(a, b) for i, a in enumerate(dots) for b in dots[:i])
            assert nearest >= 6.4, (layout, count, nearest)


def test_more_people_than_can_be_drawn_are_told_in_words() -> None:
    view = shown("tables", Range(4, 6, RULE), 1200)
    assert (view.picture, view.words) == ("", f"200 tables, each for 6. The rule: {RULE}.")


def test_a_range_is_drawn_for_its_upper_end_and_for_its_lower_one_where_it_is_open() -> None:
    for people, count in (((20, 40), 40), ((20, math.inf), 20)):
        view = seen("circle", Range(8, 50), people)
        assert view is not None
        assert drawn(view) == {"person": count}


@pytest.mark.parametrize("people", [None, (0, 0), (1, 1), (0, 0.5), (-math.inf, 1)])
def test_there_is_no_room_without_people(people: tuple[float, float] | None) -> None:
    assert seen("circle", Range(8, 12), people) is None


@pytest.mark.parametrize("layout", ["tables", "circle", "horseshoe", "fishbowl"])
@pytest.mark.parametrize("seats", [Range(0, 0), Range(0.5, 0.7), Range(1, None), Range(9e8, 1e9)])
def test_odd_numbers_of_seats_and_people_give_a_room_all_the_same(
    layout: str, seats: Range
) -> None:
    for count in (2, 2.5, 300, 301, 1e9):
        assert shown(layout, seats, count).words


def test_a_method_without_a_room_is_not_drawn() -> None:
    assert room_view(Method("a", "A", "B.", ("inform",), ()), (20, 20)) is None
