"""English words, so that a correct word is never taken for a slip of another: those of pyspellchecker, in either spelling."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import spellchecker
from rapidfuzz.distance import OSA

from catalogue.search.query.spellings import other_spellings
from catalogue.search.query.thesaurus import THESAURUS


@cache
def _words() -> frozenset[str]:
    """Return the 160,000 words of pyspellchecker, which takes 0.1 s.

    Its own SpellChecker, which takes nine times as long, also holds what we do not ask for.
    """
    packed = (files(spellchecker) / "resources" / "en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed))) | THESAURUS.names


def is_english(word: str) -> bool:
    """Whether a word, in lowercase, is English in UK or US spelling, a plural of such a word, or a name that we know."""
    return any(
        form in _words() or (form.endswith("s") and form[:-1] in _words())
        for form in (word, *other_spellings(word))
    )


def words_near(known: Iterable[str], least: int) -> list[str]:
    """Return the English words of at least so many letters that are one slip away from a known word with the same first letter, and not known.

    Words one slip apart are alike when a letter is left out of one or both, so only those are compared.
    """
    by_rest = defaultdict[str, set[str]](set)
    for word in known:
        for rest in _with_one_left_out(word):
            by_rest[rest].add(word)
    return sorted(
        word
        for word in _words()
        if len(word) >= least
        and word not in by_rest.get(word, ())
        and any(
            word[0] == other[0] and OSA.distance(word, other, score_cutoff=1) == 1
            for rest in _with_one_left_out(word)
            for other in by_rest.get(rest, ())
        )
    )


def _with_one_left_out(word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without each of its letters."""
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))
