"""The people and groups who worked on the catalogue, gathered from the credits of all methods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.model.letters import name_key
from catalogue.model.method import Credit
from catalogue.vocabulary import VOCABULARY


@dataclass(frozen=True)
class Work:
    """One kind of work: a value of the vocabulary's roles, "" if unknown.

    `methods` are (slug, title) in the order of titles.
    """

    role: str
    methods: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Contributor:
    """One person or group, their link ("" without one), and their work by kind."""

    name: str
    url: str
    works: tuple[Work, ...]


def gather(credits: Iterable[tuple[str, str, Credit]]) -> tuple[Contributor, ...]:
    """Join the credits (slug, title of the method, credit) of each name, in the order of the first ones.

    One name, whatever its capitals, accents and spaces, is one person; the first spelling and the first link
    are shown.
    """
    people: dict[str, list[tuple[str, str, Credit]]] = {}
    for slug, title, credit in credits:
        people.setdefault(name_key(credit.name), []).append((slug, title, credit))
    return tuple(_contributor(same_name) for same_name in people.values())


def _contributor(credits: list[tuple[str, str, Credit]]) -> Contributor:
    # A dictionary keeps the order and drops a method that names somebody twice for one thing.
    works = {
        role: {slug: title for slug, title, credit in credits if credit.role == role}
        for role in (*VOCABULARY.choices["role"].values, "")
    }
    url = next((credit.url for _, _, credit in credits if credit.url), "")
    done = tuple(Work(role, tuple(methods.items())) for role, methods in works.items() if methods)
    return Contributor(credits[0][2].name, url, done)
