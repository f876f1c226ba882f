"""Starts the servers that are measured, asks them with wrk, and says what their processes weigh.

Everything listens on loopback and ends with the measurement; benchmarks/serving.py prints the figures.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from catalogue.hosting.servers import SETTINGS_FILE
from catalogue.settings import PROJECT

SCRIPT = Path(__file__).with_name("wrk.lua")
START_SECONDS = 1800
MB = 1_000_000


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests in all and in a second, milliseconds, and answers that failed."""

    requests: int
    rate: float
    p50: float
    p99: float
    failed: int


class Server:
    """A server that runs: its port, and the processes that answer."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        """`process` is the one that was started; its children may do the work."""
        self.process, self.port = process, port

    def workers(self) -> list[int]:
        """Return the numbers of the processes that answer: the children, or the process itself."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid:
                    found.append(int(stat.parent.name))
        return found or [self.process.pid]

    def memory(self) -> float:
        """Return the megabytes that the heaviest of them holds."""
        return max(_resident(worker) for worker in self.workers()) / MB


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.split("\n") if "VmRSS" in line)


@contextmanager
def site(methods: Path, index: Path, workers: int, threads: int, log: Path) -> Iterator[Server]:
    """Serve methods as in production."""
    folders = {"CATALOGUE_METHODS_DIR": str(methods), "CATALOGUE_INDEX_DIR": str(index)}
    words = [sys.executable, "-m", "catalogue", "serve", "--production"]
    options = ["--workers", str(workers), "--threads", str(threads)]
    with _running([*words, *options], "--port", "/readyz", log, folders) as server:
        yield server


@contextmanager
def bare(workers: int, threads: int, log: Path) -> Iterator[Server]:
    """Serve a bare Flask page with the same server, workers and settings."""
    words = [sys.executable, "-m", "gunicorn", "--config", str(SETTINGS_FILE)]
    options = ["--chdir", str(PROJECT), "--workers", str(workers), "--threads", str(threads)]
    with _running([*words, *options, "benchmarks.bare:app"], "--bind", "/", log, {}) as server:
        yield server


@contextmanager
def datasette(database: Path, log: Path) -> Iterator[Server]:
    """Serve a database with Datasette, with no limit on time, so that no count is left out."""
    words = [sys.executable, "-m", "datasette", "serve", str(database)]
    limits = ("sql_time_limit_ms", "facet_time_limit_ms", "facet_suggest_time_limit_ms")
    settings = [word for name in limits for word in ("--setting", name, "60000")]
    settings += ["--setting", "suggest_facets", "off", "--setting", "default_cache_ttl", "0"]
    with _running([*words, *settings], "--port", "/-/versions.json", log, {}) as server:
        yield server


@contextmanager
def _running(
    words: Sequence[str], option: str, ready: str, log: Path, environment: Mapping[str, str]
) -> Iterator[Server]:
    """Run a program on a free port, wait until it is ready, and end it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = f"127.0.0.1:{port}" if option == "--bind" else str(port)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*words, option, place],
            cwd=PROJECT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
        )
    try:
        _wait(process, f"http://127.0.0.1:{port}{ready}", log)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, HTTPError), urlopen(address, timeout=30):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer:\n{log.read_text()[-2000:]}")


def load(
    server: Server, addresses: Sequence[str], connections: int, seconds: float, encoding: str
) -> Load:
    """Ask a server for addresses, one after the other on each connection, for some seconds."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError("wrk is not installed. On Debian: apt-get install wrk")
    threads = min(2, connections)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="ascii") as file:
        file.write("\n".join(addresses) + "\n")
        file.flush()
        words = [
            wrk,
            f"-t{threads}",
            f"-c{connections}",
            f"-d{max(1, round(seconds))}s",
            "--timeout",
            "20s",
        ]
        words += ["-s", str(SCRIPT), f"http://127.0.0.1:{server.port}"]
        words += ["--", file.name, encoding, str(threads)]
        printed = subprocess.run(words, capture_output=True, encoding="utf-8", check=True).stdout
    seen = json.loads(printed.rstrip("\n").rpartition("\n")[2])
    rate = seen["requests"] / seen["seconds"]
    return Load(seen["requests"], rate, seen["p50"], seen["p99"], seen["failed"])
