"""Methods that a limit strikes out: which limits, in each size, and what would admit them.

Near misses are those that one change would admit; "Why not?" says it for any one method.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from catalogue.model.method import Method
from catalogue.model.sizes import LIGHT, USUAL, Run
from catalogue.planner.answers import Answers
from catalogue.planner.asked_first import Less, less_than_first
from catalogue.planner.limits import AT_MOST, BREAKS, MUST, Limit, limits_of
from catalogue.planner.plan_methods import PlanMethods
from catalogue.planner.ranking import Ranked
from catalogue.planner.rules import Rules
from catalogue.planner.scores import DEGREES, purpose_share, tells, won
from catalogue.vocabulary import VOCABULARY

# A change this much larger than the smallest one is a change of its own.
NEXT_CHANGE = 1.5
MAX_CHANGES, MAX_SLUGS = 2, 5
# From the least to the most.
TALK = VOCABULARY.facets["talk"].values
MUCH = TALK.index("much")


@dataclass(frozen=True)
class Change:
    """One answer that would have to change, to which value, and the methods that this admits, best first."""

    name: str
    value: float | str
    slugs: tuple[str, ...]

    def applied(self, answers: Answers) -> Answers:
        """Return the answers with the change made."""
        if self.name in AT_MOST:
            return answers.changed(self.name, float(self.value))
        if self.name == "people":
            low = answers.people[0] if answers.people else 0.0
            return answers.changed("people", (low, float(self.value)))
        if self.name == "format":
            return answers.changed("format", (*answers.format, str(self.value)))
        return answers.changed(self.name, str(self.value))


@dataclass(frozen=True)
class Instead:
    """A method that serves the same as another: its place in the list, and the purposes that they share."""

    ranked: Ranked
    place: int
    shared: tuple[str, ...]


@dataclass(frozen=True)
class WhyNot:
    """Why a method is not suggested: the limits that each size breaks, by size; none where it is only ranked lower.

    `place` is its place in the list, from 1; None if it is struck out. `less` says on what it falls behind the first.
    `instead` are the best methods here that serve the same, with their places and the purposes they share with it; none
    for one of the first. `not_to_ask` says whether it asks people although nothing is open any more.
    """

    method: Method
    broken: tuple[tuple[Run, tuple[Limit, ...]], ...]
    place: int | None
    less: tuple[Less, ...]
    instead: tuple[Instead, ...]
    not_to_ask: bool = False


def broken_limits(run: Run, answers: Answers) -> tuple[Limit, ...]:
    """Return the limits that a size breaks."""
    return tuple(limit for limit in limits_of(run, answers) if limit.state == BREAKS)


def times_beyond(limit: Limit, answers: Answers, rules: Rules) -> float:
    """Return how many times what was given a broken limit needs; 0 for what is no number, or is not broken."""
    if limit.state != BREAKS or isinstance(limit.needed, str):
        return 0.0
    given = answers.limit_people[1] if limit.name == "people" and answers.limit_people else getattr(answers, limit.name)  # fmt: skip
    return rules.changes.times(limit.name, given, limit.needed)


def usual_fits(ranked: Ranked, methods: PlanMethods, answers: Answers, rules: Rules) -> Run | None:
    """Return the usual run of a method in its light version, where it breaks no limit and the money pays it at its dearest, many times the light one."""
    light = ranked.run.number_range("budget")
    if ranked.run.size != LIGHT or answers.budget is None or light is None or light.high is None:
        return None
    if answers.budget <= rules.changes.plenty * max(light.high, rules.changes.least["budget"]):
        return None
    usual = next(run for run in methods.runs[ranked.method.slug] if run.size == USUAL)
    cost = usual.number_range("budget")
    pays = cost is not None and cost.high is not None and cost.high <= answers.budget
    return usual if pays and not broken_limits(usual, answers) else None


def near_misses(methods: PlanMethods, ranked: list[Ranked], answers: Answers,
                rules: Rules) -> list[Change]:  # fmt: skip
    """Return the single changes that would admit further methods made for the purpose, the smallest of each limit first."""
    breaking, by_limit = methods.breaking, methods.breaking.by_limit(answers)
    known = {each.method.slug for each in ranked}
    missed: dict[str, list[tuple[float | str, float, str]]] = defaultdict(list)
    for slug, method in methods.methods.items():
        if slug in known or not _worth_it(method, answers, rules):
            continue
        score = sum(point.points for point in won(method, answers, 0.0, rules))
        broken = {name: breaking.of(slug, bits) for name, bits in by_limit.items()}
        for limit in _single(methods.runs[slug], broken, answers):
            if times_beyond(limit, answers, rules) > rules.changes.near:
                continue
            missed[limit.name].append((limit.needed, score, slug))
    return [change for name in sorted(missed) for change in _changes(name, missed[name])]


def _worth_it(method: Method, answers: Answers, rules: Rules) -> bool:
    least = rules.process.least_share
    return not answers.purpose or any(purpose_share(method, p, rules)[0] >= least for p in answers.purpose)  # fmt: skip


def _single(runs: tuple[Run, ...], by_limit: dict[str, int], answers: Answers) -> list[Limit]:
    """Return the limits of which breaking no more would admit a method: for each limit, the least that is needed.

    What must work is no such limit: nobody is told to leave people out for the sake of a method.
    """
    found: dict[str, Limit] = {}
    for n, run in enumerate(runs):
        names = [name for name, bits in by_limit.items() if bits >> n & 1]
        if len(names) == 1 and names[0] != MUST:
            [limit] = broken_limits(run, answers)
            if limit.name not in found or _smaller(limit, found[limit.name]):
                found[limit.name] = limit
    return list(found.values())


def _smaller(one: Limit, other: Limit) -> bool:
    return not isinstance(one.needed, str) and not isinstance(other.needed, str) and one.needed < other.needed  # fmt: skip


def _changes(name: str, missed: list[tuple[float | str, float, str]]) -> list[Change]:
    if isinstance(missed[0][0], str):
        by_value: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for value, score, slug in missed:
            by_value[str(value)].append((-score, slug))
        return [Change(name, value, _best(pairs)) for value, pairs in sorted(by_value.items())][:MAX_CHANGES]  # fmt: skip
    left = sorted((float(value), -score, slug) for value, score, slug in missed)
    changes: list[Change] = []
    while left and len(changes) < MAX_CHANGES:
        most = left[0][0] * NEXT_CHANGE
        group = [each for each in left if each[0] <= most]
        changes.append(Change(name, group[-1][0], _best([each[1:] for each in group])))
        left = left[len(group) :]
    return changes


def _best(pairs: list[tuple[float, str]]) -> tuple[str, ...]:
    return tuple(slug for _, slug in sorted(pairs)[:MAX_SLUGS])


def why_not(slug: str, methods: PlanMethods, ranked: list[Ranked], answers: Answers, rules: Rules) -> WhyNot:  # fmt: skip
    """Return why a method of the build is not suggested, or how it is placed, and what serves the same instead."""
    method = methods.methods[slug]
    places = {each.method.slug: place for place, each in enumerate(ranked, start=1)}
    broken = tuple((run, limits) for run in methods.runs[slug] if (limits := broken_limits(run, answers)))  # fmt: skip
    place = places.get(slug)
    first, not_to_ask = rules.asked_for.place, answers.nothing_open and not tells(method)
    if place is None or not_to_ask or not answers.has_aims:
        return WhyNot(method, broken, place, (), _instead(method, ranked, answers), not_to_ask)
    low = place > first or ranked[place - 1].by_points
    before = ranked[: place - 1] if place > first else []
    less = less_than_first(slug, ranked, first) if low else ()
    return WhyNot(method, broken, place, less, _instead(method, before, answers))


def _instead(method: Method, ranked: list[Ranked], answers: Answers) -> tuple[Instead, ...]:
    """Return the first three methods of a list that serve the same; those that tell people where nothing is open.

    Each is made for what is needed of it and serves its main purpose too. People talk and learn in it nearly as much: stickers on
    a wall are no answer to who wants an assembly.
    """
    if answers.nothing_open:
        telling = [(n, each) for n, each in enumerate(ranked, start=1) if tells(each.method)]
        return tuple(Instead(each, n, ()) for n, each in telling[:3])
    wanted = [p for p in method.purposes if p in answers.purpose] or list(method.purposes[:1])
    serving = [
        Instead(each, n, tuple(p for p in method.purposes if p in (*each.method.purposes, *each.method.supports)))
        for n, each in enumerate(ranked, start=1)
        if each.method.slug != method.slug and not _shallower(each.method, method)
    ]  # fmt: skip
    same = [
        each for each in serving
        if set(wanted) & set(each.ranked.method.purposes[:2]) and set(method.purposes[:1]) <= set(each.shared)
    ]  # fmt: skip
    return tuple(same[:3])


def _shallower(other: Method, method: Method) -> bool:
    """Whether people talk less in another method, where they talk much in one, or learn less by two degrees; not where a page is silent."""
    if _at(TALK, method.talk) >= MUCH > _at(TALK, other.talk) >= 0:
        return True
    degree = _at(DEGREES, other.handles_complexity)
    return 0 <= degree < _at(DEGREES, method.handles_complexity) - 1


def _at(values: tuple[str, ...], value: str) -> int:
    return values.index(value) if value in values else -1
