"""A script for test_build_failures.py: runs builds that are killed with SIGKILL, each in a child of its own.

Given a methods folder and index folders that hold an older build, it kills the build in each of
them at another moment, counted in function calls, so that no clock is needed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from catalogue.build import build

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
    main()
