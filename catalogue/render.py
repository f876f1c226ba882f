"""Renders the Markdown of a method to safe HTML and to plain text, when the catalogue is built.

Contributed text is never trusted: nh3 lets through only the marks of ordinary prose, so a page
can print what stands in the database.
"""

from __future__ import annotations

import html
import re
import threading

import markdown
import nh3

from catalogue.hrefs import leaves_unseen

# A link to another method's file, as Markdown renders it.
METHOD_HREF = re.compile(r'href="(?:\./)?([^"/:#]{1,100})\.md(?=["#])')
ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br",
                "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
BLOCK = re.compile(r"</?(?:p|ul|ol|li|h3|h4|table|tr|blockquote|pre)(?: [^>]*)?>|<br>")
CELL_END = re.compile(r"</t[dh]>")
TAG = re.compile(r"<[^>]+>")


# A Markdown object takes longer to make than to use, and two threads must not share one.
_local = threading.local()


def _renderer() -> markdown.Markdown:
    if not hasattr(_local, "renderer"):
        _local.renderer = markdown.Markdown(extensions=["tables", "sane_lists", "smarty"])
    renderer: markdown.Markdown = _local.renderer
    return renderer


def to_html(text: str) -> str:
    """Render Markdown to safe HTML; links to `other-method.md` become links to its page."""
    made = _renderer().reset().convert(text)
    return nh3.clean(
        METHOD_HREF.sub(r'href="/methods/\1', made),
        tags=ALLOWED_TAGS,
        attribute_filter=_without_leaving,
        # Without "*", nh3 would let a title through on everything.
        attributes={"*": set(), "a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _without_leaving(_tag: str, name: str, value: str) -> str | None:
    """Take away the address of a link that looks like one to this site and leads to another."""
    return None if name == "href" and leaves_unseen(value) else value


def to_lines(safe_html: str) -> list[str]:
    """Return the plain text of safe HTML, one line for each paragraph, list item or table row."""
    one_line = " ".join(safe_html.split())
    lines = BLOCK.sub("\n", CELL_END.sub(" ", one_line)).split("\n")
    plain = (" ".join(html.unescape(TAG.sub("", line)).split()) for line in lines)
    return [line for line in plain if line]
