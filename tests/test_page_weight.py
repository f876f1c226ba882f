"""What a phone has to fetch for a page of twenty real methods: at most 45 KB in five requests."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from tests.page import PageClient

pytest_plugins = ["tests.real_site"]

MOST_BYTES = 45_000
MOST_REQUESTS = 5  # the page, two style sheets, a script and the icon


@pytest.mark.parametrize(
    "address",
    ["/methods", "/methods?q=what+do+people+think+of+a+service&format=in-person&people=1-1000"],
    ids=["all methods", "words and filters"],
)
def test_a_page_of_twenty_methods_is_light(real_app: Flask, address: str) -> None:
    site = PageClient(real_app)
    soup = site.get(address)
    assert len(soup.select(".card")) == 20
    loaded = {
        str(tag.get("href") or tag.get("src"))
        for tag in soup.select("link[rel=stylesheet], link[rel=icon], script, img")
    }
    weights = {name: weight(site, name) for name in (address, *loaded)}
    assert len(weights) <= MOST_REQUESTS, sorted(weights)
    assert sum(weights.values()) <= MOST_BYTES, weights


def weight(site: PageClient, address: str) -> int:
    """Return the bytes of an answer as servers send it, compressed."""
    with site.client.get(address) as response:
        return len(gzip.compress(response.get_data(), 6))
