"""The static copy of docs/scaling.md: what its command leaves out, and that links lead to all the rest.

wget itself is not run; the links it would follow are followed here.
"""

from __future__ import annotations

import math
import re
import shlex
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from catalogue.search import cases, search_request
from catalogue.settings import PROJECT

pytest_plugins = ["tests.support.real_site"]

COMMAND = re.compile(r"^wget .*$", re.MULTILINE)


@pytest.fixture(scope="module")
def followed(real_app: Flask) -> set[str]:
    """The addresses that the command reaches from the home page."""
    client = real_app.test_client()
    left_out = re.compile(option("--reject-regex"))
    found, waiting = {"/"}, ["/"]
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        if response.mimetype != "text/html":
            continue
        soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        for tag in soup.select("a[href], link[href], script[src], img[src]"):
            target = urldefrag(urljoin(address, str(tag.get("href") or tag.get("src"))))[0]
            here = not urlsplit(target).netloc and target.startswith("/")
            if here and target not in found and not left_out.search(target):
                found.add(target)
                waiting.append(target)
    return found


def option(name: str) -> str:
    """Return the value of an option of the command."""
    (command,) = COMMAND.findall((PROJECT / "docs" / "scaling.md").read_text(encoding="utf-8"))
    words = shlex.split(command)
    return words[words.index(name) + 1]


def test_a_static_copy_holds_every_method(followed: set[str]) -> None:
    methods = {f"/methods/{path.stem}" for path in (PROJECT / "methods").glob("*.md")}
    assert methods <= followed


def test_a_static_copy_holds_every_page_of_the_lists(followed: set[str], real_app: Flask) -> None:
    snapshot = real_app.extensions["catalogue"].snapshot()
    for address, total, on_one in (
        ("/methods", len(snapshot.cards), search_request.PER_PAGE),
        ("/cases", len(snapshot.cases), cases.PER_PAGE),
    ):
        pages = {page for page in followed if page.startswith(f"{address}?page=")}
        last = math.ceil(total / on_one)
        assert pages == {f"{address}?page={number}" for number in range(2, last + 1)}


def test_a_static_copy_leaves_searches_and_filters_out(followed: set[str]) -> None:
    asked = {address for address in followed if "?" in address}
    assert {address.partition("?")[2].partition("=")[0] for address in asked} == {"page"}
    assert not asked & {"/methods?purpose=inform", "/methods?q=jury"}
