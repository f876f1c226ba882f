"""Tests of the `catalogue` program as it is installed, each in a process of its own.

There are few, because starting Python takes time; what it prints is tested in test_commands.py.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from catalogue.settings import Settings
from tests.support.command import without_progress
from tests.support.editing import break_file, broken, change

pytestmark = pytest.mark.process

PROGRAM = Path(sys.executable).with_name("catalogue")
SECONDS = 60


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    folders = {
        "CATALOGUE_METHODS_DIR": str(settings.methods_dir),
        "CATALOGUE_INDEX_DIR": str(settings.index_dir),
    }
    return {**os.environ, **folders, "PYTHONIOENCODING": "utf-8"}


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PROGRAM, *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_the_program_prints_results_on_one_channel_and_the_log_on_the_other(
    settings: Settings, environment: dict[str, str]
) -> None:
    break_file(settings.methods_dir / "reed-panel.md")
    build = start(environment, "build")
    printed, log = build.communicate(timeout=SECONDS)
    assert re.fullmatch(r"5 methods, 5 rendered, \d+\.\d\d seconds\.\n", printed)
    assert without_progress(log).splitlines() == [
        broken("methods/reed-panel.md"),
        "Left out of the site until mended: methods/reed-panel.md.",
    ]
    assert build.returncode == 1


def test_two_programs_that_build_at_once_do_the_work_once(environment: dict[str, str]) -> None:
    programs = [start(environment, "build") for _ in range(2)]
    ended = [(*program.communicate(timeout=SECONDS), program.returncode) for program in programs]
    assert [(without_progress(log), code) for _, log, code in ended] == [("", 0), ("", 0)]
    done = sorted(printed.split(", ")[1] for printed, _, _ in ended)
    assert done == ["6 rendered", "nothing had changed"]


def ask(address: str, server: subprocess.Popen[str]) -> dict[str, object]:
    """Return the JSON at an address, once the server listens."""
    deadline = time.monotonic() + SECONDS
    while True:
        assert server.poll() is None
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:
                return json.load(answer)
        except urllib.error.URLError as error:
            refused = isinstance(error.reason, ConnectionRefusedError)
            if not refused or time.monotonic() > deadline:
                raise


def test_serve_answers_shows_an_edited_file_and_stops_at_an_interrupt(
    settings: Settings, environment: dict[str, str]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = start(environment, "serve", "--port", str(port))
    try:
        site = f"http://127.0.0.1:{port}"
        assert ask(f"{site}/readyz", server)["methods"] == 6
        change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
        assert ask(f"{site}/api/v1/methods/reed-panel", server)["title"] == "Heron panel"
        server.send_signal(signal.SIGINT)
        printed, log = server.communicate(timeout=SECONDS)
    finally:
        server.kill()
        server.wait()
    assert printed == f"6 methods on {site}/ (stop with Ctrl and C)\n"
    assert (log, server.returncode) == ("", 0)
