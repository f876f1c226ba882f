"""Builds the database and the index from the method files, and replaces the served build atomically.

A build is a folder of its own below `search_index/builds/`; the file `search_index/current`
names the one being served. A failed or killed build leaves that file, and so the old build, alone.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from catalogue.build.documents import make_document
from catalogue.build.renderer import Progress, Renderer
from catalogue.model.problems import Problem
from catalogue.rendering.site_texts import TextsError
from catalogue.storage.database import FileRead, Store, StoreError
from catalogue.storage.database_writer import write_database
from catalogue.storage.folder import (
    BUILDS,
    DATABASE,
    INDEX,
    LOCK,
    UNFINISHED,
    BuildError,
    BusyError,
    Manifest,
    current_build,
    engine_fingerprint,
    fingerprint_of,
    link_tree,
    point_to,
    read_manifest,
    refuse_folder_of_others,
    remove_old,
    remove_unfinished,
    write_manifest,
)
from catalogue.storage.fulltext import write_index
from catalogue.storage.uses_file import write_uses
from catalogue.uses.reader import UseReading, read_uses, use_digests
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import digest, method_files, read_method_file, shown_name

LOG = logging.getLogger("catalogue")
LOCK_SECONDS = 120
# A file may change twice within this time, the resolution of its times with a margin, and show one time.
FRESH_SECONDS = 2.0
# So many files that name days to come are no slips.
SURELY_THE_CLOCK = 5


@dataclass(frozen=True)
class BuildResult:
    """What a build did. `made` is False if nothing had changed; `rendered` counts new pages."""

    folder: Path
    manifest: Manifest
    made: bool
    rendered: int
    problems: tuple[Problem, ...]
    reads: dict[str, FileRead]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The paths, as problems name them, of the files that are left out of the build."""
        readings = [read.reading for read in self.reads.values()]
        return tuple(sorted(reading.path for reading in readings if not reading.usable))


@dataclass(frozen=True)
class Changes:
    """What differs from the previous build: slugs to render or remove, names of files read or deleted."""

    changed: list[str]
    removed: list[str]
    read: list[str]
    gone: list[str]


def build(
    methods_dir: Path,
    index_dir: Path,
    progress: Progress | None = None,
    before: BuildResult | None = None,
) -> BuildResult:
    """Bring the build up to date with the method files, if anything changed.

    `progress` is called with the progress; `before` is the result of the last build of this process, whose
    readings of the files are reused.
    Files with errors are left out. Raises BuildError if the folder of methods is missing, the
    index folder cannot be written or is one of others, a text of texts/ cannot be read, another build does not end within two minutes,
    or the clock is evidently wrong.
    """
    tell = progress or (lambda what, done, total: None)
    try:
        refuse_folder_of_others(index_dir, methods_dir)
        index_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(index_dir / LOCK, timeout=LOCK_SECONDS):
            remove_unfinished(index_dir)
            return _build(methods_dir, index_dir, tell, before)
    except Timeout as error:
        raise BusyError(
            f"Another build has been running in {index_dir} for {LOCK_SECONDS} seconds. "
            "Wait for it to end, or stop it, and try again."
        ) from error
    except TextsError as error:
        raise BuildError(str(error)) from error
    except (OSError, StoreError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise BuildError(
            f"The build cannot be written to {index_dir} ({reason}). Check that "
            "the disk has room and that this user may write there, or set CATALOGUE_INDEX_DIR "
            "to another folder. What was served before stays."
        ) from error


def _build(
    methods_dir: Path, index_dir: Path, tell: Progress, before: BuildResult | None
) -> BuildResult:
    try:
        files = method_files(methods_dir)
    except OSError as error:
        raise BuildError(
            f"The folder of methods, {methods_dir}, cannot be read ({error.strerror}). "
            "Set CATALOGUE_METHODS_DIR to the folder with the method files."
        ) from error
    old = current_build(index_dir, untouched=True, seen=before.folder if before else None)
    with _opened(old) as store:
        known = _known(old, store, before)
        reads = {}
        for done, path in enumerate(files, start=1):
            read = _read(methods_dir, path, known.get(shown_name(path)))
            reads[read.name] = read
            tell("Reading", done, len(files))
        problems, methods = _checked(reads, uses := read_uses(methods_dir))
        fingerprint = _fingerprint(methods_dir, reads)
        served = store.digests() if known and store else {}
    if old and read_manifest(old).fingerprint == fingerprint and served == methods:
        return BuildResult(old, read_manifest(old), False, 0, problems, reads)
    _warn_of_other_site(index_dir, old, methods_dir)
    changes = Changes(
        changed=[slug for slug in methods if served.get(slug) != methods[slug]],
        removed=[slug for slug in served if slug not in methods],
        read=[name for name, read in reads.items() if not served or known.get(name) is not read],
        gone=[name for name in known if name not in reads],
    )
    (index_dir / BUILDS).mkdir(exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=index_dir / BUILDS))
    unfinished.chmod(0o755)  # so that a server run by another user can read it
    # Each build has a folder of its own, so that none is ever overwritten while it is read.
    folder = unfinished.with_name(f"{fingerprint}-{unfinished.name.removeprefix(UNFINISHED)}")
    try:
        renderer = Renderer(methods_dir, reads, tell)
        base = old if served else None
        write_uses(unfinished, (reading.use for reading in uses if reading.use))
        rendered = _write(unfinished, base, changes, renderer)
        problems = tuple(sorted((*problems, *renderer.problems)))
        count = len(methods) - len(renderer.failed)
        errors = sum(problem.severity == "error" for problem in problems)
        manifest = write_manifest(unfinished, fingerprint, methods_dir, count, errors, base)
        unfinished.rename(folder)
        point_to(index_dir, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    remove_old(index_dir, keep=[folder, old])
    return BuildResult(folder, manifest, True, rendered, problems, reads)


def _warn_of_other_site(index_dir: Path, old: Path | None, methods_dir: Path) -> None:
    """Log a warning if the previous build was made from another methods folder that is still there."""
    before = read_manifest(old).methods_dir if old else ""
    if before and before != str(methods_dir.resolve()) and Path(before).is_dir():
        LOG.warning(
            "%s held a build of another methods folder, %s. If that is another site, set "
            "CATALOGUE_INDEX_DIR so that each has an index folder of its own.",
            *(index_dir, before),
        )


def _refuse_wrong_clock(reads: dict[str, FileRead]) -> None:
    """Raise BuildError where most files name days to come: a site that starts before its clock is set would lose them."""
    codes = [{problem.code for problem in read.reading.problems} for read in reads.values()]
    late = sum("date-future" in found for found in codes)
    if late >= SURELY_THE_CLOCK and late > len(reads) / 2:
        today = date.today()
        raise BuildError(
            f"The clock of this computer says {today.day} {today:%B %Y}, and {late} of {len(reads)} method files name later days. "
            "Set the clock, and try again. What was served before stays."
        )


def _fingerprint(methods_dir: Path, reads: dict[str, FileRead]) -> str:
    digests = {name: read.digest for name, read in reads.items()}
    return fingerprint_of(engine_fingerprint(), digests | use_digests(methods_dir))


def _checked(
    reads: dict[str, FileRead], uses: list[UseReading]
) -> tuple[tuple[Problem, ...], dict[str, str]]:
    """Return the problems of all files, and the digest of the file of each method to serve, by slug.

    Raises BuildError where the clock is evidently wrong.
    """
    _refuse_wrong_clock(reads)
    checked = check_across(read.reading for read in reads.values())
    problems = tuple(problem for reading in checked for problem in reading.problems)
    problems += tuple(problem for reading in uses for problem in reading.problems)
    return problems, {r.slug: reads[f"{r.slug}.md"].digest for r in checked if r.usable}


def _known(
    old: Path | None, store: Store | None, before: BuildResult | None
) -> dict[str, FileRead]:
    """Return the readings of the files in the previous build, by name, if the same code made them."""
    if not old or not store or read_manifest(old).engine != engine_fingerprint():
        return {}
    return before.reads if before and before.folder == old else store.files()


def _read(methods_dir: Path, path: Path, known: FileRead | None) -> FileRead:
    """Read a file, or return its reading from the previous build if it has not changed."""
    name, stamp = shown_name(path), _stamp(path)
    if known and not known.reading.lasts:
        known = None
    if known and stamp and stamp == known.stamp:
        return known
    current = digest(path)
    if known and current == known.digest:
        return known
    return FileRead(name, current, stamp, read_method_file(methods_dir, path))


def _stamp(path: Path) -> str:
    """Return a file's size and times; "" if it changed so recently that they prove nothing.

    Programs cannot set the time of the last change of the inode (ctime), so it shows every write.
    """
    try:
        stat = path.lstat()
    except OSError:
        return ""
    if time.time() - max(stat.st_mtime, stat.st_ctime) < FRESH_SECONDS:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


@contextmanager
def _opened(folder: Path | None) -> Iterator[Store | None]:
    """Open the database of the previous build; None if there is no such build."""
    store = Store(folder / DATABASE) if folder else None
    try:
        yield store
    finally:
        if store:
            store.close()


def _write(new: Path, old: Path | None, changes: Changes, renderer: Renderer) -> int:
    """Write what changed into the database and the index of a new build, a copy of `old` if given.

    Returns the number of entries.
    """
    if old:
        shutil.copy2(old / DATABASE, new / DATABASE)
        link_tree(old / INDEX, new / INDEX)
    # What changed is deleted too, as some of it may fail to render.
    removed = [*changes.removed, *changes.changed] if old else []
    entries = list(renderer.entries(changes.changed))
    files = [renderer.reads[name] for name in changes.read]
    write_database(new / DATABASE, entries, removed, files, changes.gone)
    return write_index(new / INDEX, map(make_document, entries), removed)
