"""The systemd unit: read by systemd's own checker, and what it starts says when it is ready and builds at a reload."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.editing import change
from tests.support.processes import (
    DEPLOY,
    ROOT,
    Visitor,
    program,
    running,
    wait_until_ready,
)
from tests.support.running import SECONDS, free_port

NAME = "participation-catalogue.service"
UNIT = (DEPLOY / NAME).read_text(encoding="utf-8")
PYTHON, CHECKOUT = "/srv/catalogue/.venv/bin/python", "/srv/catalogue"
MAX_EXPOSED = 1.5


class Parser(configparser.RawConfigParser):
    """Reads units, in which a name may come several times; only the last one counts here."""

    def optionxform(self, name: str) -> str:
        return name


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with its folders where they are here, because systemd looks whether the program exists."""
    path = tmp_path / NAME
    text = UNIT.replace(PYTHON, sys.executable).replace(CHECKOUT, str(ROOT))
    path.write_text(text, encoding="utf-8")
    return path


def start() -> list[str]:
    parser = Parser(strict=False)
    parser.read_string(UNIT)
    return shlex.split(parser["Service"]["ExecStart"])


def test_systemd_finds_nothing_wrong(unit: Path) -> None:
    ran = subprocess.run(
        [program("systemd-analyze"), "verify", "--man=no", unit],
        capture_output=True,
        encoding="utf-8",
    )
    assert [line for line in ran.stderr.split("\n") if NAME in line] == []
    assert ran.returncode == 0


def test_systemd_calls_the_service_well_shut_in(unit: Path) -> None:
    ran = subprocess.run(
        [program("systemd-analyze"), "security", "--offline=true", "--no-pager", unit],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "SYSTEMD_EMOJI": "0", "LC_ALL": "C.UTF-8"},
    )
    if "unrecognized option" in ran.stderr:
        pytest.skip("this systemd cannot look at a unit that is not installed")
    exposed = re.findall(rf"Overall exposure level for {NAME}: ([\d.]+)", ran.stdout)
    assert exposed, ran.stderr
    assert float(exposed[0]) <= MAX_EXPOSED


@pytest.mark.process
def test_the_service_tells_systemd_that_it_is_ready_and_builds_at_a_reload(
    methods_dir: Path, tmp_path: Path
) -> None:
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        pytest.skip("systemd is of Linux")
    words = start()
    assert words[0] == PYTHON
    words[0], port = sys.executable, str(free_port())
    words[words.index("--port") + 1] = port
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind("\0catalogue-test-" + port)
    told.settimeout(SECONDS)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "NOTIFY_SOCKET": "@catalogue-test-" + port,
        "CATALOGUE_METHODS_DIR": str(methods_dir),
        "CATALOGUE_INDEX_DIR": str(tmp_path / "search_index"),
    }
    with told, running([*words, "--workers", "1"], environment, tmp_path) as process:
        assert "READY=1" in told.recv(4096).decode().split("\n")
        wait_until_ready(process, int(port), "/methods/reed-panel")
        change(methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
        (methods_dir / "reed-panel.md").rename(methods_dir / "heron-panel.md")
        # What ExecReload does.
        process.send_signal(signal.SIGHUP)
        wait_until_ready(process, int(port), "/methods/heron-panel")
        with Visitor(int(port)) as visitor:
            assert visitor.ask("/methods/reed-panel").status == 404


def test_the_unit_reloads_by_the_signal_that_the_test_above_sends() -> None:
    parser = Parser(strict=False)
    parser.read_string(UNIT)
    service = parser["Service"]
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    assert (service["Type"], service["Restart"], service["DynamicUser"]) == ("notify", "always", "yes")  # fmt: skip
