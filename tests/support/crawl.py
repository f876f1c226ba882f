"""Follows every link, form, file and address in JSON of a site, from its home page on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit

from lxml.html import document_fromstring

# Attributes that name something to load or to go to.
NAMING = ("href", "src", "action", "data-suggest", "data-suggest-url")
LOADED = re.compile(r"""(?:url\(\s*["']?|\bfrom\s*["']|\bimport\s*\(?\s*["'])(?P<url>[^"')\s]+)""")
# Asked on the way, because only scripts ask for them.
SUGGESTIONS = "?q=ma"


@dataclass(frozen=True)
class Fetched:
    """What a URL gave."""

    status: int
    content_type: str
    text: str


# Fetches a path, with what a form sends to it, encoded, or None to read it.
Fetch = Callable[[str, bytes | None], Fetched]


@dataclass
class Crawl:
    """What was fetched, by path and query, and two kinds of links that were found.

    `outside` are, as (page, URL), those on this host outside the prefix; `fragments`, as (page, URL, fragment), those to
    a place of a page.
    """

    fetched: dict[str, Fetched] = field(default_factory=dict)
    outside: set[tuple[str, str]] = field(default_factory=set)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def lost_fragments(self) -> set[tuple[str, str, str]]:
        """Links to a place of a page that has no such place: the page that links, the page linked to, the fragment."""
        ids = {
            url: set(_Page(found.text).ids)
            for url in {target for _, target, _ in self.fragments}
            if (found := self.fetched.get(url)) and found.content_type.startswith("text/html")
        }
        return {link for link in self.fragments if link[2] not in ids.get(link[1], ())}

    @property
    def missing(self) -> dict[str, int]:
        """What did not answer 200, with its status."""
        return {url: found.status for url, found in self.fetched.items() if found.status != 200}


class _Page:
    """Gathers what a page names, and the forms that are sent, with the fields they send."""

    def __init__(self, text: str) -> None:
        self.named: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sent: list[tuple[str, list[tuple[str, str]]]] = []
        self._fields: list[tuple[str, str]] = []
        for element in document_fromstring(text).iter("*"):
            self._gather(element.tag, dict(element.attrib))

    def _gather(self, tag: str, known: dict[str, str]) -> None:
        if "id" in known:
            self.ids.append(known["id"])
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        for name in NAMING:
            if name in known:
                self.named.append(known[name] + (SUGGESTIONS if name == "data-suggest-url" else ""))
        if tag == "form":
            self._fields = []
            if known.get("method") == "post":
                self.sent.append((known["action"], self._fields))
        elif tag in ("input", "textarea", "select") and "name" in known:
            self._fields.append((known["name"], known.get("value", "")))


# A choice of methods leads to more choices without an end, and each list to itself as a file, a map and a deck.
# Their own tests follow them; a walk over the whole site would take many minutes more. Word files of methods too.
CHOICE = re.compile(
    r"[?&](?:compare|plan|m)=|(?:\.docx|\.csv|\.atom|/map|/deck|/plan)\?|/methods/[a-z0-9-]+\.(?:docx|bib|ris|txt)$"
)


def crawl(fetch: Fetch, site_url: str) -> Crawl:
    """Fetch all that a site names, each once, and what its forms answer when they are sent as they come."""
    host, prefix = site_url.removesuffix(urlsplit(site_url).path), urlsplit(site_url).path
    result = Crawl()
    waiting: list[tuple[str, bytes | None]] = [(f"{prefix}/", None)]
    while waiting:
        url, body = waiting.pop()
        name = url if body is None else f"POST {url}"
        if name in result.fetched:
            continue
        found = result.fetched[name] = fetch(url, body)
        if body is None and found.content_type.startswith("text/html"):
            for link in _Page(found.text).links:
                target, fragment = urldefrag(urljoin(f"{host}{url}", link))
                if CHOICE.search(target):
                    continue
                if fragment and target.startswith(f"{host}/"):
                    result.fragments.add((url, target.removeprefix(host), unquote(fragment)))
        for named, sent in _references(found):
            target = urldefrag(urljoin(f"{host}{url}", named)).url
            if not target.startswith(f"{host}/") or CHOICE.search(target):
                continue
            if f"{target}/".startswith(f"{site_url}/") or target.startswith(f"{site_url}?"):
                waiting.append((target.removeprefix(host), sent))
            else:
                result.outside.add((name, target))
    return result


def _references(found: Fetched) -> Iterator[tuple[str, bytes | None]]:
    kind = found.content_type.partition(";")[0]
    if kind == "text/html":
        page = _Page(found.text)
        yield from ((url, None) for url in page.named)
        yield from ((url, urlencode(fields).encode()) for url, fields in page.sent)
    elif kind in ("text/css", "text/javascript"):
        yield from ((match["url"], None) for match in LOADED.finditer(found.text))
    elif kind == "application/json":
        yield from ((url, None) for url in _in_json(json.loads(found.text)))


def _in_json(value: Any) -> Iterator[str]:
    """Yield the URLs in JSON: values that are one, links in HTML, and the paths of an OpenAPI document."""
    if isinstance(value, dict) and "openapi" in value:
        (server,) = value["servers"]
        yield from (server["url"] + path for path in value["paths"] if "{" not in path)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _Page(part).named if key == "html" else _in_json(part)
    elif isinstance(value, list):
        for part in value:
            yield from _in_json(part)
    elif isinstance(value, str) and value.startswith(("/", "http://", "https://")):
        yield value
