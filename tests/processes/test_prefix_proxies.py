"""The site below a path of another one, through nginx and Caddy as docs/hosting.md sets them up: kept and stripped.

The six small methods have every kind of page; tests/web/test_prefix.py follows the links of all methods, without a proxy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.conftest import GOOD
from tests.support.crawl import Fetched, crawl
from tests.support.processes import (
    ROOT,
    Visitor,
    caddy_with,
    nginx_with,
    site,
    wait_until_ready,
)
from tests.support.running import free_port

pytestmark = pytest.mark.process

HOST = "council.example.org"
SITE_URL = f"https://{HOST}/participation"
GUIDE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
UPSTREAM = "127.0.0.1:8000"
# What the rest of the other site answers.
ELSEWHERE = 410

Proxy = Callable[[Path, int], AbstractContextManager[int]]


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    settings = {
        "CATALOGUE_SITE_URL": SITE_URL,
        "CATALOGUE_TRUSTED_PROXIES": "1",
        "CATALOGUE_TRUSTED_HOSTS": HOST,
        "CATALOGUE_METRICS": "yes",
    }
    with site(GOOD, tmp_path_factory.mktemp("below"), **settings) as (port, _):
        yield port


def blocks(language: str) -> list[str]:
    """Return the configurations in the guide's part on paths."""
    part = GUIDE.split("## Below a path of another site\n")[1].split("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL)


@contextmanager
def nginx_keeps(folder: Path, replica: int) -> Iterator[int]:
    (lines,) = blocks("nginx")
    assert lines.count(f"proxy_pass http://{UPSTREAM};") == 1
    with _nginx(lines, folder, replica) as port:
        yield port


@contextmanager
def nginx_strips(folder: Path, replica: int) -> Iterator[int]:
    (lines,) = blocks("nginx")
    stripping = lines.replace(f"http://{UPSTREAM};", f"http://{UPSTREAM}/;")
    with _nginx(stripping, folder, replica) as port:
        yield port


@contextmanager
def _nginx(lines: str, folder: Path, replica: int) -> Iterator[int]:
    port = free_port()
    rest = f"location / {{ return {ELSEWHERE}; }}"
    server = f"server {{ listen 127.0.0.1:{port}; server_name {HOST}; {rest}\n{lines} }}\n"
    with nginx_with(server.replace(UPSTREAM, f"127.0.0.1:{replica}"), folder) as process:
        wait_until_ready(process, port, "/elsewhere", ELSEWHERE)
        yield port


@contextmanager
def caddy_keeps(folder: Path, replica: int) -> Iterator[int]:
    with _caddy(blocks("caddyfile")[0], folder, replica) as port:
        yield port


@contextmanager
def caddy_strips(folder: Path, replica: int) -> Iterator[int]:
    with _caddy(blocks("caddyfile")[1], folder, replica) as port:
        yield port


@contextmanager
def _caddy(lines: str, folder: Path, replica: int) -> Iterator[int]:
    port = free_port()
    lines = lines.replace(UPSTREAM, f"127.0.0.1:{replica}")
    block = (
        f"http://:{port} {{\n\tbind 127.0.0.1\n{lines}\nhandle {{\n\trespond {ELSEWHERE}\n}}\n}}\n"
    )
    with caddy_with(f"{{\n\tadmin off\n}}\n{block}", folder, {}) as process:
        wait_until_ready(process, port, "/elsewhere", ELSEWHERE)
        yield port


@pytest.mark.parametrize("proxy", [nginx_keeps, nginx_strips, caddy_keeps, caddy_strips])
def test_everything_the_site_names_is_found_through_the_proxy(
    proxy: Proxy, replica: int, tmp_path: Path
) -> None:
    with proxy(tmp_path / "proxy", replica) as port, Visitor(port) as visitor:

        def fetch(url: str, body: bytes | None) -> Fetched:
            answer = visitor.ask(url, "GET" if body is None else "POST", body, Host=HOST)
            return Fetched(answer.status, answer.headers["Content-Type"] or "", answer.body)

        walked = crawl(fetch, SITE_URL)
    assert walked.outside == set()
    assert walked.missing == {}
    urls = set(walked.fetched)
    assert {"POST /participation/contribute/new", "/participation/api/v1/openapi.json"} <= urls
    methods = {f"/participation/methods/{file.stem}" for file in GOOD.glob("*.md")}
    assert methods - urls == set()
    assert len([url for url in urls if url.startswith("/participation/static/")]) > 4


@pytest.mark.parametrize("proxy", [nginx_keeps, nginx_strips, caddy_keeps, caddy_strips])
def test_the_proxy_leads_from_the_path_alone_to_the_home_page_and_keeps_the_rest_of_its_site(
    proxy: Proxy, replica: int, tmp_path: Path
) -> None:
    with proxy(tmp_path / "proxy", replica) as port, Visitor(port) as visitor:
        alone = visitor.ask("/participation", Host=HOST)
        assert alone.status in (301, 302)
        assert alone.headers["Location"].endswith("/participation/")
        assert visitor.ask("/participation/", Host=HOST).status == 200
        for path in ("/methods", "/static/site.css", "/participations/methods", "/healthz"):
            assert visitor.ask(path, Host=HOST).status == ELSEWHERE
        assert visitor.ask("/participation/healthz", Host=HOST).status == 200
        assert visitor.ask("/participation/metrics", Host=HOST).status in (403, 404)
        assert visitor.ask("/participation/methods", Host="elsewhere.example").status == 421


def test_health_checks_are_answered_with_the_path_and_without_it(replica: int) -> None:
    with Visitor(replica) as visitor:
        for path in ("/healthz", "/readyz"):
            assert visitor.ask(path).status == 200
            assert visitor.ask(f"/participation{path}").status == 200
