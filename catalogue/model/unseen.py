"""Characters that cannot be seen: controls, marks that turn the direction of reading round, blanks without width.

They make a text look other than it is, to readers and to whoever reviews it. The reader finds them in files, and
authoring/form/method_writer.py takes them out of what people type.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from catalogue.model.problems import Problem

CODE = "text-unseen"
# For a set of characters in a regular expression, of Python or of JSON Schema: as far as one character alone decides.
UNSEEN_SIGNS = (
    r"\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
)
_BEYOND = (
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
# Persian, the scripts of India and joined emoji need the two joiners; Latin letters, blanks and marks never do.
_JOINED = "\u0600-\u1dff\u2100-\ufdcf\ufdf0-\ufefe\U00010000-\U0001ffff"
_OUT_OF_PLACE = (
    rf"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
    # The two selectors of text and emoji belong behind a sign, or between a figure and the frame of a key.
    r"|(?:(?<![^\w\s\ufe00-\ufe0f])|^)[\ufe0e\ufe0f](?!\u20e3)"
)
_ALONE = re.compile(rf"[{UNSEEN_SIGNS}{_BEYOND}]")
# In one line of text.
UNSEEN = re.compile(rf"{_ALONE.pattern}|{_OUT_OF_PLACE}")
# In a text of several lines: tabs and ends of lines are what they are.
UNSEEN_IN_LINES = re.compile(rf"(?![\t\n\r\x85])(?:{UNSEEN.pattern})", re.MULTILINE)
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Markdown turns these into the characters that they stand for.
REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z]{2,31});?")
MAX_REPORTED = 20
MEND = "Delete it, or type the words again instead of pasting them."


def unseen_problems(path: str, text: str, markdown_line: int) -> Iterator[Problem]:
    """Yield the characters of a text that cannot be seen, one problem for each row of them, at most MAX_REPORTED.

    Markdown begins on `markdown_line`, counted from 1, and the front matter ends there.
    """
    reported = 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        end = -1
        for match, character in _found(line, markdown=number >= markdown_line):
            if match.start() > end:
                if reported == MAX_REPORTED:
                    return
                reported += 1
                yield Problem(path, number, match.start() + 1, CODE, _what(character), MEND)
            end = match.end()


def _found(line: str, markdown: bool) -> list[tuple[re.Match[str], str]]:
    """Return what cannot be seen in a line, and the character it stands for, in their order.

    In front matter, controls are left to the reader of YAML, which refuses them, and neighbours may be written as
    escapes: what only they decide is judged by its value. In Markdown, references such as `&shy;` count too.
    """
    if not markdown:
        alone = [(match, match[0]) for match in _ALONE.finditer(line)]
        return [pair for pair in alone if unicodedata.category(pair[1]) != "Cc"]
    found = [(match, match[0]) for match in UNSEEN_IN_LINES.finditer(line)]
    if "&" in line:
        found += [
            (match, character)
            for match in REFERENCE.finditer(line)
            if UNSEEN_IN_LINES.search(character := html.unescape(match[0]))
        ]
    return sorted(found, key=lambda pair: pair[0].start())


def _what(characters: str) -> str:
    character = characters[0]
    name = unicodedata.name(character, "a control character")
    does = "turns text round" if character in TURNING else "cannot be seen"
    return f"a character that {does} stands here (U+{ord(character):04X} {name})"
