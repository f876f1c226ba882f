"""How often the tests of survival try: a few times in `make test-all`, all the times in `make soak`.

What they did is counted here, and conftest.py prints it when the tests end.
"""

from __future__ import annotations

import os

# Set by `make soak`.
SOAK = bool(os.environ.get("SOAK"))

_counts: dict[str, int] = {}


def times(bounded: int, full: int) -> int:
    """Return how often a test is to try: `bounded` in `make test-all`, `full` in `make soak`."""
    return full if SOAK else bounded


def counted(what: str, number: int) -> None:
    """Add to the count of what was tried, such as "kills"."""
    _counts[what] = _counts.get(what, 0) + number


def counts() -> str:
    """Return all counts in one line, such as "200 kills, 50 swaps"; "" if nothing was counted."""
    return ", ".join(f"{number:,} {what}" for what, number in _counts.items())
