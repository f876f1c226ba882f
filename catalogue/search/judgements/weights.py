"""The weights that were learned: what each feature of a search says for each method. `catalogue learn` writes their file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catalogue.search.judgements.features import Features

WEIGHTS_FILE = Path(__file__).with_name("weights.npz")
Numbers = npt.NDArray[np.float64]


class Weights:
    """A linear model: the weights of the features for each method, by `slugs`, and how often each is recommended (`mean`)."""

    def __init__(
        self, slugs: Sequence[str], names: Sequence[str], idf: Numbers, mean: Numbers, weights: Numbers
    ) -> None:  # fmt: skip
        """Take the methods, the names of the features with their idf, and one row of weights for each feature."""
        self.slugs = tuple(slugs)
        self.names = tuple(names)
        self.idf, self.mean, self.weights = idf, mean, weights
        self._places = {name: place for place, name in enumerate(self.names)}
        # A feature that no judged search has says nothing, but takes its part of the search.
        self.new_idf = float(idf.max(initial=0.0)) + math.log(2)

    def __contains__(self, name: str) -> bool:
        """Whether some judged search has a feature."""
        return name in self._places

    def scores(self, features: Features) -> Numbers:
        """Return what the features of a search say for each method, from about -0.3 to 1; 0 if they say nothing."""
        known = [
            (self._places[name], value) for name, value in features.items() if name in self._places
        ]
        places = [place for place, _ in known]
        values = np.array([value for _, value in known]) * self.idf[places]
        new = sum(value**2 for name, value in features.items() if name not in self._places)
        length = math.sqrt(float(values @ values) + new * self.new_idf**2)
        if not length:
            return np.zeros(len(self.slugs))
        return np.asarray(values @ self.weights[places] / length)

    def write(self, path: Path = WEIGHTS_FILE) -> None:
        """Write the weights, in half precision, which is enough for an order."""
        np.savez_compressed(
            path,
            slugs=np.array(self.slugs),
            names=np.array(self.names),
            idf=self.idf.astype(np.float16),
            mean=self.mean.astype(np.float16),
            weights=self.weights.astype(np.float16),
        )


@cache
def read_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights. Raises OSError or ValueError if the file is missing or damaged."""
    with np.load(path, allow_pickle=False) as file:
        slugs, names = file["slugs"].tolist(), file["names"].tolist()
        return Weights(
            slugs, names, *(file[part].astype(np.float64) for part in ("idf", "mean", "weights"))
        )
