"""Tests of builds that fail, are killed or run side by side: the old one keeps serving.

What a build does when all goes well is tested in test_builder.py, damage in test_builder_damage.py.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest
from sqlalchemy.exc import OperationalError

import catalogue.build.builder as building
import catalogue.storage.folder as folders
from catalogue.build.builder import BuildResult, build
from catalogue.model.problems import Problem
from catalogue.rendering import site_texts
from catalogue.rendering.site_texts import TextsError
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.folder import BuildError, current_build
from tests.support.command import IO_FAILED, without_progress
from tests.support.editing import break_file, build_names, change, state, tree

ROOT = Path(__file__).parents[2]
NO_SPACE = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
DATABASE_FULL = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
KILLS = 12


@pytest.fixture
def index_dir(settings: Settings) -> Path:
    return settings.index_dir


@pytest.fixture
def first(methods_dir: Path, index_dir: Path) -> BuildResult:
    """A first build, and a change that the next build is to take up."""
    result = build(methods_dir, index_dir)
    change(methods_dir / "reed-panel.md", "a clinic", "a heron")
    return result


def cannot_be_written(index_dir: Path, reason: str) -> str:
    return (
        f"The build cannot be written to {index_dir} ({reason}). Check that the disk has room and "
        "that this user may write there, or set CATALOGUE_INDEX_DIR to another folder. What was "
        "served before stays."
    )


def failing(error: Exception) -> Callable[..., object]:
    def fail(*given: object, **named: object) -> object:
        raise error

    return fail


def failing_later(
    real: Callable[..., object], times: int, error: Exception = NO_SPACE
) -> Callable[..., object]:
    """Return a function that does its work some times and fails from then on."""
    left = [times]

    def fail(*given: object, **named: object) -> object:
        if left[0] == 0:
            raise error
        left[0] -= 1
        return real(*given, **named)

    return fail


FAULTS = {
    "making-the-folder": (building.tempfile, "mkdtemp", failing(NO_SPACE)),
    "copying-the-database": (building.shutil, "copy2", failing(NO_SPACE)),
    "copying-the-index": (building.shutil, "copytree", failing(NO_SPACE)),
    "writing-the-database": (building, "write_database", failing(DATABASE_FULL)),
    "writing-the-index": (building, "write_index", failing(NO_SPACE)),
    "writing-the-manifest": (folders.os, "fsync", failing(NO_SPACE)),
    "renaming-the-folder": (Path, "rename", failing(NO_SPACE)),
    "writing-the-pointer": (folders.os, "fsync", failing_later(os.fsync, 1)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_build_says_why_and_leaves_the_old_one(
    methods_dir: Path, index_dir: Path, first: BuildResult, fault: str
) -> None:
    old = state(first.folder)
    owner, name, fails = FAULTS[fault]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, fails)
        with pytest.raises(BuildError) as caught:
            build(methods_dir, index_dir)
    reason = "database or disk is full" if "database" in fault and "writ" in fault else None
    assert str(caught.value) == cannot_be_written(index_dir, reason or NO_SPACE.strerror)
    assert current_build(index_dir) == first.folder
    assert state(first.folder) == old
    assert not [name for name in build_names(index_dir) if name.startswith(folders.UNFINISHED)]
    after = build(methods_dir, index_dir)
    assert (after.made, after.rendered) == (True, 1)
    assert state(after.folder)["found"]["heron"] == ["reed-panel"]
    assert build_names(index_dir) == {first.folder.name, after.folder.name}


@pytest.mark.process
@pytest.mark.parametrize("kilobytes", [1, 40])
def test_a_full_disk_ends_the_command_with_the_whole_message(
    methods_dir: Path, index_dir: Path, kilobytes: int
) -> None:
    pytest.importorskip("resource", reason="this system cannot limit the size of files")
    program = (
        "import resource; from catalogue.cli.main import main; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, {kilobytes * 1024})); "
        "main(['build'])"
    )
    folders = {"CATALOGUE_METHODS_DIR": str(methods_dir), "CATALOGUE_INDEX_DIR": str(index_dir)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | folders,
        capture_output=True,
        text=True,
        timeout=60,
    )
    reasons = ("disk I/O error", "database or disk is full", os.strerror(errno.EFBIG))
    assert without_progress(done.stderr) in [
        f"Error: {cannot_be_written(index_dir, r)}\n" for r in reasons
    ]
    assert (done.returncode, done.stdout) == (IO_FAILED, "")
    assert build_names(index_dir) == set()


@pytest.mark.process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork and no SIGKILL")
def test_a_killed_build_leaves_the_old_one_and_needs_no_repair(
    methods_dir: Path, index_dir: Path, first: BuildResult, tmp_path: Path
) -> None:
    whole = state(build(methods_dir, tmp_path / "whole").folder)
    copies = [shutil.copytree(index_dir, tmp_path / f"index-{n}") for n in range(KILLS)]
    script = [sys.executable, str(ROOT / "tests" / "support" / "killed_builds.py")]
    given = [str(path) for path in (methods_dir, index_dir, *copies)]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        script + given,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stdout.split(), done.stderr) == (["9"] * KILLS, "")
    # The first copies are killed late in the build, where it has left something behind.
    assert any(len(build_names(copy)) > 1 for copy in copies)
    for copy in copies:
        served = current_build(copy)
        assert served is not None
        assert state(served) in (state(first.folder), whole)
        after = build(methods_dir, copy)
        assert state(after.folder) == whole
        if after.made:  # what the killed build left behind is gone
            assert build_names(copy) == {served.name, after.folder.name}


def test_an_index_folder_that_cannot_be_made_is_named_with_the_fix(
    methods_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "plain").write_text("a plain file", encoding="utf-8")
    index_dir = tmp_path / "plain" / "index"
    with pytest.raises(BuildError) as caught:
        build(methods_dir, index_dir)
    assert str(caught.value) == cannot_be_written(index_dir, os.strerror(errno.ENOTDIR))


def test_a_text_of_the_site_that_cannot_be_read_leaves_no_method_out_but_the_old_build_in_place(
    methods_dir: Path, index_dir: Path, first: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"reason": "it is not there"}
    fault = TextsError(Problem("file-unreadable", "texts/glossary.md", 1, 1, values))
    monkeypatch.setattr(site_texts, "read_text", failing(fault))
    site_texts.load_texts.cache_clear()
    with pytest.raises(BuildError) as caught:
        build(methods_dir, index_dir)
    assert str(caught.value) == str(fault)
    assert str(fault).startswith("texts/glossary.md cannot be read (it is not there). ")
    assert current_build(index_dir) == first.folder


@pytest.mark.parametrize(
    "place, fault",
    [
        ("methods", "is, or lies in, the folder of methods"),
        ("methods/builds", "is, or lies in, the folder of methods"),
        ("link", "is, or lies in, the folder of methods"),
        (".", "holds files that no build wrote, such as link"),
        ("papers", "holds files that no build wrote, such as minutes.docx"),
    ],
)
def test_no_build_is_written_among_the_methods_or_the_files_of_others(
    methods_dir: Path, place: str, fault: str
) -> None:
    root = methods_dir.parent
    (root / "link").symlink_to(methods_dir, target_is_directory=True)
    (root / "papers" / "builds" / "bridge").mkdir(parents=True)
    (root / "papers" / "minutes.docx").touch()
    before = tree(root)
    with pytest.raises(BuildError) as caught:
        build(methods_dir, root / place)
    assert str(caught.value) == (
        f"Builds cannot go to {root / place}: it {fault}. Set CATALOGUE_INDEX_DIR to a folder "
        "of its own, which need not exist."
    )
    assert tree(root) == before


def test_an_index_folder_in_use_may_hold_files_of_others_which_stay(
    methods_dir: Path, index_dir: Path, first: BuildResult
) -> None:
    (index_dir / "minutes.docx").touch()
    (index_dir / folders.BUILDS / "bridge").mkdir()
    made = {first.folder.name, build(methods_dir, index_dir).folder.name}
    change(methods_dir / "reed-panel.md", "a heron", "a stork")
    made.add(build(methods_dir, index_dir).folder.name)
    assert len(made) == 3
    assert build_names(index_dir) == made - {first.folder.name} | {"bridge"}
    assert (index_dir / "minutes.docx").exists()


@pytest.mark.parametrize("kind", [errno.ENOENT, errno.ENOTDIR], ids=["missing", "plain-file"])
def test_a_methods_folder_that_cannot_be_read_is_named_and_the_old_build_stays(
    methods_dir: Path, index_dir: Path, first: BuildResult, kind: int
) -> None:
    shutil.rmtree(methods_dir)
    if kind == errno.ENOTDIR:
        methods_dir.write_text("a plain file", encoding="utf-8")
    before = tree(index_dir)
    with pytest.raises(BuildError) as caught:
        build(methods_dir, index_dir)
    assert str(caught.value) == (
        f"The folder of methods, {methods_dir}, cannot be read ({os.strerror(kind)}). "
        "Set CATALOGUE_METHODS_DIR to the folder with the method files."
    )
    assert tree(index_dir) == before
    assert current_build(index_dir) == first.folder


def test_a_build_in_which_every_file_has_an_error_is_empty_but_whole(
    methods_dir: Path, index_dir: Path
) -> None:
    for file in methods_dir.iterdir():
        break_file(file)
    result = build(methods_dir, index_dir)
    assert (result.manifest.methods, len(result.problems)) == (0, 6)
    assert Snapshot(result.folder).cards == ()


def test_of_two_builds_at_once_one_waits_and_then_has_nothing_to_do(
    methods_dir: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    results: list[BuildResult] = []
    second = threading.Thread(target=lambda: results.append(build(methods_dir, index_dir)))

    class Lock(filelock.FileLock):
        """A lock that tells when the second build asks for it."""

        def acquire(self, *given: object, **named: object) -> object:
            if threading.current_thread() is second:
                waiting.set()
            return super().acquire(*given, **named)

    def start_second(what: str, done: int, total: int) -> None:
        if second.ident is None:
            second.start()
            assert waiting.wait(10)
        assert results == []

    monkeypatch.setattr(building, "FileLock", Lock)
    first = build(methods_dir, index_dir, start_second)
    second.join(30)
    assert (first.made, [result.made for result in results]) == (True, [False])
    assert results[0].folder == first.folder


def test_a_build_that_waits_too_long_for_another_says_so(
    methods_dir: Path, index_dir: Path, first: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "LOCK_SECONDS", 0)
    with filelock.FileLock(index_dir / ".lock"), pytest.raises(BuildError) as caught:
        build(methods_dir, index_dir)
    assert str(caught.value) == (
        f"Another build has been running in {index_dir} for 0 seconds. Wait for it to end, or stop "
        "it, and try again."
    )
    assert build(methods_dir, index_dir).made


def test_what_a_killed_build_left_goes_with_the_next_one_even_if_nothing_changed(
    methods_dir: Path, tmp_path: Path
) -> None:
    index_dir = tmp_path / "index"
    made = build(methods_dir, index_dir)
    left = made.folder.with_name(f"{folders.UNFINISHED}left")
    shutil.copytree(made.folder, left)
    again = build(methods_dir, index_dir)
    assert (again.made, again.folder) == (False, made.folder)
    assert build_names(index_dir) == {made.folder.name}
