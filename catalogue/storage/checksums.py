"""Detects changes of files: by the digests of their content, or by stamps, without reading them.

A manifest has the digests of the files of a build; stamps are cheap enough to compare at each request.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

# The inode, size and time of change in nanoseconds of some files; () if one of them is gone.
Stamp = tuple[tuple[int, int, int], ...]

# The state of a folder: name, time of change in nanoseconds and size of each file, in order.
Signature = tuple[tuple[str, int, int], ...]


def stamp(*files: Path) -> Stamp:
    """Return the stamp of files: it changes when one is written or replaced."""
    try:
        stats = [file.stat() for file in files]
    except OSError:
        return ()
    return tuple((stat.st_ino, stat.st_size, stat.st_mtime_ns) for stat in stats)


def file_digest(path: Path) -> str:
    """Return the BLAKE2b digest of a file's bytes, in hexadecimal. Raises OSError if it cannot be read."""
    hasher = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            hasher.update(chunk)
    return hasher.hexdigest()


def signature(folder: Path) -> Signature:
    """Return the state of a folder; () if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            files = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in files))
