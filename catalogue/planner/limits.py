"""Limits: whether a size of a method fits, is tight, breaks, or is not known, for each limit that was answered.

A limit that breaks strikes a size out; a method is struck out where every size is. More money, weeks, hours or people
never strike out more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from catalogue.model.method import Method, Range
from catalogue.model.sizes import Run
from catalogue.planner.answers import Answers
from catalogue.vocabulary import VOCABULARY

FITS, TIGHT, OVER, UNKNOWN, BREAKS = "fits", "tight", "over", "unknown", "breaks"
# What must work strikes out what cannot be made to; whether it takes adapting, or is not known, costs points (`must_state`).
MUST = "must"
AT_MOST = ("weeks", "budget", "hours")
FACILITATION = VOCABULARY.facets["facilitation"].values


@dataclass(frozen=True)
class Limit:
    """How one size stands to one limit; `needed` is the number, or the option, that would admit it."""

    name: str
    state: str
    needed: float | str = ""


def limits_of(run: Run, answers: Answers) -> list[Limit]:
    """Return how a size stands to each limit that was answered."""
    found = [
        _at_most(name, run.number_range(name), limit)
        for name in AT_MOST
        if (limit := getattr(answers, name)) is not None
    ]
    if answers.limit_people:
        found.append(_people(run.people, *answers.limit_people))
    if answers.facilitation:
        found.append(_facilitation(run.facilitation, answers.facilitation))
    if answers.format:
        found.append(_format(run.format, answers.format))
    found += [Limit(MUST, BREAKS, need) for need in answers.needs if need in run.unsuitable]
    return found


def _at_most(name: str, numbers: Range | None, limit: float) -> Limit:
    if numbers is None:
        return Limit(name, UNKNOWN)
    if numbers.low > limit:
        return Limit(name, BREAKS, numbers.low)
    fits = numbers.high is not None and numbers.high <= limit
    return Limit(name, FITS if fits else TIGHT, math.inf if numbers.high is None else numbers.high)


def _people(numbers: Range | None, low: float, high: float) -> Limit:
    """Too many people for a size are no stop: some of them can be asked, in several rounds or by sample."""
    if numbers is None:
        return Limit("people", UNKNOWN)
    if numbers.low > high:
        return Limit("people", BREAKS, numbers.low)
    if numbers.high is not None and numbers.high < low:
        return Limit("people", OVER, numbers.high)
    return Limit("people", FITS, numbers.low)


def _facilitation(needed: str, have: str) -> Limit:
    if not needed:
        return Limit("facilitation", UNKNOWN)
    short = FACILITATION.index(needed) - FACILITATION.index(have)
    state = FITS if short <= 0 else TIGHT if short == 1 else BREAKS
    return Limit("facilitation", state, needed)


def _format(formats: tuple[str, ...], wanted: tuple[str, ...]) -> Limit:
    if not formats:
        return Limit("format", UNKNOWN)
    return Limit("format", FITS if set(formats) & set(wanted) else BREAKS, formats[0])


def must_state(method: Method, need: str) -> str:
    """Return whether what must work fits a method, is tight (with adaptation), breaks, or is not known."""
    if need in method.inclusion:
        return FITS
    if need in method.inclusion_possible:
        return TIGHT
    return BREAKS if need in method.inclusion_unsuitable else UNKNOWN
