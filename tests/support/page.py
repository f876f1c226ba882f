"""A client that fetches pages the way a visitor's browser does, and refuses faulty ones.

Each page is checked for the rules of HTML and for what every page of the site must have, so that
any test of a page tests those too.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from bs4 import BeautifulSoup
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
        return BeautifulSoup(text, "lxml")


def page_problems(text: str) -> list[str]:
    """Return what is wrong with the making of a page, in words."""
    return list(_problems(text))


# Many tests open the same pages, and reading one as strictly as a browser takes a tenth of a second.
@lru_cache(maxsize=2_000)
def _problems(text: str) -> tuple[str, ...]:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root: Element = parser.parse(text)
    problems = [f"HTML: {code} at {place}" for place, code, _ in parser.errors]
    # A comment has a function as its tag.
    tags = [tag for tag in root.iter() if isinstance(tag.tag, str)]
    problems += _frame_problems(root, tags)
    problems += _reference_problems(tags)
    problems += _heading_problems(tags)
    problems += _form_problems(tags)
    problems += _link_problems(tags)
    return tuple(problems)


def _words(tag: Element) -> str:
    return " ".join("".join(tag.itertext()).split())


def _named(tags: list[Element], *names: str) -> list[Element]:
    # Inside SVG a name has a namespace before it.
    return [tag for tag in tags if tag.tag.rpartition("}")[2] in names]


def _frame_problems(root: Element, tags: list[Element]) -> list[str]:
    problems = []
    headings = _named(tags, "h1")
    if len(headings) != 1:
        problems.append(f"{len(headings)} h1")
    titles = root.findall("head/title")
    title = _words(titles[0]) if titles else ""
    if headings and not title.startswith(_words(headings[0])):
        problems.append(f"title {title!r} does not begin with h1 {_words(headings[0])!r}")
    if not root.get("lang"):
        problems.append("no lang")
    metas = _named(tags, "meta")
    described = [tag.get("content") or "" for tag in metas if tag.get("name") == "description"]
    if len(described) != 1 or not described[0].strip():
        problems.append(f"descriptions: {described}")
    problems += [
        f"canonical {link.get('href')!r} without a host"
        for link in _named(tags, "link")
        if link.get("rel") == "canonical" and not link.get("href", "").startswith("https://")
    ]
    problems += [f"no {name}" for name in ("header", "main", "footer") if not _named(tags, name)]
    inline = [tag for tag in tags if tag.get("style") is not None or _is_inline_script(tag)]
    if inline or _named(tags, "style"):
        problems.append("style or script inside the page")
    problems += [f"attribute {n}" for tag in tags for n in tag.attrib if str(n).startswith("on")]
    return problems


def _is_inline_script(tag: Element) -> bool:
    """Whether a tag is a script that runs, its text in the page."""
    data = tag.get("type") == "application/ld+json"
    return tag.tag.rpartition("}")[2] == "script" and tag.get("src") is None and not data


def _reference_problems(tags: list[Element]) -> list[str]:
    ids = Counter(name for tag in tags if (name := tag.get("id")) is not None)
    problems = [f"id {name!r} {count} times" for name, count in ids.items() if count > 1]
    for tag in tags:
        for name in (tag.get("aria-labelledby") or tag.get("aria-describedby") or "").split():
            if name not in ids:
                problems.append(f"refers to missing id {name!r}")
    return problems


def _heading_problems(tags: list[Element]) -> list[str]:
    problems = []
    level = 0
    for heading in _named(tags, "h1", "h2", "h3", "h4", "h5", "h6"):
        found = int(heading.tag[1])
        if found > level + 1:
            problems.append(f"heading jumps to h{found}: {_words(heading)!r}")
        level = found
    return problems


def _form_problems(tags: list[Element]) -> list[str]:
    problems = []
    labels = {label.get("for") for label in _named(tags, "label")}
    for control in _named(tags, "input", "select", "textarea"):
        hidden = control.tag == "input" and control.get("type") == "hidden"
        if not hidden and control.get("id") not in labels and not control.get("aria-label"):
            problems.append(f"no label for {control.get('name')}")
    for fieldset in _named(tags, "fieldset"):
        if fieldset.find(".//legend") is None:
            problems.append("fieldset without legend")
    problems += ["button without text" for b in _named(tags, "button") if not _words(b)]
    return problems


def _link_problems(tags: list[Element]) -> list[str]:
    problems = ["link without text" for a in _named(tags, "a") if not _words(a)]
    problems += [
        f"image without alt: {i.get('src')}" for i in _named(tags, "img") if i.get("alt") is None
    ]
    for name, attribute in LOADING:
        for tag in _named(tags, name):
            address = tag.get(attribute) or ""
            if name == "link" and not LOADED_RELS & set((tag.get("rel") or "").split()):
                continue
            if re.match(r"(https?:)?//", address):
                problems.append(f"loads {address}")
    return problems
