"""Tests of the link test: what answers mean, in which order sites are asked, and how one is asked.

The network is a function of the test, or a server of the test on this machine.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import urllib3

from catalogue.validation.link_checks import (
    LinkResponse,
    Location,
    ask,
    check_links,
    find_addresses,
)

A, B = "https://a.example/x", "https://b.example/x"
LOOK = "Open it yourself; most such pages are there. [link-look]"


def place(line: int = 1) -> Location:
    return Location("methods/a.md", line, 3)


def judged(status: int, reason: str = "") -> list[str]:
    problems = check_links(
        [(A, place())], lambda *_: None, lambda url: LinkResponse(url, status, reason), 0
    )
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_an_error(status: int) -> None:
    assert judged(status) == [
        f"methods/a.md:1:3: {A} is gone ({status}). Find where the page has gone, "
        "or take the address out and keep the title. [link-broken]"
    ]


@pytest.mark.parametrize("status", [400, 401, 403, 405, 429, 500, 503, 999])
def test_a_refusal_means_look_and_not_broken(status: int) -> None:
    assert judged(status) == [
        f"methods/a.md:1:3: warning: {A} refused to answer a robot ({status}). {LOOK}"
    ]


@pytest.mark.parametrize(
    ("reason", "shown"), [("ConnectTimeoutError", "ConnectTimeoutError"), ("", "nothing came")]
)
def test_no_answer_means_look_and_gives_the_reason(reason: str, shown: str) -> None:
    assert judged(0, reason) == [
        f"methods/a.md:1:3: warning: {A} gave no answer ({shown}). "
        "Open it yourself; the site may be down or may be gone. [link-look]"
    ]


def test_a_page_that_is_there_is_fine() -> None:
    assert judged(200) == []


def test_an_address_is_asked_once_and_reported_wherever_it_stands() -> None:
    asked: list[str] = []

    def ask_one(url: str) -> LinkResponse:
        asked.append(url)
        return LinkResponse(url, 404)

    problems = check_links([(A, place(9)), (B, place(4)), (A, place(2))], lambda *_: None, ask_one)
    assert sorted(asked) == [A, B]
    assert [(p.line, p.message.split()[0]) for p in problems] == [(2, A), (4, B), (9, A)]


def test_the_pages_of_one_site_are_asked_one_after_the_other() -> None:
    pages = {f"https://{host}.example/{n}": host for host in "abc" for n in range(6)}
    busy = {host: threading.Lock() for host in "abc"}
    met: list[str] = []

    def ask_one(url: str) -> LinkResponse:
        free = busy[pages[url]].acquire(blocking=False)
        met.append(url if free else f"{url} while another page of it was asked for")
        threading.Event().wait(0.002)
        busy[pages[url]].release()
        return LinkResponse(url, 200)

    assert check_links([(url, place()) for url in pages], lambda *_: None, ask_one, 0) == []
    assert sorted(met) == sorted(pages)
    for host in "abc":
        asked = [url for url in met if pages[url] == host]
        assert asked == sorted(asked)


def test_sites_are_asked_side_by_side() -> None:
    together = threading.Barrier(2, timeout=5)

    def ask_one(url: str) -> LinkResponse:
        together.wait()
        return LinkResponse(url, 200)

    assert check_links([(A, place()), (B, place())], lambda *_: None, ask_one) == []


def test_there_is_a_pause_between_two_pages_of_one_site(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    found = [(f"https://a.example/{n}", place()) for n in range(3)] + [(B, place())]
    check_links(found, lambda *_: None, lambda url: LinkResponse(url, 200), 1.5)
    assert slept == [1.5, 1.5]


def test_progress_counts_addresses_up_to_all_of_them() -> None:
    told: list[tuple[int, int]] = []
    found = [(A, place()), (A, place(2)), (B, place()), ("https://a.example/y", place())]
    check_links(found, lambda *how: told.append(how), lambda url: LinkResponse(url, 200), 0)
    assert told in ([(2, 3), (3, 3)], [(1, 3), (3, 3)])


def test_what_is_no_address_after_all_is_asked_like_any_other() -> None:
    odd = "https://[abc"
    problems = check_links([(odd, place())], lambda *_: None, lambda url: LinkResponse(url, 0))
    assert [problem.code for problem in problems] == ["link-look"]
    assert ask(urllib3.PoolManager(), odd) == LinkResponse(odd, 0, "LocationParseError")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('url: "https://a.example/x"', [("https://a.example/x", 7)]),
        ("See [it](https://a.example/x).", [("https://a.example/x", 10)]),
        ("[it](https://a.example/x_(y)) too", [("https://a.example/x_(y)", 6)]),
        ("It is so (https://a.example/x), see", [("https://a.example/x", 11)]),
        ("http://a.example/x. http://b.example", [("http://a.example/x", 1), ("http://b.example", 21)]),
        ("{url: https://a.example/x, by: y}", [("https://a.example/x", 7)]),
        ("mailto:a@a.example", []),
        ("See www.a.example/x and [b](www.b.example).", [("http://www.a.example/x", 5), ("http://www.b.example", 29)]),
        ("https://www.a.example is one", [("https://www.a.example", 1)]),
    ],
)  # fmt: skip
def test_addresses_are_found_whole_with_their_places(
    tmp_path: Path, line: str, found: list[tuple[str, int]]
) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\n{line}\n", encoding="utf-8")
    wanted = [(url, Location("a.md", 2, column)) for url, column in found]
    assert list(find_addresses("a.md", file)) == wanted


class Site(BaseHTTPRequestHandler):
    """A small site that keeps its connections open, as most do, and notes what it is asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]]

    def do_HEAD(self) -> None:
        self._answer(405 if self.path.startswith("/get-only") else self._status(), b"")

    def do_GET(self) -> None:
        self._answer(200 if self.path.startswith("/get-only") else self._status(), b"here")

    def _status(self) -> int:
        return {"/here": 200, "/moved": 301, "/round": 302, "/refused": 403}.get(self.path, 404)

    def _answer(self, status: int, content: bytes) -> None:
        self.asked.append((self.command, self.path))
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/here" if status == 301 else self.path)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of that site, on a port of its own."""
    monkeypatch.setattr(Site, "asked", [], raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def pool() -> Iterator[urllib3.PoolManager]:
    with urllib3.PoolManager(timeout=5) as pool:
        yield pool


def test_a_page_that_is_there_is_asked_for_its_head_alone(
    site: str, pool: urllib3.PoolManager
) -> None:
    assert ask(pool, f"{site}/here") == LinkResponse(f"{site}/here", 200)
    assert Site.asked == [("HEAD", "/here")]


def test_a_site_that_refuses_head_is_asked_again_with_get(
    site: str, pool: urllib3.PoolManager
) -> None:
    for number in range(3):
        url = f"{site}/get-only-{number}"
        assert ask(pool, url) == LinkResponse(url, 200)
    assert [verb for verb, _ in Site.asked] == ["HEAD", "GET"] * 3


def test_a_redirect_is_followed_to_where_it_ends(site: str, pool: urllib3.PoolManager) -> None:
    assert ask(pool, f"{site}/moved") == LinkResponse(f"{site}/moved", 200)


def test_a_redirect_without_end_is_no_answer(site: str, pool: urllib3.PoolManager) -> None:
    url = f"{site}/round"
    assert ask(pool, url) == LinkResponse(url, 0, "ResponseError")


def test_a_site_that_is_down_is_no_answer(site: str, pool: urllib3.PoolManager) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as closed:
        url = f"http://127.0.0.1:{closed.server_port}/here"
    assert ask(pool, url) == LinkResponse(url, 0, "NewConnectionError")


def test_pages_of_a_site_are_judged_by_what_it_really_answers(site: str) -> None:
    names = ("here", "get-only", "moved", "refused", "nowhere")
    found = [(f"{site}/{name}", place(line)) for line, name in enumerate(names, start=1)]
    assert [str(problem) for problem in check_links(found, lambda *_: None, pause=0)] == [
        f"methods/a.md:4:3: warning: {site}/refused refused to answer a robot (403). {LOOK}",
        f"methods/a.md:5:3: {site}/nowhere is gone (404). Find where the page has gone, "
        "or take the address out and keep the title. [link-broken]",
    ]
