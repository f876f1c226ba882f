"""Measures on situations judged by practitioners how many of the right methods their limits leave in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from catalogue.model.sizes import SIZES, USUAL
from catalogue.search.filters import Filters
from catalogue.search.search_request import SearchRequest
from catalogue.search.snapshot import Snapshot
from catalogue.vocabulary import VOCABULARY


class SituationsError(Exception):
    """A file of situations cannot be used; the message says why and how to fix it."""


@dataclass(frozen=True)
class Situation:
    """A situation: its limits as ranges of a search, and the slugs that practitioners put first or would never suggest."""

    id: str
    ranges: dict[str, tuple[float, float]]
    ideal: tuple[str, ...]
    bad: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """The methods of one situation that its limits leave in: in any size, and in the usual run alone."""

    situation: Situation
    any_size: frozenset[str]
    usual: frozenset[str]


def read_situations(path: Path) -> list[Situation]:
    """Read a YAML list of {id, answers, ideal, bad}. Raises SituationsError if it is not one.

    Of the answers count `people: [from, to]`, and `weeks`, `hours` and `budget` (GBP), each a number.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [
            Situation(
                str(item["id"]),
                _ranges(item["answers"]),
                tuple(item["ideal"]),
                tuple(entry["slug"] for entry in item["bad"]),
            )
            for item in data
        ]
    except OSError as error:
        raise SituationsError(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise SituationsError(
            f"{path} is not a list of situations. Write each as: - {{id: s1, answers: {{people: [20, 40], "
            "weeks: 4, budget: 2000}, ideal: [slug], bad: [{slug: slug}]}."
        ) from error


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
