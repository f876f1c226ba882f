"""Keeps the build that is served up to date: with the method files for writers, with newer builds for the public.

Pages ask for the snapshot at the start of each request and stay with that one, so that no response mixes two builds.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from pathlib import Path

from catalogue.build.sources import belongs_to, sources_signature
from catalogue.model.problems import Problem
from catalogue.search.served_build import ServedBuild
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage.checksums import Signature
from catalogue.storage.folder import (
    BUILDS,
    POINTER,
    BuildError,
    current_build,
    engine_fingerprint,
    pointed_build,
    read_manifest,
)

LOG = logging.getLogger("catalogue")
LOOK_AGAIN_SECONDS = 1.0
# How often a thread that watches looks; with the time to open a build, less than a second in all.
WATCH_SECONDS = 0.25
# A build that could not be opened, or not be made, is tried again after this long; the reason may pass.
TRY_AGAIN_SECONDS = 30.0


class RebuildOnChange:
    """The strategy for authors (the setting RELOAD): builds whenever the method files have changed."""

    def __init__(self, served: ServedBuild) -> None:
        """Look at the files when first refreshed."""
        self._served = served
        self._signature: tuple[Signature, Signature] | None = None
        self._looked = 0.0

    def is_due(self) -> bool:
        """Whether a refresh may be needed: always, as any file may have changed."""
        return True

    def refresh(self, found_lost: bool) -> None:
        """Build if a file has changed, or the build is lost; one that fails is tried again later."""
        served = self._served
        waited = time.monotonic() - self._looked >= TRY_AGAIN_SECONDS
        if served.snapshot is None or found_lost or (served.lost and waited):
            self._looked = time.monotonic()
            self._signature = None
        current = sources_signature(served.settings.methods_dir)
        if current != self._signature:
            served.build()
            # A build that failed is tried again on the next request: the disk may have room then.
            self._signature = None if served.failure else current


class FollowPointer:
    """The strategy for the public: opens the build that `search_index/current` names, and builds only where there is none."""

    def __init__(self, served: ServedBuild) -> None:
        """Look for a build when first refreshed."""
        self._served = served
        self._looked = 0.0
        self._refused: tuple[Path | None, float] = (None, 0.0)
        # Whether a thread watches the pointer, so that no request need look.
        self.watched = False

    def is_due(self) -> bool:
        """Whether it is time to look for a newer build."""
        if self._served.lost:
            wait = TRY_AGAIN_SECONDS
        else:
            wait = 0.0 if self.watched else LOOK_AGAIN_SECONDS
        return time.monotonic() - self._looked >= wait

    def refresh(self, found_lost: bool) -> None:
        """Open the build that is pointed to, if it is another one and whole; build if nothing whole is there."""
        served = self._served
        if not (found_lost or served.snapshot is None or self.is_due()):
            return
        self._looked = time.monotonic()
        folder = pointed_build(served.index_dir)
        if served.snapshot and served.usable:
            if folder == served.snapshot.folder:
                served.trouble = ""
            if folder in (None, served.snapshot.folder) or self._was_refused(folder):
                return
        whole = current_build(served.index_dir)
        reason = self._unusable(whole)
        if whole is not None and not reason:
            served.open(whole)
            LOG.info("Serving build %s.", read_manifest(whole).fingerprint)
        elif served.usable:
            self.refuse(folder, f"is {reason}")
        else:
            if folder and not whole and not served.lost:
                LOG.error("The build in %s is damaged. It is made again.", folder)
            elif folder is None and (served.index_dir / BUILDS).exists():
                LOG.error("%s names no build. One is made.", served.index_dir / POINTER)
            served.build()

    def _unusable(self, folder: Path | None) -> str:
        """Return why the build in a folder cannot be served here, None standing for a damaged one; "" if it can."""
        if folder is None:
            return "damaged"
        manifest = read_manifest(folder)
        if manifest.engine != engine_fingerprint():
            return "made by another version: restart the server"
        if not belongs_to(manifest, self._served.settings.methods_dir):
            return (
                "made from another methods folder: set CATALOGUE_INDEX_DIR, so that each site has "
                "an index folder of its own"
            )
        return ""

    def _was_refused(self, folder: Path | None) -> bool:
        refused, when = self._refused
        return folder == refused and time.monotonic() - when < TRY_AGAIN_SECONDS

    def refuse(self, folder: Path | None, reason: str) -> None:
        """Stay with the build that is served, and say why a newer one is not opened."""
        self._refused = (folder, time.monotonic())
        self._served.trouble = f"Serving an older build because the newest {reason}."
        LOG.error("The build in %s %s. The one before it stays.", folder, reason)


class LiveBuild:
    """The build that is served, kept up to date. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened until the first request asks."""
        self.settings = settings
        self._served = ServedBuild(settings)
        self._follow = FollowPointer(self._served)
        self._strategy = RebuildOnChange(self._served) if settings.reload else self._follow
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Return the snapshot of the build that is served.

        With the setting RELOAD, method files that changed are built first. Otherwise a newer build
        is looked for at most once a second, by one request while others go on, or by the thread
        that `watch` started. A build whose files are gone or damaged is made again; where that
        fails, the snapshot in memory is served as far as it goes. Raises BuildError if there is nothing
        to serve and nothing can be built.
        """
        served = self._served
        must = served.snapshot is None or self.settings.reload
        if must or (not self._follow.watched and served.touched()):
            with self._lock:
                self._refresh()
        elif not self._follow.watched and self._strategy.is_due() and self._lock.acquire(False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        if served.snapshot is None:
            raise BuildError("Nothing has been built yet.")
        return served.snapshot

    @property
    def trouble(self) -> str:
        """What is wrong with the build that is served, as a sentence without paths of folders; "" if nothing."""
        return self._served.trouble or self._served.aside

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the method files in the last build."""
        return self._served.problems

    @property
    def left_out(self) -> tuple[str, ...]:
        """The files that the last build left out, as problems name them."""
        return self._served.left_out

    @property
    def failure(self) -> str:
        """Why the last build could not be made; "" if it could."""
        return self._served.failure

    def without_folders(self, text: str) -> str:
        """Return a message without the paths of folders."""
        return self._served.without_folders(text)

    def watch(self) -> threading.Event:
        """Open the build now, and look for newer ones in a thread of its own while this process runs.

        No request then waits for a build to be opened. Call it in the worker process: a
        thread does not survive a fork. Setting the returned event ends the thread.
        """
        try:
            self.snapshot()
        except BuildError as error:
            LOG.error("%s", error)
        freeze_objects()
        self._follow.watched = True
        stop = threading.Event()
        threading.Thread(target=self._watch, args=(stop,), name="watch", daemon=True).start()
        return stop

    def _watch(self, stop: threading.Event) -> None:
        while not stop.wait(WATCH_SECONDS):
            before = self._served.snapshot
            if before is not None:  # without one, each request tries to build
                try:
                    with self._lock:
                        self._refresh()
                    if self._served.snapshot is not before:
                        freeze_objects()
                except Exception as error:
                    # The thread must outlive any damage that it meets; the old build is served on.
                    reason = f"could not be opened ({type(error).__name__})"
                    self._follow.refuse(pointed_build(self._served.index_dir), reason)

    def _refresh(self) -> None:
        """Refresh by the strategy; the caller holds the lock."""
        found_lost = self._served.find_lost()
        self._strategy.refresh(found_lost)
        if found_lost and self._served.lost:  # no better one could be made
            self._served.accept_files()


def freeze_objects() -> None:
    """Exempt the half million objects that last as long as the build from garbage collection.

    Each full collection of them would delay requests by a tenth of a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # Requests leave hardly any reference cycles, so the youngest generation is collected rarely.
    gc.set_threshold(10_000)
