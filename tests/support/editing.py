"""Short forms for tests that change method files and look at what a build then holds.

A file is always replaced whole, the way careful editors save, so that no reader meets half of one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from catalogue.build import builder, renderer
from catalogue.search.snapshot import Snapshot
from catalogue.storage.database import Store
from catalogue.storage.folder import BUILDS, DATABASE, POINTER
from catalogue.vocabulary import VOCABULARY

# Words of the six small methods that each tell some of them from the others.
WORDS = ("jury", "barn", "clinic", "postcard survey", '"lottery hear evidence"', "heron")

# What is said of a file that `break_file` has broken.
PURPOSES = ", ".join(VOCABULARY.facets["purpose"].values)
PROBLEM = f'purpose "dancing" is not one we use. Choose one of {PURPOSES}. [option-unknown]'


def save(file: Path, text: str) -> None:
    """Put a text in place of a file, all at once."""
    new = file.with_name(f".{file.name}.saving")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def change(file: Path, old: str, new: str) -> None:
    """Change one place of a file, or all places that are alike; there must be one."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    save(file, text.replace(old, new))


def break_file(file: Path) -> None:
    """Give a file an error: a purpose that does not exist."""
    change(file, "purposes: [", "purposes: [dancing, ")


def broken(file: str) -> str:
    """Return the whole message about a broken file, named as in messages; its purposes are on line 4."""
    return f"{file}:4:12: {PROBLEM}"


def fix_file(file: Path) -> None:
    """Take that error out again."""
    change(file, "purposes: [dancing, ", "purposes: [")


def holding(snapshot: Snapshot, words: str) -> list[str]:
    """Return the slugs of the methods that hold one of the words, in the order of titles."""
    scores = snapshot.rank_uncached(words)[1].scores
    return [slug for slug, score in zip(snapshot.slugs, scores, strict=True) if score > 0]


def state(folder: Path) -> dict[str, object]:
    """Return everything that a build can answer with, as plain values that can be compared."""
    opened = Snapshot(folder)
    slugs = opened.slugs
    with_pages = {slug: opened.page(slug) for slug in slugs}
    found = {words: sorted(holding(opened, words)) for words in WORDS}
    answer = {
        "cards": [asdict(card) for card in opened.cards],
        "options": opened.options,
        "pages": with_pages,
        "passages": opened.passages(slugs),
        "found": found,
    }
    opened.store.close()
    store = Store(folder / DATABASE)
    answer["files"] = {name: (f.digest, f.reading) for name, f in store.files().items()}
    answer |= {"digests": store.digests(), "facets": set(store.facets(slugs))}
    store.close()
    return answer


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size and the time of each file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build_names(index_dir: Path) -> set[str]:
    """Return the names of all folders in which builds are, or were begun."""
    return {path.name for path in (index_dir / BUILDS).iterdir()}


def pointed_name(index_dir: Path) -> str:
    """Return the name of the build that is to be served."""
    return (index_dir / POINTER).read_text(encoding="utf-8")


class Calls:
    """Notes which methods are rendered, stored and indexed, and which files are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.rendered: list[str] = []
        self.indexed: list[str] = []

        def file_name(folder: Path, file: Path) -> str:
            return file.name

        for module, name, notes, called in (
            (builder, "read_method_file", self.read, file_name),
            (renderer, "read_method_file", self.read, file_name),
            (renderer, "make_entry", self.rendered, lambda method, digest: method.slug),
            (builder, "make_document", self.indexed, lambda entry: entry.method.slug),
        ):
            real = getattr(module, name)
            monkeypatch.setattr(module, name, self._noting(real, notes, called))

    @staticmethod
    def _noting(
        real: Callable[..., object], notes: list[str], called: Callable[..., str]
    ) -> Callable[..., object]:

        def noting(*given: object) -> object:
            notes.append(called(*given))
            return real(*given)

        return noting
