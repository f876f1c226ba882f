"""Learns from judged searches what each feature says for each method: ridge regression on tf-idf.

Source: Hoerl and Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems", 1970. It is solved in its
dual form, with one equation for each search, as there are fewer searches than features.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from catalogue.search.judgements.features import Features, features_in
from catalogue.search.judgements.judged_searches import JudgedSearch
from catalogue.search.judgements.weights import Weights

# What a method counts that could serve; one to recommend first counts 1.
ALSO = 1 / 3
# How much the weights are held back: higher learns less from each single search.
RIDGE = 0.7


def learn(searches: Sequence[JudgedSearch]) -> Weights:
    """Return the weights learned from judged searches; there must be one."""
    slugs = sorted({slug for each in searches for slug in (*each.first, *each.also)})
    features = [features_in(each.words) for each in searches]
    counts = Counter(name for each in features for name in each)
    names = sorted(counts)
    idf = np.log((1 + len(searches)) / (1 + np.array([counts[name] for name in names])))
    rows = _rows(features, names) * idf
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    judged = _judged(searches, slugs)
    mean = judged.mean(axis=0)
    dual = np.linalg.solve(rows @ rows.T + RIDGE * np.eye(len(rows)), judged - mean)
    named = np.count_nonzero(judged, axis=0).astype(float)
    return Weights(slugs, names, idf, mean, named, rows.T @ dual)


def _rows(features: Sequence[Features], names: Sequence[str]) -> np.ndarray:
    places = {name: place for place, name in enumerate(names)}
    rows = np.zeros((len(features), len(names)))
    for row, each in zip(rows, features, strict=True):
        row[[places[name] for name in each]] = list(each.values())
    return rows


def _judged(searches: Sequence[JudgedSearch], slugs: Sequence[str]) -> np.ndarray:
    places = {slug: place for place, slug in enumerate(slugs)}
    judged = np.zeros((len(searches), len(slugs)))
    for row, each in zip(judged, searches, strict=True):
        row[[places[slug] for slug in each.also]] = ALSO
        row[[places[slug] for slug in each.first]] = 1.0
    return judged
