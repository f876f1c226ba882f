"""A client that fetches pages the way a visitor's browser does, and refuses faulty ones.

Each page is checked for the rules of HTML and for what every page of the site must have, so that
any test of a page tests those too.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

# Outside addresses a page may link to; it may load nothing from any of them.
LOADING = (
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("form", "action"),
)
LOADED_RELS = {"stylesheet", "icon", "preload"}


class PageClient:
    """Fetches pages of an application and returns them parsed, after checking them."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, address: str, status: int = 200) -> BeautifulSoup:
        """Return the page at an address; fail if its status or its making is wrong."""
        return self._checked(address, self.client.get(address), status)

    def post(self, address: str, data: dict[str, Any], status: int = 200) -> BeautifulSoup:
        """Return the page that answers a form; fail if its status or its making is wrong."""
        return self._checked(address, self.client.post(address, data=data), status)

    def _checked(self, address: str, response: TestResponse, status: int) -> BeautifulSoup:
        assert response.status_code == status, f"{address}: {response.status_code}"
        assert response.content_type == "text/html; charset=utf-8"
        assert "Set-Cookie" not in response.headers
        text = response.get_data(as_text=True)
        problems = page_problems(text)
        assert not problems, f"{address}: " + "; ".join(problems)
        return BeautifulSoup(text, "html.parser")


def page_problems(text: str) -> list[str]:
    """Return what is wrong with the making of a page, in words."""
    return list(_problems(text))


# Many tests open the same pages, and reading one as strictly as a browser takes a tenth of a second.
@lru_cache(maxsize=2_000)
def _problems(text: str) -> tuple[str, ...]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    problems = [f"HTML: {code} at {place}" for place, code, _ in parser.errors]
    soup = BeautifulSoup(text, "html.parser")
    problems += _frame_problems(soup)
    problems += _form_problems(soup)
    problems += _link_problems(soup)
    return tuple(problems)


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _frame_problems(soup: BeautifulSoup) -> list[str]:
    problems = []
    headings = soup.select("h1")
    if len(headings) != 1:
        problems.append(f"{len(headings)} h1")
    title = _words(soup.title) if soup.title else ""
    if headings and not title.startswith(_words(headings[0])):
        problems.append(f"title {title!r} does not begin with h1 {_words(headings[0])!r}")
    if not soup.html or not soup.html.get("lang"):
        problems.append("no lang")
    described = [tag.get("content") or "" for tag in soup.select("meta[name=description]")]
    if len(described) != 1 or not described[0].strip():
        problems.append(f"descriptions: {described}")
    problems += [
        f"canonical {link['href']!r} without a host"
        for link in soup.select("link[rel=canonical]")
        if not str(link["href"]).startswith("https://")
    ]
    for landmark in ("header", "main", "footer"):
        if len(soup.find_all(landmark, recursive=True)) < 1:
            problems.append(f"no {landmark}")
    ids = Counter(tag["id"] for tag in soup.select("[id]"))
    problems += [f"id {name!r} {count} times" for name, count in ids.items() if count > 1]
    for tag in soup.select("[aria-labelledby], [aria-describedby]"):
        for name in (tag.get("aria-labelledby") or tag.get("aria-describedby") or "").split():
            if name not in ids:
                problems.append(f"refers to missing id {name!r}")
    level = 0
    for heading in soup.select("h1, h2, h3, h4, h5, h6"):
        found = int(heading.name[1])
        if found > level + 1:
            problems.append(f"heading jumps to h{found}: {_words(heading)!r}")
        level = found
    if soup.select('style, [style], script:not([src]):not([type="application/ld+json"])'):
        problems.append("style or script inside the page")
    problems += [
        f"attribute {n}" for tag in soup.find_all(True) for n in tag.attrs if n.startswith("on")
    ]
    return problems


def _form_problems(soup: BeautifulSoup) -> list[str]:
    problems = []
    labels = {label.get("for") for label in soup.select("label")}
    for control in soup.select("input:not([type=hidden]), select, textarea"):
        if control.get("id") not in labels and not control.get("aria-label"):
            problems.append(f"no label for {control.get('name')}")
    for fieldset in soup.select("fieldset"):
        if not fieldset.find("legend"):
            problems.append("fieldset without legend")
    problems += ["button without text" for b in soup.select("button") if not _words(b)]
    return problems


def _link_problems(soup: BeautifulSoup) -> list[str]:
    problems = ["link without text" for a in soup.select("a") if not _words(a)]
    problems += [
        f"image without alt: {i.get('src')}" for i in soup.select("img") if i.get("alt") is None
    ]
    for name, attribute in LOADING:
        for tag in soup.find_all(name):
            address = tag.get(attribute) or ""
            if name == "link" and not LOADED_RELS & set(tag.get("rel") or ()):
                continue
            if re.match(r"(https?:)?//", address):
                problems.append(f"loads {address}")
    return problems
