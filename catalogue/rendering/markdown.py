"""Renders the Markdown of a method to safe HTML and to plain text, when the catalogue is built.

Contributed text is parsed by markdown-it-py with the extensions of GitHub and in time linear in its length; our own
texts are rendered by the package Markdown. Contributed text is never trusted: nh3 allows only the elements of ordinary
prose, so a page can print the HTML in the database.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from catalogue.rendering.anchors import with_anchors
from catalogue.rendering.hrefs import resolved
from catalogue.vocabulary import VOCABULARY

ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "del", "a", "blockquote", "code", "pre", "br", "hr",
                "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
BLOCK = re.compile(r"</?(?:p|ul|ol|li|h[3-6]|table|tr|blockquote|pre)(?: [^>]*)?>|<[bh]r>")
CELL_END = re.compile(r"</t[dh]>")
TAG = re.compile(r"<[^>]+>")
# How deep lists and quotations may be nested; a list takes two levels, one for its item.
MAX_LEVELS = 20
DASHES = {"---": "\u2014", "--": "\u2013", "...": "\u2026"}
DASH = re.compile(r"(?<![-.])(?:---?|\.\.\.)(?![-.])")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'\u201c(]?[A-Z0-9])")
SIGNED_HEADING = re.compile(r"(##?)(?!#)([ \t]*)(.+)")
LINE_END = re.compile(r"\r\n?")
TEXT_END = "text_end"
TASK = {True: "\u2611 ", False: "\u2610 "}

# Parsers of each thread: their rules are compiled at first use, which is not thread-safe.
_local = threading.local()


def _parser() -> MarkdownIt:
    parser: MarkdownIt | None = getattr(_local, "parser", None)
    if parser is None:
        # Beyond maxNesting the parser drops text; `outline` reports it before.
        options = {
            "html": True,
            "typographer": True,
            "maxNesting": MAX_LEVELS + 10,
            "tasklists": True,
            "strikethrough_single_tilde": True,
        }
        parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "smartquotes"])
        parser.use(gfm_autolink_plugin)
        # `parse` does these two itself, so that all texts have their blocks before any has its words.
        parser.core.ruler.disable(["normalize", "block"])
        parser.core.ruler.push("dashes", _set_dashes)
        parser.core.ruler.push("elements", _set_elements)
        _local.parser = parser
    return parser


def _heading_parser() -> MarkdownIt:
    parser: MarkdownIt | None = getattr(_local, "heading_parser", None)
    if parser is None:
        # Without HTML, or a comment that is not closed would hide all headings below it.
        parser = MarkdownIt("commonmark").enable("table").disable("html_block")
        _local.heading_parser = parser
    return parser


def parse(texts: Sequence[str]) -> list[list[Token]]:
    """Return the tokens of each text of one page; a reference that one of them defines is known in all."""
    parser, environment = _parser(), dict[str, Any]()
    tokens: list[Token] = []
    for text in texts:
        parser.block.parse(_normal(text), parser, environment, tokens)
        tokens.append(Token(TEXT_END, "", 0))
    state = StateCore("", parser, environment, tokens)
    parser.core.process(state)
    found: list[list[Token]] = [[]]
    for token in state.tokens:
        found.append([]) if token.type == TEXT_END else found[-1].append(token)
    return found[:-1]


def _normal(text: str) -> str:
    return LINE_END.sub("\n", text).replace("\0", "\ufffd")


def _set_dashes(state: StateCore) -> None:
    """Replace two hyphens by an en dash, three by an em dash, and three dots by an ellipsis; not in addresses."""
    for block in state.tokens:
        for before, token in pairwise((None, *(block.children or ()))):
            if token and token.type == "text" and not (before and before.info == "auto"):
                token.content = DASH.sub(lambda match: DASHES[match[0]], token.content)


def _set_elements(state: StateCore) -> None:
    """Give deleted text, the boxes of tasks and headings the elements that they have on our pages.

    Headings begin at the third level, below those of the sections, and never skip a level.
    """
    level = 2
    for at, token in enumerate(state.tokens):
        if token.type == TEXT_END:
            level = 2
        elif token.type == "heading_open":
            level = max(3, min(int(token.tag[1]), level + 1))
            token.tag = state.tokens[at + 2].tag = f"h{level}"
        elif token.type == "list_item_open" and "checked" in token.meta:
            box = Token("text", "", 0, content=TASK[token.meta.pop("checked")])
            following = (state.tokens[place] for place in range(at + 1, len(state.tokens)))
            inline = next(t for t in following if t.type in ("inline", TEXT_END))
            inline.children = [box, *(inline.children or ())]
        for child in token.children or ():
            if child.tag == "s":
                child.tag = "del"


@dataclass(frozen=True)
class Heading:
    """A heading of the first or second level: its lines, from 0, `end` not included, its level and its words.

    `loose` if no space follows its signs, so that it is one to us and not to others.
    """

    line: int
    end: int
    level: int
    text: str
    loose: bool = False


@dataclass(frozen=True)
class Headings:
    """The headings of a text that stand in no list, quotation or code, in order, and its lines of code, from 0."""

    headings: tuple[Heading, ...]
    code: frozenset[int]


def headings(text: str) -> list[Heading]:
    """Return the headings of the first two levels, as `scan_headings` finds them."""
    return [heading for heading in scan_headings(text).headings if heading.level <= 2]


# A file's headings are asked for twice, for its sections and for the places one may link to.
@lru_cache(maxsize=4)
def scan_headings(text: str) -> Headings:
    """Find the headings of a text.

    Two signs with no space behind them make one too; one such sign does before the words of a section's heading.
    """
    tokens: list[Token] = []
    parser = _heading_parser()
    parser.block.parse(text, parser, {}, tokens)
    found = {}
    code: set[int] = set()
    for token, inline in pairwise((*tokens, Token("", "", 0))):
        first, end = token.map or (0, 0)
        if token.type == "heading_open" and not token.level:
            words = inline.content.replace("\n", " ").rstrip("#").rstrip()
            found[first] = Heading(first, end, int(token.tag[1]), words)
        elif token.type in ("fence", "code_block"):
            code.update(range(first, end))
    # What is nested too deep takes the headings below it along; `outline` reports it.
    lost = any(token.level >= parser.options.maxNesting - 1 for token in tokens)
    for number, line in enumerate(text.split("\n")):
        match = SIGNED_HEADING.match(line)
        if match and number not in code and number not in found:
            words = match[3].rstrip("#").strip()
            if lost if match[2] else len(match[1]) == 2 or words in VOCABULARY.section_ids:
                found[number] = Heading(number, number + 1, len(match[1]), words, not match[2])
    return Headings(tuple(found[line] for line in sorted(found)), frozenset(code))


def unclosed_fence(text: str) -> str:
    """Return the signs that would close the code with which a text ends, "" if none is open."""
    tokens: list[Token] = []
    parser = _heading_parser()
    parser.block.parse(f"{text}\n\n## Next", parser, {}, tokens)
    return tokens[-1].markup if tokens[-1].type == "fence" else ""


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


def to_html(text: str) -> str:
    """Render contributed Markdown to safe HTML; links to `other-method.md` become links to its page."""
    return sections_to_html([text])[0]


def sections_to_html(texts: Sequence[str]) -> list[str]:
    """Render the sections of one page: what one defines the others refer to, and each heading has an id of its own."""
    return tokens_to_html(parse(texts))


def tokens_to_html(texts: Sequence[Sequence[Token]]) -> list[str]:
    """Return the safe HTML of the sections of one page from their tokens."""
    parser = _parser()
    return with_anchors(clean(parser.renderer.render(t, parser.options, {})) for t in texts)


def clean(unsafe_html: str) -> str:
    """Return sanitised HTML: only the elements of ordinary prose, only http, https and mailto URLs."""
    return nh3.clean(
        unsafe_html,
        tags=ALLOWED_TAGS,
        attribute_filter=_with_target,
        # Without "*", nh3 would allow a title on every element.
        attributes={"*": set(), "a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _with_target(_tag: str, name: str, value: str) -> str | None:
    """Return the href of a link as a page has it, None for one that leads nowhere."""
    return resolved(value) if name == "href" else value


def to_lines(safe_html: str) -> list[str]:
    """Return the plain text of safe HTML, one line for each paragraph, list item or table row."""
    one_line = " ".join(safe_html.split())
    lines = BLOCK.sub("\n", CELL_END.sub(" ", one_line)).split("\n")
    plain = (" ".join(html.unescape(TAG.sub("", line)).split()) for line in lines)
    return [line for line in plain if line]
