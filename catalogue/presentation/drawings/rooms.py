"""The room of a method seen from above, drawn for a number of people: tables, circles, or a ring in a ring.

How many sit together comes from the field `room` of the method. Distances are in units of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.i18n import gettext, ngettext, number
from catalogue.model.method import Method, Room
from catalogue.presentation.drawings.pictures import svg

# What a chair takes of a circle, in units of the picture and in metres; the second is our estimate.
CHAIR, CHAIR_METRES = 9.0, 0.8
# More people than these are told in words only: their dots would run together.
MOST_DRAWN = 300
# The least radius of a ring of chairs; what lies between rings, between groups, and around all.
LEAST_RING, NEXT_RING, GAP = 9.0, 10.0, 9.0
# A room is drawn about this much wider than high.
WIDE = 1.6
DOT, RING, CHAIR_DOT = 3.2, 2.8, 3.2

Point = tuple[float, float]


@dataclass(frozen=True)
class RoomView:
    """The room for a number of people: a heading, SVG ("" where there are too many to draw), and sentences."""

    heading: str
    picture: str
    words: str


def room_view(method: Method, people: tuple[float, float] | None) -> RoomView | None:
    """Return the room of a method for the numbers of people asked for; None where they do not decide it.

    A range is drawn for its upper end, or for its lower one if it has no upper end.
    """
    if method.room is None or people is None:
        return None
    low, high = people
    count = math.ceil(high if math.isfinite(high) else low)
    if count < 2:
        return None
    draw, say = LAYOUTS[method.room.layout]
    picture = draw(method.room, count) if count <= MOST_DRAWN else ""
    shown = number(count)
    heading = ngettext("The room for %(shown)s person", "The room for %(shown)s people", count, shown=shown)  # fmt: skip
    return RoomView(heading, picture, f"{say(method.room, count)} {_rule(method.room)}".strip())


def _most(room: Room) -> int:
    """Return how many sit in one group at most."""
    return max(1, math.floor(room.seats.high or room.seats.low))


def _groups(room: Room, count: int) -> tuple[int, int, int]:
    """Return the number of groups, how many sit in the smaller ones, and how many groups have one more."""
    groups = math.ceil(count / _most(room))
    return groups, count // groups, count % groups


def _sizes(room: Room, count: int) -> str:
    """Write how many sit in a group: "6", or "5 or 6"."""
    _, size, more = _groups(room, count)
    return gettext("%(size)s or %(more)s", size=size, more=size + 1) if more else str(size)


def _say_tables(room: Room, count: int) -> str:
    groups, size, _ = _groups(room, count)
    said = ngettext(
        "One table of %(sizes)s.", "%(shown)s tables, each for %(sizes)s.", groups, shown=number(groups), sizes=_sizes(room, count),
    )  # fmt: skip
    if size >= room.seats.low:
        return said
    return f"{said} {gettext('That is fewer than usual for one table.')}"


def _say_circle(room: Room, count: int) -> str:
    groups, size, more = _groups(room, count)
    said = ngettext(
        "One circle of %(sizes)s.", "%(shown)s circles, each of %(sizes)s.", groups, shown=number(groups), sizes=_sizes(room, count),
    )  # fmt: skip
    across = math.ceil((size + bool(more)) * CHAIR_METRES / math.pi)
    wide = ngettext(
        "A circle of so many chairs is about %(num)s metre across (our estimate: 80 cm for each chair).",
        "A circle of so many chairs is about %(num)s metres across (our estimate: 80 cm for each chair).",
        across,
    )
    return f"{said} {wide}"


def _say_horseshoe(room: Room, count: int) -> str:
    groups, _, _ = _groups(room, count)
    return ngettext(
        "One horseshoe of %(sizes)s, open towards a flip chart.",
        "%(shown)s horseshoes, each of %(sizes)s, open towards a flip chart.",
        groups, shown=number(groups), sizes=_sizes(room, count),
    )  # fmt: skip


def _say_fishbowl(room: Room, count: int) -> str:
    middle = min(count, _most(room) - 1)
    if middle == count:
        return gettext("With so few people nobody is left to listen: one circle will do.")
    return gettext(
        "%(chairs)s chairs in the middle, one of them empty: %(middle)s talk and %(others)s listen.",
        chairs=middle + 1, middle=middle, others=number(count - middle),
    )  # fmt: skip


def _rule(room: Room) -> str:
    note = room.seats.note
    return gettext("The rule: %(rule)s.", rule=note.removesuffix(".")) if note else ""


def _ring(count: int, x: float, y: float, radius: float, turned: float = 0.0) -> list[Point]:
    """Return points on a circle, the first at the top; `turned` moves them on by a share of their distance."""
    angles = [2 * math.pi * (i + turned) / count - math.pi / 2 for i in range(count)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def _open_ring(count: int, x: float, y: float, radius: float) -> list[Point]:
    """Return points on a circle of which the room of two chairs is left open below."""
    step = 2 * math.pi / (count + 2)
    angles = [math.pi / 2 + step * (i + 1.5) for i in range(count)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def _radius(count: int) -> float:
    """Return the radius of a circle of so many chairs."""
    return max(LEAST_RING, count * CHAIR / (2 * math.pi))


def _dots(part: str, points: Iterable[Point], radius: float) -> str:
    circles = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>' for x, y in points)
    return f'<g class="{part}">{circles}</g>'


def _draw_groups(room: Room, count: int) -> str:
    """Draw groups in rows, each a ring of people: round a table, or open towards a flip chart where the layout has it."""
    groups, size, more = _groups(room, count)
    open_below = room.layout == "horseshoe"
    radius = _radius(size + bool(more) + 2 * open_below)
    cell = 2 * (radius + DOT) + GAP
    columns = min(groups, math.ceil(math.sqrt(groups * WIDE)))
    people: list[Point] = []
    tables: list[Point] = []
    for group in range(groups):
        line, place = divmod(group, columns)
        in_line = min(columns, groups - line * columns)
        x = cell * (place + (columns - in_line) / 2 + 0.5)
        y = cell * (line + 0.5)
        tables.append((x, y))
        ring = _open_ring if open_below else _ring
        people += ring(size + (group < more), x, y, radius)
    things = ""
    if room.layout == "tables":
        things = _dots("thing", tables, round(radius - DOT - 2, 1))
    elif open_below:
        charts = "".join(f"M{x - CHAIR / 2:.1f} {y + radius:.1f}h{CHAIR:g}" for x, y in tables)
        things = f'<path class="thing" d="{charts}"/>'
    lines = math.ceil(groups / columns)
    return svg(things + _dots("person", people, DOT), columns * cell, lines * cell)


def _draw_fishbowl(room: Room, count: int) -> str:
    """Draw a ring with an empty chair, and the listeners in as many rings round it as they fill."""
    middle = min(count, _most(room) - 1)
    radius = _radius(middle + 1)
    inner = _ring(middle + 1, 0, 0, radius)
    listeners: list[Point] = []
    left, outer = count - middle, radius + NEXT_RING / 2
    while left:
        outer += NEXT_RING
        here = min(left, math.floor(2 * math.pi * outer / CHAIR))
        listeners += _ring(here, 0, 0, outer, 0.5)
        left -= here
    half = outer + GAP
    shapes = (
        _dots("divide", inner[:1], CHAIR_DOT)
        + _dots("person", inner[1:], DOT)
        + (_dots("listener", listeners, RING) if listeners else "")
    )
    return svg(shapes, 2 * half, 2 * half, -half, -half)


# How each layout of the vocabulary is drawn and put into words.
LAYOUTS = {
    "tables": (_draw_groups, _say_tables),
    "circle": (_draw_groups, _say_circle),
    "horseshoe": (_draw_groups, _say_horseshoe),
    "fishbowl": (_draw_fishbowl, _say_fishbowl),
}
