"""Letters: composes and folds texts, cuts them into words, and orders them, for every room alike.

The index, searches, names, duplicates and near matches all compare folded words; lists are sorted by collation keys.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pyuca import Collator

# Marks that change no letter of Latin, Greek, Cyrillic, Hebrew or Arabic, and letters used as apostrophes. In the
# scripts of India and South-East Asia marks are vowels, which stay.
_ACCENTS = (
    (0x02B9, 0x02C2), (0x0300, 0x0370), (0x0483, 0x048A), (0x0591, 0x05BE), (0x05BF, 0x05C0), (0x05C1, 0x05C3),
    (0x05C4, 0x05C6), (0x05C7, 0x05C8), (0x0610, 0x061B), (0x0640, 0x0641), (0x064B, 0x0660), (0x0670, 0x0671),
    (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE00, 0xFE10), (0xFE20, 0xFE30),
)  # fmt: skip
# Words whose folding is cached: about as many as the texts have.
MAX_FOLDED_WORDS = 16_384
# What has no width within a word: soft hyphens, joiners, marks of direction.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_MARKS = "\ufe20-\ufe2f" + "".join(
    chr(code) for code in range(0x0300, 0xAC00) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
# Thai to Tibetan, Burmese, Khmer, Han, kana, Hangul: nothing stands between the words of a name, or Korean particles
# stand at their ends; each letter is a word of its own, so that any part of a name is found.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_IN_WORD = f"[{_MARKS}{_INVISIBLE}]*"
_LETTER = rf"(?![{_UNSPACED}])\w{_IN_WORD}"
_WORD = re.compile(rf"(?!\W)[{_UNSPACED}]{_IN_WORD}|(?:{_LETTER})+(?:\.(?:{_LETTER})+)*")
# The same for a text without what makes the pattern slow.
_PLAIN_WORD = re.compile(r"\w+(?:\.\w+)*")
_ODD = re.compile(f"[{_UNSPACED}{_MARKS}{_INVISIBLE}]")
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_LETTER_WITH = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH .+")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u0060\u00b4\uff07]")


class Word(NamedTuple):
    """A word of a text, folded, with its start and end (exclusive) in the text."""

    folded: str
    start: int
    end: int


def compose(text: str) -> str:
    """Return a text with each letter and its accents as one character where there is one (NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return a text as it is compared: lowercase, without accents, and with the plain letters of English for those of Latin scripts."""
    if text.isascii():
        return text.lower()
    whole = unicodedata.normalize("NFKD", text).casefold()
    return compose(unicodedata.normalize("NFKD", whole).translate(_folding()))


def name_key(name: str) -> str:
    """Return what two names share that people take for one: folded, with single spaces and straight apostrophes."""
    return " ".join(fold(_APOSTROPHES.sub("'", name)).split())


def is_plain(text: str) -> bool:
    """Whether all words of a text are runs of letters and digits: without marks, joiners or unspaced scripts."""
    return text.isascii() or _ODD.search(text) is None


def cut(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; in scripts without spaces, each letter."""
    for match in (_PLAIN_WORD if is_plain(text) else _WORD).finditer(text):
        yield Word(fold_word(match[0]), match.start(), match.end())


@lru_cache(maxsize=MAX_FOLDED_WORDS)
def fold_word(word: str) -> str:
    """Return one word folded; only in lowercase where that would make no word of it, as "½" is "1⁄2"."""
    folded = fold(word)
    return folded if _WORD.fullmatch(folded) else word.lower()


def split_words(text: str) -> list[str]:
    """Split a text into its folded words, stop words included."""
    return [word.folded for word in cut(text)]


def typed_words(text: str) -> list[tuple[str, str]]:
    """Split a text into words: each folded and as it was typed; adjacent letters of scripts without spaces are one."""
    words: list[tuple[str, str]] = []
    end = -1
    for word in cut(text):
        typed = text[word.start : word.end]
        if word.start == end and words and is_unspaced(words[-1][0]) and is_unspaced(word.folded):
            words[-1] = (words[-1][0] + word.folded, words[-1][1] + typed)
        else:
            words.append((word.folded, typed))
        end = word.end
    return words


def is_unspaced(word: str) -> bool:
    """Whether a folded word is of a script that has no spaces between words."""
    return not word.isascii() and _UNSPACED_LETTER.match(word) is not None


def sort_key(text: str) -> bytes:
    """Return the collation key of a text, by which lists are sorted (Unicode Collation Algorithm).

    The first call loads the table of weights: 0.1 seconds and 13 MB. So a build stores the keys, and a server has none.
    """
    weights = _collator().sort_key(compose(text))
    return struct.pack(f">{len(weights)}H", *weights)


@cache
def _collator() -> Collator:
    return Collator()


@cache
def _folding() -> dict[int, str | None]:
    """Return what becomes of letters that do not decompose: "ł" is L WITH STROKE, so "l"."""
    table: dict[int, str | None] = {}
    for first, last in _ACCENTS:
        table |= dict.fromkeys(range(first, last))
    for code in (*range(0x00DF, 0x02B0), *range(0x1D00, 0x1DC0), *range(0x2C60, 0x2C80), *range(0xA720, 0xA800)):  # fmt: skip
        if letter := _LETTER_WITH.fullmatch(unicodedata.name(chr(code), "")):
            table[code] = letter[1].lower()
    table |= dict.fromkeys(code for code in range(0x00AD, 0xFF00) if unicodedata.category(chr(code)) == "Cf")  # fmt: skip
    single = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ȷ": "j", "ŋ": "n", "ə": "e", "ɛ": "e", "ɔ": "o", "ĸ": "k"}  # fmt: skip
    return table | str.maketrans(single)
