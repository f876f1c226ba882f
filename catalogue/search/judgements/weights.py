"""The weights that were learned: what each feature of a search says for each method. `catalogue learn` writes their file."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from catalogue.search.judgements.features import Features

LOG = logging.getLogger("catalogue")
WEIGHTS_FILE = Path(__file__).with_name("weights.npz")
# The arrays of the file beside the names, in the order of the parameters of `Weights`.
PARTS = ("idf", "mean", "counts", "weights")
Numbers = npt.NDArray[np.float64]


class Weights:
    """A linear model: the weights of the features for each method, by `slugs`.

    `mean` is how often each is recommended, `counts` how many judged searches name it.
    """

    def __init__(
        self, slugs: Sequence[str], names: Sequence[str], idf: Numbers, mean: Numbers, counts: Numbers, weights: Numbers
    ) -> None:  # fmt: skip
        """Take the methods, the names of the features with their idf, and one row of weights for each feature."""
        self.slugs = tuple(slugs)
        self.names = tuple(names)
        self.idf, self.mean, self.counts, self.weights = idf, mean, counts, weights
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
        """Replace the file of weights, in half precision, which is enough for an order. Raises OSError."""
        new = path.with_name(f".{path.name}.new")
        with new.open("wb") as file:
            np.savez_compressed(
                file,
                slugs=np.array(self.slugs, dtype=str),
                names=np.array(self.names, dtype=str),
                **{part: getattr(self, part).astype(np.float16) for part in PARTS},
            )
        new.replace(path)


NOTHING_LEARNED = Weights((), (), np.zeros(0), np.zeros(0), np.zeros(0), np.zeros((0, 0)))


@lru_cache(maxsize=1)
def read_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights; where the file is missing or damaged, log it and return none: the search works without them."""
    try:
        # From memory: NumPy leaves a damaged file open.
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as file:
            slugs, names = file["slugs"].tolist(), file["names"].tolist()
            return Weights(slugs, names, *(file[part].astype(np.float64) for part in PARTS))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        LOG.error(
            "%s cannot be read (%s), so the search recommends nothing. "
            "Get the file back with git, or run catalogue learn, and restart the server.",
            *(path, error),
        )
        return NOTHING_LEARNED
