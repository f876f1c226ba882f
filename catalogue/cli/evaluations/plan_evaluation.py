"""Measures plans on situations judged by practitioners: what is suggested first, and what limits leave in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from werkzeug.datastructures import MultiDict

from catalogue.model.sizes import SIZES, USUAL
from catalogue.planner.answers import Answers, parse_answers
from catalogue.planner.plan import Plan, make_plan
from catalogue.search.filters import Filters
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY, read_yaml

# How many suggestions are looked at.
FIRST, SHOWN = 3, 5


# How a file of situations may call those who are no part of what is asked: the planner has one word for them.
COUNTS = {"population": "living-there"}


class SituationsError(Exception):
    """A file of situations cannot be used; the message says why and how to fix it."""


@dataclass(frozen=True)
class Situation:
    """A situation: its answers, its limits as ranges of a search, and what practitioners say of methods, by slug.

    `ideal` would be put first, `bad` never suggested; `stages` are those of the process that they would run.
    """

    id: str
    answers: Answers
    ranges: dict[str, tuple[float, float]]
    ideal: tuple[str, ...]
    bad: tuple[str, ...]
    stages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Left:
    """The methods of one situation that its limits leave in: in any size, and in the usual run alone."""

    situation: Situation
    any_size: frozenset[str]
    usual: frozenset[str]


@dataclass(frozen=True)
class Judged:
    """What a plan suggests in one situation, best first, with the stages of its process."""

    situation: Situation
    suggested: tuple[str, ...]
    stages: frozenset[str]


def read_situations(path: Path) -> list[Situation]:
    """Read a YAML list of {id, answers, ideal, bad, story, sequence}. Raises SituationsError if it is not one, and OSError.

    The answers are those of the planner, with `people: [from, to]`; the story is taken as the own words.
    """
    try:
        data = read_yaml(path)
        return [_situation(item) for item in data]
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise SituationsError(
            f"{path} is not a list of situations. Write each as: - {{id: s1, answers: {{people: [20, 40], "
            "weeks: 4, budget: 2000}, ideal: [slug], bad: [{slug: slug}]}."
        ) from error


def _situation(item: dict[str, Any]) -> Situation:
    given = item["answers"]
    pairs: list[tuple[str, str]] = [("text", item.get("story", ""))]
    for name, value in given.items():
        values = value if isinstance(value, list) else [COUNTS.get(value, value)]
        pairs += [("people", f"{value[0]}-{value[1]}")] if name == "people" else [(name, str(v)) for v in values]  # fmt: skip
    return Situation(
        id=str(item["id"]),
        answers=parse_answers(MultiDict(pairs))[0],
        ranges=_ranges(given),
        ideal=tuple(item["ideal"]),
        bad=tuple(entry["slug"] for entry in item["bad"]),
        stages=frozenset(step["stage"] for step in item.get("sequence", ())),
    )


def _ranges(answers: dict[str, object]) -> dict[str, tuple[float, float]]:
    ranges = {}
    for name in VOCABULARY.ranges:
        value = answers.get(name)
        if isinstance(value, list):
            ranges[name] = (float(value[0]), float(value[1]))
        elif isinstance(value, int | float):
            ranges[name] = (0.0, float(value))
    return ranges


def left_in(snapshot: Snapshot, situation: Situation) -> Left:
    """Return the methods that pass the limits of a situation as filters."""
    fitting = Filters(snapshot, SearchRequest(ranges=situation.ranges)).fitting
    sets = {
        size: frozenset(slug for n, slug in enumerate(snapshot.slugs) if methods >> n & 1)
        for size, methods in zip(SIZES, fitting, strict=True)
    }
    return Left(situation, frozenset().union(*sets.values()), sets[USUAL])


def judge(snapshot: Snapshot, situation: Situation) -> Judged:
    """Make the plan of a situation, of its answers and its story; what it asks for by name counts nowhere."""
    asked = situation.answers.changed("unsure", frozenset(["asked_for", *OWN_WORDS_ADD]))
    plan: Plan = make_plan(snapshot, asked)
    suggested = tuple(ranked.method.slug for ranked in plan.results) if asked.has_aims else ()
    return Judged(situation, suggested, frozenset(step.stage for step in plan.process))


# The answers of a situation are whole: its story only ranks.
OWN_WORDS_ADD = (
    "purpose", "audience", "people", "weeks", "budget", "hours", "conflict", "complexity", "must"
)  # fmt: skip

Figure = Callable[[Judged], float]
# The figures, each with the value that it should reach (bad ones: not pass).
FIGURES: dict[str, tuple[float, Figure]] = {
    "first suggestion is ideal": (0.75, lambda j: j.suggested[:1] != () and j.suggested[0] in j.situation.ideal),
    "an ideal one among three": (0.93, lambda j: bool(set(j.suggested[:FIRST]) & set(j.situation.ideal))),
    "bad ones among five": (0.10, lambda j: len(set(j.suggested[:SHOWN]) & set(j.situation.bad))),
    "ideal ones found in five": (0.60, lambda j: len(set(j.suggested[:SHOWN]) & set(j.situation.ideal)) / len(j.situation.ideal)),
    "stages that the process covers": (0.80, lambda j: len(j.stages & j.situation.stages) / len(j.situation.stages) if j.situation.stages else 1.0),
    "empty plans": (0.0, lambda j: not j.suggested),
}  # fmt: skip


def figures(judged: Sequence[Judged]) -> list[tuple[str, float, float]]:
    """Return the mean of each figure over situations that have an ideal method, and the value it should reach."""
    counted = [each for each in judged if each.situation.ideal]
    return [
        (name, sum(map(figure, counted)) / len(counted) if counted else 0.0, target)
        for name, (target, figure) in FIGURES.items()
    ]
