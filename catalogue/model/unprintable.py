"""Characters that cannot be seen or printed, and the three policies for them: escape, strip, reject.

Messages and logs escape them, what is typed into a form or a search is stripped of them, a method file is
rejected for them.
"""

from __future__ import annotations

import re
import unicodedata

# Control characters, and those without width that hide in a name or turn its direction round. Written as a
# character class that JSON Schema takes too.
REJECTED = r"\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_REJECTED = re.compile(f"[{REJECTED}]")
# These but for tabs and line ends, and what no file can hold: surrogates and what Unicode calls noncharacters.
_STRIPPED = re.compile(
    r"(?![\t\n\r\x85])"
    rf"[{REJECTED}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
# Controls, marks of format, surrogates, ends of lines and paragraphs.
_ESCAPED = ("Cc", "Cf", "Cs", "Zl", "Zp")


def escape(text: str) -> str:
    """Return a text on one line, with what cannot be seen or printed written as an escape.

    So neither a file's name nor its content can break a message in two or colour a terminal.
    """
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _ESCAPED
        else char
        for char in text
    )


def strip(text: str) -> str:
    """Return a text without what cannot be seen or stored; tabs and line ends stay."""
    return _STRIPPED.sub("", text).replace("\x85", " ")


def strip_line(text: str) -> str:
    """Return a text as `strip` does, on one line with single spaces and none at its ends."""
    return " ".join(strip(text).split())


def rejected(text: str) -> bool:
    """Whether a text holds a character that no field of a method file may have."""
    return _REJECTED.search(text) is not None
