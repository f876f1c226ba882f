"""Refused requests: nothing of the visitor in any log, the headers of all pages, and never a fault of ours."""

from __future__ import annotations

import json
import shutil
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from catalogue.settings import read_settings
from catalogue.web.middleware.security_headers import HEADERS
from tests.conftest import GOOD
from tests.support.processes import caddy, nginx
from tests.support.refused import (
    ADDRESS,
    BY_THE_SERVER,
    REQUESTS,
    WORD,
    ask,
    get,
    headers,
    status,
)
from tests.support.running import Running, running

if sys.platform == "win32":
    pytest.skip("other addresses of this machine and gunicorn are of Unix", allow_module_level=True)

pytestmark = pytest.mark.process

Proxy = Callable[[Path, list[int]], AbstractContextManager[int]]
# What Caddy repeats in its log; some of the others keep it from asking the site for a while.
FIRST = ("a malformed trailer", REQUESTS["a malformed trailer"])
PROXIES: dict[str, Proxy] = {"caddy": caddy, "nginx": partial(nginx, limited=False)}


@pytest.fixture(scope="module", params=["gunicorn", "waitress"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """The site with each server that we use."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = replace(read_settings({}), methods_dir=GOOD, index_dir=folder / "search_index")
    with running(settings, request.param) as started:
        yield started


def logged(*files: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


def answered_in_the_end(site: Running) -> None:
    """Wait until the log has the line of a last request, and so all lines before it."""
    assert site.get("/about").status == 200
    site.wait_for(lambda: any(line.get("path") == "/about" for line in site.lines()), "no line")


def test_no_log_of_a_server_holds_a_word_or_an_address_of_whoever_was_refused(
    server: Running,
) -> None:
    statuses = {
        name: status(ask(server.port, request, hang_up="off" in name))
        for name, request in REQUESTS.items()
    }
    answered_in_the_end(server)
    assert {name: code for name, code in statuses.items() if code >= 500 and code != 501} == {}
    text = logged(server.log)
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line for line in lines if "traceback" in line] == []
    assert WORD not in text.lower()
    assert ADDRESS not in text
    assert any("A request was refused: 400" in line.get("message", "") for line in lines)


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in BY_THE_SERVER.items() for name in names]
)
def test_the_error_pages_of_a_server_have_the_headers_of_all_pages(
    server: Running, code: int, name: str
) -> None:
    response = ask(server.port, REQUESTS[name])
    assert status(response) == code
    said = headers(response)
    assert {key: said.get(key.lower()) for key, _ in HEADERS} == dict(HEADERS)


def test_an_address_of_the_largest_size_is_answered_and_a_longer_one_refused_in_our_words(
    server: Running,
) -> None:
    most = 16_384 - len("/methods") - len("q=")
    assert status(ask(server.port, get(b"/methods?q=" + b"a" * most))) == 200
    response = ask(server.port, get(b"/methods?q=" + b"a" * (most + 1)))
    assert status(response) == 414
    assert b"We read at most 16,384 bytes of an address." in response
    assert headers(response)["x-content-type-options"] == "nosniff"


def test_an_address_in_plain_utf_8_is_answered_like_one_in_percent_form(server: Running) -> None:
    plain, encoded = (
        ask(server.port, get(target)) for target in ("/methods?q=café".encode(), b"/methods?q=caf%C3%A9")
    )  # fmt: skip
    assert status(plain) == status(encoded) == 200
    assert headers(plain)["etag"] == headers(encoded)["etag"]
    assert status(ask(server.port, get("/methods/café".encode()))) == 404


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("chunks that are too large", 413),
        ("a body that is too large", 413),
        ("no size of a chunk", 400),
        ("a chunk longer than its size", 400),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused(server: Running, name: str, code: int) -> None:
    assert status(ask(server.port, REQUESTS[name])) == code


class Upstream(BaseHTTPRequestHandler):
    """A site that breaks off some of its responses."""

    def do_GET(self) -> None:
        self.close_connection = True
        if "/nothing" in self.path:
            return
        self.send_response(200)
        self.send_header("Content-Length", "100000" if "/half" in self.path else "0")
        self.end_headers()
        self.wfile.write(b"a" * 1000 if "/half" in self.path else b"")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class Site(ThreadingHTTPServer):
    """Says nothing of connections that break off."""

    def handle_error(self, *_: object) -> None:
        """Write nothing."""


@contextmanager
def upstream() -> Iterator[int]:
    with Site(("127.0.0.1", 0), Upstream) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def leave_at_once(port: int, request: bytes) -> None:
    """Ask, and reset the connection before there is a response, and perhaps in the middle of the request."""
    with socket.socket() as visitor:
        visitor.bind((ADDRESS, 0))
        visitor.connect(("127.0.0.1", port))
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        visitor.sendall(request)


@pytest.mark.parametrize("proxy", PROXIES.values(), ids=PROXIES)
def test_no_log_of_a_proxy_holds_a_word_or_an_address_of_whoever_was_refused(
    proxy: Proxy, tmp_path: Path
) -> None:
    folder = tmp_path / "proxy"
    with upstream() as site, proxy(folder, [site]) as port:
        for name, request in [FIRST, *REQUESTS.items()]:
            ask(port, request, hang_up="off" in name)
            leave_at_once(port, request)
            leave_at_once(port, request[: len(request) // 2])
        # Where nginx puts bodies: what it says of a disk that fails is more than an error to it.
        shutil.rmtree(folder / "client_body", ignore_errors=True)
        ask(port, REQUESTS["a large body"])
        broken = [ask(port, get(f"/{path}?q={WORD}".encode())) for path in ("half", "nothing")]
    assert [status(response) for response in broken] == [200, 502]
    text = logged(*(file for file in folder.rglob("*") if file.is_file()))
    assert WORD not in text.lower()
    assert ADDRESS not in text


@pytest.mark.parametrize("proxy", PROXIES.values(), ids=PROXIES)
def test_no_refused_request_takes_the_site_away_from_others(proxy: Proxy, tmp_path: Path) -> None:
    answered = {}
    with upstream() as site, proxy(tmp_path / "proxy", [site]) as port:
        for name, request in REQUESTS.items():
            ask(port, request, hang_up="off" in name)
            leave_at_once(port, request[: len(request) // 2])
            answered[name] = status(ask(port, get(b"/about")))
    assert {name: code for name, code in answered.items() if code != 200} == {}


def test_a_body_in_chunks_that_is_too_large_is_refused_behind_caddy_too(
    server: Running, tmp_path: Path
) -> None:
    with caddy(tmp_path / "proxy", [server.port]) as port:
        assert status(ask(port, REQUESTS["chunks that are too large"])) == 413


@pytest.mark.parametrize("proxy", PROXIES.values(), ids=PROXIES)
def test_no_log_of_a_proxy_holds_a_word_or_an_address_while_the_site_is_down(
    proxy: Proxy, tmp_path: Path
) -> None:
    folder = tmp_path / "proxy"
    with ExitStack() as stack:
        with upstream() as site:
            port = stack.enter_context(proxy(folder, [site]))
        response = ask(port, get())
    assert status(response) in (502, 503)
    text = logged(*(file for file in folder.rglob("*") if file.is_file()))
    assert WORD not in text.lower()
    assert ADDRESS not in text


def test_what_nginx_refuses_by_itself_has_headers_too(tmp_path: Path) -> None:
    with upstream() as site, nginx(tmp_path / "proxy", [site]) as port:
        for name, code in (("no request line", 400), ("a body that is too large", 413)):
            response = ask(port, REQUESTS[name])
            assert status(response) == code
            assert headers(response)["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in headers(response)["content-security-policy"]
            assert response.endswith(b"\r\n\r\nThis request could not be answered.\n")
