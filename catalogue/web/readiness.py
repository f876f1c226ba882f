"""Readiness checks for /readyz and /metrics.

They compare the live build with the method files and the code on the disk, and try a search and the database.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from catalogue.build.sources import sources_fingerprint, sources_signature
from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.storage.checksums import Signature
from catalogue.storage.database import StoreError
from catalogue.storage.folder import BuildError, engine_on_disk

LOG = logging.getLogger("catalogue")
# Checks run at most this often; in between the last result is returned.
CHECK_SECONDS = 5.0
CONSONANTS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True)
class Probe:
    """A search made to check that searching works: its words, and how many methods it found."""

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
    """Checks what is served. Safe to share between threads."""

    def __init__(self, live_build: LiveBuild) -> None:
        """Nothing is checked before the first call of `state`."""
        self._live_build = live_build
        self._lock = threading.Lock()
        self._checked_at = -CHECK_SECONDS
        self._snapshot: Snapshot | None = None
        self._check_number = 0
        self._probe: Probe | None = None
        self._trouble = ""
        # The state of the method files at the last comparison, so that they are read only after a change.
        self._compared: tuple[str, tuple[Signature, Signature]] | None = None
        self._sources_trouble = ""

    def state(self) -> State:
        """Return what is served, and what is wrong with it. Raises nothing."""
        try:
            current = self._live_build.snapshot()
        except BuildError as error:
            return State("", 0, self._live_build.without_folders(str(error)))
        self._check(current)
        trouble = self._live_build.trouble or self._trouble
        return State(current.build_id, len(current.cards), trouble, self._probe)

    def _check(self, current: Snapshot) -> None:
        """Run the checks if they are due, or another build is served; one thread runs them and others go on."""
        new = current is not self._snapshot
        if not new and time.monotonic() - self._checked_at < CHECK_SECONDS:
            return
        if self._lock.acquire(blocking=new):
            try:
                self._probe, failed = self._search(current)
                self._trouble = failed or self._compare(current)
                self._snapshot, self._checked_at = current, time.monotonic()
            finally:
                self._lock.release()

    def _search(self, current: Snapshot) -> tuple[Probe | None, str]:
        """Search for the title of a method, another one each time, and read its page; return the probe and what went wrong.

        With the title goes a word that nobody typed before, so that no cache is hit.
        """
        if not current.cards:
            return None, ""
        self._check_number += 1
        card = current.cards[self._check_number % len(current.cards)]
        try:
            query, ranking = current.rank_uncached(f"{_new_word(self._check_number)} {card.title}")
            found = int((ranking.scores > 0).sum())
            missed = not ranking.scores[current.ordinals[card.slug]] > 0
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
        # A title of stop words alone, such as "the", makes an empty query.
        if missed and query.terms:
            return None, f'A search for "{card.title}" does not find it. Restart the server.'
        return Probe(card.title, found), ""

    def _compare(self, current: Snapshot) -> str:
        """Return how the build differs from the method files and the code on the disk; "" if it does not."""
        if current.manifest.engine != engine_on_disk():
            return (
                "Serving an older build: the code or the texts on the disk have changed since it was "
                "made. Run `catalogue build`, or restart the server."
            )
        folder = self._live_build.settings.methods_dir
        found = (current.build_id, sources_signature(folder))
        if found != self._compared:
            try:
                same = sources_fingerprint(folder, current.manifest.engine) == current.build_id
            except OSError as error:
                return (
                    f"Serving an older build: the methods folder cannot be read ({error.strerror})."
                )
            self._compared = found
            self._sources_trouble = (
                _faulty_files(current.manifest.errors)
                if same
                else "Serving an older build: the method files are not those it was made of. Run "
                "`catalogue build`; if it fails, it says why."
            )
        return self._sources_trouble


def _faulty_files(errors: int) -> str:
    """Return what errors in the method files mean for the site; "" if there are none."""
    if not errors:
        return ""
    things = "1 error" if errors == 1 else f"{errors} errors"
    return (
        f"The method files have {things}: files or links are left out. Run `catalogue check`; "
        "it says which."
    )


def _new_word(number: int) -> str:
    """Return a word that no method and no visitor uses, another one for each number."""
    letters = []
    while number:
        number, letter = divmod(number, len(CONSONANTS))
        letters.append(CONSONANTS[letter])
    return f"xq{''.join(letters)}"
