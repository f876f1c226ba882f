"""The build that is served: opened, checked for damage, and made again where its files are lost."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from catalogue.build.builder import BuildResult, build
from catalogue.model.problems import Problem
from catalogue.search.snapshot import Snapshot
from catalogue.settings import Settings
from catalogue.storage import temporary
from catalogue.storage.checksums import Stamp, stamp
from catalogue.storage.folder import DATABASE, MANIFEST, BuildError, is_whole

LOG = logging.getLogger("catalogue")


class ServedBuild:
    """The snapshot in force and the state of its files. One thread at a time may change it: see `LiveBuild`."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened yet."""
        self.settings = settings
        self.index_dir = settings.index_dir
        self.snapshot: Snapshot | None = None
        # Whether the files of the build are gone or damaged, so that only memory and method files are read.
        self.lost = False
        # What is wrong, as a sentence without paths; `aside` is that sentence while a temporary build is served.
        self.trouble = ""
        self.aside = ""
        # The problems of the method files in the last build, the files left out, and why that build failed, if it did.
        self.problems: tuple[Problem, ...] = ()
        self.left_out: tuple[str, ...] = ()
        self.failure = ""
        self._built: BuildResult | None = None
        self._stamp: Stamp = ()

    @property
    def usable(self) -> bool:
        """Whether a build is open and its files are whole."""
        return self.snapshot is not None and not self.lost

    def touched(self) -> bool:
        """Whether the files of the build have been deleted or written since it was opened."""
        return self.snapshot is not None and self._stamp != _stamp(self.snapshot.folder)

    def accept_files(self) -> None:
        """Remember the state of the files as it is now, so that they are checked again only after another change."""
        if self.snapshot:
            self._stamp = _stamp(self.snapshot.folder)

    def find_lost(self) -> bool:
        """Check touched files; return whether they are newly gone or damaged."""
        if self.snapshot is None or not self.touched():
            return False
        folder = self.snapshot.folder
        current = _stamp(folder)
        if is_whole(folder):
            self._stamp = current
            return False
        state = "damaged" if current else "gone"
        LOG.error("The build that was served, %s, is %s.", folder, state)
        self.lost = True
        self.trouble = (
            f"Serving from memory and method files: the build is {state}. It is made again."
        )
        if current:
            self.snapshot.store.refuse()
        return True

    def open(self, folder: Path) -> None:
        """Serve the build in a folder from now on. Raises what opening a snapshot raises."""
        current = _stamp(folder)
        before = None if self.lost else self.snapshot
        snapshot = Snapshot(folder, before, self.settings.methods_dir)
        if not self.settings.reload:  # an author waits for one page alone
            snapshot.prepare()
        self.snapshot = snapshot
        self._stamp, self.lost, self.trouble = current, False, ""

    def build(self) -> None:
        """Build and open the result; where that fails, stay with what is served.

        Raises BuildError if nothing is served and nothing can be built.
        """
        try:
            result = self._build_somewhere()
        except BuildError as error:
            if self.snapshot is None:
                raise
            if self.failure != str(error):
                LOG.error("%s", error)
            self.failure = str(error)
            source = "from memory" if self.lost else "an older build"
            why = self.without_folders(str(error))
            self.trouble = f"Serving {source} because none can be made. {why}"
            return
        self._built = result if self.settings.reload else None
        self.problems, self.left_out = result.problems, result.left_out
        self.failure = self.trouble = ""
        if self.snapshot is None or self.lost or self.snapshot.folder != result.folder:
            log_problems(result)
            self.open(result.folder)

    def _build_somewhere(self) -> BuildResult:
        """Build in the index folder, or in a temporary one where that cannot be written."""
        try:
            return build(self.settings.methods_dir, self.index_dir, before=self._built)
        except BuildError as error:
            if self.usable or not self.settings.methods_dir.is_dir():
                raise
            return self._build_aside(error)

    def _build_aside(self, reason: BuildError) -> BuildResult:
        """Build in a temporary folder, and serve from it if that succeeds. Raises BuildError."""
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
        self.aside = f"Serving a build of this process alone. {self.without_folders(str(reason))}"
        self.index_dir = folder
        return result

    def without_folders(self, text: str) -> str:
        """Return a message without the paths of folders."""
        for folder, name in (
            (self.index_dir, "the index folder"),
            (self.settings.index_dir, "the index folder"),
            (self.settings.methods_dir, "the methods folder"),
        ):
            text = text.replace(str(folder), name)
        return text


def _stamp(folder: Path) -> Stamp:
    """Return the stamp of the files of a build that are read while it is served."""
    return stamp(folder / MANIFEST, folder / DATABASE)


def log_problems(result: BuildResult) -> None:
    """Log the problems of the method files, and which files are left out."""
    for problem in result.problems:
        level = logging.ERROR if problem.severity == "error" else logging.WARNING
        LOG.log(level, "%s", problem)
    if result.left_out:
        LOG.error("Left out of the site until mended: %s.", ", ".join(result.left_out))
    if not result.manifest.methods:
        LOG.warning("There is no method to show. Put method files into the methods folder.")
