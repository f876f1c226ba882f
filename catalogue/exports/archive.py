"""ZIP archives whose bytes depend on their files alone, so that each replica of a site serves the same ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

# The earliest time that a ZIP archive can hold.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def archive(files: Iterable[tuple[str, bytes]], stored: str = "") -> bytes:
    """Return a ZIP archive of files, each with its name and its content; the one called `stored` is not compressed."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files:
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return written.getvalue()
