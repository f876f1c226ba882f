"""Topics: what the ordinary words of public services are about, for those that no method uses. They stand in topics.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalogue.storage.fulltext import stems_of
from catalogue.yaml_files import read_yaml

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
    """Return the sectors of cases that some words are about, each once."""
    topics = filter(None, map(topic_of, words))
    return tuple(dict.fromkeys(topic.sector for topic in topics if topic.sector))


def topic_of(word: str) -> Topic | None:
    """Return what a word or group of words is about; None if that is not known."""
    return _topics().get(stems_of(word))
