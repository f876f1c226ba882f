"""English words, so that a correct word is never taken for a slip of another: those of pyspellchecker, in either spelling."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files

import spellchecker

from catalogue.search.query.spellings import other_spellings
from catalogue.search.query.thesaurus import THESAURUS


@cache
def english_words() -> frozenset[str]:
    """Return the 160,000 words of pyspellchecker, which takes 0.1 s.

    Its own SpellChecker, which takes nine times as long, also holds what we do not ask for.
    """
    packed = (files(spellchecker) / "resources" / "en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed))) | THESAURUS.names


def is_english(word: str) -> bool:
    """Whether a word, in lowercase, is English in UK or US spelling, a plural of such a word, or a name that we know."""
    return any(
        form in english_words() or (form.endswith("s") and form[:-1] in english_words())
        for form in (word, *other_spellings(word))
    )
