"""Push-back: which of the rules in rules.yaml hold for some answers. It is said beside the plan and stops nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from catalogue.model.method import Method
from catalogue.planner.answers import Answers
from catalogue.planner.rules import PushBack, Rules
from catalogue.planner.scores import LEVELS

# The keys that ask for one of several values, by the answer that they look at.
ANY_OF = ("open", "before", "purpose", "audience", "conflict", "complexity", "facilitation", "recruitment",
          "free_to_speak", "law", "must", "output")  # fmt: skip


def push_backs(answers: Answers, methods: Sequence[Method], rules: Rules) -> list[PushBack]:
    """Return the rules that hold for answers and the methods of a process or a plan, in the order of the file."""
    return [
        rule
        for rule in rules.push_back
        if all(holds(key, wanted, answers, methods) for key, wanted in rule.when.items())
    ]


def holds(key: str, wanted: Any, answers: Answers, methods: Sequence[Method] = ()) -> bool:
    """Whether one condition of a rule holds for answers, and for the methods of a process where it asks for them."""
    if key in ANY_OF:
        given = getattr(answers, key)
        given = given if isinstance(given, tuple) else (given,)
        return bool(set(given) & set(wanted if isinstance(wanted, list) else [wanted]))
    return CONDITIONS[key](wanted, answers, methods)


def _level_from(level: str, answers: Answers) -> bool:
    return bool(answers.level) and LEVELS.index(answers.level) >= LEVELS.index(level)


def _level_not_kept(answers: Answers, methods: Sequence[Method]) -> bool:
    """Whether no step of the process gives people the level that is promised; one that does is enough."""
    levels = [level for method in methods for level in method.level]
    return bool(levels) and _level_from("involve", answers) and max(
        LEVELS.index(level) for level in levels) < LEVELS.index(answers.level)  # fmt: skip


def _only(given: tuple[str, ...], wanted: list[str]) -> bool:
    return bool(given) and set(given) <= set(wanted)


def _words_name(wanted: list[str], answers: Answers) -> bool:
    """Whether the own words have one of some phrases, as it is written but for capitals."""
    return any(re.search(rf"\b{re.escape(each)}\b", answers.text, re.I) for each in wanted)


Condition = Callable[[Any, Answers, Sequence[Method]], bool]
# Every other key that a rule may use.
CONDITIONS: dict[str, Condition] = {
    "purpose_only": lambda wanted, answers, _: _only(answers.purpose, wanted),
    "audience_only": lambda wanted, answers, _: _only(answers.audience, wanted),
    "format_only": lambda wanted, answers, _: _only(answers.format, wanted),
    "without_audience": lambda wanted, answers, _: not set(wanted) & set(answers.audience),
    "must_not": lambda wanted, answers, _: wanted not in answers.must,
    "without_counts": lambda _wanted, answers, _: not answers.counts,
    "level_from": lambda wanted, answers, _: _level_from(wanted, answers),
    "level_not_kept": lambda _wanted, answers, methods: _level_not_kept(answers, methods),
    "weeks_under": lambda wanted, answers, _: answers.weeks is not None and answers.weeks < wanted,
    "hours_under": lambda wanted, answers, _: answers.hours is not None and answers.hours < wanted,
    "budget_under": lambda wanted, answers, _: answers.budget is not None and answers.budget < wanted,
    "people_over": lambda wanted, answers, _: answers.people is not None and answers.people[1] > wanted,
    "words_name": lambda wanted, answers, _: _words_name(wanted, answers),
    "people_to": lambda wanted, answers, _: answers.people is not None and answers.people[1] <= wanted,
}  # fmt: skip
