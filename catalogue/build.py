"""Builds the database and the index from the method files, and swaps a new build in whole.

A build is a folder of its own below `search_index/builds/`; the file `search_index/current`
names the one being served. A failed or killed build leaves that file, and so the old build, alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from catalogue.checks import check_across
from catalogue.entries import make_document, make_entry
from catalogue.index import write_index
from catalogue.integrity import file_digests, matches
from catalogue.problems import Problem
from catalogue.reader import Reading, digest, method_files, read_method_file, shown_name
from catalogue.store import Entry, Store, StoreError, StoreWriter
from catalogue.texts import texts_digest

DATABASE = "catalogue.sqlite"
INDEX = "index"
MANIFEST = "manifest.json"
POINTER = "current"
BUILDS = "builds"
UNFINISHED = ".new-"
BUILD_NAME = re.compile(r"[0-9a-f]{32}-\w+")
LOCK_SECONDS = 120
# What a build is made with, besides our own code: another version may make another result.
MAKERS = ("Whoosh", "Markdown", "nh3", "SQLAlchemy")

# Told how far a build is: (what it does, how many are done, of how many).
Progress = Callable[[str, int, int], None]


class BuildError(Exception):
    """A build cannot be made or read; the message says why and how to mend it."""


@dataclass(frozen=True)
class Manifest:
    """What a build holds: the fingerprint of its sources, and the digest of each of its files."""

    fingerprint: str
    engine: str
    methods: int
    files: dict[str, str]


@dataclass(frozen=True)
class BuildResult:
    """What a build did. `made` is False if nothing had changed; `rendered` counts new pages."""

    folder: Path
    manifest: Manifest
    made: bool
    rendered: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Changes:
    """What differs from the build before: slugs to render or remove, files read or gone."""

    changed: list[str]
    removed: list[str]
    read: list[tuple[str, str, Reading]]
    gone: list[str]


@cache
def engine_fingerprint() -> str:
    """Return the fingerprint of what this process builds with, as it was when first asked for."""
    return engine_on_disk()


def engine_on_disk() -> str:
    """Return a fingerprint of the code, the vocabulary, the texts and the packages of a build."""
    made = blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in (".py", ".yaml"):
            made.update(path.name.encode() + path.read_bytes())
    made.update(texts_digest().encode())
    for name in MAKERS:
        made.update(f"{name}=={version(name)}".encode())
    return made.hexdigest()


def build(methods_dir: Path, index_dir: Path, progress: Progress | None = None) -> BuildResult:
    """Bring the build up to date with the method files, if anything changed.

    Files with errors are left out. Raises BuildError if the folder of methods is missing, the
    index folder cannot be written, or another build does not end within two minutes.
    """
    tell = progress or (lambda what, done, total: None)
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(index_dir / ".lock", timeout=LOCK_SECONDS):
            return _build(methods_dir, index_dir, tell)
    except Timeout as error:
        raise BuildError(
            f"Another build has been running in {index_dir} for {LOCK_SECONDS} seconds. "
            "Wait for it to end, or stop it, and try again."
        ) from error
    except (OSError, StoreError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise BuildError(
            f"The build cannot be written to {index_dir} ({reason}). Check that "
            "the disk has room and that this user may write there, or set CATALOGUE_INDEX_DIR "
            "to another folder. What was served before stays."
        ) from error


def _build(methods_dir: Path, index_dir: Path, tell: Progress) -> BuildResult:
    try:
        files = method_files(methods_dir)
    except OSError as error:
        raise BuildError(
            f"The folder of methods, {methods_dir}, cannot be read ({error.strerror}). "
            "Set CATALOGUE_METHODS_DIR to the folder with the method files."
        ) from error
    digests = {shown_name(path): digest(path) for path in files}
    fingerprint = _fingerprint(digests)
    old = current_build(index_dir)
    with _opened(old) as store:
        known = store.files() if store and old and _same_engine(old) else {}
        readings, kept = {}, set()
        for done, path in enumerate(files, start=1):
            name = shown_name(path)
            stored = known.get(name)
            if stored and stored[0] == digests[name] and stored[1].lasts:
                readings[name] = stored[1]
                kept.add(name)
            else:
                readings[name] = read_method_file(methods_dir, path)
            tell("Reading", done, len(files))
        checked = check_across(readings.values())
        problems = tuple(problem for reading in checked for problem in reading.problems)
        served = store.digests() if known and store else {}
        methods = {r.slug: digests[f"{r.slug}.md"] for r in checked if r.usable}
        if old and read_manifest(old).fingerprint == fingerprint and served == methods:
            return BuildResult(old, read_manifest(old), False, 0, problems)
    changes = Changes(
        changed=[slug for slug in methods if served.get(slug) != methods[slug]],
        removed=[slug for slug in served if slug not in methods],
        read=[
            (name, digests[name], reading)
            for name, reading in readings.items()
            if not served or name not in kept
        ],
        gone=[name for name in known if name not in readings],
    )
    entries = list(_rendered(methods_dir, changes.changed, readings, digests, tell))
    (index_dir / BUILDS).mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=index_dir / BUILDS))
    made.chmod(0o755)  # so that a server run by another user can read it
    # Each build has a folder of its own, so that none is ever written over while it is read.
    folder = made.with_name(f"{fingerprint}-{made.name.removeprefix(UNFINISHED)}")
    try:
        _write(made, old if served else None, entries, changes, tell)
        manifest = _write_manifest(made, fingerprint, len(methods))
        made.rename(folder)
        _point_to(index_dir, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _remove_old(index_dir, keep=[folder, old])
    return BuildResult(folder, manifest, True, len(entries), problems)


def _fingerprint(digests: dict[str, str]) -> str:
    made = blake2b(engine_fingerprint().encode(), digest_size=16)
    for name, file_digest in sorted(digests.items()):
        made.update(f"{name}\0{file_digest}\n".encode())
    return made.hexdigest()


def _same_engine(folder: Path) -> bool:
    return read_manifest(folder).engine == engine_fingerprint()


@contextmanager
def _opened(folder: Path | None) -> Iterator[Store | None]:
    """Open the database of the build before this one, if there is one that can be read."""
    store = Store(folder / DATABASE) if folder else None
    try:
        yield store
    finally:
        if store:
            store.close()


def _rendered(
    methods_dir: Path,
    slugs: list[str],
    readings: dict[str, Reading],
    digests: dict[str, str],
    tell: Progress,
) -> Iterator[Entry]:
    """Render methods; one that an earlier build read, and left out, is read again."""
    for done, slug in enumerate(slugs, start=1):
        name = f"{slug}.md"
        method = readings[name].method or read_method_file(methods_dir, methods_dir / name).method
        if method:
            yield make_entry(method, digests[name])
        tell("Rendering", done, len(slugs))


def _write(
    made: Path, old: Path | None, entries: list[Entry], changes: Changes, tell: Progress
) -> None:
    """Write what changed into the database and the index of a new build, a copy of `old` if given."""
    if old:
        shutil.copy2(old / DATABASE, made / DATABASE)
        shutil.copytree(old / INDEX, made / INDEX)
    tell("Writing the database", 0, 1)
    writer = StoreWriter(made / DATABASE)
    writer.write(entries, changes.removed, changes.read, changes.gone)
    tell("Writing the index", 0, 1)
    write_index(made / INDEX, (make_document(entry) for entry in entries), changes.removed)


def _write_manifest(folder: Path, fingerprint: str, methods: int) -> Manifest:
    """Write the manifest last: a build folder without one is not a build."""
    manifest = Manifest(fingerprint, engine_fingerprint(), methods, file_digests(folder))
    _write_whole(folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, even after a power cut."""
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _point_to(index_dir: Path, folder: Path) -> None:
    _write_whole(index_dir / POINTER, folder.name)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build. Raises BuildError if it is missing or damaged."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BuildError(f"The build in {folder} has no readable manifest ({error}).") from error


def pointed_build(index_dir: Path) -> Path | None:
    """Return the build folder the pointer names, unchecked; None if there is none."""
    try:
        name = (index_dir / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    folder = index_dir / BUILDS / name
    return folder if BUILD_NAME.fullmatch(name) and folder.is_dir() else None


def current_build(index_dir: Path) -> Path | None:
    """Return the build to serve, or None if there is none or it is damaged."""
    folder = pointed_build(index_dir)
    return folder if folder and is_whole(folder) else None


def is_whole(folder: Path) -> bool:
    """Whether a build is there and undamaged.

    Files are compared with the manifest, because Whoosh and SQLite notice damage late or never.
    """
    try:
        return matches(folder, read_manifest(folder).files)
    except (BuildError, OSError, AttributeError):
        return False


def _remove_old(index_dir: Path, keep: list[Path | None]) -> None:
    """Remove older builds and what killed builds left behind; a build in use may refuse to go."""
    for path in (index_dir / BUILDS).iterdir():
        if path not in keep:
            with suppress(OSError):
                shutil.rmtree(path)
