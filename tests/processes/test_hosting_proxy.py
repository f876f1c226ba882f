"""The web servers of the hosting guide, as deploy/ sets them up, in front of the site: limits, forwarding, privacy."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.conftest import GOOD
from tests.support.processes import Answer, Visitor, caddy, nginx, site

pytestmark = pytest.mark.process

RATE, BURST = 10, 40
REQUESTS, AT_ONCE = 240, 8


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with site(GOOD, tmp_path_factory.mktemp("replica")) as (port, _):
        yield port


def many(port: int, count: int, address: str) -> list[Answer]:
    """Ask for many pages at once from one address, as fast as they come."""

    def part(first: int) -> list[Answer]:
        with Visitor(port, address) as visitor:
            return [visitor.ask(f"/methods?q=word{n}") for n in range(first, count, AT_ONCE)]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [answer for answers in pool.map(part, range(AT_ONCE)) for answer in answers]


def visit(port: int, address: str, page: str) -> list[int]:
    """Fetch a page and all it loads, as a browser at an address does."""
    with Visitor(port, address) as visitor:
        answer = visitor.ask(page)
        soup = BeautifulSoup(answer.body, "html.parser")
        loaded = [str(t.get("href") or t.get("src")) for t in soup.select(
            "link[rel=stylesheet], link[rel=icon], script")]  # fmt: skip
        return [answer.status, *(visitor.ask(file).status for file in loaded)]


def test_nginx_answers_a_burst_with_429_and_lets_others_pass(replica: int, tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", [replica]) as port, ThreadPoolExecutor(1) as pool:
        started = time.monotonic()
        burst = pool.submit(many, port, REQUESTS, "127.0.0.2")
        other = [visit(port, "127.0.0.3", address) for address in ("/", "/methods", "/about")]
        answers = burst.result()
        seconds = time.monotonic() - started
    counts = Counter(answer.status for answer in answers)
    assert set(counts) == {200, 429}
    assert BURST < counts[200] <= BURST + 2 + RATE * seconds
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.headers["Retry-After"] == "5"
    assert refused.body == (
        "Too many requests came from your address. Wait five seconds, then try again.\n"
    )
    assert len(other) == 3
    assert {status for statuses in other for status in statuses} == {200}


def test_nginx_lets_one_visitor_look_at_ten_pages_with_all_they_load(
    replica: int, tmp_path: Path
) -> None:
    with nginx(tmp_path / "nginx", [replica]) as port:
        statuses = [visit(port, "127.0.0.2", f"/methods?page={number}") for number in range(1, 11)]
    assert all(len(loaded) >= 4 for loaded in statuses)
    assert {status for loaded in statuses for status in loaded} == {200}


def test_nginx_bounds_what_a_visitor_sends(replica: int, tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", [replica]) as port, Visitor(port) as visitor:
        assert visitor.ask("/methods", "POST", b"x" * 1_000).status == 405
        assert visitor.ask("/methods", "POST", b"x" * 600_000).status == 413


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_no_proxy_writes_down_who_asked_for_what(
    proxy: Callable[[Path, list[int]], AbstractContextManager[int]], replica: int, tmp_path: Path
) -> None:
    with proxy(tmp_path / "proxy", [replica]) as port, Visitor(port, "127.0.0.9") as visitor:
        assert visitor.ask("/methods?q=quillwort").status == 200
        assert visitor.ask("/methods?q=quillwort", "POST", b"x" * 20_000).status != 200
    log = (tmp_path / "proxy" / "log.txt").read_text(encoding="utf-8")
    assert "quillwort" not in log
    assert "127.0.0.9" not in log


def test_nginx_keeps_the_numbers_for_whoever_runs_the_site(replica: int, tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", [replica]) as port, Visitor(port) as visitor:
        assert visitor.ask("/metrics").status == 404
        assert "nginx" in visitor.ask("/metrics").body
