"""Writes the safe HTML of a section as XHTML, which readers of e-books take alone."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

VOID = ("br", "hr", "img", "input")
KEPT = ("href", "src", "alt", "colspan", "rowspan", "start")


def to_xhtml(html: str, site_url: str) -> str:
    """Return HTML with every tag closed and without classes and ids.

    A link to a page of the site that is no chapter leads to `site_url`; without one it is plain text.
    """
    writer = _Writer(site_url)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    def __init__(self, site_url: str) -> None:
        super().__init__()
        self.written: list[str] = []
        self._site_url = site_url
        # Whether each link that is open was written.
        self._links: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs if name in KEPT}
        if given.get("href", "").startswith("/"):
            given["href"] = self._site_url and self._site_url + given["href"]
        if tag == "a":
            self._links.append(bool(given.get("href")))
            if not self._links[-1]:
                return
        written = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
        self.written.append(f"<{tag}{written}{'/' if tag in VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or (tag == "a" and not (self._links and self._links.pop())):
            return
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(escape(data, quote=False))
