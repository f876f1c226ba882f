"""English words, so that a correct word is never taken for a slip of another: those of pyspellchecker, in either spelling."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files

import spellchecker

from catalogue.search.query.spellings import other_spellings
from catalogue.search.query.thesaurus import THESAURUS

# How often a word stands in pyspellchecker's texts, at least, to be one that people type as it is: "healing" is not "hearing".
COMMON = 1000


@cache
def _frequencies() -> dict[str, int]:
    """Return how often each of the 160,000 words of pyspellchecker stands in its texts, which takes 0.1 s.

    Its own SpellChecker, which takes nine times as long, also holds what we do not ask for.
    """
    packed = (files(spellchecker) / "resources" / "en.json.gz").read_bytes()
    frequencies: dict[str, int] = json.loads(gzip.decompress(packed))
    return frequencies


@cache
def english_words() -> frozenset[str]:
    """Return the words of pyspellchecker, and the names that we know."""
    return frozenset(_frequencies()) | THESAURUS.names


def is_english(word: str) -> bool:
    """Whether a word, in lowercase, is English in UK or US spelling, a plural of such a word, or a name that we know."""
    return any(form in english_words() for form in _forms(word))


def is_common(word: str) -> bool:
    """Whether a word, in lowercase, is an English one that people often type."""
    return any(_frequencies().get(form, 0) >= COMMON for form in _forms(word))


def _forms(word: str) -> tuple[str, ...]:
    """Return a word in UK and US spelling, and what it is then the plural of."""
    forms = (word, *other_spellings(word))
    return (*forms, *(form[:-1] for form in forms if form.endswith("s")))
