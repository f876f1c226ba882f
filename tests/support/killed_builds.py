"""A script for tests of failing builds: runs builds that are killed with SIGKILL, each in a child of its own.

Given a methods folder and index folders that hold an older build, it kills the build in each of
them at another moment, counted in function calls, so that no clock is needed. Given `in-turn`, it
runs `catalogue build` in one folder for each line it reads, and kills it where the line says so.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from catalogue.build.builder import build
from catalogue.cli.main import main as catalogue

# The last moments matter most: there the new build is renamed and pointed to.
SHARES_BEFORE_THE_END = (1e-1, 1e-2, 5e-3, 4e-3, 3e-3, 2e-3, 1e-3)


def count_calls(methods_dir: Path, index_dir: Path) -> int:
    """Return how many function calls and returns a build takes, from a child that does one."""
    receiver, sender = os.pipe()
    if os.fork() == 0:
        calls = 0

        def count(frame: FrameType, event: str, given: object) -> None:
            nonlocal calls
            calls += 1

        run(methods_dir, index_dir, count)
        os.write(sender, str(calls).encode())
        os._exit(0)
    os.wait()
    return int(os.read(receiver, 20))


def run(
    methods_dir: Path, index_dir: Path, watch: Callable[[FrameType, str, object], None]
) -> None:
    """Build, with a watch on every call and return."""
    sys.setprofile(watch)
    build(methods_dir, index_dir)
    sys.setprofile(None)


def kill(methods_dir: Path, index_dir: Path, moment: int) -> int:
    """Build in a child that is killed at its nth call; return the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        left = moment

        def count_down(frame: FrameType, event: str, given: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        run(methods_dir, index_dir, count_down)
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def command_build(seconds: float | None) -> int:
    """Run `catalogue build` in a child, killed after some seconds; return what ended it, or 0."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        catalogue(["build"], standalone_mode=False)
        os._exit(0)
    os.close(sender)
    # The child holds the other end: the wait ends with its end, or when its time is up.
    select.select([receiver], [], [], seconds)
    if seconds is not None:
        os.kill(child, signal.SIGKILL)
    os.close(receiver)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def in_turn() -> None:
    """For each line read, run a build ("build") or kill one ("kill"), and print what ended it."""
    chance = random.Random(2026)
    takes = 1.0
    for line in sys.stdin:
        started = time.monotonic()
        if line.strip() == "build":
            print(command_build(None), flush=True)
            takes = time.monotonic() - started
        else:
            print(command_build(chance.uniform(0, takes)), flush=True)


def main() -> None:
    """Kill a build in each of the index folders but the first, and print the signals."""
    methods_dir, spare, *index_dirs = (Path(text) for text in sys.argv[1:])
    calls = count_calls(methods_dir, spare)
    ends = [calls - int(calls * share) for share in SHARES_BEFORE_THE_END]
    chance = random.Random(2026)
    moments = [*ends, *(chance.randrange(1, calls) for _ in index_dirs[len(ends) :])]
    for index_dir, moment in zip(index_dirs, moments, strict=False):
        print(kill(methods_dir, index_dir, moment))


if __name__ == "__main__":
    in_turn() if sys.argv[1:] == ["in-turn"] else main()
