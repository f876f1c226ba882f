"""Topics: what the ordinary words of public services are about, for those that no method uses. They stand in topics.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalogue.storage.fulltext import stems_of
from catalogue.vocabulary import read_yaml

TOPICS_FILE = Path(__file__).with_name("topics.yaml")


class Topic(NamedTuple):
    """Words that methods use for a topic, and the sector of cases, an option of the vocabulary; "" for none."""

    about: tuple[str, ...]
    sector: str


@cache
def _topics() -> dict[tuple[str, ...], Topic]:
    """Return the topic of each word by its stems; of a word in several topics, the first one."""
    data = read_yaml(TOPICS_FILE)
    topics: dict[tuple[str, ...], Topic] = {}
    for entry in data["topics"]:
        topic = Topic(tuple(entry["about"]), entry["sector"])
        for word in entry["words"]:
            topics.setdefault(stems_of(str(word)), topic)
    return topics


def sectors_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the sectors of cases that some words are about, each once, by the words as they are or in the plural: training has no trains."""
    known = _sectors()
    found = (known.get(form, "") for word in words for form in _singulars(word))
    return tuple(dict.fromkeys(sector for sector in found if sector))


@cache
def _sectors() -> dict[str, str]:
    """Return the sector of each word and of its singular; of a word in several topics, the first one."""
    data = read_yaml(TOPICS_FILE)
    sectors: dict[str, str] = {}
    for entry in data["topics"]:
        for word in entry["words"]:
            for form in _singulars(str(word)):
                sectors.setdefault(form, entry["sector"])
    return sectors


def _singulars(word: str) -> tuple[str, ...]:
    """Return a word, and what it is the plural of if it is one."""
    if word.endswith("ies"):
        return word, f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith("ss"):
        return word, word[:-1], word.removesuffix("es")
    return (word,)


def topic_of(word: str) -> Topic | None:
    """Return what a word or group of words is about; None if that is not known."""
    return _topics().get(stems_of(word))
