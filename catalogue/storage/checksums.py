"""Tells whether files are still as they were made: by their digests, or at a glance by their stamps.

The digests stand in the manifest of a build, and storage/folder.py compares them when it is opened. The
stamps are looked at by search/live_build.py at each request, which costs next to nothing.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

# How some files stand: inode, size and time of change of each. () if one of them is gone.
Stamp = tuple[tuple[int, int, int], ...]

# What tells one state of the methods folder from another without reading the files.
Signature = tuple[tuple[str, int, int], ...]


def stamp(*files: Path) -> Stamp:
    """Return what tells that nobody has written into these files, or put others in their place."""
    try:
        found = [file.stat() for file in files]
    except OSError:
        return ()
    return tuple((stat.st_ino, stat.st_size, stat.st_mtime_ns) for stat in found)


def file_digest(path: Path) -> str:
    """Return a digest of a file's bytes. Raises OSError if it cannot be read."""
    made = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            made.update(chunk)
    return made.hexdigest()


def signature(folder: Path) -> Signature:
    """Return what tells one state of a folder from another; () if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))
