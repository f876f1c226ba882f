"""A build on the disk: its folder, its manifest, the pointer to the one in use.

`search_index/builds/` has one folder for each build, `search_index/current` names the one being served.
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

from catalogue.model.pictures import PICTURES_FOLDER
from catalogue.model.unprintable import escape
from catalogue.rendering.site_texts import texts_digest
from catalogue.storage.checksums import file_digest

DATABASE = "catalogue.sqlite"
INDEX = "index"
MANIFEST = "manifest.json"
POINTER = "current"
BUILDS = "builds"
LOCK = ".lock"
UNFINISHED = ".new-"
BUILD_NAME = re.compile(r"[0-9a-f]{32}-\w+")
# What an index folder may hold besides hidden files before the first build: our own, and what a new disk has.
MAY_LIE_THERE = (BUILDS, POINTER, "README.md", "lost+found")
PACKAGE = Path(__file__).parents[1]
# Our code that a build depends on: what the builder imports, in folders or, first, in files; and the version.
# Not settings.py, which only says where files are, nor budget.py, how much is cached, nor i18n.py: what is stored is worded when it is shown.
BUILD_FILES = (
    "__init__.py",
    "regular_file.py",
    "urls.py",
    "vocabulary.py",
    "vocabulary.yaml",
)
BUILD_FOLDERS = ("model", "rendering", "validation", "uses", "storage", "build")
# Packages that a build is made with: another version may make another result.
PACKAGES = (
    "Whoosh",
    "Markdown",
    "markdown-it-py",
    "nh3",
    "SQLAlchemy",
    "msgspec",
    "PyYAML",
    "pyuca",
)


class BuildError(Exception):
    """A build cannot be made or read; the message says why and how to fix it."""


class BusyError(BuildError):
    """Another process has been building all the time that this one waited."""


@dataclass(frozen=True)
class Manifest:
    """The contents of a build: the fingerprint of its sources, and (digest, size in bytes, time in ns) of each of its files.

    `methods_dir` is the folder of the method files, as a build of another folder is another site's; `errors` is the
    number of errors in them.
    """

    fingerprint: str
    methods_dir: str
    engine: str
    methods: int
    errors: int
    files: dict[str, tuple[str, int, int]]


@cache
def engine_fingerprint() -> str:
    """Return the fingerprint of the engine of this process: `engine_on_disk` at the first call."""
    return engine_on_disk()


def engine_on_disk() -> str:
    """Return the fingerprint of the engine: the code, the vocabulary, the texts and the packages of a build."""
    hasher = blake2b(digest_size=16)
    for path in _build_code():
        hasher.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    # A method file may name any picture there is.
    for path in sorted(PICTURES_FOLDER.glob("*.svg")):
        hasher.update(path.name.encode() + path.read_bytes())
    hasher.update(texts_digest().encode())
    for name in PACKAGES:
        hasher.update(f"{name}=={version(name)}".encode())
    return hasher.hexdigest()


def _build_code() -> Iterator[Path]:
    """Yield the files of code and words that a build depends on, in a fixed order."""
    yield from (PACKAGE / name for name in BUILD_FILES)
    for folder in BUILD_FOLDERS:
        paths = (PACKAGE / folder).rglob("*")
        yield from sorted(path for path in paths if path.suffix in (".py", ".yaml"))


def fingerprint_of(engine: str, digests: dict[str, str]) -> str:
    """Return the fingerprint of a build: of its engine, and of the digests of the method files by name."""
    hasher = blake2b(engine.encode(), digest_size=16)
    for name, digest in sorted(digests.items()):
        hasher.update(f"{name}\0{digest}\n".encode())
    return hasher.hexdigest()


def refuse_folder_of_others(index_dir: Path, methods_dir: Path) -> None:
    """Raise BuildError where builds would lie among the method files, or among files of others. Raises OSError."""
    index, methods = (Path(os.path.realpath(folder)) for folder in (index_dir, methods_dir))
    other = ""
    if index_dir.is_dir() and not (index_dir / LOCK).exists():  # each build before left a lock
        names = {path.name for path in index_dir.iterdir() if not path.name.startswith(".")}
        other = min(names.difference(MAY_LIE_THERE), default="")
    if index.is_relative_to(methods):
        fault = "is, or lies in, the folder of methods"
    elif other:
        fault = f"holds files that no build wrote, such as {escape(other)}"
    else:
        return
    raise BuildError(
        f"Builds cannot go to {index_dir}: it {fault}. Set CATALOGUE_INDEX_DIR to a folder of its own, which need not exist."
    )


def link_tree(source: Path, target: Path) -> None:
    """Make `target` a folder of the same files as `source`: hard links, or copies where the disk has no links.

    Whoosh never changes a file of an index that it has written; it adds files and removes them.
    """

    def link(one: str, other: str) -> None:
        try:
            os.link(one, other)
        except OSError:
            shutil.copy2(one, other)

    # A lock is on the inode: a linked lock file of a writer that failed would block the next build.
    unlocked = shutil.ignore_patterns("*LOCK")
    shutil.copytree(source, target, copy_function=link, ignore=unlocked)


def write_manifest(
    folder: Path, fingerprint: str, methods_dir: Path, methods: int, errors: int, old: Path | None
) -> Manifest:
    """Write the manifest last: a build folder without one is not a build.

    An unchanged file of the `old` build keeps its digest there, so that a damaged one never gets a valid digest.
    Raises BuildError if the old manifest cannot be read, OSError if this one cannot be written.
    """
    known = read_manifest(old).files if old else {}
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            stat = path.stat()
            before, *marks = known.get(name, ("",))
            same = marks == [stat.st_size, stat.st_mtime_ns]
            digest = before if same else file_digest(path)
            files[name] = (digest, stat.st_size, stat.st_mtime_ns)
    site = str(methods_dir.resolve())
    manifest = Manifest(fingerprint, site, engine_fingerprint(), methods, errors, files)
    values = asdict(manifest)
    content = {"digest": _json_digest(values), **values}
    _write_atomically(folder / MANIFEST, json.dumps(content, indent=1))
    return manifest


def _json_digest(values: dict[str, object]) -> str:
    return blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=16).hexdigest()


def _write_atomically(path: Path, text: str) -> None:
    """Replace a file atomically: a reader sees the old text or the new one, even after a power cut."""
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    # Only damage makes it a folder; everything in the index folder can be deleted.
    if path.is_dir():
        shutil.rmtree(path)
    new.replace(path)


def point_to(index_dir: Path, folder: Path) -> None:
    """Point to a build as the one in use. Raises OSError."""
    _write_atomically(index_dir / POINTER, folder.name)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build. Raises BuildError if it is missing or damaged."""
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if values.pop("digest") != _json_digest(values):
            raise ValueError("it was changed after it was written")
        return Manifest(**values)
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
    stat = path.stat()
    if stat.st_size != size:
        return False
    return (untouched and stat.st_mtime_ns == time) or file_digest(path) == digest


def remove_unfinished(index_dir: Path) -> None:
    """Remove what killed builds left behind; only whoever holds the lock knows that no other build is at work."""
    for path in (index_dir / BUILDS).glob(f"{UNFINISHED}*"):
        with suppress(OSError):
            shutil.rmtree(path)


def remove_old(index_dir: Path, keep: Iterable[Path | None]) -> None:
    """Remove older builds, and nothing else; one in use may refuse to go."""
    in_use = set(keep)
    for path in (index_dir / BUILDS).iterdir():
        if BUILD_NAME.fullmatch(path.name) and path not in in_use:
            with suppress(OSError):
                shutil.rmtree(path)
