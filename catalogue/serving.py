"""Keeps the build that is being served, and takes up a newer one when it appears.

Pages ask it for the snapshot at the start of each request and hold on to that one, so that no
answer mixes two builds. Stands between build.py and the web pages.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
from pathlib import Path

from catalogue.build import BuildResult, build
from catalogue.build_folder import (
    MANIFEST,
    BuildError,
    current_build,
    engine_fingerprint,
    pointed_build,
    read_manifest,
)
from catalogue.settings import Settings
from catalogue.snapshot import Snapshot

LOG = logging.getLogger("catalogue")
LOOK_AGAIN_SECONDS = 1.0

# What tells one state of the methods folder from another without reading the files.
Signature = tuple[tuple[str, int, int], ...]


class Serving:
    """The snapshot in force. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened until the first request asks."""
        self.settings = settings
        self._index_dir = settings.index_dir
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._signature: Signature | None = None
        self._looked = 0.0

    def snapshot(self) -> Snapshot:
        """Return the build to answer from.

        With the setting RELOAD, method files that changed are built first. Otherwise a newer build
        is taken up at most once a second. Raises BuildError if there is nothing to serve
        and nothing can be built.
        """
        current = self._snapshot
        if current is None or self.settings.reload or self._is_time() or _gone(current):
            with self._lock:
                self._refresh()
                current = self._snapshot
        if current is None:
            raise BuildError("Nothing has been built yet.")
        return current

    def _is_time(self) -> bool:
        return time.monotonic() - self._looked >= LOOK_AGAIN_SECONDS

    def _refresh(self) -> None:
        """Take up a newer build; build, where files changed or nothing whole is there."""
        if self._snapshot is not None and _gone(self._snapshot):
            LOG.error("The build that was served, %s, is gone.", self._snapshot.folder)
            self._snapshot = None
        if self.settings.reload:
            signature = _signature(self.settings.methods_dir)
            if self._snapshot is None or signature != self._signature:
                self._build()
                self._signature = signature
            return
        if not self._is_time() and self._snapshot is not None:
            return
        self._looked = time.monotonic()
        folder = pointed_build(self._index_dir)
        if self._snapshot is not None and folder in (None, self._snapshot.folder):
            return
        whole = current_build(self._index_dir)
        ours = whole is not None and read_manifest(whole).engine == engine_fingerprint()
        if whole is not None and ours:
            self._snapshot = Snapshot(whole, self._snapshot)
            LOG.info("Serving build %s.", self._snapshot.build_id)
        elif self._snapshot is None:
            self._build()
        else:
            reason = "made by another version: restart the server" if whole else "damaged"
            LOG.error("The build in %s is %s. The one before it stays.", folder, reason)

    def _build(self) -> None:
        """Build and open the result; where that fails, keep what is being served."""
        try:
            result = self._build_somewhere()
        except BuildError as error:
            if self._snapshot is None:
                raise
            LOG.error("%s", error)
            return
        if self._snapshot is None or self._snapshot.folder != result.folder:
            log_problems(result)
            self._snapshot = Snapshot(result.folder, self._snapshot)

    def _build_somewhere(self) -> BuildResult:
        """Build in the index folder, or in a temporary one where that cannot be written."""
        try:
            return build(self.settings.methods_dir, self._index_dir)
        except BuildError as error:
            if self._snapshot is not None or not self.settings.methods_dir.is_dir():
                raise
            return self._build_aside(error)

    def _build_aside(self, reason: BuildError) -> BuildResult:
        """Build in a temporary folder, and stay with it if that succeeds."""
        try:
            folder = Path(tempfile.mkdtemp(prefix="catalogue-"))
        except OSError:
            raise reason from None
        LOG.error("%s", reason)
        LOG.error("Until then this process builds in %s.", folder)
        try:
            result = build(self.settings.methods_dir, folder)
        except BuildError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._index_dir = folder
        return result


def _gone(snapshot: Snapshot) -> bool:
    """Whether somebody has deleted the build; threads that come later could not open its index."""
    return not (snapshot.folder / MANIFEST).is_file()


def _signature(folder: Path) -> Signature:
    try:
        found = [(path.name, path.lstat()) for path in folder.iterdir()]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))


def log_problems(result: BuildResult) -> None:
    """Name in the log what is wrong in the method files, and which of them are left out."""
    for problem in result.problems:
        level = logging.ERROR if problem.severity == "error" else logging.WARNING
        LOG.log(level, "%s", problem)
    left_out = sorted({p.path for p in result.problems if p.severity == "error"})
    if left_out:
        LOG.error("Left out of the site until mended: %s.", ", ".join(left_out))
    if not result.manifest.methods:
        LOG.warning("There is no method to show. Put method files into the methods folder.")
