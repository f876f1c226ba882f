"""Whole pages are kept by build, day, address and encoding; tags are strong; caches are told the truth."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from statistics import median

import brotli
import pytest
from flask import Flask, Response, make_response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse, create_environ, run_wsgi_app

from catalogue.build.builder import build
from catalogue.settings import Settings
from catalogue.web import create_app
from catalogue.web.middleware.page_cache import PUBLIC, STATUS_PATHS, PageCache, site_version
from catalogue.web.request_context import snapshot
from tests.support.editing import change

PAGES = ["/", "/methods", "/methods?q=village", "/methods/harvest-jury", "/about", "/cases",
         "/api/v1/methods", "/api/v1/methods/harvest-jury", "/api/v1/suggest?q=ju"]  # fmt: skip


@pytest.fixture
def site(settings: Settings) -> Flask:
    """A site of one's own, with nothing kept yet."""
    return create_app(settings)


def kept(app: Flask) -> int:
    """Return how many answers a site keeps."""
    return len(app.extensions["page_cache"].responses)


def ask(app: Flask, address: str, encoding: str = "", **headers: str) -> TestResponse:
    accept = {"Accept-Encoding": encoding} if encoding else {}
    return app.test_client().get(address, headers={**accept, **headers})


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_how_caches_may_keep_it(site: Flask, address: str) -> None:
    response = ask(site, address, "br")
    assert response.headers["Cache-Control"] == PUBLIC
    assert response.headers["ETag"].startswith('"')
    assert response.headers["Content-Length"] == str(len(response.get_data()))


@pytest.mark.parametrize("address", PAGES)
def test_the_second_answer_is_the_first_one_again(site: Flask, address: str) -> None:
    first, second = ask(site, address, "gzip"), ask(site, address, "gzip")
    assert kept(site) == 1
    assert second.get_data() == first.get_data()
    assert list(second.headers) == list(first.headers)
    assert second.status == first.status


@pytest.mark.parametrize("address", PAGES[:-1])
def test_text_is_compressed_as_asked_and_says_that_it_varies(site: Flask, address: str) -> None:
    plain, br, zipped = (ask(site, address, encoding) for encoding in ("", "br", "gzip"))
    assert "Content-Encoding" not in plain.headers
    assert br.headers["Content-Encoding"] == "br"
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert brotli.decompress(br.get_data()) == plain.get_data()
    assert gzip.decompress(zipped.get_data()) == plain.get_data()
    for response in (plain, br, zipped):
        assert response.headers.getlist("Vary") == ["Accept-Encoding"]
    tags = {response.headers["ETag"] for response in (plain, br, zipped)}
    assert len(tags) == 3


def test_a_short_answer_is_sent_as_it_is_and_does_not_vary(site: Flask) -> None:
    response = ask(site, "/api/v1/suggest?q=zzzz", "br")
    assert response.get_json() == {"items": []}
    assert "Content-Encoding" not in response.headers
    assert "Vary" not in response.headers


@pytest.mark.parametrize("address", PAGES)
def test_who_names_the_tag_gets_304_and_no_body(site: Flask, address: str) -> None:
    full = ask(site, address, "br")
    for named in (full.headers["ETag"], f'"x", W/{full.headers["ETag"]}', "*"):
        again = ask(site, address, "br", **{"If-None-Match": named})
        assert (again.status_code, again.get_data()) == (304, b"")
        # RFC 9110, 15.4.5: what caches have stored is brought up to date by these.
        for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
            assert again.headers.get(name) == full.headers.get(name)
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(
            again.headers.keys()
        )


def test_the_tag_of_another_encoding_or_page_gets_the_page(site: Flask) -> None:
    other = ask(site, "/methods", "gzip").headers["ETag"]
    assert ask(site, "/methods", "br", **{"If-None-Match": other}).status_code == 200
    assert ask(site, "/about", "gzip", **{"If-None-Match": other}).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/nothing", "/healthz", "/static/mark.svg"])
@pytest.mark.parametrize("encoding", ["", "br"])
@pytest.mark.parametrize("head_first", [True, False])
def test_head_has_the_headers_of_get_and_no_body(
    site: Flask, address: str, encoding: str, head_first: bool
) -> None:
    client = site.test_client()
    methods = ["HEAD", "GET"] if head_first else ["GET", "HEAD"]
    found = {
        method: client.open(address, method=method, headers={"Accept-Encoding": encoding})
        for method in methods
    }
    assert found["HEAD"].get_data() == b""
    assert found["HEAD"].status == found["GET"].status
    assert sorted(found["HEAD"].headers) == sorted(found["GET"].headers)


def test_parameters_in_any_order_share_one_page_and_one_tag(site: Flask) -> None:
    tags = {
        ask(site, f"/methods?{query}").headers["ETag"]
        for query in ("q=village&cost=low", "cost=low&q=+village&page=1", "cost=low&cost=low&q=village")
    }  # fmt: skip
    assert (len(tags), kept(site)) == (1, 1)


def test_a_page_with_a_notice_is_not_the_page_without_one(site: Flask) -> None:
    plain, odd = ask(site, "/methods"), ask(site, "/methods?colour=red")
    assert b"colour" not in plain.get_data()
    assert b"colour" in odd.get_data()
    assert plain.headers["ETag"] != odd.headers["ETag"]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/methods/zzz", 404),
        ("POST", "/methods", 405),
        ("OPTIONS", "/methods", 200),
        ("GET", "/healthz", 200),
        ("GET", "/static/mark.svg", 200),
        ("GET", "/methods?q=" + "a" * 20_000, 414),
    ],
)
def test_what_must_not_be_kept_is_not(site: Flask, method: str, address: str, status: int) -> None:
    response = site.test_client().open(address, method=method)
    assert response.status_code == status
    assert kept(site) == 0
    if "static" not in address:
        assert "ETag" not in response.headers
        assert "max-age" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", STATUS_PATHS)
def test_what_a_process_says_of_itself_is_stored_nowhere_and_asks_for_no_build(
    settings: Settings, address: str
) -> None:
    app = create_app(replace(settings, metrics=True, methods_dir=settings.methods_dir / "gone"))
    response = ask(app, address, "br")
    assert response.headers["Cache-Control"] == "no-store"
    assert kept(app) == 0


def test_hits_and_misses_are_told_to_who_counts_them(app: Flask) -> None:
    environ = create_environ("/about?never=asked-before")
    told = []
    for _ in range(2):
        b"".join(app.wsgi_app(environ, lambda *_: lambda _: None))
        told.append(environ["catalogue.cache"])
    assert told == ["miss", "hit"]


def test_a_kept_answer_still_names_its_build(site: Flask) -> None:
    builds = {ask(site, "/methods").headers["Catalogue-Build"] for _ in range(2)}
    assert builds == {site.extensions["catalogue"].snapshot().build_id}


def wrapped(settings: Settings, view: Callable[[], Response]) -> Flask:
    """Return a site with one more page, /more."""
    app = create_app(settings)
    app.add_url_rule("/more", "more", view, methods=["GET", "POST"])
    return app


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cache-Control", "no-store"),
        ("Cache-Control", "private, max-age=0"),
        ("Set-Cookie", "a=b"),
        ("Vary", "Cookie"),
    ],
)
def test_an_answer_that_is_for_one_visitor_is_not_kept(
    settings: Settings, name: str, value: str
) -> None:
    def view() -> Response:
        response = make_response("x" * 1_000)
        response.headers[name] = value
        return response

    app = wrapped(settings, view)
    response = ask(app, "/more", "br")
    assert response.headers[name] == value
    assert "ETag" not in response.headers
    assert kept(app) == 0


def test_a_form_that_was_sent_is_never_answered_from_memory(settings: Settings) -> None:
    calls = []

    def view() -> Response:
        calls.append(1)
        return make_response(f"{len(calls)}")

    client = wrapped(settings, view).test_client()
    assert [client.post("/more").text for _ in range(3)] == ["1", "2", "3"]
    assert [client.get("/more").text for _ in range(2)] == ["4", "4"]


def test_with_reload_nothing_is_kept_and_an_edit_shows_at_once(settings: Settings) -> None:
    app = create_app(replace(settings, reload=True))
    assert "Harvest jury" in ask(app, "/methods").text
    change(settings.methods_dir / "harvest-jury.md", "Harvest jury", "Autumn jury")
    assert "Autumn jury" in ask(app, "/methods").text
    assert kept(app) == 0


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a site look for a newer build at once."""
    monkeypatch.setattr("catalogue.search.live_build.LOOK_AGAIN_SECONDS", 0.0)


def test_a_new_build_has_new_pages_and_new_tags(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    app = create_app(settings)
    before = ask(app, "/methods")
    change(settings.methods_dir / "harvest-jury.md", "Harvest jury", "Autumn jury")
    build(settings.methods_dir, settings.index_dir)
    after = ask(app, "/methods", **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Autumn jury" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_page_made_while_a_build_is_swapped_in_is_not_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    jury = settings.methods_dir / "harvest-jury.md"

    def swap() -> Response:
        if not kept(app):
            change(jury, "Harvest jury", "Autumn jury")
            build(settings.methods_dir, settings.index_dir)
        return make_response(snapshot().cards[0].title)

    app = wrapped(settings, swap)
    first = ask(app, "/more")
    assert (first.text, kept(app), first.headers.get("ETag")) == ("Autumn jury", 0, None)


def test_a_page_that_depends_on_the_day_is_made_again_on_the_next(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date(2031, 1, 2)

    today = ask(site, "/methods/harvest-jury")
    monkeypatch.setattr("catalogue.web.middleware.page_cache.date", Tomorrow)
    monkeypatch.setattr("catalogue.web.method_context.date", Tomorrow)
    tomorrow = ask(site, "/methods/harvest-jury")
    assert "This review is overdue" in tomorrow.text
    assert "This review is overdue" not in today.text
    assert today.headers["ETag"] != tomorrow.headers["ETag"]


def test_every_replica_of_one_version_gives_the_same_tags(settings: Settings) -> None:
    one, other = create_app(settings), create_app(settings)
    for address in PAGES:
        assert ask(one, address).headers["ETag"] == ask(other, address).headers["ETag"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site_name", "Other"),
        ("site_url", "https://example.org"),
        ("repository_url", "https://example.org"),
        ("language", "en_US"),
    ],
)
def test_other_settings_give_other_tags(settings: Settings, name: str, value: str) -> None:
    other = replace(settings, **{name: value})
    tags = [ask(create_app(used), "/about").headers["ETag"] for used in (settings, other)]
    assert tags[0] != tags[1]


def test_the_version_covers_code_templates_and_files(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    versions = []
    for number, path in enumerate(
        [
            "templates/a.html",
            "static/b/c.css",
            "catalogue/web/d.py",
            "translations/cy/x.mo",
            "e.txt",
        ]
    ):
        project = tmp_path_factory.mktemp(f"project{number}")
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text("x", encoding="utf-8")
        monkeypatch.setattr("catalogue.web.middleware.page_cache.PROJECT", project)
        versions.append(site_version(settings))
    assert len(set(versions)) == len(versions)


def test_a_host_that_is_not_trusted_is_refused_also_when_the_page_is_kept(
    settings: Settings,
) -> None:
    client = create_app(replace(settings, trusted_hosts=("good.example",))).test_client()
    for _ in range(2):
        assert client.get("/about", headers={"Host": "good.example"}).status_code == 200
        assert client.get("/about", headers={"Host": "bad.example"}).status_code in (400, 421)


def test_a_site_without_a_build_answers_in_its_own_words(settings: Settings) -> None:
    app = create_app(replace(settings, methods_dir=settings.methods_dir / "gone"))
    response = ask(app, "/", "br", **{"If-None-Match": "*"})
    assert response.status_code == 503
    assert "The catalogue is not ready" in brotli.decompress(response.get_data()).decode()


def test_bytes_of_an_address_that_are_not_utf8_are_answered(
    client: FlaskClient, app: Flask
) -> None:
    environ = {**create_environ("/methods"), "QUERY_STRING": "q=\xff\xfe+village"}
    body, status, _ = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    assert status == "200 OK"
    assert b"".join(body) == client.get("/methods?q=%FF%FE+village").get_data()


def test_the_layer_stands_before_flask(app: Flask) -> None:
    assert isinstance(app.extensions["page_cache"], PageCache)


def test_a_kept_page_costs_no_more_than_a_bare_page_of_flask(app: Flask) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/methods", "bare", lambda: "bare")

    def seconds(site: Flask) -> float:
        taken = []
        for _ in range(50):
            environ = create_environ("/methods?q=village", headers={"Accept-Encoding": "br"})
            began = time.thread_time()
            b"".join(site(environ, lambda *_: None))  # type: ignore[arg-type,return-value]
            taken.append(time.thread_time() - began)
        return median(taken)

    # 80% of its requests per second is the promise; it has been five times as many.
    assert seconds(bare) / seconds(app) >= 0.8
