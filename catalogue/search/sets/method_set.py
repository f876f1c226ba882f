"""Sets of methods as integers: bit n stands for the method with the ordinal n, its position in the order of titles.

Counting one option is then a single `&` and bit_count, and needs no dependency.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

import numpy as np
import numpy.typing as npt

MethodSet = int
# The same set as an array of flags, which selects scores.
Mask = npt.NDArray[np.bool_]
# One set for each of SIZES: the methods of which that size has a property.
SizedSet = tuple[MethodSet, ...]


def set_of(mask: npt.ArrayLike) -> MethodSet:
    """Return the set of the methods whose flag is set in a mask."""
    return int.from_bytes(np.packbits(np.asarray(mask), bitorder="little").tobytes(), "little")


def every(sets: list[SizedSet]) -> SizedSet:
    """Return, for each size, the methods that are in all sets; there must be at least one set."""
    return tuple(reduce(and_, size) for size in zip(*sets, strict=True))


def either(sets: list[SizedSet]) -> SizedSet:
    """Return, for each size, the methods that are in at least one of the sets; there must be at least one."""
    return tuple(reduce(or_, size) for size in zip(*sets, strict=True))


def in_any_size(sized: SizedSet) -> MethodSet:
    """Return the methods of which at least one size is in the set."""
    return reduce(or_, sized)
