"""Prints figures as Markdown tables, so that docs/performance.md can hold what was printed.

A ratio is our figure divided by the peer's: 0.5 means that ours takes half as long.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from benchmarks.timing import Spread

NONE = "–"


def machine() -> str:
    """Return the facts about this machine that figures depend on; nothing that names it."""
    try:
        tantivy = version("tantivy")
    except PackageNotFoundError:
        tantivy = "not installed"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{cores} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"Whoosh {version('Whoosh')}, NumPy {version('numpy')}, tantivy {tantivy}"
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print one table; all columns but the first are figures."""
    print("| " + " | ".join(heads) + " |")
    print("|---" + "|--:" * (len(heads) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def figure(value: float | None) -> str:
    """Write a number with three figures that count."""
    if value is None:
        return NONE
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 1 else f"{value:.2g}"


def compared(
    label: str, ours: float, peers: Sequence[float | None], runs: int | str, unit: str
) -> list[str]:
    """Return a row: our figure, then each peer's with the ratio."""
    cells = [label, f"{figure(ours)} {unit}"]
    for peer in peers:
        cells += [NONE, NONE] if peer is None else [f"{figure(peer)} {unit}", figure(ours / peer)]
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
        cells += [figure(value) for value in (spread.p50, spread.at(95), spread.at(99))]
        if spread is not ours:
            cells.append(figure(ours.p50 / spread.p50))
    return [*cells, str(len(ours.sorted))]
