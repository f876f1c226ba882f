"""The rules of the planner, from rules.yaml, as checked values; their digest stands on each plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from catalogue.vocabulary import read_yaml

RULES_FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Match:
    """The shares of its points that a method gets, from 0 to 1; rules.yaml says for what."""

    purpose_places: tuple[float, ...]
    purpose_supports: float
    purpose_adjacent: float
    main_purpose: float
    audience_place: float
    audience_further: float
    audience_possible: float
    audience_public: float
    level_steps: tuple[float, ...]
    copes_short: tuple[float, ...]
    copes_not_affected: float
    unknown: float
    words_judged: float


@dataclass(frozen=True)
class StepKind:
    """A kind of step: its stage, and the purposes that it is for, the most fitting first.

    With `asks`, the method must be of one of these families, people take part in it, and it collects their views.
    """

    stage: str
    purposes: tuple[str, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """Who can be answered how: numbers of people, and the points that a channel to everybody or a meeting loses there."""

    few: int
    everybody: float
    many: int
    meeting: float


@dataclass(frozen=True)
class ShortOfTime:
    """Up to how many weeks there is hardly time, and how many steps a process may have then."""

    weeks: float
    steps: int


@dataclass(frozen=True)
class AskedStep:
    """A kind of step that a process has where all of `when` holds, as in push-back; `text` says why."""

    step: str
    when: dict[str, Any]
    text: str


@dataclass(frozen=True)
class ProcessRules:
    """The kinds of steps of a process by the main purpose, those that other answers ask for or where nothing is open, and what each kind is."""

    most_steps: int
    short_of_time: ShortOfTime
    least_share: float
    next_purpose: float
    weeks_left: float
    follow_up: FollowUp
    steps: dict[str, tuple[str, ...]]
    asked_by: tuple[AskedStep, ...]
    nothing_open: tuple[str, ...]
    kinds: dict[str, StepKind]


@dataclass(frozen=True)
class AskedFor:
    """The last place of a method that was asked for by name, and the points with which it stays where it is."""

    place: int
    unless: tuple[str, ...]


@dataclass(frozen=True)
class ChangeRules:
    """How many times a limit a change may be to be near, and to be shown at all, and how many times a light version is plenty; smaller limits count as `least`, by name."""

    near: float
    shown: float
    plenty: float
    least: dict[str, float]

    def times(self, name: str, limit: float, needed: float) -> float:
        """Return how many times a limit is needed."""
        return needed / max(limit, self.least[name])


@dataclass(frozen=True)
class PushBack:
    """What is said where all of `when` holds; `rule` is the slug of a rule of law, "" for our judgement."""

    id: str
    when: dict[str, Any]
    text: str
    rule: str = ""


@dataclass(frozen=True)
class Rules:
    """Everything in rules.yaml."""

    weights: dict[str, float]
    matters_most: float
    words_alone: dict[str, float]
    match: Match
    taken_off: dict[str, float]
    labels: dict[str, float]
    variety: dict[str, int]
    asked_for: AskedFor
    changes: ChangeRules
    public_includes: frozenset[str]
    adjacent: tuple[frozenset[str], ...]
    process: ProcessRules
    push_back: tuple[PushBack, ...]
    digest: str = ""

    def weighted(self, most: str) -> Rules:
        """Return the rules in which the answer of a name counts as often as the one that matters most; "" for none."""
        if not most:
            return self
        return replace(self, weights={**self.weights, most: self.weights[most] * self.matters_most})

    def for_words_alone(self) -> Rules:
        """Return the rules in which own words count as often as where little else was answered."""
        words = self.weights["words"] * self.words_alone["times"]
        match = replace(self.match, words_judged=self.words_alone["judged"])
        return replace(self, weights={**self.weights, "words": words}, match=match)

    def near(self, one: str, other: str) -> bool:
        """Whether two purposes are adjacent."""
        return frozenset((one, other)) in self.adjacent


@cache
def load_rules() -> Rules:
    """Read rules.yaml. Raises msgspec.ValidationError or yaml.YAMLError if it was edited wrongly."""
    data = read_yaml(RULES_FILE)
    data["digest"] = blake2b(RULES_FILE.read_bytes(), digest_size=5).hexdigest()
    return msgspec.convert(data, Rules)
