"""Renders the Markdown of a method to safe HTML and to plain text, when the catalogue is built.

Contributed text is parsed by markdown-it-py, as GitHub renders it and in time linear in its length; our own texts are
rendered by the package Markdown. Contributed text is never trusted: nh3 allows only the elements of ordinary prose, so
a page can print the HTML in the database.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from catalogue.rendering.hrefs import leaves_unseen
from catalogue.urls import PATHS

# A link to another method's file.
METHOD_HREF = re.compile(r"(?:\./)?([^/:#]{1,100})\.md(?=#|$)")
ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br",
                "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
BLOCK = re.compile(r"</?(?:p|ul|ol|li|h3|h4|table|tr|blockquote|pre)(?: [^>]*)?>|<br>")
CELL_END = re.compile(r"</t[dh]>")
TAG = re.compile(r"<[^>]+>")
# How deep lists and quotations may be nested; a list takes two levels, one for its item.
MAX_LEVELS = 20
DASHES = {"---": "\u2014", "--": "\u2013", "...": "\u2026"}
DASH = re.compile(r"(?<![-.])(?:---?|\.\.\.)(?![-.])")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'\u201c(]?[A-Z0-9])")

# One parser a thread: its rules are compiled at first use, which is not thread-safe.
_local = threading.local()


def _parser() -> MarkdownIt:
    parser: MarkdownIt | None = getattr(_local, "parser", None)
    if parser is None:
        # Beyond maxNesting the parser drops text; `outline` reports it before.
        options = {"html": True, "typographer": True, "maxNesting": MAX_LEVELS + 10}
        parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "smartquotes"])
        parser.core.ruler.push("dashes", _set_dashes)
        parser.core.ruler.push("method links", _link_methods)
        _local.parser = parser
    return parser


def _inside(tokens: Sequence[Token], kind: str) -> Iterator[Token]:
    """Yield the tokens of one kind inside all paragraphs, list items, headings and cells."""
    for block in tokens:
        yield from (token for token in block.children or () if token.type == kind)


def _set_dashes(state: StateCore) -> None:
    """Replace two hyphens by an en dash, three by an em dash, and three dots by an ellipsis."""
    for token in _inside(state.tokens, "text"):
        token.content = DASH.sub(lambda match: DASHES[match[0]], token.content)


def _link_methods(state: StateCore) -> None:
    """Turn links to `other-method.md` into links to its page."""
    for token in _inside(state.tokens, "link_open"):
        href = str(token.attrs["href"])
        token.attrs["href"] = (
            METHOD_HREF.sub(PATHS.method(r"\1"), href) if METHOD_HREF.match(href) else href
        )


@dataclass(frozen=True)
class Outline:
    """The number of blocks of a text (paragraphs, list items, table cells), and whether it is nested too deep.

    `deep_line` is the line, from 0, on which lists or quotations are nested deeper than MAX_LEVELS; None if nowhere.
    """

    blocks: int
    deep_line: int | None


def outline(text: str) -> Outline:
    """Return the outline of a text; parsing blocks alone takes a small part of the time of rendering."""
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse(text, parser, {}, tokens)
    deep = (token.map[0] for token in tokens if token.level > MAX_LEVELS and token.map)
    return Outline(sum(token.nesting >= 0 for token in tokens), next(deep, None))


def plain_blocks(text: str) -> list[tuple[int, str]]:
    """Return the plain text of each paragraph, list item, heading and cell, with its line, from 0."""
    blocks = []
    line = 0
    for token in _parser().parse(text):
        line = token.map[0] if token.map else line
        if token.type == "inline":
            blocks.append((line, "".join(map(_plain, token.children or ()))))
    return blocks


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def to_html(text: str) -> str:
    """Render contributed Markdown to safe HTML; links to `other-method.md` become links to its page."""
    return clean(_parser().render(text))


def clean(unsafe_html: str) -> str:
    """Return sanitised HTML: only the elements of ordinary prose, only http, https and mailto URLs."""
    return nh3.clean(
        unsafe_html,
        tags=ALLOWED_TAGS,
        attribute_filter=_without_leaving,
        # Without "*", nh3 would allow a title on every element.
        attributes={"*": set(), "a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _without_leaving(_tag: str, name: str, value: str) -> str | None:
    """Remove the href of a link that looks like one to this site and leads to another."""
    return None if name == "href" and leaves_unseen(value) else value


def to_lines(safe_html: str) -> list[str]:
    """Return the plain text of safe HTML, one line for each paragraph, list item or table row."""
    one_line = " ".join(safe_html.split())
    lines = BLOCK.sub("\n", CELL_END.sub(" ", one_line)).split("\n")
    plain = (" ".join(html.unescape(TAG.sub("", line)).split()) for line in lines)
    return [line for line in plain if line]
