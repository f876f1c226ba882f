"""The site as the public meets it: `catalogue serve --production` in a process of its own, and its log.

Waiting is always for something that can be seen (an answer, a line of the log) and ends with a failure.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.settings import Settings
from catalogue.web.middleware.access_log import BUILD_HEADER

PROGRAM = Path(sys.executable).with_name("catalogue")
SECONDS = 60
# Never set: waiting for it leaves the machine to others between two looks.
LOOK_AGAIN = threading.Event()


@dataclass(frozen=True)
class Reply:
    """An answer whole. Names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def build(self) -> str:
        """The build the answer names."""
        return self.headers.get(BUILD_HEADER.lower(), "")


def fetch(connection: http.client.HTTPConnection, address: str, **headers: str) -> Reply:
    """Ask on a connection; headers are written with _ for -. Fails for an answer that breaks off."""
    connection.request("GET", address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    names = {name.lower(): value for name, value in answer.getheaders()}
    return Reply(answer.status, names, answer.read())


class Running:
    """A server at work. Its log is read from a file; each line is one JSON object."""

    def __init__(self, port: int, process: subprocess.Popen[str], log: Path) -> None:
        self.port, self.process, self.log = port, process, log
        self._lines: list[dict[str, Any]] = []
        self._read = 0

    def connect(self) -> http.client.HTTPConnection:
        """Return a new connection, not yet opened."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def get(self, address: str, **headers: str) -> Reply:
        """Ask on a connection of its own."""
        connection = self.connect()
        try:
            return fetch(connection, address, **headers)
        finally:
            connection.close()

    def lines(self) -> list[dict[str, Any]]:
        """Return the log so far."""
        with self.log.open("rb") as file:
            file.seek(self._read)
            whole = file.read().rpartition(b"\n")[0]
        self._read += len(whole) + bool(whole)
        self._lines += [json.loads(line) for line in whole.splitlines()]
        return self._lines

    def messages(self) -> list[str]:
        """Return what the log says, without the lines of requests."""
        return [line["message"] for line in self.lines() if "message" in line]

    def workers(self, build: str = "") -> set[int]:
        """Return the processes that have taken up a build, or any."""
        said = f"Serving build {build}"
        return {
            line["process"] for line in self.lines() if line.get("message", "").startswith(said)
        }

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Look again and again until a condition holds."""
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"{what}; the log: {self.messages()[-20:]}"
            assert self.process.poll() is None, f"the server ended: {self.messages()[-20:]}"
            LOOK_AGAIN.wait(0.02)

    def listens(self) -> bool:
        """Whether somebody can connect."""
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) == 0

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server's first process."""
        self.process.send_signal(number)


def free_port() -> int:
    """Return a port on which nothing listens.

    It is below those that a system gives to connections that go out (from 32,768 on Linux): one of those may be taken by a
    visitor before the server is there.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """Return the environment of a program that works in the folders of the test, with a log in JSON."""
    return {
        **os.environ,
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
        "CATALOGUE_LOG_FORMAT": "json",
        "PYTHONIOENCODING": "utf-8",
        **more,
    }


@contextmanager
def running(
    settings: Settings, server: str = "gunicorn", workers: int = 2, **more: str
) -> Iterator[Running]:
    """Serve while a block runs; waitress has one worker whatever is said."""
    port = free_port()
    log = settings.index_dir.with_name("server.log")
    count = workers if server == "gunicorn" else 1
    options = ["--server", server, "--workers", str(count), "--threads", "2"]
    words = [PROGRAM, "serve", "--production", "--port", str(port), *options]
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            words, env=environment(settings, **more), stdout=subprocess.DEVNULL, stderr=file
        )  # fmt: skip
    site = Running(port, process, log)
    try:
        site.wait_for(lambda: len(site.workers()) >= count, "the site has not started")
        site.wait_for(site.listens, "nothing listens")
        yield site
    finally:
        process.terminate()
        try:
            process.wait(SECONDS)
        finally:
            process.kill()
            process.wait()


def run_build(settings: Settings, **more: str) -> None:
    """Run `catalogue build` as a program beside the server."""
    subprocess.run([PROGRAM, "build"], env=environment(settings, **more), check=True,
                   capture_output=True, timeout=SECONDS)  # fmt: skip


class Visitors:
    """Ask without a pause from several threads, half of them on kept connections; note every fault."""

    def __init__(self, site: Running, addresses: tuple[str, ...], count: int = 2) -> None:
        self.site, self.addresses = site, addresses
        self.faults: list[str] = []
        self.builds: list[str] = []
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._visit, args=(number % 2 == 0,), daemon=True)
            for number in range(count)
        ]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(SECONDS)

    def _visit(self, keep: bool) -> None:
        connection = self.site.connect()
        while not self._stop.is_set():
            for address in self.addresses:
                try:
                    reply = fetch(connection, address)
                    if reply.status != 200 or not reply.build:
                        self.faults.append(f"{address}: {reply.status} {reply.body[:200]!r}")
                    self.builds.append(reply.build)
                except (OSError, http.client.HTTPException) as error:
                    self.faults.append(f"{address}: {error!r}")
                    connection.close()
                if not keep:
                    connection.close()
        connection.close()

    def seen(self, count: int) -> None:
        """Wait until so many more answers have come."""
        wanted = len(self.builds) + count
        self.site.wait_for(lambda: len(self.builds) >= wanted, "visitors get no answers")
