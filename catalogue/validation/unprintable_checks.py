"""Finds the characters of a file that cannot be seen, and names each with its position."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from catalogue.model.problems import Problem
from catalogue.model.unprintable import UNPRINTABLE_ALONE, UNPRINTABLE_IN_LINES, plain

TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Markdown turns these into the characters that they stand for.
REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z]{2,31});?")
MAX_REPORTED = 20


def unprintable_problems(path: str, text: str, markdown_line: int) -> Iterator[Problem]:
    """Yield the characters of a text that cannot be seen, one problem for each row of them, at most MAX_REPORTED.

    Markdown begins on `markdown_line`, counted from 1, and the front matter ends there.
    """
    reported = 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        end = -1
        for match, characters in _found(line, markdown=number >= markdown_line):
            if match.start() > end:
                if reported == MAX_REPORTED:
                    return
                reported += 1
                name = unicodedata.name(characters[0], "a control character")
                values = {"character": f"U+{ord(characters[0]):04X} {name}"}
                variant = "turning" if characters[0] in TURNING else "hidden"
                yield Problem("text-unseen", path, number, match.start() + 1, values, variant)
            end = match.end()


def _found(line: str, markdown: bool) -> list[tuple[re.Match[str], str]]:
    """Return what cannot be seen in a line, and the characters it stands for, in their order.

    In front matter, controls are left to the reader of YAML, which refuses them, and neighbours may be written as
    escapes: what only they decide is judged by its value. In Markdown, references such as `&shy;` count too.
    """
    if plain(line) and not (markdown and "&" in line):
        return []
    if not markdown:
        alone = [(match, match[0]) for match in UNPRINTABLE_ALONE.finditer(line)]
        return [pair for pair in alone if unicodedata.category(pair[1]) != "Cc"]
    found = [(match, match[0]) for match in UNPRINTABLE_IN_LINES.finditer(line)]
    if "&" in line:
        found += [
            (match, characters)
            for match in REFERENCE.finditer(line)
            if UNPRINTABLE_IN_LINES.search(characters := html.unescape(match[0]))
        ]
    return sorted(found, key=lambda pair: pair[0].start())
