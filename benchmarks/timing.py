"""Clocks for single calls and whole programs, and the summary of many measurements.

Everything here measures wall-clock time, as a visitor would; nothing is subtracted.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch
from wsgiref.util import setup_testing_defaults

from flask import Flask

from catalogue.settings import PROJECT

MIN_CALLS = 30
Given = TypeVar("Given")


class Spread:
    """Many measurements of one thing, in milliseconds."""

    def __init__(self, seconds: Sequence[float]) -> None:
        """`seconds` are the single measurements."""
        self.sorted = sorted(second * 1000 for second in seconds)

    def at(self, percent: int) -> float:
        """Return the smallest measurement that this share of them does not exceed."""
        return self.sorted[max(0, -(-percent * len(self.sorted) // 100) - 1)]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.sorted)


@dataclass(frozen=True)
class Worker:
    """What a worker process showed: seconds to its first page, and bytes in memory at the end."""

    first_page: float
    memory: int


def seconds_of(call: Callable[[], object]) -> float:
    """Return how long one call takes, after tidying memory up."""
    gc.collect()
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


@contextmanager
def timed(name: str) -> Iterator[list[float]]:
    """Yield a list of what each call of the function `name` took, in seconds, while the block runs.

    `name` is "package.module.function", where the module that calls it finds it. The function is called with a
    place and with things to put there; what making those took, while it waited for them, is not counted.
    """
    module, function = name.rsplit(".", 1)
    called = getattr(import_module(module), function)
    taken: list[float] = []

    def call(place: object, things: Iterable[object], *given: object) -> object:
        making: list[float] = []

        def handed() -> Iterator[object]:
            asked = time.perf_counter()
            for thing in things:
                making.append(time.perf_counter() - asked)
                yield thing
                asked = time.perf_counter()

        started = time.perf_counter()
        result = called(place, handed(), *given)
        taken.append(time.perf_counter() - started - sum(making))
        return result

    with patch(name, call):
        yield taken


def median_seconds(call: Callable[[], object], runs: int) -> float:
    """Return the median of some runs."""
    return statistics.median(seconds_of(call) for _ in range(runs))


def race(
    runners: Sequence[Callable[[Given], object]], given: Sequence[Given], budget: float
) -> list[Spread]:
    """Give each runner the same things, in turns, so that all meet the same noise.

    Stops after `budget` seconds, but not before MIN_CALLS calls each.
    """
    taken: list[list[float]] = [[] for _ in runners]
    gc.collect()
    started = time.perf_counter()
    for done, thing in enumerate(given):
        if done >= MIN_CALLS and time.perf_counter() - started > budget:
            break
        for runner, times in zip(runners, taken, strict=True):
            before = time.perf_counter()
            runner(thing)
            times.append(time.perf_counter() - before)
    return [Spread(times) for times in taken]


def fetch(app: Flask, address: str) -> bytes:
    """Return a page as a server gets it from the application. Raises ValueError if it is an error."""
    path, _, query = address.partition("?")
    environ: dict[str, object] = {"PATH_INFO": path, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    statuses: list[str] = []
    body = app.wsgi_app(environ, lambda status, headers, error=None: statuses.append(status))
    page = b"".join(body)
    if not statuses or not statuses[0].startswith("200"):
        raise ValueError(f"{address} answered {statuses}.")
    return page


def pages_per_second(app: Flask, addresses: Sequence[str], budget: float) -> float:
    """Return how many pages one process makes in a second, one after the other."""
    gc.collect()
    started = time.perf_counter()
    done = 0
    while (taken := time.perf_counter() - started) < budget:
        fetch(app, addresses[done % len(addresses)])
        done += 1
    return done / taken


def run_worker(methods: Path, index: Path, first: str, others: Sequence[str] = ()) -> Worker:
    """Let benchmarks/worker.py, in a Python of its own, answer one page and then others.

    The time to the first page runs from before Python starts until the whole page has come.
    """
    environment = {
        **os.environ,
        "CATALOGUE_METHODS_DIR": str(methods),
        "CATALOGUE_INDEX_DIR": str(index),
    }
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.worker", first],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        page = process.stdout.readline()
        taken = time.perf_counter() - started
        if "<h1" not in page:
            raise RuntimeError(f"The worker did not write a page but {page[:200]!r}.")
        memory = process.communicate(json.dumps(list(others)))[0]
    return Worker(taken, int(memory))
