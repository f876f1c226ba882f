r"""Finds hrefs that look like paths of this site, and lead to another one.

Browsers take `//host`, `/\host` and `https:/host` for other sites in different ways.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator

from catalogue.model.problems import Problem, shown
from catalogue.urls import PATHS

# Characters that browsers remove from a URL before they parse it.
_REMOVED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://[^/\\?#\s]", re.IGNORECASE)
# URLs in Markdown and HTML: [text](URL), [text]: URL, <a href=URL>.
_HREFS = re.compile(
    r"\]\([ \t\n]*<?(?P<inline>[^)>\n]*)"
    r"|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\n?[ \t]*<?(?P<reference>[^\s>]+)"
    r"|\bhref\s*=\s*[\"']?(?P<html>[^\"'>\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


# A link to the page of a method, as stored HTML has it.
_METHOD_LINK = re.compile(
    rf'<a (?:[a-z]+="[^"]*" )*href="{PATHS.method("")}([^"/?#]+)[^"]*"[^>]*>(.*?)</a>', re.DOTALL
)


def unlink_methods(stored: str, slugs: Container[str]) -> str:
    """Return stored HTML in which links to methods other than `slugs` are plain text."""
    return _METHOD_LINK.sub(lambda link: link[0] if link[1] in slugs else link[2], stored)


def leaves_unseen(href: str) -> bool:
    """Whether an href, as a browser gets it, leads to another site without being an absolute URL."""
    read = _REMOVED.sub("", href)
    if _SCHEME.match(read):
        return not _ABSOLUTE.match(read)
    return read.replace("\\", "/").startswith("//")


def link_problems(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """Yield the links of a Markdown text that lead away unseen; `first_line` is the line on which it begins."""
    for match in _HREFS.finditer(text):
        kind = match.lastgroup or ""
        written = match[kind].strip()
        decoded = html.unescape(written)
        if leaves_unseen(decoded) or leaves_unseen(_ESCAPED.sub(r"\1", decoded)):
            start = match.start(kind)
            line = first_line + text.count("\n", 0, start)
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            yield Problem("link-address", path, line, column, {"found": shown(written)})
