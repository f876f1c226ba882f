"""Keeps the build that is being served, and takes up a newer one when it appears.

Pages ask it for the snapshot at the start of each request and hold on to that one, so that no
answer mixes two builds. Stands between build.py and the web pages.
"""

from __future__ import annotations

import gc
import logging
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from catalogue import temporary
from catalogue.build import BuildResult, build
from catalogue.build_folder import (
    BUILDS,
    DATABASE,
    MANIFEST,
    POINTER,
    BuildError,
    current_build,
    engine_fingerprint,
    engine_on_disk,
    is_whole,
    pointed_build,
    read_manifest,
)
from catalogue.integrity import Signature, Stamp, signature, stamp
from catalogue.problems import Problem
from catalogue.settings import Settings
from catalogue.snapshot import Snapshot

LOG = logging.getLogger("catalogue")
LOOK_AGAIN_SECONDS = 1.0
# How often a thread that watches looks; with the time to open a build, less than a second in all.
WATCH_SECONDS = 0.25
# A build that could not be taken up, or not be made, is tried again after this long; the reason may pass.
TRY_AGAIN_SECONDS = 30.0


@dataclass(frozen=True)
class State:
    """What is served: the build, its number of methods, and what is wrong in a sentence ("": nothing).

    Without a build to serve, `build_id` is "". The sentence names no folder of this machine.
    """

    build_id: str
    methods: int
    trouble: str


class Serving:
    """The snapshot in force. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened until the first request asks."""
        self.settings = settings
        self._index_dir = settings.index_dir
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._signature: Signature | None = None
        self._built: BuildResult | None = None
        self._looked = 0.0
        # How its files stood when it was opened; see integrity.py.
        self._stamp: Stamp = ()
        # Whether the files of the build in use are gone or damaged, so that only memory answers.
        self._lost = False
        self._watching = False
        self._on_new_code: Callable[[], None] | None = None
        self._refused: tuple[Path | None, float] = (None, 0.0)
        self._trouble = ""
        self._aside = ""
        # What the last build found in the method files, and why it could not be made, if it could not.
        self.problems: tuple[Problem, ...] = ()
        self.failure = ""

    def snapshot(self) -> Snapshot:
        """Return the build to answer from.

        With the setting RELOAD, method files that changed are built first. Otherwise a newer build
        is looked for at most once a second, by one request while others go on, or by the thread
        that `watch` started. A build whose files are gone or damaged is made again; where that
        fails, memory goes on answering as far as it goes. Raises BuildError if there is nothing
        to serve and nothing can be built.
        """
        current = self._snapshot
        # A thread that watches looks at the files by itself, so that a request need not.
        if not current or self.settings.reload or (not self._watching and self._touched(current)):
            with self._lock:
                self._refresh()
                current = self._snapshot
        elif not self._watching and self._is_time() and self._lock.acquire(blocking=False):
            try:
                self._refresh()
                current = self._snapshot
            finally:
                self._lock.release()
        if current is None:
            raise BuildError("Nothing has been built yet.")
        return current

    def state(self) -> State:
        """Return what is served, and what is wrong with it; never raises BuildError."""
        try:
            current = self.snapshot()
        except BuildError as error:
            return State("", 0, self._without_folders(str(error)))
        return State(current.build_id, len(current.cards), self._trouble or self._aside)

    def _without_folders(self, text: str) -> str:
        for folder, name in (
            (self._index_dir, "the index folder"),
            (self.settings.index_dir, "the index folder"),
            (self.settings.methods_dir, "the methods folder"),
        ):
            text = text.replace(str(folder), name)
        return text

    def watch(self, on_new_code: Callable[[], None] | None = None) -> threading.Event:
        """Open the build now, and look for newer ones in a thread of its own while this process runs.

        No request then waits for a build to be opened. Call it in the process that answers: a
        thread does not survive a fork. `on_new_code` is called if a newer build was made by
        code that is on the disk but not in this process, and again after TRY_AGAIN_SECONDS. Setting the event returned ends the thread.
        """
        try:
            self.snapshot()
        except BuildError as error:
            LOG.error("%s", error)
        set_aside()
        self._on_new_code = on_new_code
        self._watching = True
        stop = threading.Event()
        threading.Thread(target=self._watch, args=(stop,), name="watch", daemon=True).start()
        return stop

    def _watch(self, stop: threading.Event) -> None:
        while not stop.wait(WATCH_SECONDS):
            before = self._snapshot
            if before is not None:  # without one, each request tries to build
                try:
                    with self._lock:
                        self._refresh()
                    if self._snapshot is not before:
                        set_aside()
                except Exception as error:
                    # The thread must outlive any damage that it meets; the old build goes on serving.
                    reason = f"could not be opened ({type(error).__name__})"
                    self._refuse(pointed_build(self._index_dir), reason)

    def _is_time(self) -> bool:
        wait = TRY_AGAIN_SECONDS if self._lost else 0.0 if self._watching else LOOK_AGAIN_SECONDS
        return time.monotonic() - self._looked >= wait

    def _touched(self, snapshot: Snapshot) -> bool:
        """Whether somebody has deleted the build, or written into it, since it was opened."""
        return self._stamp != _stamp(snapshot.folder)

    def _refresh(self) -> None:
        """Take up a newer build; build, where files changed or nothing whole is there."""
        found_lost = self._find_lost()
        if found_lost or self._snapshot is None or self._is_time():
            self._looked = time.monotonic()
            if not self.settings.reload:
                self._look()
            elif self._lost or self._snapshot is None:
                self._signature = None
        if self.settings.reload:
            found = signature(self.settings.methods_dir)
            if found != self._signature:
                self._build()
                # A build that failed is tried again on the next request: the disk may have room then.
                self._signature = None if self.failure else found
        if found_lost and self._lost and self._snapshot:  # no better one could be made
            self._stamp = _stamp(self._snapshot.folder)

    def _find_lost(self) -> bool:
        """Whether the files of the build in use have just been found gone or damaged."""
        if self._snapshot is None or not self._touched(self._snapshot):
            return False
        folder = self._snapshot.folder
        found = _stamp(folder)
        if is_whole(folder):
            self._stamp = found
            return False
        LOG.error("The build that was served, %s, is %s.", folder, "damaged" if found else "gone")
        self._lost = True
        if found:
            self._snapshot.store.refuse()
        return True

    def _look(self) -> None:
        """Take up the build that is pointed to, if it is another one and whole."""
        folder = pointed_build(self._index_dir)
        usable = self._snapshot is not None and not self._lost
        if self._snapshot and usable:
            if folder == self._snapshot.folder:
                self._trouble = ""
            if folder in (None, self._snapshot.folder) or self._was_refused(folder):
                return
        whole = current_build(self._index_dir)
        engine = read_manifest(whole).engine if whole else ""
        if whole is not None and engine == engine_fingerprint():
            self._open(whole)
            LOG.info("Serving build %s.", read_manifest(whole).fingerprint)
        elif not usable:
            if folder and not whole and not self._lost:
                LOG.error("The build in %s is damaged. It is made again.", folder)
            elif folder is None and (self._index_dir / BUILDS).exists():
                LOG.error("%s names no build. One is made.", self._index_dir / POINTER)
            self._build()
        elif whole and self._on_new_code and engine == engine_on_disk():
            self._refuse(folder, "is made by newer code: new workers are asked for")
            self._on_new_code()
        else:
            reason = "made by another version: restart the server" if whole else "damaged"
            self._refuse(folder, f"is {reason}")

    def _open(self, folder: Path) -> None:
        found = _stamp(folder)
        before = None if self._lost else self._snapshot
        snapshot = Snapshot(folder, before)
        if not self.settings.reload:  # who edits a file waits for its page alone
            snapshot.prepare()
        self._snapshot = snapshot
        self._stamp, self._lost, self._trouble = found, False, ""

    def _was_refused(self, folder: Path | None) -> bool:
        refused, when = self._refused
        return folder == refused and time.monotonic() - when < TRY_AGAIN_SECONDS

    def _refuse(self, folder: Path | None, reason: str) -> None:
        """Stay with the build in force, and say why a newer one is not taken up."""
        self._refused = (folder, time.monotonic())
        self._trouble = f"Serving an older build because the newest {reason}."
        LOG.error("The build in %s %s. The one before it stays.", folder, reason)

    def _build(self) -> None:
        """Build and open the result; where that fails, keep what is being served."""
        try:
            result = self._build_somewhere()
        except BuildError as error:
            if self._snapshot is None:
                raise
            if self.failure != str(error):
                LOG.error("%s", error)
            self.failure = str(error)
            why = self._without_folders(str(error))
            what = "from memory" if self._lost else "an older build"
            self._trouble = f"Serving {what} because none can be made. {why}"
            return
        self._built = result if self.settings.reload else None
        self.problems, self.failure, self._trouble = result.problems, "", ""
        if self._snapshot is None or self._lost or self._snapshot.folder != result.folder:
            log_problems(result)
            self._open(result.folder)

    def _build_somewhere(self) -> BuildResult:
        """Build in the index folder, or in a temporary one where that cannot be written."""
        try:
            return build(self.settings.methods_dir, self._index_dir, before=self._built)
        except BuildError as error:
            usable = self._snapshot is not None and not self._lost
            if usable or not self.settings.methods_dir.is_dir():
                raise
            return self._build_aside(error)

    def _build_aside(self, reason: BuildError) -> BuildResult:
        """Build in a temporary folder, and stay with it if that succeeds."""
        try:
            folder = temporary.make_folder(temporary.BUILD)
        except OSError:
            raise reason from None
        LOG.error("%s", reason)
        LOG.error("Until then this process builds in %s.", folder)
        try:
            result = build(self.settings.methods_dir, folder)
        except BuildError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._aside = f"Serving a build of this process alone. {self._without_folders(str(reason))}"
        self._index_dir = folder
        return result


def set_aside() -> None:
    """Spare Python's collector of garbage what lasts as long as the build: half a million objects.

    Looking through them again and again would hold up requests for a tenth of a second each time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # Hardly anything that a request leaves behind needs the collector: fewer looks at what is new.
    gc.set_threshold(10_000)


def _stamp(folder: Path) -> Stamp:
    """Return how the files of a build stand that are read while it is served."""
    return stamp(folder / MANIFEST, folder / DATABASE)


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
