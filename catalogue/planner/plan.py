"""Makes a plan of answers: what was understood, push-back, a short process, single methods, near misses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from catalogue.planner.answers import EMPTY, FREE, SEVERAL_OF, Answers
from catalogue.planner.asked_first import asked_first
from catalogue.planner.main_purpose import refused_methods, without_refused
from catalogue.planner.own_words import Understood, understand, unread
from catalogue.planner.plan_methods import PlanMethods, plan_methods
from catalogue.planner.push_back import push_backs
from catalogue.planner.ranking import (
    LABELS,
    Ranked,
    all_but_level,
    by_label,
    holds_up,
    rank,
    varied,
)
from catalogue.planner.rules import PushBack, Rules, load_rules
from catalogue.planner.steps.process import Step, short_process, stages_without
from catalogue.planner.struck_out import Change, WhyNot, near_misses, why_not
from catalogue.search.snapshot import Snapshot

MAX_RESULTS = 12
# Where fewer pass the limits, the best whatever the limits are shown too, so that no plan is empty.
LEAST_RESULTS = 3


@dataclass(frozen=True)
class Plan:
    """A plan. `asked` are the answers that were given, `answers` those with what the own words add.

    `passing` are the methods that break no limit; `results` are those worth showing, by label and best first, or all where nothing
    was answered to order by; `level` says whether the first two are all but level; `depends_on` the weight on which the first place depends, "" for none.
    `without_step` are the stages for which no step keeps the limits; `better_if_free` says whether the process would be better if rooms cost nothing.
    `beyond` are the best whatever the limits, where fewer than LEAST_RESULTS pass them. `refused` are the methods that the
    own words do not want: they are left out; `passed_over` those of them that these say no "no" to. `explained` says of each
    method that was asked for, or asked after, how it stands here.
    """

    asked: Answers
    answers: Answers
    understood: tuple[Understood, ...]
    notes: tuple[PushBack, ...]
    process: tuple[Step, ...]
    without_step: tuple[str, ...]
    better_if_free: bool
    results: tuple[Ranked, ...]
    passing: tuple[str, ...]
    depends_on: str
    level: bool
    near_misses: tuple[Change, ...]
    explained: tuple[WhyNot, ...]
    beyond: tuple[WhyNot, ...]
    refused: tuple[str, ...]
    passed_over: frozenset[str]
    rules: Rules
    methods: PlanMethods


def make_plan(
    snapshot: Snapshot, asked: Answers, rules: Rules | None = None, today: date | None = None
) -> Plan:
    """Return the plan for some answers over the methods of a build. Raises StoreError if the build cannot be read.

    Days of the calendar in the own words are read as weeks from `today`, and not read without it.
    """
    rules, methods = rules or load_rules(), plan_methods(snapshot)
    understood = understand(asked, methods, today)
    answers = asked.filled(_as_answers(understood))
    if asked.text and not asked.purpose:
        rules = rules.for_words_alone()
    rules = rules.weighted(answers.matters_most)
    told = unread(without_refused(asked.text, methods), understood)
    if not methods.words.says_something(told):
        # Words of which nothing was understood put methods in no order.
        answers = answers.changed("text", "")
    unwanted = refused_methods(asked.text, methods)
    refused = tuple(slug for slug in unwanted if slug not in asked.asked_for)
    every = by_label(rank(methods, answers, rules, told), rules)
    ranked = [each for each in every if each.method.slug not in refused]
    steps = short_process(ranked, answers, rules)
    listed = asked_first(ranked, answers, rules) if answers.has_aims else ranked
    explain = [slug for slug in (*answers.asked_for, answers.why_not) if slug in methods.methods]
    return Plan(
        asked=asked,
        answers=answers,
        understood=tuple(understood),
        notes=tuple(push_backs(answers, [step.ranked.method for step in steps], rules)),
        process=tuple(steps),
        without_step=tuple(stages_without(steps, answers, rules)),
        better_if_free=_better_if_free(ranked, steps, answers, rules),
        results=tuple(_shown(listed, answers, rules)),
        passing=tuple(each.method.slug for each in listed),
        beyond=tuple(_beyond(methods, ranked, answers, rules)),
        depends_on=holds_up(ranked),
        level=all_but_level(ranked),
        near_misses=tuple(near_misses(methods, every, answers, rules)),
        explained=tuple(why_not(slug, methods, listed, answers, rules) for slug in dict.fromkeys(explain)),
        refused=refused,
        passed_over=frozenset(slug for slug in refused if not unwanted[slug]),
        rules=rules,
        methods=methods,
    )  # fmt: skip


def passing_with(methods: PlanMethods, answers: Answers, name: str, values: Iterable[object]) -> list[int]:  # fmt: skip
    """Return how many methods break no limit in some size with each value of one answer in place of the one given."""
    breaking = methods.breaking
    others = breaking.all(answers.without(name))
    return [breaking.passing(others | breaking.all(EMPTY.changed(name, value))) for value in values]


def _beyond(methods: PlanMethods, ranked: list[Ranked], answers: Answers, rules: Rules) -> list[WhyNot]:  # fmt: skip
    """Return the best methods whatever the limits, each with the limits that it breaks."""
    if len(ranked) >= LEAST_RESULTS:
        return []
    free = replace(answers, people=None, weeks=None, budget=None, hours=None, format=(), facilitation="")  # fmt: skip
    best = rank(methods, free, rules)[:LEAST_RESULTS]
    return [why_not(each.method.slug, methods, ranked, answers, rules) for each in best]


def _better_if_free(
    ranked: list[Ranked], steps: list[Step], answers: Answers, rules: Rules
) -> bool:
    """Whether the process would have more steps, or the best method, if the rooms cost nothing, where nothing was said of them."""
    if answers.budget is None or answers.hirer == FREE or answers.hire:
        return False
    free = short_process(ranked, answers.changed("hire", FREE), rules)
    has_best = [any(step.ranked is ranked[0] for step in process) for process in (steps, free)]
    return len(free) > len(steps) or has_best == [False, True]


def _as_answers(understood: Iterable[Understood]) -> dict[str, object]:
    values: dict[str, object] = {}
    for each in understood:
        if each.name in SEVERAL_OF or each.name == "asked_for":
            values[each.name] = (*values.get(each.name, ()), each.value)  # type: ignore[misc]
        else:
            values[each.name] = each.value
    return values


def _shown(ranked: list[Ranked], answers: Answers, rules: Rules) -> list[Ranked]:
    """Return the methods with a label, at most MAX_RESULTS; the first five in any case."""
    if not answers.has_aims:
        return sorted(ranked, key=lambda each: each.method.title)
    shown = [
        each for n, each in enumerate(ranked) if each.label(rules) or n < rules.variety["first"]
    ]
    # What is left out lets others move up, so a family is counted again.
    shown = varied(shown, rules, whole=False)
    # A third of a family that moved behind a lower label is left out too, so that labels stay in their order.
    # What was asked for by name stands among others whatever its label.
    places = [0 if each.by_points else LABELS.index(each.label(rules)) for each in shown]
    return [
        each for n, each in enumerate(shown) if each.by_points or places[n] == max(places[: n + 1])
    ][:MAX_RESULTS]
