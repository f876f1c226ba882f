"""The thesaurus: synonyms, and words of low weight in a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalogue.storage.fulltext import stems_in
from catalogue.vocabulary import read_yaml

THESAURUS_FILE = Path(__file__).with_name("thesaurus.yaml")


@dataclass(frozen=True)
class Thesaurus:
    """Everything in thesaurus.yaml: lines of synonyms, and the generic and filler words, names, and words that are no reasons, in lowercase."""

    synonyms: tuple[tuple[str, ...], ...]
    generic: frozenset[str]
    fillers: frozenset[str]
    names: frozenset[str]
    no_reasons: frozenset[str]


def load_thesaurus(path: Path = THESAURUS_FILE) -> Thesaurus:
    """Read the thesaurus file. Raises KeyError or yaml.YAMLError if it was edited wrongly."""
    data = read_yaml(path)
    return Thesaurus(
        synonyms=tuple(tuple(str(word) for word in line) for line in data["synonyms"]),
        generic=frozenset(data["generic"]),
        fillers=frozenset(data["fillers"]),
        names=frozenset(data["names"]),
        no_reasons=frozenset(data["no_reasons"]),
    )


THESAURUS = load_thesaurus()


def is_reason(stem: str) -> bool:
    """Whether a word with a stem can be a reason for a method: no number, unit or date, and no word of any story."""
    return not any(letter.isdecimal() for letter in stem) and stem not in _no_reasons()


@cache
def _no_reasons() -> frozenset[str]:
    words = THESAURUS.fillers | THESAURUS.generic | THESAURUS.no_reasons
    return stems_in(" ".join(sorted(words)))
