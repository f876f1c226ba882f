"""Characters that cannot be seen or printed, and the three policies for them: escape, strip, reject.

They make a text look other than it is, to readers and to whoever reviews it. Messages and logs escape them, what is
typed into a form or a search is stripped of them, a method file is rejected for them.
"""

from __future__ import annotations

import re
import unicodedata

# Controls, marks that turn the direction of reading round, blanks without width, noncharacters. For a character class
# in a regular expression, of Python or of JSON Schema: as far as one character alone decides.
REJECTED = (
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
    # The two selectors of text and emoji belong behind a symbol, or between a digit and the frame of a key.
    r"|(?:(?<![^\w\s\ufe00-\ufe0f])|^)[\ufe0e\ufe0f](?!\u20e3)"
)
# Whatever stands beside it.
UNPRINTABLE_ALONE = re.compile(rf"[{REJECTED}{_BEYOND}]")
# In one line of text.
UNPRINTABLE = re.compile(rf"{UNPRINTABLE_ALONE.pattern}|{_OUT_OF_PLACE}")
# In a text of several lines: tabs and ends of lines are what they are.
UNPRINTABLE_IN_LINES = re.compile(rf"(?![\t\n\r\x85])(?:{UNPRINTABLE.pattern})", re.MULTILINE)
_STRIPPED = re.compile(rf"[\ud800-\udfff]|{UNPRINTABLE_IN_LINES.pattern}", re.MULTILINE)
# Controls, marks of format, surrogates, ends of lines and paragraphs.
_ESCAPED = ("Cc", "Cf", "Cs", "Zl", "Zp")
# GitHub obeys "##[error]" anywhere in a line of the log, as others do "##vso[" or "##teamcity[".
FORGE_COMMAND = re.compile(r"##(?=\w*\[)")


def escape(text: str) -> str:
    """Return a text on one line, with what cannot be seen or printed written as an escape.

    So neither a file's name nor its content can break a message in two, colour a terminal, or give a command to the
    machine of a forge that reads the log.
    """
    text = FORGE_COMMAND.sub(r"#\\x23", text)
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
    """Whether a line of text holds a character that no method file may have."""
    return not plain(text) and UNPRINTABLE.search(text) is not None


def plain(text: str) -> bool:
    """Whether a line of text is of visible ASCII and spaces alone, which is quicker to find out than what else there is."""
    return text.isascii() and text.isprintable()
