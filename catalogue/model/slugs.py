"""Slugs: the names of methods in addresses and of their files, made from titles and compared.

A slug has lowercase letters of English, digits and single hyphens between them.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from catalogue.model.letters import fold

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a slug is called that cannot be made of a name, because it has no Latin letter or figure.
NO_SLUG = "name-of-the-method"
MAX_SLUG_LENGTH = 60
# Names of devices on Windows, where no file can have them, with any ending.
RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)

# What people end the names of such files with, and what systems add to the name of a second copy: "x (1)", "x - Copy".
_ENDINGS = r"\.(?:markdown|mdown|mkd|md|txt|text|ya?ml)"
_COPY = r"\s*\((?:\d+|(?:\w+ )?copy)\)|\s+(?:-\s+)?copy(?:\s+\d+)?"
_ADDED = re.compile(rf"\Acopy of |(?:{_ENDINGS}|{_COPY})+\Z", re.IGNORECASE)

# Below this likeness nobody is asked "Did you mean …?" of a name in a file: the two are different words.
MEANT = 70


def proposed_slug(words: str) -> str:
    """Turn a title or a file name into a slug that any system can have as the name of a file."""
    plain = re.sub(r"['\u2019]", "", fold(words))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or NO_SLUG
    return f"{slug}-method" if slug in RESERVED_NAMES else slug


def file_slug(name: str) -> str:
    """Return the slug that the name of a file means, whatever its ending: "World Cafe (1).txt" gives "world-cafe"."""
    return proposed_slug(_ADDED.sub("", name.rstrip("~")))


def slug_of(title: str) -> str:
    """Return the file name of a title, without .md: small letters, figures, hyphens, at most 60.

    A title without any Latin letter or figure gives "name-of-the-method".
    """
    slug = proposed_slug(title[:500])
    if len(slug) > MAX_SLUG_LENGTH:
        slug = slug[: MAX_SLUG_LENGTH + 1].rpartition("-")[0] or slug[:MAX_SLUG_LENGTH]
    return slug


def near_slugs(slug: str, known: list[str], count: int = 3, cutoff: float = 50) -> list[str]:
    """Return the known slugs most like one that does not exist, the most alike first; `cutoff` is in percent."""
    word = proposed_slug(slug[:100])
    if word == NO_SLUG:
        return []
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=cutoff, limit=count)
    return [near for near, _, _ in found]
