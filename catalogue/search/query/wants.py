"""What the words of a search want of people, as purposes of the vocabulary: the phrases are in wants.yaml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from catalogue.model.letters import split_words
from catalogue.search.query.decided import decided_in
from catalogue.storage.fulltext import stem_of, stems_in
from catalogue.vocabulary import read_yaml

INFORM = "inform"
WANTS_FILE = Path(__file__).with_name("wants.yaml")
# What somebody does not want, with the words up to the next comma or four words on. A "not" after "why" is part of what
# they ask: the first group holds it.
NOT_WANTED = re.compile(
    r"(\bwhy\b(?:[^\S\n]+[\w'\u2019-]+){0,4}?[^\S\n]+(?:not|never)\b)"
    r"|\b(?:instead of|rather than|without|not|never|no more)\b(?:[^\S\n]+[\w'\u2019-]+){0,4}",
    re.I,
)
# What is to be replaced by something else.
REPLACED = re.compile(
    r"\b(?:instead of|rather than|in place of)\b((?:[^\S\n]+[\w'\u2019-]+){1,4})", re.I
)
# What "…" stands for between the parts of a phrase: up to three words.
_GAP = r"(?:\s\S+){0,3}?\s"


@cache
def read_phrases(path: Path, part: str = "") -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Read a YAML file of phrases by purpose, or a part of one: each purpose with the pattern of each of its phrases.

    A pattern finds its phrase in any of its forms, in the stems of a text with spaces between.
    """
    data = read_yaml(path)
    named = data[part] if part else data
    return tuple((p, _pattern(phrase)) for p, phrases in named.items() for phrase in phrases)


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){_GAP.join(map(re.escape, map(_stems, phrase.split('…'))))}(?!\S)")


def wanted_purposes(text: str) -> tuple[str, ...]:
    """Return the purposes that a text wants, in the vocabulary's order; what stands after "instead of" and its like is left out.

    Where nothing is left to decide, people can only be told.
    """
    stems = _stems(NOT_WANTED.sub(lambda found: found[1] or " ", text))
    told = [INFORM] if decided_in(text) else []
    said = (purpose for purpose, phrase in read_phrases(WANTS_FILE) if phrase.search(stems))
    return tuple(dict.fromkeys((*told, *said)))


def unwanted_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that a text wants to be replaced, as in "instead of a public meeting", and does not use elsewhere."""
    replaced = REPLACED.findall(text)
    return stems_in(" ".join(replaced)) - stems_in(REPLACED.sub(" ", text)) if replaced else frozenset()  # fmt: skip


def _stems(text: str) -> str:
    return " ".join(map(stem_of, split_words(text)))
