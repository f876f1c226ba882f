"""A `Problem`: what is wrong in a file, where, what was found and how to mend it.

Everything that reads method files yields problems instead of raising; the command line
prints them and the build names them in its log.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

# How many characters of what was found a message shows.
# A mend repeats a text whole up to this length, so that it can be copied.
MOST_REPEATED = 300
MOST_SHOWN = 80

# GitHub obeys "##[error]" anywhere in a line of the log, as others do "##vso[" or "##teamcity[".
FORGE_COMMAND = re.compile(r"##(?=\w*\[)")

Severity = Literal["error", "warning", "reminder"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. An error keeps its file off the site; a warning does not.

    A reminder asks for a review and never counts as a fault, so that time alone fails nobody.
    `line` and `column` count from 1. `code` is short and stays the same for years.
    """

    path: str
    line: int
    column: int
    code: str
    what: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        warning = "" if self.severity == "error" else f"{self.severity}: "
        what = self.what if self.what[-1:] in ".?!" else f"{self.what}."
        place = f"{self.path}:{self.line}:{self.column}"
        return printable(f"{place}: {warning}{what} {self.mend} [{self.code}]")


def shown(found: str, most: int = MOST_SHOWN) -> str:
    """Return what was found as messages show it: a long text is cut, with dots in place of the rest."""
    return found if len(found) <= most else f"{found[:most].rstrip()} …"


def printable(text: str) -> str:
    """Return a text on one line, with what cannot be seen or printed written as an escape.

    So neither a file's name nor its content can break a message in two, colour a terminal, or give a command to the
    machine of a forge that reads the log.
    """
    text = FORGE_COMMAND.sub(r"#\\x23", text)
    if text.isprintable():
        return text
    return "".join(_escaped(sign) if _unseen(sign) else sign for sign in text)


def _unseen(sign: str) -> bool:
    """Whether a sign is a control, a mark of format, the half of a character or a line's end."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word most like `word`, or "" if none is close.

    `cutoff` says how close: 1 is the same word but for capitals.
    """
    matches = get_close_matches(word.lower(), list(known), n=1, cutoff=cutoff)
    return matches[0] if matches else ""


def choose(found: str, known: Iterable[str], synonyms: dict[str, str] | None = None) -> str:
    """Say which options there are, and which one `found` was probably meant to be.

    `synonyms` maps other words people use to the option they mean.
    """
    options = list(known)
    word = found.lower().strip()
    near = (synonyms or {}).get(word) or nearest(word, options)
    hint = f' Did you mean "{near}"?' if near else ""
    return f"Choose one of {', '.join(options)}.{hint}"
