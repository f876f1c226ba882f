"""Tests of serving the public, with real servers on loopback: starting, stopping, new builds, new code.

Each starts a program, so there are few. What a new build is, and when it is refused, is tested in
test_live_build.py.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.exports.documents.committee_report import PARTS_FILE
from catalogue.settings import PROJECT, Settings, read_settings
from catalogue.storage.folder import pointed_build, read_manifest
from tests.conftest import GOOD
from tests.support.editing import break_file, broken, change, save
from tests.support.running import SECONDS, Running, Visitors, fetch, run_build, running

pytestmark = pytest.mark.process

ADDRESSES = ("/", "/methods?q=panel", "/methods/reed-panel", "/api/v1/methods?q=jury")

unix = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows")


def built(settings: Settings) -> str:
    folder = pointed_build(settings.index_dir)
    assert folder
    return read_manifest(folder).fingerprint


def wait_until_taken_up(site: Running, settings: Settings, workers: set[int]) -> None:
    """Wait until all workers have the newest build; how soon they look is for test_production_rules.py."""
    build = built(settings)
    site.wait_for(lambda: workers <= site.workers(build), f"not all workers have taken up {build}")


@unix
def test_builds_beside_the_server_reach_every_worker_and_no_answer_fails(
    settings: Settings,
) -> None:
    with running(settings) as site:
        workers = site.workers()
        first = built(settings)
        with Visitors(site, ADDRESSES) as visitors:
            visitors.seen(20)
            change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
            run_build(settings)
            wait_until_taken_up(site, settings, workers)
            second = built(settings)
            # As `git pull` leaves it: one file changed, one added, one gone.
            change(settings.methods_dir / "reed-panel.md", "Heron panel", "Stork panel")
            shutil.copy(settings.methods_dir / "reed-panel.md", settings.methods_dir / "stork.md")
            (settings.methods_dir / "web-idea-box.md").unlink()
            change(settings.methods_dir / "stork.md", "Stork panel", "Stork meeting")
            run_build(settings)
            wait_until_taken_up(site, settings, workers)
            third = built(settings)
            visitors.seen(20)
            assert set(visitors.builds[-8:]) == {third}
        assert visitors.faults == []
        assert set(visitors.builds) == {first, second, third}
        assert b"Stork panel" in site.get("/methods/reed-panel").body
        assert site.get("/methods/web-idea-box").status == 404
        assert site.workers() == workers


@unix
def test_sighup_builds_from_the_files_and_puts_new_workers_in_and_no_answer_fails(
    settings: Settings,
) -> None:
    with running(settings) as site:
        workers = site.workers()
        with Visitors(site, ADDRESSES) as visitors:
            visitors.seen(20)
            change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
            break_file(settings.methods_dir / "orchard-walk.md")
            site.signal(signal.SIGHUP)
            site.wait_for(lambda: len(site.workers() - workers) == 2, "no new workers")
            visitors.seen(20)
            assert set(visitors.builds[-8:]) == {built(settings)}
        assert visitors.faults == []
        assert b"Heron panel" in site.get("/methods/reed-panel").body
        assert broken("methods/orchard-walk.md") in site.messages()
        assert "Left out of the site until mended: methods/orchard-walk.md." in site.messages()


def copy_of_the_program(folder: Path) -> dict[str, str]:
    """Copy our code aside, and return what makes Python use the copy."""
    for name in ("catalogue", "templates", "static", "texts"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
    return {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}


@unix
def test_broken_code_is_not_taken_up_and_new_code_is_at_a_sighup_that_builds_with_it(
    settings: Settings, tmp_path: Path
) -> None:
    copy = copy_of_the_program(tmp_path / "copy")
    with running(settings, **copy) as site:
        before, workers = site.get("/healthz").json["version"], site.workers()
        with Visitors(site, ADDRESSES) as visitors:
            visitors.seen(20)
            # Code that cannot be loaded changes nothing.
            change(
                tmp_path / "copy" / "catalogue" / "cli" / "main.py", "def main(", "def def main("
            )
            site.signal(signal.SIGHUP)
            refused = "New workers could not start. The workers stay as they are."
            site.wait_for(lambda: refused in site.messages(), "broken code is not refused")
            visitors.seen(20)
            assert site.workers() == workers
            change(
                tmp_path / "copy" / "catalogue" / "cli" / "main.py", "def def main(", "def main("
            )
            change(tmp_path / "copy" / "catalogue" / "__init__.py", f'"{before}"', '"99.0"')
            run_build(settings, **copy)
            refused = "Serving an older build because the newest is made by another version: restart the server."
            site.wait_for(
                lambda: site.get("/readyz").json.get("reason") == refused, "it says ready"
            )
            assert site.workers() == workers
            site.signal(signal.SIGHUP)
            site.wait_for(lambda: len(site.workers() - workers) >= 2, "no new workers")
            site.wait_for(
                lambda: {site.get("/healthz").json["version"] for _ in range(4)} == {"99.0"},
                "the old code goes on answering",
            )
        assert visitors.faults == []


@unix
def test_a_sighup_with_a_faulty_setting_or_without_a_build_leaves_the_workers_alone_and_ready_says_degraded(
    settings: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    shutil.copy(PARTS_FILE, own)
    with running(settings, CATALOGUE_COMMITTEE_REPORT=str(own)) as site:
        workers = site.workers()
        with Visitors(site, ADDRESSES) as visitors:
            visitors.seen(20)
            save(own, "parts: [")
            site.signal(signal.SIGHUP)
            refused = "New workers could not start. The workers stay as they are."
            site.wait_for(lambda: refused in site.messages(), "the faulty setting is not noticed")
            assert any("CATALOGUE_COMMITTEE_REPORT: " in message for message in site.messages())
            settings.methods_dir.rename(settings.methods_dir.with_name("away"))
            site.signal(signal.SIGHUP)
            refused = "No build could be made. The workers stay as they are."
            site.wait_for(lambda: refused in site.messages(), "the failed build is not noticed")
            visitors.seen(20)
        assert visitors.faults == []
        assert site.workers() == workers
        site.wait_for(lambda: site.get("/readyz").json["status"] == "degraded", "it says ready")


def end_of_page(visitor: socket.socket, begun: bytes, length: int) -> bytes:
    """Return an answer whole, of which some may have been read; its body has so many bytes."""
    answer = begun
    while len(answer.partition(b"\r\n\r\n")[2]) < length:
        part = visitor.recv(65536)
        assert part, answer[-200:]
        answer += part
    return answer


@unix
def test_sigterm_lets_a_request_that_has_begun_end(settings: Settings) -> None:
    with running(settings, workers=1) as site:
        whole = site.get("/methods").body
        with socket.create_connection(("127.0.0.1", site.port), timeout=SECONDS) as visitor:
            visitor.sendall(b"GET /methods HTTP/1.1\r\nHost: localhost\r\n")
            # Connections are taken in their order: that one was, when a later one is answered.
            assert site.get("/healthz").status == 200
            site.signal(signal.SIGTERM)
            site.wait_for(lambda: "Handling signal: term" in site.messages(), "no SIGTERM")
            visitor.sendall(b"\r\n")
            answer = end_of_page(visitor, b"", len(whole))
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert answer.partition(b"\r\n\r\n")[2] == whole
        assert site.process.wait(SECONDS) == 0


def test_waitress_takes_up_a_build_logs_each_request_and_ends_what_has_begun(
    settings: Settings,
) -> None:
    with running(settings, "waitress") as site:
        (worker,) = site.workers()
        with Visitors(site, ADDRESSES) as visitors:
            visitors.seen(20)
            change(settings.methods_dir / "reed-panel.md", "Reed panel", "Heron panel")
            run_build(settings)
            wait_until_taken_up(site, settings, {worker})
            visitors.seen(20)
        assert visitors.faults == []
        assert b"Heron panel" in site.get("/methods/reed-panel").body
        requests = [line for line in site.lines() if "path" in line]
        assert len(requests) >= len(visitors.builds)
        assert {line["status"] for line in requests} == {200}
        whole = site.get("/methods").body
        with socket.create_connection(("127.0.0.1", site.port), timeout=SECONDS) as visitor:
            visitor.sendall(b"GET /methods HTTP/1.1\r\nHost: localhost\r\n\r\n")
            begun = visitor.recv(1)
            site.signal(signal.SIGTERM)
            answer = end_of_page(visitor, begun, len(whole))
        assert answer.partition(b"\r\n\r\n")[2] == whole
        assert site.process.wait(SECONDS) == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server for the tests that change nothing."""
    if sys.platform == "win32":
        pytest.skip("gunicorn does not run on Windows")
    folder = tmp_path_factory.mktemp("production")
    settings = replace(read_settings({}), methods_dir=GOOD, index_dir=folder / "search_index")
    with running(settings, CATALOGUE_METRICS="yes") as started:
        yield started


def test_a_connection_is_kept_for_more_requests(site: Running) -> None:
    connection = site.connect()
    connection.connect()
    own = connection.sock.getsockname()
    for address in ADDRESSES:
        assert fetch(connection, address).status == 200
        assert connection.sock.getsockname() == own
    connection.close()


def test_the_numbers_are_those_of_all_workers_whichever_answers(site: Running) -> None:
    asked = 40
    before = requests_counted(site, "/about")
    for _ in range(asked):
        assert site.get("/about").status == 200
    site.wait_for(lambda: requests_counted(site, "/about") == before + asked, "not all are counted")
    answering = {line["process"] for line in site.lines() if line.get("path") == "/metrics"}
    site.wait_for(
        lambda: requests_counted(site, "/about") != before + asked or len(answering_to(site)) == 2,
        "only one worker answers",
    )
    assert requests_counted(site, "/about") == before + asked
    assert answering <= answering_to(site) == site.workers()


def answering_to(site: Running) -> set[int]:
    """Return the workers that have printed the numbers."""
    return {line["process"] for line in site.lines() if line.get("path") == "/metrics"}


def requests_counted(site: Running, route: str) -> float:
    """Return how many requests of a route were answered well, as the numbers say."""
    text = site.get("/metrics").body.decode("utf-8")
    wanted = f'catalogue_requests_total{{method="GET",route="{route}",status="200"}} '
    return sum(
        float(line.removeprefix(wanted)) for line in text.splitlines() if line.startswith(wanted)
    )


def test_an_unreadable_request_is_refused_without_its_address_in_the_log(site: Running) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=SECONDS) as visitor:
        visitor.sendall(b"NONSENSE\r\n\r\n")
        assert visitor.recv(65536).startswith(b"HTTP/1.1 400 ")
    site.wait_for(lambda: "A request was refused: 400 Bad Request." in site.messages(), "no line")
    assert "NONSENSE" not in site.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["http://evil.example", "?evil.example", "//evil.example/.."])
def test_no_request_line_leads_elsewhere(site: Running, target: str) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=SECONDS) as visitor:
        visitor.sendall(
            f"GET {target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: visitor.recv(65536), b""))
    assert re.match(rb"HTTP/1.1 (200|400|404) ", answer)
    assert b"\r\nLocation:" not in answer


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Proto: https", "SCRIPT_NAME: /evil", "X-Script-Name: /evil"]
)
def test_the_server_itself_believes_no_forwarding_header(site: Running, header: str) -> None:
    name, value = header.split(": ")
    reply = site.get("/methods/reed-panel", **{name: value})
    # A header with an underscore is dropped or refused, never believed.
    assert reply.status in (200, 400)
    assert b"evil" not in reply.body
    assert b'href="https://localhost' not in reply.body


def test_a_killed_worker_is_replaced(site: Running) -> None:
    workers = site.workers()
    os.kill(max(workers), signal.SIGKILL)
    site.wait_for(lambda: len(site.workers() - workers) == 1, "no new worker")
    assert site.get("/methods").status == 200
