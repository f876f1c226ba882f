"""Fixes method files on the disk: their text by authoring/fix/fixes.py, and their names.

`catalogue check --fix` uses it. A file is replaced whole or not at all, and one that is not a plain,
readable, writable text file is left as it is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from codecs import BOM_UTF8
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.authoring.check.check_files import shown
from catalogue.authoring.fix.fixes import FixedText, fix
from catalogue.model.slugs import NO_SLUG, SLUG, file_slug
from catalogue.regular_file import read_regular_file
from catalogue.validation.reader import MAX_BYTES, read_method_file


@dataclass(frozen=True)
class Fixed:
    """What was done to one file: where it is now, and each thing that was done, in words."""

    file: Path
    done: tuple[str, ...] = ()


def fix_file(folder: Path, file: Path) -> Fixed:
    """Fix a file's text and name. Raises OSError if it cannot be written; it is then as it was.

    `folder` is the folder of methods, for the names in messages.
    """
    fixed = _fixed_text(file)
    if fixed is None:
        return Fixed(file)
    path = shown(file, folder)
    done = [f"{path}:{note.line}: mended: {note.what}." for note in fixed.notes]
    if fixed.notes:
        _replace(file, fixed.text)
    better = better_name(file)
    if better != file:
        file.rename(better)
        done.append(f"{path}: mended: its name is now {shown(better, folder)}.")
    return Fixed(better, tuple(done))


def fixable(file: Path) -> int:
    """Return how many problems of a file `fix_file` would take away."""
    fixed = _fixed_text(file)
    return 0 if fixed is None else fixed.gone + (better_name(file) != file)


def better_name(file: Path) -> Path:
    """Return what a file should be called: its own name if that will do, or the better one is taken."""
    slug = file_slug(file.name)
    better = file.with_name(f"{slug}.md")
    if SLUG.fullmatch(file.stem) or slug == NO_SLUG:
        return file
    # Where capitals make no difference, the better name is this very file.
    same = better.name.lower() == file.name.lower() and better.exists() and better.samefile(file)
    return file if os.path.lexists(better) and not same else better


def _fixed_text(file: Path) -> FixedText | None:
    """Fix the text of a file, if it is one that may be touched."""
    reading = read_method_file(file.absolute().parent, file)
    codes = Counter(problem.code for problem in reading.problems)
    if any(code.startswith("file-") and code != "file-name" for code in codes):
        return None
    try:
        raw = read_regular_file(file.parent, file.name, MAX_BYTES)
        bare = raw.removeprefix(BOM_UTF8)
        slugs = frozenset(other.stem for other in file.absolute().parent.glob("*.md"))
        fixed = fix(reading.path, bare.decode("utf-8"), slugs)
    except (OSError, UnicodeDecodeError):
        return None  # changed or gone since it was read
    return replace(fixed, text="\ufeff" + fixed.text) if bare != raw else fixed


def _replace(file: Path, text: str) -> None:
    if not file.lstat().st_mode & 0o222:
        raise PermissionError(13, "it is set to be read only", str(file))
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode("utf-8"))
            new.flush()
            os.fsync(new.fileno())
        shutil.copymode(file, name)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
