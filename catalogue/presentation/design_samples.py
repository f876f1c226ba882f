"""Every drawn part in every state, made from invented figures, so that a change of the looks shows and one of the catalogue does not."""

from __future__ import annotations

from catalogue.model.method import Cost, Method, People, Range, Room, Size, Step
from catalogue.model.sizes import LIGHT, USUAL, Run, runs
from catalogue.presentation.drawings.map_axes import AXES
from catalogue.presentation.drawings.map_drawing import NARROW, Mark, Ruler, map_picture, map_svg
from catalogue.presentation.drawings.pictures import picture_svg
from catalogue.presentation.drawings.rooms import RoomView, room_view
from catalogue.presentation.drawings.scales import ScaleRow, scale_rows
from catalogue.presentation.drawings.timeline_bars import step_bar, weeks_axis

# What somebody has: it cuts some of the bars below, and is the corner of the map.
LIMITS = {"budget": (0.0, 2_000.0), "weeks": (0.0, 8.0)}
# Between them they have every part of the language of pictures.
PICTURES = ("jury", "fishbowl", "hearing", "stall", "route", "questionnaire")
METHOD = Method(
    "invented", "An invented method", "It shows every part of a page.", ("deliberate",), (),
    people_in_all=People(12, 40, "", "taking-part"),
    participant_hours=Range(2, 6),
    lead_time_weeks=Range(6, 14),
    cost=Cost(3_000, 9_000, "GBP", 2026, "judgement", "low"),
    light=Size(
        "One evening with people who come anyway.", "Fewer voices.",
        people_in_all=People(6, 15, "", "taking-part"),
        participant_hours=Range(1, 2),
        lead_time_weeks=Range(2, 5),
        cost=Cost(0, 400, "GBP", 2026, "judgement", "minimal"),
    ),
    timeline=(
        Step("Invite", 0, 4, light_start=0, light_end=2),
        Step("Meet", 6, 6.1, light_start=2, light_end=2.1),
        Step("Report", 6, 14, in_light=False),
    ),
    room=Room("tables", Range(6, 8)),
)  # fmt: skip
OPEN_ENDED = Run(
    USUAL, "", People(500, None, "", "reached"), None, None, Range(20, None),
    Cost(40_000, 250_000, "GBP", 2014, "case", "high"), None, "", (), (), "",
)  # fmt: skip


def scale_samples() -> dict[str, list[ScaleRow]]:
    """Return bars by what they show: limits, another size filled, an open end with an old price, nothing known."""
    sizes = runs(METHOD)
    unknown = Run(USUAL, "", None, None, None, None, None, None, "", (), (), "")
    return {
        "limits": scale_rows(sizes, USUAL, LIMITS),
        "smaller": scale_rows(sizes, LIGHT, LIMITS),
        "open": scale_rows([OPEN_ENDED], USUAL),
        "unknown": scale_rows([unknown], USUAL),
    }


def picture_samples() -> list[str]:
    """Return some pictures as SVG."""
    return [picture_svg(name) for name in PICTURES]


def room_sample() -> RoomView | None:
    """Return a room of tables for 24 people."""
    return room_view(METHOD, (24, 24))


def timeline_samples() -> tuple[str, list[str]]:
    """Return the axis of a timeline, and the bar of each step."""
    return weeks_axis(METHOD), [step_bar(METHOD, step) for step in METHOD.timeline]


def map_samples() -> tuple[str, str]:
    """Return a map as a phone has it, with a corner for limits, and the small one of the home page."""
    places = [(0.1, 0.15), (0.12, 0.16), (0.3, 0.5), (0.55, 0.35), (0.8, 0.9)]
    marks = [Mark(n, f"Method {n}", "#map", x, y) for n, (x, y) in enumerate(places, start=1)]
    weeks = Ruler(AXES["weeks"].ticks(), (0.0, 0.4))
    money = Ruler(AXES["budget"].ticks(), (0.0, 0.45))
    return map_svg(NARROW, marks, weeks, money), map_picture(places)
