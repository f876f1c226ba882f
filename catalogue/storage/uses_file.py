"""The reports from practice of a build: one file of JSON beside the database, read once when a build is opened."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

import msgspec

from catalogue.uses.use import Use

USES = "uses.json"


def write_uses(folder: Path, uses: Iterable[Use]) -> None:
    """Write the uses into the folder of a new build. Raises OSError."""
    (folder / USES).write_bytes(msgspec.json.encode(list(uses)))


def read_stored_uses(folder: Path, slugs: Container[str]) -> dict[str, list[Use]]:
    """Return the uses of the methods with these slugs in a build, by slug, the newest first.

    Raises OSError or ValueError if their file is not there or damaged.
    """
    uses = msgspec.json.decode((folder / USES).read_bytes(), type=list[Use])
    found: dict[str, list[Use]] = {}
    for use in sorted(uses, key=lambda use: (use.when, use.slug), reverse=True):
        if use.method in slugs:
            found.setdefault(use.method, []).append(use)
    return found
