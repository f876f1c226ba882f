"""Groups of words that mean one thing: "sign language" is not signing up, and a bus subsidy needs no bus. They stand in groups.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalogue.model.letters import cut, split_words
from catalogue.storage.fulltext import stem_of, stems_of
from catalogue.vocabulary import read_yaml

GROUPS_FILE = Path(__file__).with_name("groups.yaml")


class Group(NamedTuple):
    """A group as index stems, the other groups of its line and the words for what it is about; all empty if it says nothing."""

    stems: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    about: tuple[tuple[str, ...], ...] = ()


@cache
def _groups() -> dict[str, list[tuple[tuple[str, ...], Group]]]:
    """Return the groups with the stems of all their words, stop words too, by the first of these; the longest come first."""
    data = read_yaml(GROUPS_FILE)
    groups = {key_of(words): Group() for words in data["nothing"]}
    for line in data["groups"]:
        same = [stems_of(words) for words in line["words"]]
        about = tuple(map(stems_of, line["about"]))
        for words, stems in zip(line["words"], same, strict=True):
            others = tuple(dict.fromkeys(other for other in same if other != stems))
            groups[key_of(words)] = Group(stems, others, about)
    by_first: dict[str, list[tuple[tuple[str, ...], Group]]] = defaultdict(list)
    for key in sorted(groups, key=len, reverse=True):
        by_first[key[0]].append((key, groups[key]))
    return dict(by_first)


def key_of(words: str) -> tuple[str, ...]:
    """Return the stems of all words of a text, by which groups are found."""
    return tuple(map(stem_of, split_words(words)))


def group_at(words: Sequence[str], position: int) -> tuple[int, Group] | None:
    """Return the longest group that begins at a place of some folded words, with its number of words; None if none does."""
    for key, group in _groups().get(stem_of(words[position]), ()):
        if tuple(map(stem_of, words[position : position + len(key)])) == key:
            return len(key), group
    return None


def group_spans(text: str) -> list[tuple[int, int]]:
    """Return where the groups of a text stand, as (start, end), in order and without overlaps."""
    tokens = list(cut(text))
    words = [token.folded for token in tokens]
    spans, position = [], 0
    while position < len(words):
        found = group_at(words, position)
        if found:
            spans.append((tokens[position].start, tokens[position + found[0] - 1].end))
        position += found[0] if found else 1
    return spans


def apart(text: str) -> tuple[str, list[frozenset[str]]]:
    """Return a text without its groups, and the stems of the words of each of its groups, stop words too."""
    outside, groups, end = "", [], 0
    for start, until in group_spans(text):
        outside += f"{text[end:start]} "
        groups.append(frozenset(key_of(text[start:until])))
        end = until
    return outside + text[end:], groups
