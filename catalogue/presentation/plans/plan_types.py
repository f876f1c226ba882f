"""The types of a plan as JSON, with what each part of them means."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from catalogue.i18n import N_


class PlanUnderstood(TypedDict):
    """An answer that was read from the own words."""

    name: Annotated[str, N_("The parameter that it answers.")]
    value: Annotated[str, N_("Its value, as the parameter would have it.")]
    words: Annotated[str, N_("The words that it was read from.")]


class PlanNote(TypedDict):
    """Something said to answers that clash or need care."""

    id: Annotated[str, N_("The name of the rule in rules.yaml.")]
    text: Annotated[str, N_("What is said.")]
    rule: Annotated[str, N_("The slug of the rule of law it rests on; empty for our judgement.")]


class PlanStep(TypedDict):
    """A step of the short process: a method in a size."""

    stage: Annotated[str, N_("The stage of the process.")]
    slug: Annotated[str, N_("The name of the method in addresses.")]
    title: Annotated[str, N_("The title of the method.")]
    size: Annotated[str, N_("The size that fits: light, usual or large.")]
    weeks: Annotated[str, N_("How many weeks it takes, in words; empty if not known.")]
    cost: Annotated[str, N_("What it costs by our estimate, in words; empty if not known.")]
    hands_on: Annotated[list[str], N_("What it leaves for the next step.")]


class PlanPoint(TypedDict):
    """Points for one answer, or taken off."""

    id: Annotated[str, N_("The answer, or what was taken off for.")]
    points: Annotated[float, N_("The points; negative where they are taken off.")]
    of: Annotated[float, N_("The most that could be had; 0 for what is taken off.")]
    text: Annotated[str, N_("What for, in a sentence.")]


class PlanResult(TypedDict):
    """One suggested method, with its reasons; the points sum to its score."""

    slug: Annotated[str, N_("The name of the method in addresses.")]
    title: Annotated[str, N_("The title of the method.")]
    size: Annotated[str, N_("The size that fits: light, usual or large.")]
    label: Annotated[str, N_("strong, good or look; empty below, or where nothing was answered to order by.")]  # fmt: skip
    score: Annotated[float, N_("The sum of the points.")]
    because: Annotated[list[str], N_("The answers that speak most for it.")]
    check: Annotated[list[str], N_("What to check first.")]
    will_not: Annotated[str, N_("What it will not deliver; empty if not known.")]
    unknown: Annotated[list[str], N_("What is not known of it, among what was answered.")]
    points: Annotated[list[PlanPoint], N_("The sum, point by point.")]


class PlanChange(TypedDict):
    """One answer that, changed, would admit further methods."""

    change: Annotated[str, N_("The parameter with its new value.")]
    text: Annotated[str, N_("The change in words.")]
    slugs: Annotated[list[str], N_("The methods it would admit, best first.")]


class PlanAnswer(TypedDict):
    """A plan for some answers."""

    answers: Annotated[dict[str, Any], N_("The answers, by parameter, with what the own words add.")]  # fmt: skip
    understood: Annotated[list[PlanUnderstood], N_("What was read from the own words.")]
    notes: Annotated[list[PlanNote], N_("What we say to answers that clash or need care.")]
    process: Annotated[list[PlanStep], N_("A short process, in order.")]
    results: Annotated[list[PlanResult], N_("Single methods, best first.")]
    near_misses: Annotated[list[PlanChange], N_("Single changes that would admit more methods.")]
    passing: Annotated[int, N_("How many methods break none of the limits.")]
    ignored: Annotated[list[str], N_("What was left out of the request, in sentences.")]
    rules: Annotated[str, N_("The digest of the rules by which methods were ranked.")]


PLAN_TYPES: tuple[type, ...] = (
    PlanAnswer, PlanUnderstood, PlanNote, PlanStep, PlanResult, PlanPoint, PlanChange
)  # fmt: skip
