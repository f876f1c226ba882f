"""Ranks all methods by their points, in the size that fits best, with at most two of a family among the first five."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from catalogue.model.method import Method
from catalogue.model.sizes import Run
from catalogue.planner.answers import Answers
from catalogue.planner.limits import BREAKS, Limit, limits_of
from catalogue.planner.plan_methods import PlanMethods
from catalogue.planner.rules import Rules
from catalogue.planner.scores import Point, effort, off_for_limits, taken_off, won

LABELS = STRONG, GOOD, LOOK, _NONE = "strong", "good", "look", ""


@dataclass(frozen=True)
class Ranked:
    """A method in its best size, with the limits of that size and its points; `score` is their sum."""

    method: Method
    run: Run
    limits: tuple[Limit, ...]
    points: tuple[Point, ...]
    # Its place by points alone, where it was moved up because it was asked for by name; else 0.
    by_points: int = 0

    @cached_property
    def score(self) -> float:
        """The sum of all points."""
        return round(sum(point.points for point in self.points), 1)

    @cached_property
    def of(self) -> float:
        """The most points that could be had."""
        return sum(point.of for point in self.points)

    @property
    def share(self) -> float:
        """The score as a share of the most that could be had; 0 where nothing could."""
        return self.score / self.of if self.of else 0.0

    def label(self, rules: Rules) -> str:
        """Return "strong", "good" or "look" by the thresholds; "" below them, or where no aim was answered."""
        if not self.of:
            return ""
        made_for = next((p.how for p in self.points if p.id == "purpose"), "main")
        for label in (STRONG, GOOD, LOOK):
            if self.share >= rules.labels[label]:
                return LOOK if made_for in ("none", "adjacent") else label
        return ""


def rank(methods: PlanMethods, answers: Answers, rules: Rules, text: str | None = None,
         among: Iterable[str] | None = None) -> list[Ranked]:  # fmt: skip
    """Return the methods that break no limit, best first. The order is total: score, known facts, cost, slug.

    `text` are the own words that count, if not all of them; `among` the methods, if not all of them.
    """
    words = methods.word_shares(answers.text if text is None else text, rules.match.words_judged)
    breaking, broken = methods.breaking, methods.breaking.all(answers)
    found = []
    for slug in methods.methods if among is None else among:
        method, bits = methods.methods[slug], breaking.of(slug, broken)
        left = tuple(run for n, run in enumerate(methods.runs[slug]) if not bits >> n & 1)
        if left and (best := best_size(method, left, answers, words.get(slug, 0.0), rules)):
            found.append(best)
    found.sort(key=_order)
    return varied(found, rules)


def best_size(method: Method, runs: tuple[Run, ...], answers: Answers, words: float,
              rules: Rules) -> Ranked | None:  # fmt: skip
    """Return a method in the size that breaks no limit and loses least; None if all sizes break one."""
    best: Ranked | None = None
    for run in runs:
        ranked = scored(method, run, answers, words, rules)
        if any(limit.state == BREAKS for limit in ranked.limits):
            continue
        if best is None or (ranked.score, run.size == "usual") > (best.score, best.run.size == "usual"):  # fmt: skip
            best = ranked
    return best


def scored(method: Method, run: Run, answers: Answers, words: float, rules: Rules) -> Ranked:
    """Return a method in one size with its points, whatever limits it breaks."""
    limits = limits_of(run, answers)
    points, off = won(method, answers, words, rules), taken_off(method, answers, rules)
    needed = effort(run, rules) if answers.has_aims else []
    return Ranked(method, run, tuple(limits), (*points, *off_for_limits(limits, rules), *off, *needed))  # fmt: skip


def _order(ranked: Ranked) -> tuple[float, int, float, str]:
    budget = ranked.run.number_range("budget")
    cost = budget.low if budget else float("inf")
    unknown = sum(point.how in ("unknown", "unknown_limit") for point in ranked.points)
    return (-ranked.score, unknown, cost, ranked.method.slug)


def varied(ranked: list[Ranked], rules: Rules, whole: bool = True) -> list[Ranked]:
    """Return the list with each third of a family moved behind the first five.

    Where there are not five others it stands among them after all; without `whole` it is left out instead.
    """
    most, first = rules.variety["family"], rules.variety["first"]
    shown: list[Ranked] = []
    later: list[Ranked] = []
    families: Counter[str] = Counter()
    for n, each in enumerate(ranked):
        if len(shown) == first:
            return shown + later + ranked[n:]
        family = each.method.family
        if family and families[family] >= most:
            later.append(each)
        else:
            families[family] += 1
            shown.append(each)
    return shown + later if whole else shown


def by_label(ranked: list[Ranked], rules: Rules) -> list[Ranked]:
    """Return methods in the order of their labels, and within each as they were, with each third of a family behind the first five."""
    return varied(sorted(ranked, key=lambda each: LABELS.index(each.label(rules))), rules)


# How far each weight is turned up and down to see whether the first place depends on it.
TURNED = 0.25
TOP = 3
# A lead of up to this share of all points that could be had is none. Our judgement.
HAIR = 0.02


def holds_up(ranked: list[Ranked]) -> str:
    """Return the name of the first weight with which the first method would leave the first three; "" for none.

    Points are shares of weights, so a weight turned by a quarter adds or takes a quarter of its points.
    """
    if len(ranked) <= TOP:
        return ""
    first = ranked[0]
    for name in dict.fromkeys(point.id for point in first.points if point.of):
        for turned in (TURNED, -TURNED):
            own = first.score + turned * points_for(first, name)
            if sum(each.score + turned * points_for(each, name) > own for each in ranked) >= TOP:
                return name
    return ""


def all_but_level(ranked: list[Ranked]) -> bool:
    """Whether the first method leads the second by no more than a hair, so that nothing can be said of its place."""
    return len(ranked) > 1 and ranked[0].score - ranked[1].score <= HAIR * ranked[0].of


def points_for(ranked: Ranked, name: str) -> float:
    """Return the points of a method for an answer, or those taken off for one thing, by its name."""
    return sum(point.points for point in ranked.points if point.name == name)
