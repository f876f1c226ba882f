"""The headers of every answer: no script or style inside a page, nothing from elsewhere, no cookies."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from catalogue.settings import Settings, read_settings
from catalogue.web import create_app
from tests.support.page import PageClient

POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
ERRORS = ["/nothing", "/methods/zzz", "/api/v1/methods/zzz", "/static/nothing.css"]


def routes() -> list[str]:
    """Return an address for each rule of the application."""
    app = create_app(replace(read_settings({}), methods_dir=Path("nowhere")))
    values = {
        "<slug>": "harvest-jury",
        "<path:filename>": "catalogue.css",
        "<form>": "bib",
        "<path:name>": "Harvest+jury",
        "<name>": "methods.csv",
    }
    pattern = re.compile("|".join(map(re.escape, values)))
    return [
        pattern.sub(lambda found: values[found[0]], str(rule.rule))
        for rule in app.url_map.iter_rules()
    ]


def policy(header: str) -> dict[str, list[str]]:
    rules = [rule.split() for rule in header.split(";")]
    return {rule[0]: rule[1:] for rule in rules}


def check(headers: Headers) -> None:
    """Fail unless an answer carries what every answer must."""
    assert policy(headers["Content-Security-Policy"]) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == (
        "interest-cohort=(), geolocation=(), camera=(), microphone=()"
    )
    assert "Set-Cookie" not in headers


def test_no_rule_is_left_out_of_these_tests() -> None:
    found = routes()
    assert {"/", "/methods", "/methods/harvest-jury", "/api/v1/methods", "/healthz"} <= set(found)
    assert not [address for address in found if "<" in address]


@pytest.mark.parametrize("address", [*routes(), *ERRORS])
def test_every_answer_carries_the_headers(client: FlaskClient, address: str) -> None:
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        with client.open(address, method=method) as response:
            check(response.headers)


@pytest.mark.parametrize("address", routes())
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_answer_that_nothing_has_changed_carries_them_too(
    client: FlaskClient, address: str, method: str
) -> None:
    with client.open(address, method=method) as first:
        tag = first.headers.get("ETag", "")
    with client.open(address, method=method, headers={"If-None-Match": tag or '"none"'}) as second:
        assert second.status_code == (304 if tag else first.status_code)
        check(second.headers)


def test_the_answers_of_a_site_without_a_build_carry_them_too(
    settings: Settings, tmp_path: Path
) -> None:
    client = create_app(replace(settings, methods_dir=tmp_path / "gone")).test_client()
    for address in ("/", "/api/v1/methods", "/readyz"):
        response = client.get(address)
        assert response.status_code == 503
        check(response.headers)


def test_the_answer_to_a_fault_of_ours_carries_them_too(
    cold_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("catalogue.web.views.pages.search", break_down)
    response = cold_app.test_client().get("/methods")
    assert response.status_code == 500
    check(response.headers)


def test_pages_load_nothing_but_their_own_files(page: PageClient) -> None:
    soup = page.get("/methods")
    loaded = [str(tag.get("href") or tag.get("src")) for tag in soup.select(
        "link[rel=stylesheet], link[rel=icon], script, img")]  # fmt: skip
    names = [re.fullmatch(r"/static/(\w+)\.[0-9a-f]{12}\.(\w+)", address) for address in loaded]
    assert {f"{name[1]}.{name[2]}" for name in names if name} == {
        "site.css",
        "catalogue.js",
        "mark.svg",
    }
    assert all(names)
