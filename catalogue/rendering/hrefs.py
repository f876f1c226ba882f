r"""Which addresses in a text look as if they led to a page of this site, and lead to another one.

Browsers take `//host`, `/\host` and `https:/host` for other sites in different ways. rendering/markdown.py makes such links
harmless, and validation/style_checks.py says where they stand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from catalogue.model.problems import Problem, shown

# What browsers leave out of an address before they read it.
_LEFT_OUT = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_WHOLE = re.compile(r"https?://[^/\\?#\s]", re.IGNORECASE)
# Where Markdown and HTML have addresses: [words](address), [words]: address, <a href=address>.
_PLACES = re.compile(
    r"\]\([ \t\n]*<?(?P<inline>[^)>\n]*)"
    r"|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\n?[ \t]*<?(?P<reference>[^\s>]+)"
    r"|\bhref\s*=\s*[\"']?(?P<html>[^\"'>\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def leaves_unseen(address: str) -> bool:
    """Whether an address, as a browser gets it, leads away from this site without being a whole web address."""
    read = _LEFT_OUT.sub("", address)
    if _WEB.match(read):
        return not _WHOLE.match(read)
    return read.replace("\\", "/").startswith("//")


def link_problems(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """Yield the links of a Markdown text that lead away unseen; `first_line` is the line on which it begins."""
    for found in _PLACES.finditer(text):
        kind = found.lastgroup or ""
        written = found[kind].strip()
        decoded = html.unescape(written)
        if leaves_unseen(decoded) or leaves_unseen(_ESCAPED.sub(r"\1", decoded)):
            start = found.start(kind)
            line = first_line + text.count("\n", 0, start)
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            yield Problem("link-address", path, line, column, {"found": shown(written)})
