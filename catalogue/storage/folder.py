"""A build on the disk: its folder, its manifest, the pointer to the one in use.

build/builder.py writes builds here and search/live_build.py reads them. `search_index/builds/` holds one folder for each
build, `search_index/current` names the one being served.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from catalogue.rendering.site_texts import texts_digest
from catalogue.storage.checksums import file_digest

DATABASE = "catalogue.sqlite"
INDEX = "index"
MANIFEST = "manifest.json"
POINTER = "current"
BUILDS = "builds"
UNFINISHED = ".new-"
BUILD_NAME = re.compile(r"[0-9a-f]{32}-\w+")
PACKAGE = Path(__file__).parents[1]
# Our code that a build depends on: what the builder imports, in folders or, first, in files; and the version.
# Not settings.py, which only says where files are, nor budget.py, how much is cached, nor i18n.py: what is stored is worded when it is shown.
BUILD_FILES = ("__init__.py", "regular_file.py", "urls.py", "vocabulary.py", "vocabulary.yaml")
BUILD_FOLDERS = ("model", "rendering", "validation", "storage", "build")
# What a build is made with, besides our own code: another version may make another result.
MAKERS = ("Whoosh", "Markdown", "markdown-it-py", "nh3", "SQLAlchemy", "msgspec")


class BuildError(Exception):
    """A build cannot be made or read; the message says why and how to mend it."""


class BusyError(BuildError):
    """Another process has been building all the time that this one waited."""


@dataclass(frozen=True)
class Manifest:
    """What a build holds: the fingerprint of its sources, and (digest, size, time) of each of its files."""

    fingerprint: str
    engine: str
    methods: int
    files: dict[str, tuple[str, int, int]]


@cache
def engine_fingerprint() -> str:
    """Return the fingerprint of what this process builds with, as it was when first asked for."""
    return engine_on_disk()


def engine_on_disk() -> str:
    """Return a fingerprint of the code, the vocabulary, the texts and the packages of a build."""
    made = blake2b(digest_size=16)
    for path in _build_code():
        made.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    made.update(texts_digest().encode())
    for name in MAKERS:
        made.update(f"{name}=={version(name)}".encode())
    return made.hexdigest()


def _build_code() -> Iterator[Path]:
    """Yield the files of code and words that a build depends on, in a fixed order."""
    yield from (PACKAGE / name for name in BUILD_FILES)
    for folder in BUILD_FOLDERS:
        paths = (PACKAGE / folder).rglob("*")
        yield from sorted(path for path in paths if path.suffix in (".py", ".yaml"))


def fingerprint_of(engine: str, digests: dict[str, str]) -> str:
    """Return the fingerprint of a build: of what makes it, and of the method files, digests by name."""
    made = blake2b(engine.encode(), digest_size=16)
    for name, digest in sorted(digests.items()):
        made.update(f"{name}\0{digest}\n".encode())
    return made.hexdigest()


def link_tree(source: Path, target: Path) -> None:
    """Make `target` a folder of the same files as `source`, without copying where the disk allows.

    Whoosh never changes a file of an index that it has written; it adds files and removes them.
    """

    def link(one: str, other: str) -> None:
        try:
            os.link(one, other)
        except OSError:
            shutil.copy2(one, other)

    # A lock is on the file itself, whatever its name: the lock of a writer that failed would hold up the next build.
    unlocked = shutil.ignore_patterns("*LOCK")
    shutil.copytree(source, target, copy_function=link, ignore=unlocked)


def write_manifest(folder: Path, fingerprint: str, methods: int, old: Path | None) -> Manifest:
    """Write the manifest last: a build folder without one is not a build.

    A file that came from the `old` build as it is keeps its digest, so that damage to it is never
    written down as right.
    """
    known = read_manifest(old).files if old else {}
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found = path.stat()
            before, *marks = known.get(name, ("",))
            same = marks == [found.st_size, found.st_mtime_ns]
            made = before if same else file_digest(path)
            files[name] = (made, found.st_size, found.st_mtime_ns)
    manifest = Manifest(fingerprint, engine_fingerprint(), methods, files)
    facts = asdict(manifest)
    _write_whole(folder / MANIFEST, json.dumps({"digest": _text_digest(facts), **facts}, indent=1))
    return manifest


def _text_digest(facts: dict[str, object]) -> str:
    return blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=16).hexdigest()


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, even after a power cut."""
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    # Only damage puts a folder there. It is in our own folder, of which nothing need be kept.
    if path.is_dir():
        shutil.rmtree(path)
    new.replace(path)


def point_to(index_dir: Path, folder: Path) -> None:
    """Make a build the one in use."""
    _write_whole(index_dir / POINTER, folder.name)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build. Raises BuildError if it is missing or damaged."""
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if facts.pop("digest") != _text_digest(facts):
            raise ValueError("it was changed after it was written")
        return Manifest(**facts)
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise BuildError(f"The build in {folder} has no readable manifest ({error}).") from error


def pointed_build(index_dir: Path) -> Path | None:
    """Return the build folder the pointer names, unchecked; None if there is none."""
    try:
        name = (index_dir / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    folder = index_dir / BUILDS / name
    return folder if BUILD_NAME.fullmatch(name) and folder.is_dir() else None


def current_build(
    index_dir: Path, untouched: bool = False, seen: Path | None = None
) -> Path | None:
    """Return the build to serve, or None if there is none or it is damaged.

    Every file is compared with the digest in the manifest, because Whoosh and SQLite notice damage late
    or not at all. With `untouched`, an index file of the same size and time as when it was written is taken as
    whole: enough to build upon, as its digest goes with it into the next build. So is the database of the build
    that this process has `seen` whole before.
    """
    folder = pointed_build(index_dir)
    return folder if folder and is_whole(folder, untouched, seen) else None


def is_whole(folder: Path, untouched: bool = False, seen: Path | None = None) -> bool:
    """Whether a build is there and undamaged; see `current_build`."""
    try:
        files = read_manifest(folder).files
        return all(
            _is_whole(folder / name, *mark, untouched and (name != DATABASE or folder == seen))
            for name, mark in files.items()
        )
    except (BuildError, OSError):
        return False


def _is_whole(path: Path, digest: str, size: int, time: int, untouched: bool) -> bool:
    found = path.stat()
    if found.st_size != size:
        return False
    return (untouched and found.st_mtime_ns == time) or file_digest(path) == digest


def remove_old(index_dir: Path, keep: Iterable[Path | None]) -> None:
    """Remove older builds and what killed builds left behind; a build in use may refuse to go."""
    kept = set(keep)
    for path in (index_dir / BUILDS).iterdir():
        if path not in kept:
            with suppress(OSError):
                shutil.rmtree(path)
