"""Points: what a method gets for each answer, and what is taken off; the sum is what it is ranked by.

Each point can be said in a sentence. Weights and shares stand in rules.yaml; the shares are our judgement.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add

from catalogue.model.method import Method
from catalogue.model.sizes import Run
from catalogue.planner.answers import Answers
from catalogue.planner.limits import OVER, TIGHT, UNKNOWN, Limit, must_state
from catalogue.planner.rules import Rules
from catalogue.vocabulary import VOCABULARY

LEVELS = VOCABULARY.facets["level"].values
DEGREES = ("low", "medium", "high")
NOT_AFFECTED = "not-affected"
# A vote of all is as open as what everybody may come to, but for who is on no register.
EVERYBODY = {"open", "all-voters"}
# The levels at which people work on a matter with those who are in charge, and the weeks from which that is lasting work.
SHARING, HALF_A_YEAR = ("collaborate", "empower"), 26


@dataclass(frozen=True)
class Point:
    """Points of a method for one answer, of so many; points taken off are negative and of 0.

    `how` says why, as a key: an option, "supports", "unknown", the name of what is taken off; `value` of what.
    """

    id: str
    points: float
    of: float
    how: str
    value: str = ""

    @property
    def name(self) -> str:
        """The answer that gives points, or what they are taken off for."""
        return self.id if self.of else self.how


def won(method: Method, answers: Answers, words: float, rules: Rules) -> list[Point]:
    """Return the points for each answer; `words` is the share, from 0 to 1, that the own words give."""
    shares: list[tuple[str, tuple[float, str, str] | None]] = [
        (name, share(method, answers, rules)) for name, share in SHARES.items()
    ]
    if answers.text:
        shares.append(("words", (words, "words", "")))
    return [
        Point(name, round(found[0] * rules.weights[name], 1), rules.weights[name], *found[1:])
        for name, found in shares
        if found
    ]


def purpose_share(method: Method, purpose: str, rules: Rules) -> tuple[float, str]:
    """Return how far a method is made for a purpose, from 0 to 1, and how: its place, "supports", "adjacent" or "none"."""
    match = rules.match
    if purpose in method.purposes:
        place = method.purposes.index(purpose)
        return match.purpose_places[min(place, len(match.purpose_places) - 1)], "main" if not place else "listed"  # fmt: skip
    if purpose in method.supports:
        return match.purpose_supports, "supports"
    if any(rules.near(purpose, other) for other in method.purposes[:2]):
        return match.purpose_adjacent, "adjacent"
    return 0.0, "none"


def _purpose(method: Method, answers: Answers, rules: Rules) -> tuple[float, str, str] | None:
    if not answers.purpose:
        return None
    shares = [(*purpose_share(method, purpose, rules), purpose) for purpose in answers.purpose]
    if len(shares) == 1:
        return shares[0]
    main = rules.match.main_purpose
    other = max(share for share, _, _ in shares[1:])
    best = max(shares, key=lambda found: found[0] if found is not shares[0] else found[0] + 0.2)
    return main * shares[0][0] + (1 - main) * other, best[1], best[2]


def _audience(method: Method, answers: Answers, rules: Rules) -> tuple[float, str, str] | None:
    if not answers.audience:
        return None
    if not method.audience and not method.audience_possible:
        return rules.match.unknown, "unknown", ""
    shares = [(*_one_audience(method, group, rules), group) for group in answers.audience]
    best = max(shares, key=lambda found: found[0])
    # From left to right, as the script of the copy adds: from Python 3.12 on, sum() rounds otherwise.
    mean = reduce(add, (share for share, _, _ in shares)) / len(shares)
    return (mean + best[0]) / 2, best[1], best[2]


def _one_audience(method: Method, group: str, rules: Rules) -> tuple[float, str]:
    """Return how far a method is made for an audience, more so where that is first among few."""
    match = rules.match
    if group in method.audience:
        place, further = method.audience.index(group), len(method.audience) - 1
        return max(match.audience_possible, 1 - match.audience_place * place - match.audience_further * further), "listed"  # fmt: skip
    if group in method.audience_possible:
        return match.audience_possible, "possible"
    if group in rules.public_includes and "general-public" in method.audience:
        return match.audience_public, "public"
    return 0.0, "none"


def _level(method: Method, answers: Answers, rules: Rules) -> tuple[float, str, str] | None:
    if not answers.level:
        return None
    if not method.level:
        return rules.match.unknown, "unknown", ""
    wanted = LEVELS.index(answers.level)
    steps = min(abs(LEVELS.index(level) - wanted) for level in method.level)
    return rules.match.level_steps[steps], "listed" if not steps else "near" if steps == 1 else "far", method.level[0]  # fmt: skip


def _copes(degree: str, need: str, rules: Rules) -> tuple[float, str, str] | None:
    if need in ("", "low"):
        return None
    if not degree:
        return rules.match.unknown, "unknown", ""
    if degree == NOT_AFFECTED:
        return rules.match.copes_not_affected, NOT_AFFECTED, degree
    short = max(0, DEGREES.index(need) - DEGREES.index(degree))
    return rules.match.copes_short[short], "copes" if not short else "short", degree


def _output(method: Method, answers: Answers, rules: Rules) -> tuple[float, str, str] | None:
    if not answers.output:
        return None
    if not method.outcomes:
        return rules.match.unknown, "unknown", ""
    had = [output for output in answers.output if output in method.outcomes]
    return len(had) / len(answers.output), "listed" if had else "none", (had or answers.output)[0]


def _recruitment(method: Method, answers: Answers, rules: Rules) -> tuple[float, str, str] | None:
    if not answers.recruitment:
        return None
    if not method.recruitment:
        return rules.match.unknown, "unknown", ""
    pair = {method.recruitment, answers.recruitment}
    if len(pair) == 1:
        return 1.0, "listed", method.recruitment
    near = "mixed" in pair or pair == EVERYBODY
    return rules.match.unknown if near else 0.0, "near" if near else "none", method.recruitment


Share = Callable[[Method, Answers, Rules], "tuple[float, str, str] | None"]
# The answers that are scored, in the order in which reasons are given.
SHARES: dict[str, Share] = {
    "purpose": _purpose,
    "audience": _audience,
    "level": _level,
    "conflict": lambda method, answers, rules: _copes(
        method.handles_conflict, answers.conflict, rules
    ),
    "complexity": lambda method, answers, rules: _copes(
        method.handles_complexity, answers.complexity, rules
    ),
    "output": _output,
    "recruitment": _recruitment,
}


def taken_off(method: Method, answers: Answers, rules: Rules) -> list[Point]:
    """Return what is taken off a method in any size: for what must work, and for what it may do here."""
    names = [(OF_MUST.get(must_state(method, need), ""), need) for need in answers.needs]
    names += [(name, "") for name, holds in COSTS.items() if holds(method, answers)]
    return _off(names, rules)


def off_for_limits(limits: list[Limit], rules: Rules) -> list[Point]:
    """Return what is taken off a size for limits that are tight or not known."""
    return _off([(OF_LIMIT.get(limit.state, ""), limit.name) for limit in limits], rules)


def _off(names: list[tuple[str, str]], rules: Rules) -> list[Point]:
    return [Point("off", -rules.taken_off[name], 0, name, value) for name, value in names if name]


def effort(run: Run, rules: Rules) -> list[Point]:
    """Return what is taken off for the least weeks and staff days of a size."""
    amounts = {
        "weeks_needed": math.log10(1 + run.weeks.low) if run.weeks else None,
        "staff_needed": math.log10(1 + run.staff_days.low) if run.staff_days else None,
    }
    typical = {"weeks_needed": 0.8, "staff_needed": 1.0}
    return [
        Point("off", -round(rules.taken_off[name] * (typical[name] if amount is None else amount), 1), 0, name)
        for name, amount in amounts.items()
    ]  # fmt: skip


OF_LIMIT = {TIGHT: "tight", OVER: "people_over", UNKNOWN: "unknown_limit"}
OF_MUST = {TIGHT: "must_possible", UNKNOWN: "must_unknown"}
Holds = Callable[[Method, Answers], bool]
# What is taken off once, and when.
COSTS: dict[str, Holds] = {
    "standing": lambda method, answers: method.kind == "standing" and not wants_standing(answers),
    "must_be_founded": lambda method, answers: method.existing_body == "must-be-founded" and not wants_standing(answers),
    "decides": lambda method, answers: bool(answers.purpose) and method.decision_capable == "yes" and not wants_decision(answers),
    "feeds_row": lambda method, answers: answers.conflict == "high" and "feeds-row" in method.can_harm,
    "hurries": lambda method, answers: answers.complexity == "high" and method.handles_complexity == "low",
    "exposes": lambda method, answers: "exposes" in method.can_harm and "anonymous" in answers.needs,
    "not_for_main": lambda method, answers: (
        bool(answers.purpose) and not serves(method, answers.purpose[:1])
    ),
    "not_for_purpose": lambda method, answers: (
        bool(answers.purpose) and not serves(method, answers.purpose)
    ),
}  # fmt: skip


def serves(method: Method, purposes: tuple[str, ...]) -> bool:
    """Whether a method is made for one of some purposes, or helps with it."""
    return any(p in method.purposes or p in method.supports for p in purposes)


def tells(method: Method) -> bool:
    """Whether a method is first of all made to tell people, and asks nothing that can still change something."""
    return method.purposes[:1] == ("inform",) and method.level[:1] == ("inform",)


def wants_standing(answers: Answers) -> bool:
    """Whether a body that goes on is wanted: elected, there already, or to share the work for half a year or longer."""
    shares = answers.level in SHARING and answers.weeks is not None and answers.weeks >= HALF_A_YEAR
    return shares or answers.recruitment == "appointed-elected" or bool({"panel", "forum"} & set(answers.have))  # fmt: skip


def wants_decision(answers: Answers) -> bool:
    """Whether people are to decide."""
    return answers.level == "empower" or "make-decisions" in answers.purpose or "vote-result" in answers.output  # fmt: skip
