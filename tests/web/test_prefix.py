"""The site below a path of its host (SITE_URL with a path), behind a proxy that keeps the path or strips it."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import frontmatter
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from catalogue.settings import REQUEST_LOGGER, SettingsError, read_settings
from catalogue.vocabulary import VOCABULARY
from catalogue.web import create_app
from catalogue.web.middleware.prefix import UnderPrefix
from tests.conftest import METHODS
from tests.support.crawl import Crawl, Fetched, crawl
from tests.support.page import PageClient

pytest_plugins = ["tests.support.real_site"]

SITE_URL = "https://council.example/participation"
PREFIX = "/participation"
# One of each kind, of the six small methods.
PATHS = [
    "/",
    "/methods?q=harvest+for+30+people&cost=low",
    "/methods?q=quillwort&audience=experts",
    "/methods/harvest-jury",
    "/methods/harvest-jurie",
    "/purposes/inform",
    "/cases?q=orchard",
    "/working-with/veterans",
    "/rules/uk-gdpr",
    "/contribute",
    "/contribute/new",
    "/api",
    "/api/v1/methods?q=jury",
    "/api/v1/methods/harvest-jury",
    "/api/v1/suggest?q=harv",
    "/api/v1/openapi.json",
    "/static/site.css",
    "/healthz",
    "/nowhere",
]


def below(app: Flask, url: str = SITE_URL, **more: object) -> Flask:
    """Return the site of an application at another address."""
    return create_app(replace(app.extensions["catalogue"].settings, site_url=url, **more))


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return below(app).test_client()


@pytest.fixture(scope="module")
def walked(real_app: Flask) -> Crawl:
    """The whole site of the real methods, as somebody sees it who follows everything."""
    visitor = below(real_app).test_client()

    def fetch(url: str, body: bytes | None) -> Fetched:
        sent = {"content_type": "application/x-www-form-urlencoded", "data": body}
        response = visitor.get(url) if body is None else visitor.post(url, **sent)
        return Fetched(
            response.status_code,
            response.content_type,
            response.get_data().decode(errors="replace"),
        )

    return crawl(fetch, SITE_URL)


def test_every_link_form_file_and_address_in_json_is_below_the_prefix_and_answers(
    walked: Crawl,
) -> None:
    assert walked.outside == set()
    assert walked.missing == {}
    assert walked.lost_fragments == set()
    assert len(walked.fragments) > 1_000
    kinds = {found.content_type.partition(";")[0] for found in walked.fetched.values()}
    assert kinds >= {"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"}  # fmt: skip
    assert {"POST /participation/contribute/new", "POST /participation/contribute/check"} <= set(
        walked.fetched
    )
    assert f"{PREFIX}/api/v1/suggest?q=ma" in walked.fetched
    assert any("combobox-nav" in url for url in walked.fetched)


def test_links_lead_from_the_home_page_to_every_method_purpose_audience_and_case(
    walked: Crawl,
) -> None:
    reached = {url.removeprefix(PREFIX) for url in walked.fetched}
    methods = {f"/methods/{file.stem}" for file in METHODS.glob("*.md")}
    purposes = {f"/purposes/{value}" for value in VOCABULARY.facets["purpose"].values}
    audiences = {f"/audiences/{value}" for value in VOCABULARY.facets["audience"].values}
    pages = {
        "/cases",
        "/glossary",
        "/before-you-choose",
        "/about",
        "/about/quality",
        "/contributors",
    }
    assert (methods | purposes | audiences | pages) - reached == set()
    cases = {url for url in reached if url.startswith("/cases/")}
    assert len(cases) == sum(len(frontmatter.load(file)["cases"]) for file in METHODS.glob("*.md"))


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_the_same_whether_the_proxy_keeps_the_path_or_strips_it(
    client: FlaskClient, path: str
) -> None:
    kept, stripped = client.get(f"{PREFIX}{path}"), client.get(path)
    assert kept.status_code == stripped.status_code
    assert kept.data == stripped.data
    assert dict(kept.headers) == dict(stripped.headers)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_changes_but_the_urls(app: Flask, client: FlaskClient, path: str) -> None:
    alone = below(app, "https://council.example").test_client().get(path)
    response = client.get(f"{PREFIX}{path}")
    assert response.status_code == alone.status_code
    assert response.text.replace(PREFIX, "") == alone.text


def test_the_prefix_alone_is_the_home_page(client: FlaskClient) -> None:
    assert client.get(PREFIX).data == client.get(f"{PREFIX}/").data
    assert client.get(PREFIX).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/participations/methods", "/participation.html", "/other/methods", "/participation/participation/methods",
     "/Participation/methods"],
)  # fmt: skip
def test_outside_the_prefix_there_is_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_said_of_the_page_itself_begins_with_the_public_address(app: Flask) -> None:
    soup = PageClient(below(app)).get(f"{PREFIX}/methods/harvest-jury")
    (canonical,) = soup.select("link[rel=canonical]")
    assert canonical["href"] == f"{SITE_URL}/methods/harvest-jury"
    assert f"Permanent address: {SITE_URL}/methods/harvest-jury" in soup.get_text()
    soup = PageClient(below(app)).get(f"{PREFIX}/methods?q=jury")
    (canonical,) = soup.select("link[rel=canonical]")
    assert canonical["href"] == f"{SITE_URL}/methods?q=jury"


def test_the_api_names_methods_by_their_public_address(client: FlaskClient) -> None:
    found = json.loads(client.get(f"{PREFIX}/api/v1/methods").text)
    assert {urlsplit(item["url"]).path for item in found["items"]} == {
        f"{PREFIX}/methods/{item['slug']}" for item in found["items"]
    }
    (server,) = json.loads(client.get(f"{PREFIX}/api/v1/openapi.json").text)["servers"]
    assert server == {"url": SITE_URL}


@pytest.mark.parametrize("path", ["/methods", "/cases", "/glossary", "/contribute/new", "/about"])
def test_the_menu_marks_the_page_that_is_open(app: Flask, path: str) -> None:
    soup = PageClient(below(app)).get(f"{PREFIX}{path}")
    (marked,) = soup.select(".masthead__links [aria-current=page]")
    assert f"{PREFIX}{path}".startswith(str(marked["href"]))


def test_two_sites_in_one_process_do_not_share_links(app: Flask) -> None:
    for prefix in ("/a", "/b", "", "/a"):
        site = below(app, f"https://council.example{prefix}").test_client()
        for path in ("/methods?cost=low&page=1", "/methods?q=jury"):
            soup = BeautifulSoup(site.get(f"{prefix}{path}").text, "lxml")
            links = [str(a["href"]) for a in soup.select("a[href]") if str(a["href"])[0] == "/"]
            assert len(links) > 10
            assert [link for link in links if not link.startswith(f"{prefix}/")] == []
            assert len(prefix) == 0 or not any(link.startswith("/methods") for link in links)


def test_answers_from_memory_are_found_again_by_both_paths(app: Flask) -> None:
    site = below(app)
    site.test_client().get(f"{PREFIX}/methods?q=memory")
    before = len(site.extensions["page_cache"].responses)
    site.test_client().get("/methods?q=memory")
    assert len(site.extensions["page_cache"].responses) == before == 1


def test_the_log_and_the_numbers_say_paths_without_the_prefix(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    site = below(app, metrics=True).test_client()
    with caplog.at_level(logging.INFO, REQUEST_LOGGER):
        site.get(f"{PREFIX}/cases").close()
    assert [r.getMessage().split(" ")[:3] for r in caplog.records] == [["GET", "/cases", "200"]]
    local = {"REMOTE_ADDR": "127.0.0.1"}
    numbers = site.get(f"{PREFIX}/metrics", environ_overrides=local).text
    assert 'catalogue_requests_total{method="GET",route="/cases",status="200"} 1.0' in numbers


@pytest.mark.parametrize(
    "url, prefix",
    [
        ("", ""),
        ("https://example.org", ""),
        ("https://example.org/", ""),
        ("https://example.org/participation/", "/participation"),
        ("https://example.org:8443/a/b-c_d.e~f", "/a/b-c_d.e~f"),
    ],
)
def test_the_prefix_is_the_path_of_the_public_address(url: str, prefix: str) -> None:
    assert read_settings({"CATALOGUE_SITE_URL": url}).url_prefix == prefix


@pytest.mark.parametrize(
    "path", ["/a b", "/caf%C3%A9", "/café", "/a//b", "/..", "/a/../b", "/x?y=1", "/x#y", "?x", "/a;b", '/"']
)  # fmt: skip
def test_a_path_that_proxies_could_write_in_two_ways_is_refused(path: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"CATALOGUE_SITE_URL": f"https://example.org{path}"})
    assert str(caught.value) == (
        f'CATALOGUE_SITE_URL is "https://example.org{path}". After the host there may be a path of letters, '
        "digits and the characters - _ . ~, such as https://example.org/participation."
    )


@pytest.mark.parametrize("path", ["/methods", "/api", "/static/site", "/about/us"])
def test_a_path_that_begins_as_pages_of_the_site_do_is_refused(path: str) -> None:
    first = path.split("/")[1]
    with pytest.raises(SettingsError) as caught:
        read_settings({"CATALOGUE_SITE_URL": f"https://example.org{path}"})
    assert str(caught.value) == (
        f'CATALOGUE_SITE_URL is "https://example.org{path}". Its path may not begin with /{first}, because '
        "pages of the site itself do. Choose another, such as /participation."
    )


def test_half_an_address_is_refused_in_words() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"CATALOGUE_SITE_URL": "https://[::1"})
    assert str(caught.value) == (
        'CATALOGUE_SITE_URL is "https://[::1". Give the whole address, such as https://example.org.'
    )


@pytest.mark.parametrize(
    "script_name, path, seen",
    [
        ("", "/participation/methods", "/methods"),
        ("", "/methods", "/methods"),
        ("/participation", "/methods", "/methods"),
        ("", "/participation", "/"),
        ("/participation", "", "/"),
        ("", "/participations", "/participations"),
    ],
    ids=["kept", "stripped", "by a WSGI server", "alone", "alone by a WSGI server", "another"],
)
def test_the_application_is_told_prefix_and_path_apart(
    script_name: str, path: str, seen: str
) -> None:
    told: list[tuple[str, str]] = []

    def application(environ: WSGIEnvironment, _: StartResponse) -> list[bytes]:
        told.append((environ["SCRIPT_NAME"], environ["PATH_INFO"]))
        return []

    environ = {"SCRIPT_NAME": script_name, "PATH_INFO": path}
    UnderPrefix(application, PREFIX)(environ, lambda *_: lambda _: None)
    assert told == [(PREFIX, seen)]
