"""Characters that cannot be printed: escaped in messages and logs, stripped from what is typed, rejected in files."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.unprintable import (
    UNPRINTABLE_IN_LINES,
    escape,
    plain,
    rejected,
    strip,
    strip_line,
)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Fête", "Fête"),
        ("a\nb\r\x85c", r"a\nb\r\x85c"),
        ("red\x1b[31m", r"red\x1b[31m"),
        ("a\u202e\u200b\u2028\ud800", r"a\u202e\u200b\u2028\ud800"),
        ("5\xa0000 \U0001f469", "5\xa0000 \U0001f469"),
    ],
)
def test_what_cannot_be_printed_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text())
def test_an_escaped_text_is_one_line_of_characters_that_can_be_stored(text: str) -> None:
    escaped = escape(text)
    assert len(escaped.splitlines()) == bool(escaped)
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, escaped))
    assert escape(escaped) == escaped
    assert escaped.encode("utf-8").decode("utf-8") == escaped


@pytest.mark.parametrize(
    ("text", "stripped", "line"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc", "ab[31mc"),
        ("\ufeffa\u202eb\u2066c\ud800", "abc", "abc"),
        (" a \t\r\n b\x85c ", " a \t\r\n b c ", "a b c"),
        ("a\ufdd0\U0001fffeb\U0010ffff", "ab", "ab"),
        ("👩\u200d👧", "👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_what_cannot_be_seen_is_stripped(text: str, stripped: str, line: str) -> None:
    assert (strip(text), strip_line(text)) == (stripped, line)


@given(st.text())
def test_a_stripped_line_is_never_rejected(text: str) -> None:
    assert not rejected(strip_line(text))


@pytest.mark.parametrize("char", ["\x00", "\x1f", "\x7f", "\x9f", "\u200b", "\u202e", "\u2066", "\ufeff"])  # fmt: skip
def test_a_text_with_a_character_that_cannot_be_seen_is_rejected(char: str) -> None:
    assert (rejected(f"a{char}b"), rejected("a b é 👩\u200d👧")) == (True, False)


def test_a_plain_text_has_no_character_that_is_rejected() -> None:
    characters = [chr(code) for code in range(0x500)]
    assert [c for c in characters if plain(c)] == [c for c in characters if " " <= c <= "~"]
    assert not any(UNPRINTABLE_IN_LINES.search(c) for c in characters if plain(c))
