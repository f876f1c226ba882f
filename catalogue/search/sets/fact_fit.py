"""How well methods have a fact that a search names, in the size that has it best."""

from __future__ import annotations

import numpy as np

from catalogue.model.facts import Fact
from catalogue.model.sizes import SIZES, USUAL
from catalogue.search.sets.method_set import Mask, MethodSet
from catalogue.search.sets.size_sets import SizeSets
from catalogue.storage.fulltext import Scores

# The option that is best where the words of a search mean several, and how well another, or another size than the usual, fits.
BEST_OPTIONS = {"facilitation": "none", "cost": "minimal"}
LESS = 0.6
# Limits of the ends of ranges, so that their logarithms are finite.
MIN_AMOUNT, MAX_AMOUNT = 0.05, 100_000.0


def usual_run_with(fact: Fact, sizes: SizeSets) -> MethodSet:
    """Return the methods that have a fact of sizes in their usual run, and its best option where it has several."""
    best = BEST_OPTIONS.get(fact.name)
    if fact.numbers:
        sized = sizes.overlapping(fact.name, *fact.numbers)
    else:
        values = (best,) if best and best in fact.values else fact.values
        sized = sizes.chosen(fact.name, values)
    return sized[SIZES.index(USUAL)]


def weigh_sizes(fact: Fact, has: Mask, usual: Mask, sizes: SizeSets) -> Scores:
    """Return how well each method has a fact of sizes, from 0 (not) to 1; `has` and `usual` say in any size and as usual.

    People and hours fit best where the geometric mean of a size's range is near the number in the
    search: a method for 5 to 5,000 people is not what somebody with 30 looks for. A fact of another size than
    the usual one, and an option that is not the best of those asked for, count LESS.
    """
    fit: Scores = has.astype(float) * np.where(usual, 1.0, LESS)
    if fact.name not in ("people", "hours") or not fact.numbers:
        return fit
    lows, highs = sizes.ends[fact.name]
    means = np.sqrt(np.maximum(lows, MIN_AMOUNT) * np.minimum(highs, MAX_AMOUNT))
    distance = np.log(np.maximum(means, MIN_AMOUNT) / max(fact.numbers[1], MIN_AMOUNT))
    nearest = np.nan_to_num(np.exp(-(distance**2) / 2)).max(axis=0)
    return np.asarray(fit * (0.5 + 0.5 * nearest))
