"""Reads single parameters of a query string.

Nothing raises: what cannot be used is left out or cut, and named in a `Notice`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from catalogue.model.letters import compose
from catalogue.model.unprintable import strip_line

MAX_WORDS_LENGTH = 300
MAX_SHOWN = 60


class Parameters(Protocol):
    """The part of werkzeug's MultiDict that is used here."""

    def getlist(self, key: str) -> list[str]:
        """Return all values of a key."""

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, each once."""

    def __contains__(self, key: object) -> bool:
        """Whether there is a value of a key."""


@dataclass(frozen=True)
class Notice:
    """Something that was ignored or changed in a request, as data; not yet in words.

    `query` is the query string of what was left out; "" where that cannot be shown.
    """

    code: str
    name: str = ""
    found: str = ""
    options: tuple[str, ...] = ()
    query: str = ""


def readable(text: str) -> str:
    """Return unusable input as a message may quote it: short and without control characters."""
    plain = strip_line(text)
    return plain if len(plain) <= MAX_SHOWN else plain[: MAX_SHOWN - 1] + "…"


def read_values(name: str, parameters: Parameters) -> list[str]:
    """Return the different values of a parameter, without blanks."""
    return list(dict.fromkeys([compose(v.strip()) for v in parameters.getlist(name) if v.strip()]))


def read_words(parameters: Parameters, notices: list[Notice]) -> str:
    """Read the search words: one line, no control characters, cut at MAX_WORDS_LENGTH."""
    values = read_values("q", parameters)
    if len(values) > 1:
        notices.append(Notice("only-first", "q", readable(values[0])))
    words = strip_line(values[0]) if values else ""
    if len(words) > MAX_WORDS_LENGTH:
        notices.append(Notice("words-long", "q", str(MAX_WORDS_LENGTH)))
        words = strip_line(words[:MAX_WORDS_LENGTH])
    return words


def read_first(name: str, parameters: Parameters, notices: list[Notice]) -> str:
    """Read a parameter that has one value; the first counts."""
    if name not in parameters:
        return ""
    values = read_values(name, parameters)
    if len(values) > 1:
        notices.append(Notice("only-first", name, readable(values[0])))
    return values[0] if values else ""


def read_count(
    name: str, parameters: Parameters, default: int, maximum: int, notices: list[Notice]
) -> int:
    """Read a whole number from 1 to `maximum`; `default` where there is none."""
    value = read_first(name, parameters, notices)
    if not value:
        return default
    number = int(value) if re.fullmatch(r"[0-9]{1,12}", value) else 0
    if number < 1:
        notices.append(Notice("number-unreadable", name, readable(value)))
        return default
    if number > maximum:
        notices.append(Notice("number-large", name, readable(value), (str(maximum),)))
        return maximum
    return number
