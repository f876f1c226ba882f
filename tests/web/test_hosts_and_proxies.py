"""Host names and proxies are believed only as set, and the site sends nobody elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from catalogue.settings import Settings
from catalogue.web import create_app
from tests.support.search_helpers import tries
from tests.web.test_security_headers import ERRORS, routes

EVIL = "evil.example"
PAGES = ["/", "/methods?q=jury", "/methods/reed-panel", "/purposes/explore", "/cases", "/about"]


@pytest.fixture
def site(app: Flask) -> Settings:
    """The settings of the site that all tests share."""
    settings: Settings = app.extensions["catalogue"].settings
    return settings


def seen(settings: Settings, headers: dict[str, str]) -> tuple[str, str, str]:
    """Return the address, scheme and host that the application believes."""
    app = create_app(settings)
    app.add_url_rule("/seen", view_func=lambda: [request.remote_addr, request.scheme, request.host])
    answer = app.test_client().get(
        "/seen", headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.7"}
    )
    return tuple(answer.json)  # type: ignore[return-value]


FORWARDED = {
    "X-Forwarded-For": "198.51.100.1, 198.51.100.2",
    "X-Forwarded-Proto": "https, https",
    "X-Forwarded-Host": "first.example, second.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "1",
    "Forwarded": "for=198.51.100.9;host=evil.example;proto=https",
}


@pytest.mark.parametrize(
    "proxies, believed",
    [
        (0, ("203.0.113.7", "http", "localhost")),
        (1, ("198.51.100.2", "https", "second.example")),
        (2, ("198.51.100.1", "https", "first.example")),
        (3, ("203.0.113.7", "http", "localhost")),
    ],
)
def test_forwarding_headers_are_believed_of_as_many_proxies_as_are_set(
    site: Settings, proxies: int, believed: tuple[str, str, str]
) -> None:
    assert seen(replace(site, trusted_proxies=proxies), FORWARDED) == believed


@pytest.mark.parametrize("proxies", [0, 1])
@pytest.mark.parametrize("address", [*PAGES, "/api/v1/methods", "/nowhere", "/methods/none"])
def test_no_page_repeats_a_host_name_somebody_sends(
    site: Settings, address: str, proxies: int
) -> None:
    client = create_app(replace(site, trusted_proxies=proxies)).test_client()
    headers = {"Host": EVIL, "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"}
    answer = client.get(address, headers=headers)
    assert EVIL not in answer.get_data(as_text=True)
    assert EVIL not in str(answer.headers)


@pytest.mark.parametrize(
    "host, status",
    [
        ("example.org", 200),
        ("EXAMPLE.org", 200),
        ("example.org:8443", 200),
        ("www.example.net", 200),
        ("a.b.example.net", 200),
        ("example.net", 200),
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        (EVIL, 421),
        ("www.example.org", 421),
        ("example.org.evil.example", 421),
        ("evilexample.net", 421),
        ("127.0.0.1.evil.example", 421),
    ],
)
def test_only_the_names_that_are_set_are_answered(site: Settings, host: str, status: int) -> None:
    settings = replace(site, trusted_hosts=("example.org", ".example.net"))
    client = create_app(settings).test_client()
    for address in ("/methods", "/api/v1/methods"):
        assert client.get(address, headers={"Host": host}).status_code == status


def test_a_name_that_is_not_ours_is_refused_in_words(site: Settings) -> None:
    client = create_app(replace(site, trusted_hosts=("example.org",))).test_client()
    answer = client.get("/api/v1/methods", headers={"Host": EVIL})
    assert answer.json["error"] == {
        "status": 421,
        "title": "We could not answer that",
        "detail": "This site does not answer under that name.",
    }


def test_health_checks_may_ask_under_any_name(site: Settings) -> None:
    client = create_app(replace(site, trusted_hosts=("example.org",))).test_client()
    for address in ("/healthz", "/readyz"):
        assert client.get(address, headers={"Host": "10.2.3.4:8000"}).status_code == 200


def test_without_a_setting_any_name_is_answered(client: FlaskClient) -> None:
    assert client.get("/methods", headers={"Host": "anything.example"}).status_code == 200


ODD_HOSTS = ["", " ", "a b", "<script>", "a@b", "a/b", "..", "[::1", "é", "x" * 5000, "a:99999"]


@pytest.mark.parametrize("host", [*ODD_HOSTS, None])
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_host_name_that_cannot_be_read_or_is_missing_is_not_one_of_those_that_are_set(
    site: Settings, host: str | None, proxies: int
) -> None:
    app = create_app(replace(site, trusted_hosts=("example.org",), trusted_proxies=proxies))
    environ = EnvironBuilder("/methods").get_environ()
    del environ["HTTP_HOST"]
    if host is not None:
        name = "HTTP_X_FORWARDED_HOST" if proxies else "HTTP_HOST"
        environ[name] = host.encode("utf-8").decode("latin-1")
    _, status, _ = run_wsgi_app(app, environ, buffered=True)
    assert status == "421 MISDIRECTED REQUEST"


@pytest.mark.parametrize("names", [(), ("example.org",)], ids=["any", "set"])
@pytest.mark.parametrize("host", ODD_HOSTS)
def test_an_odd_host_name_is_answered_or_refused_and_breaks_nothing(
    site: Settings, host: str, names: tuple[str, ...]
) -> None:
    app = create_app(replace(site, trusted_hosts=names))
    environ = EnvironBuilder("/methods").get_environ()
    environ["HTTP_HOST"] = host.encode("utf-8").decode("latin-1")
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    assert int(status[:3]) in (200, 400, 421)
    assert "Content-Security-Policy" in headers
    assert b"<script>" not in b"".join(body)


NASTY = [
    "",
    "?next=//evil.example",
    "//evil.example",
    "//evil.example/",
    "//evil.example/methods",
    "///evil.example/%2e%2e",
    "/%2F/evil.example",
    "/%5Cevil.example",
    "/\\evil.example",
    "/methods/",
    "/methods//",
    "//methods?a b",
    "//methods?q=a\r\nSet-Cookie: b",
    "//methods?q=é",
    "//methods",
    "/methods//reed-panel",
    "/methods/reed-panel/",
    "/methods/%2e%2e/about",
    "/methods/..",
    "/methods/../about",
    "/./methods",
    "/methods/http://evil.example",
    "/methods/https:evil.example",
    "/static//evil.example",
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static/..%5capp.py",
    "/static//etc/passwd",
    "/static/",
    "/api/v1/methods/",
    "/api//v1/methods",
    "/%00",
    "/%0d%0aLocation:%20http://evil.example",
    "/methods?next=//evil.example",
    "/;@evil.example",
    "/@evil.example",
    "/.evil.example",
]


@pytest.mark.parametrize("address", NASTY)
def test_no_address_leads_elsewhere(client: FlaskClient, address: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        answer = wsgi(client, address, method)
        assert answer in (200, 301, 404, 405)


def wsgi(client: FlaskClient, address: str, method: str = "GET") -> int:
    """Ask for an address exactly as it is written; return the status; the only way on is to a page of the site."""
    path, _, query = address.partition("?")
    environ = EnvironBuilder("/", method=method, headers={"Host": EVIL}).get_environ()
    plain = re.sub(
        "(?:%[0-9a-fA-F]{2})+", lambda m: bytes.fromhex(m[0].replace("%", "")).decode("latin-1"), path
    )  # fmt: skip
    environ |= {"PATH_INFO": plain, "QUERY_STRING": query, "REQUEST_URI": address}
    body, status, headers = run_wsgi_app(client.application, environ, buffered=True)
    to = headers.get("Location", "/") if status.startswith("301") else "/"
    assert re.fullmatch(r"/(?!/)[!-~]*", to)
    assert ("Location" in headers) == status.startswith("301")
    assert "Refresh" not in headers
    assert EVIL not in str([value for name, value in headers if name != "Content-Location"])
    assert b"".join(body).strip() or method == "HEAD" or status.startswith("301")
    return int(status[:3])


@tries(200)
@given(path=st.text(alphabet="/\\.%:@evilmthods?#;&\x00\r\n é", max_size=30))
def test_no_made_up_address_leads_elsewhere(app: Flask, path: str) -> None:
    status = wsgi(app.test_client(), "/" + path.replace("%", "%25"))
    assert status in (200, 301, 404, 405)


SECURE = "Strict-Transport-Security"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_behind_tls_every_answer_says_come_by_https_only(secure: FlaskClient, method: str) -> None:
    for address in (*routes(), *ERRORS):
        with secure.open(address, method=method) as answer:
            assert answer.headers.get(SECURE) == "max-age=31536000", address


@pytest.fixture(scope="module")
def secure(app: Flask) -> FlaskClient:
    """The site whose public address begins with https."""
    settings = replace(app.extensions["catalogue"].settings, site_url="https://example.org")
    return create_app(settings).test_client()


@pytest.mark.parametrize("address", ["", "http://example.org"])
def test_without_tls_nothing_is_said_of_https(site: Settings, address: str) -> None:
    client = create_app(replace(site, site_url=address)).test_client()
    headers = {"X-Forwarded-Proto": "https"}
    assert SECURE not in client.get("/methods", headers=headers).headers
