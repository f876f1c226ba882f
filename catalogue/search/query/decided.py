"""Whether a text says that nothing is left to decide, or that people are asked for show: the phrases are in decided.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from catalogue.vocabulary import read_yaml

DECIDED_FILE = Path(__file__).with_name("decided.yaml")
# How many words before a phrase may deny it, in the same part of a sentence.
DENIED_WITHIN = 5
_PART_END = re.compile(r"[.,;:!?()]|\bbut\b")


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of phrases as they are written but for capitals; "~" stands for up to four words in between."""
    parts = [re.escape(each).replace(r"\ \~\ ", r"\s(?:[\w']+\s){0,4}").replace(r"\ ", r"\s") for each in phrases]  # fmt: skip
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.I)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = read_yaml(DECIDED_FILE)
    return phrase_pattern(data["decided"] + data["sham"]), phrase_pattern(data["denied"])


def decided_in(text: str) -> str:
    """Return the first words of a text which say that nothing is left to decide; "" if none do."""
    phrases, denied = _patterns()
    for match in phrases.finditer(text):
        before = _PART_END.split(text[: match.start()])[-1].split()[-DENIED_WITHIN:]
        words = " ".join(before)
        if not denied.search(words) and not re.search(r"n['\u2019]t\b", words, re.I):
            return match[0]
    return ""
