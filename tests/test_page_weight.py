"""What a phone has to fetch for a page of twenty real methods: at most 45 KB in four requests.

Once by what the page names, and once in a real browser, which counts what comes over the wire.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.page import PageClient

pytest_plugins = ["tests.real_site", "tests.browser"]

MOST_BYTES = 45_000
MOST_REQUESTS = 4  # the page, a style sheet, a script and the icon
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
    assert len(weights) <= MOST_REQUESTS, sorted(weights)
    assert sum(weights.values()) <= MOST_BYTES, weights


def weight(site: PageClient, address: str, encoding: str) -> int:
    """Return the bytes of an answer, headers too, as they are sent to who takes an encoding."""
    response = site.client.get(address, headers={"Accept-Encoding": encoding})
    assert response.status_code == 200
    return len(response.get_data()) + len(str(response.headers))


@pytest.mark.browser
@ADDRESSES
def test_a_browser_fetches_no_more_than_that(open_tab: Callable[..., Any], address: str) -> None:
    tab = open_tab(375)
    fetched: list[Any] = []
    tab.page.on("requestfinished", lambda request: fetched.append(request))
    tab.open(address).wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes() for request in fetched}
    weights = {
        url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes.items()
    }
    assert tab.faults == []
    assert len(fetched) <= MOST_REQUESTS, sorted(weights)
    assert 10_000 < sum(weights.values()) <= MOST_BYTES, weights


@pytest.mark.browser
def test_a_second_page_fetches_itself_alone(open_tab: Callable[..., Any]) -> None:
    tab = open_tab(375)
    tab.open("/methods").wait_for_load_state("networkidle")
    seen: list[str] = []
    tab.page.on("request", lambda request: seen.append(request.url.removeprefix(tab.site)))
    entries = "performance.getEntriesByType('resource').filter((e) => e.transferSize > 0)"
    tab.open("/methods?page=2").wait_for_load_state("networkidle")
    assert seen[0] == "/methods?page=2"
    assert tab.page.evaluate(f"{entries}.map((e) => e.name)") == []
