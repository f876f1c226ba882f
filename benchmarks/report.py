"""Prints measurements as Markdown tables, row by row, so that docs/performance.md can hold what was printed.

A ratio is our value divided by the peer's: 0.5 means that ours takes half as long.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar

from benchmarks.timing import Spread

NONE = "–"
# Characters of the reason for which a row failed.
MAX_REASON = 500


class Table:
    """A Markdown table that prints each row at once, so that a run that ends early loses none of them."""

    # Rows that failed, in all tables of this process.
    failures: ClassVar[int] = 0

    def __init__(self, heads: Sequence[str]) -> None:
        """Print the heads; all columns but the first hold numbers."""
        self._columns = len(heads)
        self.row(heads)
        print("|---" + "|--:" * (self._columns - 1) + "|", flush=True)

    def row(self, cells: Sequence[str]) -> None:
        """Print one row."""
        print("| " + " | ".join(cells) + " |", flush=True)

    @contextmanager
    def attempt(self, *labels: str) -> Iterator[None]:
        """Go on if the block that measures and prints a row raises; print the labels and why it failed instead."""
        try:
            yield
        except Exception as error:
            Table.failures += 1
            reason = " ".join(str(error).replace("|", "/").split())[:MAX_REASON]
            cells = [*labels, f"failed: {reason or type(error).__name__}"]
            self.row([*cells, *[NONE] * (self._columns - len(cells))])

    def end(self) -> None:
        """Print the empty line after a table."""
        print(flush=True)


def machine() -> str:
    """Return the facts about this machine that results depend on; nothing that names it."""
    try:
        tantivy = version("tantivy")
    except PackageNotFoundError:
        tantivy = "not installed"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{cores} cores ({platform.machine()}, {platform.system()}){load}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"Whoosh {version('Whoosh')}, NumPy {version('numpy')}, tantivy {tantivy}"
    )


def number(value: float | None) -> str:
    """Write a number with three significant digits; a dash for None."""
    if value is None:
        return NONE
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 1 else f"{value:.2g}"


def compared(
    label: str, ours: float, peers: Sequence[float | None], runs: int | str, unit: str
) -> list[str]:
    """Return a row: our value, then each peer's with the ratio, then the runs."""
    cells = [label, f"{number(ours)} {unit}"]
    for peer in peers:
        cells += [NONE, NONE] if peer is None else [f"{number(peer)} {unit}", number(ours / peer)]
    return [*cells, str(runs)]


def compared_heads(first: str, peers: Sequence[str], last: str) -> list[str]:
    """Return the heads of a table of such rows."""
    return [first, "ours", *(head for name in peers for head in (name, f"ours ÷ {name}")), last]


def spread_heads(first: str, peers: Sequence[str]) -> list[str]:
    """Return the heads of a table of spreads."""
    heads = [first, "p50", "p95", "p99"]
    for name in peers:
        heads += [f"{name} p50", "p95", "p99", f"ours ÷ {name}"]
    return [*heads, "calls"]


def spread_row(label: str, spreads: Sequence[Spread]) -> list[str]:
    """Return a row of the percentiles in ms, ours first; the ratios are those of the medians."""
    ours = spreads[0]
    cells = [label]
    for spread in spreads:
        cells += [number(value) for value in (spread.p50, spread.at(95), spread.at(99))]
        if spread is not ours:
            cells.append(number(ours.p50 / spread.p50))
    return [*cells, str(len(ours.sorted))]
