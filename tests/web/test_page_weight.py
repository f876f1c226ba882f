"""What a phone has to fetch for a page of twenty real methods: at most 30 kB for the page, and 50 kB in four requests.

Once by what the page names, and once in a real browser, which counts what comes over the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from werkzeug.wsgi import get_path_info

from tests.support.page import PageClient

pytest_plugins = ["tests.support.real_site", "tests.support.browser"]

MAX_PAGE_BYTES = 30_000
MAX_URL_BYTES = 50_000
MAX_REQUESTS = 4  # the page, a style sheet, a script and the icon
ADDRESSES = pytest.mark.parametrize(
    "address",
    ["/methods", "/methods?q=what+do+people+think+of+a+service&format=in-person&people=1-1000"],
    ids=["all methods", "words and filters"],
)


@ADDRESSES
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_page_of_twenty_methods_is_light(real_app: Flask, address: str, encoding: str) -> None:
    site = PageClient(real_app)
    soup = site.get(address)
    assert len(soup.select(".card")) == 20
    loaded = {
        str(tag.get("href") or tag.get("src"))
        for tag in soup.select("link[rel=stylesheet], link[rel=icon], script, img")
    }
    weights = {name: weight(site, name, encoding) for name in (address, *loaded)}
    assert len(weights) <= MAX_REQUESTS, sorted(weights)
    assert weights[address] <= MAX_PAGE_BYTES
    assert sum(weights.values()) <= MAX_URL_BYTES, weights


def weight(site: PageClient, address: str, encoding: str) -> int:
    """Return the bytes of an answer, headers too, as they are sent to who takes an encoding."""
    response = site.client.get(address, headers={"Accept-Encoding": encoding})
    assert response.status_code == 200
    return len(response.get_data()) + len(str(response.headers))


@pytest.fixture
def wire(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The addresses that the site is asked for from now on, each with the bytes of its answers."""
    sent: dict[str, int] = {}
    ours = real_app.wsgi_app

    def counting(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = get_path_info(environ)
        # A second request for the same file would count too.
        name = address if address not in sent else f"{address} again ({len(sent)})"

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            sent[name] = len(status) + len(str(headers))
            return start_response(status, headers, *more)

        body = b"".join(ours(environ, start))
        sent[name] += len(body)
        return [body]

    monkeypatch.setattr(real_app, "wsgi_app", counting)
    return sent


@pytest.mark.browser
@ADDRESSES
def test_a_browser_fetches_no_more_than_that(
    open_tab: Callable[..., Any], wire: dict[str, int], address: str
) -> None:
    tab = open_tab(375)
    tab.open(address).wait_for_load_state("networkidle")
    assert tab.faults == []
    assert len(wire) <= MAX_REQUESTS, wire
    assert 10_000 < sum(wire.values()) <= MAX_URL_BYTES, wire


@pytest.mark.browser
def test_the_next_page_is_all_that_is_fetched_for_it(
    open_tab: Callable[..., Any], wire: dict[str, int]
) -> None:
    tab = open_tab(375)
    tab.open("/methods").wait_for_load_state("networkidle")
    wire.clear()
    tab.open("/methods/citizens-jury").wait_for_load_state("networkidle")
    assert list(wire) == ["/methods/citizens-jury"]
