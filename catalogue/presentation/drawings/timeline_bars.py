"""The timeline of a method as bars of weeks, drawn as inline SVG; the words beside each bar say the same."""

from __future__ import annotations

import math

from catalogue.model.method import Method, Step

# The width and height of a bar in the units of its drawing.
WIDTH, HEIGHT = 300, 18
# The least length of a step, so that a single day can be seen.
LEAST_LENGTH = 4
# The distances of the weeks that the axis names; the first with at most seven marks is taken.
STEPS = (1, 2, 4, 13, 26, 52)


def step_bar(method: Method, step: Step) -> str:
    """Return one step as SVG: the usual run filled, and below it the light one as an outline."""
    per_week = WIDTH / _weeks(method)
    parts = [f'<path class="bar__axis" d="{_grid(method)}"/>']
    light = step.light_weeks if method.light else None
    if light:
        parts.append(f'<path class="bar__other" d="{_block(light, per_week, 12, 5)}"/>')
    usual = (step.start, step.end)
    parts.append(f'<path class="bar__fit" d="{_block(usual, per_week, 2, 7)}"/>')
    return f'<svg class="step__bar" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'


def weeks_axis(method: Method) -> str:
    """Return the numbers of the weeks that the lines of all bars stand for, as SVG."""
    per_week = WIDTH / _weeks(method)
    marks = "".join(
        f'<text x="{round(week * per_week, 1):g}" y="12">{week}</text>' for week in _marks(method)
    )
    return f'<svg class="step__axis" viewBox="0 0 {WIDTH} 16" aria-hidden="true">{marks}</svg>'


def _weeks(method: Method) -> int:
    """Return how many weeks the drawing of a method has."""
    ends = [end for step in method.timeline for end in (step.end, step.light_end or 0)]
    return max(1, math.ceil(max(ends)))


def _marks(method: Method) -> range:
    weeks = _weeks(method)
    distance = next((step for step in STEPS if weeks / step <= 7), STEPS[-1])
    return range(0, weeks + 1, distance)


def _grid(method: Method) -> str:
    per_week = WIDTH / _weeks(method)
    lines = "".join(f"M{round(week * per_week, 1):g} 0v{HEIGHT}" for week in _marks(method))
    return f"M0 {HEIGHT}h{WIDTH}{lines}"


def _block(weeks: tuple[float, float], per_week: float, top: int, height: int) -> str:
    start, end = (week * per_week for week in weeks)
    length = max(end - start, LEAST_LENGTH)
    start = min(start, WIDTH - length)
    return f"M{round(start, 1):g} {top}h{round(length, 1):g}v{height}h-{round(length, 1):g}z"
