"""The timeline of a run as bars: the usual run filled, the light one outlined, both on one scale of weeks."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup

from catalogue.model.method import Method, Size, Step
from catalogue.presentation.timeline_bars import WIDTH, step_bar, weeks_axis

STEPS = (
    Step("Prepare", 0, 4, light_start=0, light_end=2),
    Step("Meet", 4, 4.1),
    Step("Report", 5, 10, in_light=False),
)
METHOD = Method("dance", "Dance", "People dance.", (), (), timeline=STEPS, light=Size("", ""))


def block(svg: str, kind: str) -> tuple[float, float] | None:
    """Return where a bar begins and how long it is; None where there is none."""
    path = BeautifulSoup(svg, "html.parser").select_one(f".bar__{kind}")
    if path is None:
        return None
    start, length = re.findall(r"M([\d.]+) \d+h([\d.]+)", str(path["d"]))[0]
    return float(start), float(length)


def test_a_step_stands_in_its_weeks_of_the_usual_and_the_light_run() -> None:
    drawn = step_bar(METHOD, STEPS[0])
    assert block(drawn, "fit") == (0, WIDTH * 4 / 10)
    assert block(drawn, "other") == (0, WIDTH * 2 / 10)


def test_a_step_of_less_than_a_day_can_be_seen() -> None:
    assert block(step_bar(METHOD, STEPS[1]), "fit") == (WIDTH * 4 / 10, 4)


def test_what_the_light_run_leaves_out_has_no_outline() -> None:
    assert block(step_bar(METHOD, STEPS[2]), "other") is None
    assert block(step_bar(replace(METHOD, light=None), STEPS[0]), "other") is None


def test_the_axis_names_at_most_eight_weeks() -> None:
    def marks(steps: tuple[Step, ...]) -> list[str]:
        drawn = weeks_axis(replace(METHOD, timeline=steps))
        return [text.get_text() for text in BeautifulSoup(drawn, "html.parser").select("text")]

    assert marks(STEPS) == ["0", "2", "4", "6", "8", "10"]
    assert marks((Step("Live on", 0, 150),)) == ["0", "26", "52", "78", "104", "130"]
