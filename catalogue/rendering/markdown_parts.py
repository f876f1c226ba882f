"""What a parsed text is made of, with the line of each part, for the checks: paragraphs, links, and what pages do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

HTML = re.compile(r"<[/!?a-zA-Z][^>]*>?")
WIKI_LINK = re.compile(r"!?\[\[[^\[\]]*\]\]")
FOOTNOTE = re.compile(r"\[\^[^\s\]]+\]")
ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.IGNORECASE)
EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])")
# An address that was made no link, because of what stands before it or of what it is.
ADDRESS = re.compile(r"(?<![A-Za-z])(?:https?|ftp)://[A-Za-z0-9][^\s\"'>)\]]*")
NOT_SHOWN = ((FOOTNOTE, "footnote"), (WIKI_LINK, ""), (ALERT, ""), (EMOJI, ""), (ADDRESS, ""))
# Word's bullets and the like, which make no list; the last two come from its symbol fonts.
BULLET = re.compile(r"[•●◦▪▫■□‣⁃∙·➢►→✓✔❖\uf0a7\uf0b7](?=\s)")
# Other beginnings, of which two in one paragraph look like a list: "a)", "(1)", "2.", "-tea", "1.tea", "– ".
ITEM = re.compile(
    r"\(?[a-zA-Z]\)(?=\s)|\(?\d{1,3}\)(?=\s)|\d{1,3}\.(?=\s|[a-zA-Z])|[-+*](?=\w)|[–—](?=\s)"
)


def plain_blocks(tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """Return the plain text of each paragraph, list item, heading and cell, with its line, from 0."""
    return [
        (line, "".join(_plain(token) for token in block.children or ()))
        for line, block in _inline_blocks(tokens)
    ]


def links(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the href and the words of each link; addresses that stand as they are, too."""
    for line, block in _inline_blocks(tokens):
        opened: tuple[int, str] | None = None
        words = ""
        for at, token in _with_lines(line, block):
            if token.type == "link_open":
                opened, words = (at, str(token.attrs["href"])), ""
            elif token.type == "link_close" and opened:
                yield (*opened, words)
                opened = None
            else:
                words += _plain(token)


def not_shown(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Yield what a page does not show as it was meant, once a line: its line, what was found, and its kind.

    The kinds are "" (HTML, pictures and what only some programs know), "footnote" and "list" (lines that look like the
    items of a list and run on in one paragraph).
    """
    last = -1
    for line, found, kind in _not_shown(tokens):
        if line != last:
            yield line, found, kind
        last = line


def _not_shown(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    for block in tokens:
        if block.type == "html_block" and block.map:
            yield from _html(block.map[0], block.content)
    for line, block in _inline_blocks(tokens):
        yield from _in_line(line, block)


def _in_line(line: int, block: Token) -> Iterator[tuple[int, str, str]]:
    items = []
    beginning, linked = True, 0
    for at, token in _with_lines(line, block):
        linked += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "html_inline":
            yield from _html(at, token.content)
        elif token.type == "image":
            yield at, f"![{token.content}]({token.attrs['src']})", ""
        elif token.type == "text" and linked:
            if token.content.startswith("^"):
                yield at, f"[{token.content}]", "footnote"
        elif token.type == "text":
            found = [
                (m.start(), m[0], kind)
                for rule, kind in NOT_SHOWN
                if (m := rule.search(token.content))
            ]
            if found:
                yield at, *min(found)[1:]
            if beginning and (bullet := BULLET.match(token.content)):
                yield at, bullet[0], "list"
            elif beginning and (item := ITEM.match(token.content)):
                items.append((at, item[0], "list"))
        beginning = token.type in ("softbreak", "hardbreak")
    if len(items) > 1:
        yield from items


def _html(line: int, content: str) -> Iterator[tuple[int, str, str]]:
    for at, text in enumerate(content.split("\n"), start=line):
        if tag := HTML.search(text):
            yield at, tag[0], ""


def _inline_blocks(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Yield what holds words, with its line."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type == "inline":
            yield line, token


def _with_lines(line: int, block: Token) -> Iterator[tuple[int, Token]]:
    for token in block.children or ():
        yield line, token
        line += token.type in ("softbreak", "hardbreak")
        line += token.content.count("\n") if token.type == "html_inline" else 0


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""
