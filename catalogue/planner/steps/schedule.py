"""When the steps of a plan happen: one after the other, and with the overlap that their timelines allow.

Two steps overlap where what comes last in the one, and nothing else of it, can go on while what comes first in the
next is done: the answer to a survey is written while the letters of a jury go out. Our judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.model.method import Method
from catalogue.model.sizes import LIGHT
from catalogue.planner.steps.picked import Picked


@dataclass(frozen=True)
class Slot:
    """Weeks from the start of the plan: when a step begins, and when it ends if it takes its shortest or longest time.

    It begins when the steps before it take their longest. `known` is False where a step says nothing of its weeks,
    `open` True where it has no upper end.
    """

    start: float
    shortest: float
    longest: float
    known: bool = True
    open: bool = False


@dataclass(frozen=True)
class Ends:
    """The parts of a run, from 0 to 1, in which only its first or only its last step goes on."""

    lead_in: float
    run_out: float


def ends_of(method: Method, size: str) -> Ends:
    """Return the parts of a method's timeline that may overlap with the steps before and after it; none without one."""
    spans = sorted(_spans(method, size))
    if len(spans) < 2:
        return Ends(0.0, 0.0)
    first = spans[0]
    last = max(spans, key=lambda span: (span[1], span[0]))
    whole = last[1] - first[0]
    if whole <= 0:
        return Ends(0.0, 0.0)
    lead_in = min(spans[1][0], first[1]) - first[0]
    others = [end for n, (_, end) in enumerate(spans) if n != spans.index(last)]
    run_out = last[1] - max(max(others), last[0])
    return Ends(max(0.0, lead_in) / whole, max(0.0, run_out) / whole)


def _spans(method: Method, size: str) -> list[tuple[float, float]]:
    steps = method.timeline
    spans = [step.light_weeks if size == LIGHT else (step.start, step.end) for step in steps]
    return [(float(span[0]), float(span[1])) for span in spans if span]


def overlaps(picked: Sequence[Picked]) -> list[tuple[float, float]]:
    """Return, for each step but the first, the weeks that it may overlap with the one before, at least and at most."""
    parts = [ends_of(one.method, one.run.size) for one in picked]
    found = []
    for n in range(1, len(picked)):
        before, after = _weeks(picked[n - 1]), _weeks(picked[n])
        found.append(
            (
                min(parts[n - 1].run_out * before[0], parts[n].lead_in * after[0]),
                min(parts[n - 1].run_out * before[1], parts[n].lead_in * after[1]),
            )
        )
    return found


def schedule(picked: Sequence[Picked]) -> list[Slot]:
    """Return when each step happens, with overlap."""
    slots: list[Slot] = []
    for one, (_, overlap) in zip(picked, [(0.0, 0.0), *overlaps(picked)], strict=False):
        start = max(0.0, slots[-1].longest - overlap) if slots else 0.0
        low, high = _weeks(one)
        weeks = one.run.weeks
        no_end = weeks is not None and weeks.high is None
        slots.append(Slot(start, start + low, start + high, weeks is not None, no_end))
    return slots


def _weeks(one: Picked) -> tuple[float, float]:
    """Return the weeks of a step; where the upper end is open or nothing is known, what is known."""
    weeks = one.run.weeks
    if weeks is None:
        return 0.0, 0.0
    return float(weeks.low), float(weeks.low if weeks.high is None else weeks.high)
