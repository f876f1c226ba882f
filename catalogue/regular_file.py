"""Opens files that others put there: regular files alone, inside their folder, up to a number of bytes.

The one way in which anything below `methods/` and `texts/` is read. A symbolic link, a pipe or a device would lead
out of the folder, block for ever or never end.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Literal

Kind = Literal["link", "folder", "special"]
# What open() has on POSIX alone: follow no link, wait for no writer of a pipe, become no terminal's process.
_CAREFUL = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
# So many bytes of a file that is too large tell what kind of file it is.
START = 16
_RELATIVE = os.open in os.supports_dir_fd


class NotRegularError(OSError):
    """What stands there is no regular file; `kind` says what it is instead."""

    def __init__(self, path: Path, kind: Kind) -> None:
        """`path` is named in the message."""
        what = {"link": "a symbolic link", "folder": "a folder", "special": "not a regular file"}
        super().__init__(errno.EINVAL, f"it is {what[kind]}", str(path))
        self.kind: Kind = kind


class TooLargeError(OSError):
    """The file has more bytes than may be read; `size` says how many, as far as is known, `start` how it begins."""

    def __init__(self, path: Path, size: int, max_bytes: int, start: bytes) -> None:
        """`path` is named in the message."""
        why = f"it has {size:,} bytes and the limit is {max_bytes:,}"
        super().__init__(errno.EFBIG, why, str(path))
        self.size = size
        self.start = start


def read_regular_file(folder: Path, name: str, max_bytes: int) -> bytes:
    """Return the bytes of a file inside a folder; `name` may lead through folders below it.

    Neither the file nor a folder below `folder` may be a symbolic link; `folder` itself may. Never
    blocks, and never reads more than `max_bytes` and one. Raises NotRegularError, TooLargeError, or another
    OSError if the file is not there or cannot be read.
    """
    *above, last = PurePath(name).parts or ("",)
    if PurePath(name).is_absolute() or ".." in above or last in ("", ".."):
        raise NotRegularError(folder / name, "folder")
    if not _RELATIVE:
        return _read_by_path(folder, [*above, last], max_bytes)
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        path = folder
        for part in above:
            path /= part
            _require(path, os.lstat(part, dir_fd=at), stat.S_ISDIR)
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | _CAREFUL, dir_fd=at)
            os.close(at)
            at = below
        path /= last
        # Looked at before it is opened, because opening a device can already do something.
        _require(path, os.lstat(last, dir_fd=at), stat.S_ISREG)
        return _read(path, _opened(path, last, at), max_bytes)
    finally:
        os.close(at)


def _opened(path: Path, name: str, at: int) -> int:
    try:
        return os.open(name, os.O_RDONLY | _CAREFUL, dir_fd=at)
    except OSError as error:
        # Exchanged for a link or a socket since it was looked at.
        if error.errno == errno.ELOOP:
            raise NotRegularError(path, "link") from error
        error.filename = str(path)
        raise


def _read_by_path(folder: Path, parts: list[str], max_bytes: int) -> bytes:
    """Read the file where the system opens nothing relative to a folder (Windows)."""
    path = folder
    for part in parts[:-1]:
        path /= part
        _require(path, path.lstat(), stat.S_ISDIR)
    path /= parts[-1]
    found = path.lstat()
    _require(path, found, stat.S_ISREG)
    handle = os.open(path, os.O_RDONLY | _CAREFUL)
    now = os.fstat(handle)
    if (now.st_ino, now.st_dev) != (found.st_ino, found.st_dev):
        os.close(handle)
        raise NotRegularError(path, "link")
    return _read(path, handle, max_bytes)


def _read(path: Path, handle: int, max_bytes: int) -> bytes:
    try:
        found = os.fstat(handle)
        _require(path, found, stat.S_ISREG)
        if found.st_size > max_bytes:
            raise TooLargeError(path, found.st_size, max_bytes, os.read(handle, START))
        # It may grow meanwhile, and files made by the kernel say that they are empty.
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(max_bytes + 1)
    finally:
        os.close(handle)
    if len(content) > max_bytes:
        raise TooLargeError(path, len(content), max_bytes, content[:START])
    return content


def kind_of(mode: int) -> Kind | None:
    """Return what the mode of a file (`st_mode`) says that it is; None for a regular file."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "special"


def _require(path: Path, found: os.stat_result, wanted: Callable[[int], bool]) -> None:
    """Raise NotRegularError unless what was found is of the wanted kind: S_ISREG or S_ISDIR."""
    # A junction of Windows is a folder to S_ISDIR and leads elsewhere as a link does.
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    if getattr(found, "st_reparse_tag", 0) == junction:
        raise NotRegularError(path, "link")
    if not wanted(found.st_mode):
        raise NotRegularError(path, kind_of(found.st_mode) or "special")
