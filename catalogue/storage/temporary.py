"""Temporary folders that go with the process that made them, or with the next one if it was killed.

Each folder holds a lock that its process keeps while it lives. A lock that is free means that nobody uses the folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

# Not the name of the lock that a build takes in its folder.
LOCK = ".in-use"
# What the folders are for, as their names begin: counts of requests, a build of a process that cannot write elsewhere.
COUNTS, BUILD = "catalogue-counts-", "catalogue-build-"
# Memory that has a place among the files, on Linux.
SHARED_MEMORY = "/dev/shm"  # noqa: S108


def make_folder(prefix: str, above: str | None = None) -> Path:
    """Return a new folder below `above` (None: the system's place for such), for as long as this process lives.

    Raises OSError if it cannot be made.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=above))
    lock = FileLock(folder / LOCK, mode=0o600)
    lock.acquire()
    # Keeps the lock, too: a lock that nothing names is free.
    atexit.register(_remove_at_exit, folder, lock, os.getpid())
    return folder


def remove_abandoned() -> None:
    """Remove all folders of killed processes; call it when the site starts."""
    for place in (Path(tempfile.gettempdir()), Path(SHARED_MEMORY)):
        for lock in (*place.glob(f"{COUNTS}*/{LOCK}"), *place.glob(f"{BUILD}*/{LOCK}")):
            try:
                with FileLock(lock, timeout=0):
                    shutil.rmtree(lock.parent, ignore_errors=True)
            except (OSError, Timeout):  # of another user, or in use
                continue


def _remove_at_exit(folder: Path, lock: FileLock, process: int) -> None:
    if os.getpid() == process:  # not one forked from it
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
