"""Says whether the site is ready, and why not: what /readyz and /metrics tell.

Beside what search/live_build.py knows of its builds, it looks now and then whether the build is that of the method files and of
the code on the disk, and whether a search and the database still work.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from catalogue.build.sources import sources_fingerprint
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.storage.checksums import Signature, signature
from catalogue.storage.database import StoreError
from catalogue.storage.folder import BuildError, engine_on_disk

LOG = logging.getLogger("catalogue")
# How often it looks, at most; the answer in between is that of the last look.
LOOK_SECONDS = 5.0
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True)
class Probe:
    """One search that was made to see whether searching works: for which words, and how many methods it found."""

    words: str
    found: int


@dataclass(frozen=True)
class State:
    """What is served: the build, its number of methods, and what is wrong in a sentence ("": nothing).

    Without a build to serve, `build_id` is "". The sentence names no folder of this machine. `probe` is the
    last search that was tried; None if none was, or it failed.
    """

    build_id: str
    methods: int
    trouble: str
    probe: Probe | None = None


class Readiness:
    """Looks after what is served. Safe to share between threads."""

    def __init__(self, live_build: LiveBuild) -> None:
        """Nothing is looked at until somebody asks."""
        self._live_build = live_build
        self._lock = threading.Lock()
        self._looked = -LOOK_SECONDS
        self._snapshot: Snapshot | None = None
        self._turn = 0
        self._probe: Probe | None = None
        self._trouble = ""
        # What the method files were compared by last, so that they are read only after a change.
        self._compared: tuple[str, Signature] | None = None
        self._sources_trouble = ""

    def state(self) -> State:
        """Return what is served, and what is wrong with it. Raises nothing."""
        try:
            current = self._live_build.snapshot()
        except BuildError as error:
            return State("", 0, self._live_build.without_folders(str(error)))
        self._look(current)
        trouble = self._live_build.trouble or self._trouble
        return State(current.build_id, len(current.cards), trouble, self._probe)

    def _look(self, current: Snapshot) -> None:
        """Look again if it is time, or another build is served; one thread looks and others go on."""
        new = current is not self._snapshot
        if not new and time.monotonic() - self._looked < LOOK_SECONDS:
            return
        if self._lock.acquire(blocking=new):
            try:
                self._probe, failed = self._search(current)
                self._trouble = failed or self._compare(current)
                self._snapshot, self._looked = current, time.monotonic()
            finally:
                self._lock.release()

    def _search(self, current: Snapshot) -> tuple[Probe | None, str]:
        """Search for the title of a method, another one each time, and read its page; say what went wrong.

        With the title goes a word that nobody typed before, so that no cache can answer.
        """
        if not current.cards:
            return None, ""
        self._turn += 1
        card = current.cards[self._turn % len(current.cards)]
        try:
            query, ranking = current.rank_anew(f"{_new_word(self._turn)} {card.title}")
            found = int((ranking.scores > 0).sum())
            missed = not ranking.scores[current.places[card.slug]] > 0
            current.store.page(card.slug)
        except StoreError as error:
            LOG.error("The database could not be read: %s", getattr(error, "orig", None) or error)
            return (
                None,
                "The database of the build cannot be read; pages are made from their files.",
            )
        except Exception as error:
            LOG.exception("A search for %r failed.", card.title)
            return None, f"Searching fails ({type(error).__name__}). Restart the server."
        # A title made of words that say nothing, such as "the", asks for nothing.
        if missed and query.terms:
            return None, f'A search for "{card.title}" does not find it. Restart the server.'
        return Probe(card.title, found), ""

    def _compare(self, current: Snapshot) -> str:
        """Say whether what is served was made of other method files, or by other code, than are there now."""
        if current.manifest.engine != engine_on_disk():
            return (
                "Serving an older build: the code or the texts on the disk have changed since it was "
                "made. Run `catalogue build`, or restart the server."
            )
        folder = self._live_build.settings.methods_dir
        found = (current.build_id, signature(folder))
        if found != self._compared:
            try:
                same = sources_fingerprint(folder, current.manifest.engine) == current.build_id
            except OSError as error:
                return (
                    f"Serving an older build: the methods folder cannot be read ({error.strerror})."
                )
            self._compared = found
            self._sources_trouble = (
                ""
                if same
                else "Serving an older build: the method files are not those it was made of. Run "
                "`catalogue build`; if it fails, it says why."
            )
        return self._sources_trouble


def _new_word(number: int) -> str:
    """Return a word that no method and no visitor uses, another one for each number."""
    letters = []
    while number:
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return f"xq{''.join(letters)}"
