"""Temporary folders go with their process, or with the next start where the process was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from catalogue.storage import temporary
from catalogue.storage.temporary import BUILD, COUNTS, LOCK, make_folder, remove_abandoned

# Makes a folder, says where, and waits for its end.
MAKE = """
import sys
from catalogue.storage.temporary import BUILD, make_folder
print(make_folder(BUILD), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's place for temporary folders, for this test alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(temporary, "SHARED_MEMORY", str(tmp_path / "shm"))
    (tmp_path / "shm").mkdir()
    return tmp_path


def maker(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that makes a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAKE],
        env={**os.environ, "TMPDIR": str(place)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of Unix")
def test_what_a_killed_process_left_is_removed_and_what_another_uses_is_not(place: Path) -> None:
    killed, left = maker(place)
    living, used = maker(place)
    (left / "file").write_text("x", encoding="utf-8")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert left.is_dir()
    remove_abandoned()
    assert (left.exists(), used.is_dir()) == (False, True)
    living.communicate()


def test_a_process_that_ends_takes_its_folder_along(place: Path) -> None:
    process, folder = maker(place)
    assert folder.is_dir()
    process.communicate()
    assert not folder.exists()


def test_shared_memory_is_looked_through_too_and_other_folders_are_left(place: Path) -> None:
    ours, other = place / "shm" / f"{COUNTS}x", place / "shm" / "other"
    for folder in (ours, other):
        folder.mkdir()
        (folder / LOCK).touch()
    (place / f"{BUILD}being-made").mkdir()
    remove_abandoned()
    assert (ours.exists(), other.exists()) == (False, True)
    assert (place / f"{BUILD}being-made").is_dir()


def test_what_this_process_uses_stays(place: Path) -> None:
    folder = make_folder(COUNTS, str(place / "shm"))
    remove_abandoned()
    assert folder.is_dir()
