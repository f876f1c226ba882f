"""Several replicas behind one proxy, each with its own checkout and its own build, share nothing.

Under load one of them is killed and one is updated to a new commit, and nobody gets a failed answer.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from catalogue.settings import read_settings
from tests.conftest import GOOD
from tests.support.editing import change
from tests.support.processes import Answer, Visitor, caddy, kill, nginx, site
from tests.support.running import LOOK_AGAIN, SECONDS, run_build

pytestmark = pytest.mark.process

REPLICAS, READERS = 3, 4
# How many answers must come in before the next thing happens.
PHASE = 100
OLD, NEW = "Reed panel", "Heron panel"


def git(folder: Path, *words: str | Path) -> None:
    who = ["-c", "user.name=Reed", "-c", "user.email=reed@example.org"]
    plain = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    subprocess.run(["git", *who, *words], cwd=folder, env=plain, check=True, capture_output=True)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with the six small methods."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "origin"
    shutil.copytree(GOOD, folder / "methods")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Six methods")
    return folder


class Readers:
    """Visitors who ask without a pause, each in a thread; all answers and faults are kept."""

    def __init__(self, port: int) -> None:
        self.answers: list[Answer] = []
        self.faults: list[str] = []
        self._port = port
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._read, args=(number,)) for number in range(READERS)
        ]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, reader: int) -> None:
        # Each from an address of its own, and one in four pages is that of the method that changes.
        with Visitor(self._port, f"127.0.0.{10 + reader}") as visitor:
            asked = 0
            while not self._stop.is_set():
                asked += 1
                address = f"/methods?q=w{reader}x{asked}" if asked % 4 else "/methods/reed-panel"
                try:
                    answer = visitor.ask(address)
                except (OSError, http.client.HTTPException) as error:
                    self.faults.append(f"{address}: {error!r}")
                    return
                if answer.status != 200:
                    self.faults.append(f"{address}: {answer.status}")
                self.answers.append(answer)

    def wait_for(self, enough: Callable[[list[Answer]], bool]) -> list[Answer]:
        """Return the answers that come from now on, once they are enough; fail after a minute."""
        start, deadline = len(self.answers), time.monotonic() + SECONDS
        while not enough(self.answers[start:]):
            assert time.monotonic() < deadline
            assert any(thread.is_alive() for thread in self._threads), self.faults
            LOOK_AGAIN.wait(0.02)
        return self.answers[start:]


def update(checkout: Path, index: Path) -> None:
    """Take a replica to the newest commit, as the hosting guide says: git pull, then catalogue build."""
    git(checkout, "pull", "--quiet")
    folders = {"methods_dir": checkout / "methods", "index_dir": index}
    run_build(replace(read_settings({}), **folders))


def start(origin: Path, folder: Path, stack: ExitStack) -> Iterator[tuple[int, subprocess.Popen]]:
    """Start the replicas, each from a clone of its own; yield their ports and programs."""
    for number in range(REPLICAS):
        git(folder, "clone", "--quiet", origin, f"checkout-{number}")
        methods = folder / f"checkout-{number}" / "methods"
        yield stack.enter_context(site(methods, folder / f"replica-{number}"))


@pytest.mark.parametrize("proxy", [partial(nginx, limited=False), caddy], ids=["nginx", "caddy"])
def test_no_answer_fails_while_a_replica_dies_and_another_is_updated(
    proxy: Callable[[Path, list[int]], AbstractContextManager[int]], origin: Path, tmp_path: Path
) -> None:
    def enough(answers: list[Answer]) -> bool:
        return len(answers) >= PHASE

    with ExitStack() as stack:
        replicas = list(start(origin, tmp_path, stack))
        port = stack.enter_context(proxy(tmp_path / "proxy", [port for port, _ in replicas]))
        readers = stack.enter_context(Readers(port))
        before = readers.wait_for(enough)

        kill(replicas[0][1])
        with_two = readers.wait_for(enough)

        change(origin / "methods" / "reed-panel.md", OLD, NEW)
        git(origin, "commit", "--all", "--quiet", "--message", "Another name")
        update(tmp_path / "checkout-1", tmp_path / "replica-1" / "search_index")
        old = before[0].build
        readers.wait_for(lambda answers: any(answer.build != old for answer in answers))
        mixed = readers.wait_for(enough)

    assert readers.faults == []
    assert {answer.build for answer in (*before, *with_two)} == {old}
    assert len({answer.build for answer in mixed}) == 2
    new = next(answer.build for answer in mixed if answer.build != old)
    titles = {
        (answer.build, name)
        for answer in readers.answers
        for name in (OLD, NEW)
        if f">{name}</h1>" in answer.body
    }
    assert titles == {(old, OLD), (new, NEW)}
