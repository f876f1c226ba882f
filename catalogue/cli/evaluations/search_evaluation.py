"""Measures the relevance of search results on a list of queries with known relevant methods."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import yaml

from catalogue.vocabulary import read_yaml

# The results of a query that are judged.
DEPTH = 10
# Gains of graded answers: 2 to the power of the grade, less 1, as usual for grades of 2 and 1.
GAIN_WANTED, GAIN_ALSO = 3, 1
# How often the queries are drawn again for an interval, and the seed, so that it is the same each time.
DRAWS, SEED = 2000, 19


class QueriesError(Exception):
    """A file of queries cannot be used; the message says why and how to fix it."""


@dataclass(frozen=True)
class Query:
    """The words of a query, its kind (alias, typo, concept, need), and the slugs of the relevant methods.

    In a graded file `want` are those that a practitioner would recommend first, and `also` those that could serve.
    """

    words: str
    kind: str
    want: tuple[str, ...]
    also: tuple[str, ...] = ()

    def gain(self, slug: str) -> int:
        """Return the gain of a result: 3 for one that is wanted, 1 for one that could serve, 0 for any other."""
        return GAIN_WANTED if slug in self.want else GAIN_ALSO if slug in self.also else 0


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
        """Normalised discounted cumulative gain of the first ten.

        Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
        """
        query = self.query
        best = sorted(map(query.gain, {*query.want, *query.also}), reverse=True)[:DEPTH]
        return _discounted(map(query.gain, self.slugs)) / _discounted(best)

    @property
    def precision_5(self) -> float:
        """The share of the first five results that are wanted or could serve."""
        return sum(bool(self.query.gain(slug)) for slug in self.slugs[:5]) / 5


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(n + 1) for n, gain in enumerate(gains, 1))


@dataclass(frozen=True)
class Score:
    """Measures over some queries, each from 0 to 1."""

    queries: int
    success_1: float
    success_3: float
    mrr: float
    ndcg_10: float
    precision_5: float


def read_queries(path: Path, slugs: Iterable[str]) -> list[Query]:
    """Read a YAML list of {q, kind, want}. Raises QueriesError if it is not one or a slug is unknown, and OSError."""
    try:
        data = read_yaml(path)
        queries = [_query(item) for item in data]
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise QueriesError(
            f"{path} is not a list of queries. Write one a line: "
            '- {q: "words", kind: need, want: [slug]}, or with grades {…, first: [slug], also: [slug]}.'
        ) from error
    known = set(slugs)
    for query in queries:
        if unknown := [slug for slug in (*query.want, *query.also) if slug not in known] or (
            not query.want and ["nothing"]
        ):
            raise QueriesError(f'{path}: "{query.words}" wants {unknown[0]}, which is no method.')
    if not queries:
        raise QueriesError(f"{path} holds no queries.")
    return queries


def _query(item: dict[str, object]) -> Query:
    want = item["first"] if "first" in item else item["want"]
    return Query(str(item["q"]), str(item["kind"]), _slugs(want), _slugs(item.get("also", [])))


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
        precision_5=fmean(outcome.precision_5 for outcome in outcomes),
    )


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Group outcomes by the kind of query, in the order of first appearance."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.query.kind].append(outcome)
    return dict(groups)


def interval(ours: list[Outcome], theirs: list[Outcome]) -> tuple[float, float]:
    """Return the 95% interval of how much our nDCG@10 is above another's, by a paired bootstrap over the queries.

    Source: Sakai, "Evaluating evaluation metrics based on the bootstrap", 2006.
    """
    differences = np.array([one.ndcg - other.ndcg for one, other in zip(ours, theirs, strict=True)])
    drawn = np.random.default_rng(SEED).integers(
        0, len(differences), size=(DRAWS, len(differences))
    )
    low, high = np.quantile(differences[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)
