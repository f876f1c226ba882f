"""Slow visitors cost a connection and no thread, with each server alone and behind the web servers of deploy/."""

from __future__ import annotations

import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("gunicorn does not run on Windows", allow_module_level=True)

import resource

from catalogue.settings import read_settings
from tests.conftest import GOOD
from tests.support.processes import caddy, nginx
from tests.support.running import SECONDS, Running, running
from tests.support.slow_visitors import KINDS, slow_visitors, visit

pytestmark = pytest.mark.process

# Ten for each thread of the two workers.
SLOW = 40
VISITS, PATIENCE = 8, 5.0


@pytest.fixture(scope="module", params=["gunicorn", "waitress", "caddy", "nginx"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Running]]:
    """The port that visitors know, and the site behind it."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = replace(read_settings({}), methods_dir=GOOD, index_dir=folder / "search_index")
    with running(settings, "waitress" if request.param == "waitress" else "gunicorn") as started:
        if request.param == "caddy":
            with caddy(folder / "proxy", [started.port]) as port:
                yield port, started
        elif request.param == "nginx":
            with nginx(folder / "proxy", [started.port], limited=False) as port:
                yield port, started
        else:
            yield started.port, started


@pytest.mark.parametrize("kind", KINDS)
def test_slow_visitors_of_every_kind_stop_no_other(site: tuple[int, Running], kind: str) -> None:
    port, _ = site
    with slow_visitors(port, kind, SLOW) as slow:
        said: Counter[str] = Counter()
        for _ in range(VISITS):
            slow.go_on()
            said[visit(port, PATIENCE)] += 1
    assert said == {"200": VISITS}


def test_more_connections_than_a_worker_has_room_for_stop_nobody(tmp_path: Path) -> None:
    settings = replace(read_settings({}), methods_dir=GOOD, index_dir=tmp_path / "search_index")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The server inherits it: a worker takes as many connections as it may have files open, less 128.
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        started = running(settings)
        site = started.__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    try:
        with slow_visitors(site.port, "a head", 600):
            said = Counter(visit(site.port, PATIENCE) for _ in range(VISITS))
    finally:
        started.__exit__(None, None, None)
    assert said == {"200": VISITS}


def test_a_request_that_does_not_come_to_an_end_is_refused_after_ten_seconds(
    site: tuple[int, Running],
) -> None:
    port, started = site
    if port != started.port or "waitress" in str(started.log):
        pytest.skip("gunicorn's own bound")
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as visitor:
        began = time.monotonic()
        visitor.sendall(b"GET / HTTP/1.1\r\n")
        answer = visitor.recv(65536)
        assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert b"\r\nX-Content-Type-Options: nosniff\r\n" in answer
        assert 9 < time.monotonic() - began < 30
