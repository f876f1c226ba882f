"""Measures the relevance of search results on a list of queries with known relevant methods."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import yaml

# The results of a query that are judged.
DEPTH = 10


class QueriesError(Exception):
    """A file of queries cannot be used; the message says why and how to fix it."""


@dataclass(frozen=True)
class Query:
    """The words of a query, its kind (alias, typo, concept, need), and the slugs of the relevant methods."""

    words: str
    kind: str
    want: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """A query and the slugs of its first results."""

    query: Query
    slugs: tuple[str, ...]

    @property
    def rank(self) -> int:
        """The rank of the first relevant method, from 1; 0 if none is among the first ten."""
        return next((n for n, slug in enumerate(self.slugs, 1) if slug in self.query.want), 0)

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten, each relevant method of gain 1.

        Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
        """
        gain = sum(
            1 / math.log2(n + 1) for n, slug in enumerate(self.slugs, 1) if slug in self.query.want
        )
        best = sum(1 / math.log2(n + 1) for n in range(1, min(len(self.query.want), DEPTH) + 1))
        return gain / best


@dataclass(frozen=True)
class Score:
    """Measures over some queries, each from 0 to 1."""

    queries: int
    success_1: float
    success_3: float
    mrr: float
    ndcg_10: float


def read_queries(path: Path, slugs: Iterable[str]) -> list[Query]:
    """Read a YAML list of {q, kind, want}. Raises QueriesError if it is not one, or a slug is unknown."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        queries = [Query(str(item["q"]), str(item["kind"]), _slugs(item["want"])) for item in data]
    except OSError as error:
        raise QueriesError(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise QueriesError(
            f"{path} is not a list of queries. Write one a line: "
            '- {q: "words", kind: need, want: [slug]}.'
        ) from error
    known = set(slugs)
    for query in queries:
        if unknown := [slug for slug in query.want if slug not in known] or (
            not query.want and ["nothing"]
        ):
            raise QueriesError(f'{path}: "{query.words}" wants {unknown[0]}, which is no method.')
    if not queries:
        raise QueriesError(f"{path} holds no queries.")
    return queries


def _slugs(want: object) -> tuple[str, ...]:
    if not isinstance(want, list):
        raise TypeError("want is no list")  # a string is a sequence too
    return tuple(str(slug) for slug in want)


def evaluate(queries: Iterable[Query], run: Callable[[str], list[str]]) -> list[Outcome]:
    """Run each query; `run` returns the slugs of its results in order."""
    return [Outcome(query, tuple(run(query.words)[:DEPTH])) for query in queries]


def score(outcomes: Iterable[Outcome]) -> Score:
    """Return the mean of each measure; there must be at least one outcome."""
    outcomes = list(outcomes)
    return Score(
        queries=len(outcomes),
        success_1=fmean(outcome.rank == 1 for outcome in outcomes),
        success_3=fmean(0 < outcome.rank <= 3 for outcome in outcomes),
        mrr=fmean(1 / outcome.rank if outcome.rank else 0.0 for outcome in outcomes),
        ndcg_10=fmean(outcome.ndcg for outcome in outcomes),
    )


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Group outcomes by the kind of query, in the order of first appearance."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.query.kind].append(outcome)
    return dict(groups)
