"""Other spellings of a URL, with capitals or a slash too many, lead to the one URL of a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.web import create_app
from catalogue.web.middleware.redirects import usual_path

# One of each kind of page.
PAGES = [
    "/methods",
    "/methods/harvest-jury",
    "/purposes/inform",
    "/audiences/experts",
    "/cases",
    "/cases/jury-at-appleby",
    "/glossary",
    "/before-you-choose",
    "/about",
    "/about/quality",
    "/contributors",
    "/contribute",
    "/contribute/new",
    "/contribute/check",
    "/api",
    "/api/v1/methods",
    "/api/v1/methods/harvest-jury",
    "/api/v1/openapi.json",
    "/schema/method.schema.json",
    "/healthz",
]
SITES = [("", ""), ("https://council.example/participation", "/participation")]


@pytest.fixture(scope="module", params=SITES, ids=["root", "prefix"])
def site(request: pytest.FixtureRequest, app: Flask) -> tuple[FlaskClient, str]:
    """A client of the site, and the prefix of its URLs."""
    url, prefix = request.param
    settings = replace(app.extensions["catalogue"].settings, site_url=url)
    return create_app(settings).test_client(), prefix


def ask(client: FlaskClient, path: str, method: str = "GET", **more: Any) -> TestResponse:
    """Send a request whose path begins with two slashes as it is; the client would take it for a host."""
    path, _, query = path.partition("?")
    environ = {"PATH_INFO": unquote(path, "latin-1"), "QUERY_STRING": query}
    return client.open(method=method, environ_overrides=environ, **more)


@pytest.mark.parametrize("path", PAGES)
def test_another_spelling_of_a_page_redirects_to_it_with_its_query(
    site: tuple[FlaskClient, str], path: str
) -> None:
    client, prefix = site
    for spelling in (f"{path}/", path.title(), path.upper() + "///", path.replace("/", "//")):
        for query in ("", "?q=Jury%20%C3%A9&cost=low&x=//Evil.org/"):
            for method in ("GET", "HEAD"):
                response = ask(client, prefix + spelling + query, method)
                assert response.status_code == 301, spelling
                assert response.headers["Location"] == prefix + path + query
                assert response.data == b""
                assert "Content-Security-Policy" in response.headers
    assert client.get(prefix + path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/evil.example/", "//evil.example", "//evil.example/methods", "/\\evil.example/", "/%2F%2Fevil.example/",
     "/methods/nobody/", "/Methods/Nobody", "/static/nothing.CSS", "/methods/harvest-jury/x/"],
)  # fmt: skip
def test_what_is_no_page_in_any_spelling_stays_not_found(
    site: tuple[FlaskClient, str], path: str
) -> None:
    client, prefix = site
    response = ask(client, prefix + path, base_url="http://evil.example")
    assert response.status_code == 404
    assert "Location" not in response.headers


def test_no_host_header_gets_into_a_redirect(site: tuple[FlaskClient, str]) -> None:
    client, prefix = site
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "If-None-Match": "*"}
    response = client.get(f"{prefix}/Methods/", headers=headers)
    assert (response.status_code, response.headers["Location"]) == (301, f"{prefix}/methods")


def test_a_redirect_of_the_api_can_be_followed_from_other_sites(client: FlaskClient) -> None:
    response = client.get("/api/v1/methods/?q=jury")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    # No longer than the page itself, as a method may come that has this very name.
    assert response.headers["Cache-Control"] == client.get("/methods").headers["Cache-Control"]


def test_what_is_sent_to_another_spelling_is_not_redirected(client: FlaskClient) -> None:
    assert client.post("/contribute/new/", data={"title": "x"}).status_code == 404


@pytest.mark.parametrize("path", ["", "/", "//", "/A//b/", "///x"])
def test_the_usual_path_begins_with_one_slash_and_has_none_at_its_end(path: str) -> None:
    usual = usual_path(path)
    assert usual == "/" + usual.strip("/")
    assert usual_path(usual) == usual
