"""Methods that were asked for by name: moved among the first, unless an answer speaks against them; and what they do worse."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from catalogue.planner.answers import Answers
from catalogue.planner.ranking import Ranked, points_for, varied
from catalogue.planner.rules import Rules
from catalogue.planner.scores import Point, tells

# What a method does worse is told on so many things, those with the widest gaps, and by a gap of at least so many points. Our judgement.
MOST_LESS, LEAST_GAP = 3, 2.0
# What is taken off a method for an answer, beside the points that it gets for it.
OFF_FOR = {"purpose": {"not_for_purpose", "not_for_main", "decides"}, "conflict": {"feeds_row"}, "complexity": {"hurries"}}  # fmt: skip
# What says no more than the points for what is needed.
SAID_ALREADY = {"not_for_purpose", "not_for_main"}


@dataclass(frozen=True)
class Less:
    """Points of a method that are fewer than the first have on average (`others`), and its place if they counted nowhere."""

    point: Point
    others: float
    place: int


def asked_first(ranked: list[Ranked], answers: Answers, rules: Rules) -> list[Ranked]:
    """Return the list with each method that was asked for at its place at the latest, behind the best by points.

    Where that would be a third of a family, or there are more of them than places, the one with fewer points stays.
    """
    asked = [n for n, each in enumerate(ranked) if n and each.method.slug in answers.asked_for and not speaks_against(each, answers, rules)]  # fmt: skip
    if not asked:
        return ranked
    first, families = [0], Counter([ranked[0].method.family])
    for n in dict.fromkeys((*asked, *range(1, len(ranked)))):
        family = ranked[n].method.family
        if len(first) < rules.asked_for.place and not (
            family and families[family] >= rules.variety["family"]
        ):
            first.append(n)
            families[family] += 1
    moved = [replace(ranked[n], by_points=n + 1) if n >= rules.asked_for.place else ranked[n] for n in sorted(first)]  # fmt: skip
    return varied([*moved, *(each for n, each in enumerate(ranked) if n not in first)], rules)


def speaks_against(ranked: Ranked, answers: Answers, rules: Rules) -> bool:
    """Whether an answer speaks against a method, so that asking for it by name does not move it up."""
    if answers.nothing_open and not tells(ranked.method):
        return True
    named = {name for p in ranked.points for name in (p.how, f"{p.id} {p.how}")}
    return not named.isdisjoint(rules.asked_for.unless)


def less_than_first(slug: str, ranked: list[Ranked], first: int) -> tuple[Less, ...]:
    """Return on what a method in a list has fewer points than the first so many others, the widest gap first."""
    own = next(each for each in ranked if each.method.slug == slug)
    others = [each for each in ranked if each is not own]
    best = sorted(others, key=lambda each: -each.score)[:first]
    found = []
    for name, point in {point.name: point for point in own.points}.items():
        mine = points_for(own, name)
        mean = sum(points_for(each, name) for each in best) / (len(best) or 1)
        if mean - mine >= LEAST_GAP and name not in SAID_ALREADY:
            left = _without(own, name)
            place = 1 + sum(_without(each, name) > left for each in others)
            found.append(Less(replace(point, points=mine), round(mean, 1), place))
    return tuple(sorted(found, key=lambda less: less.point.points - less.others)[:MOST_LESS])


def _without(ranked: Ranked, name: str) -> float:
    """Return the score of a method if an answer, or what points are taken off for, counted nowhere."""
    out = {name, *OFF_FOR.get(name, ())}
    return sum(point.points for point in ranked.points if point.name not in out)
