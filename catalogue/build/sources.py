"""The method files beside a build: whether it was made from them, whether they have changed, and their pages.

A page is rendered from its file where the database of a build cannot be read.
"""

from __future__ import annotations

import logging
from pathlib import Path

from catalogue.build.documents import make_entry
from catalogue.storage.checksums import Signature, signature
from catalogue.storage.database import Entry, Page, Store, StoreError
from catalogue.storage.folder import Manifest, fingerprint_of
from catalogue.storage.passages import PassageIndex
from catalogue.uses.reader import use_digests, uses_folder
from catalogue.validation.reader import digest, method_files, read_method_file, shown_name

LOG = logging.getLogger("catalogue")


def sources_fingerprint(methods_dir: Path, engine: str) -> str:
    """Return the fingerprint of a build that code with the fingerprint `engine` would make of the files now.

    Raises OSError if the folder cannot be read.
    """
    digests = {shown_name(path): digest(path) for path in method_files(methods_dir)}
    return fingerprint_of(engine, digests | use_digests(methods_dir))


def sources_signature(methods_dir: Path) -> tuple[Signature, Signature]:
    """Return the state of the folders that a build is made from: it changes when a file of theirs does."""
    return signature(methods_dir), signature(uses_folder(methods_dir))


def belongs_to(manifest: Manifest, methods_dir: Path) -> bool:
    """Whether a build was made from this folder of method files, or from a copy with the same files.

    Otherwise another site has its builds in the same index folder.
    """
    if manifest.methods_dir == str(methods_dir.resolve()):
        return True
    try:
        return sources_fingerprint(methods_dir, manifest.engine) == manifest.fingerprint
    except OSError:
        return False


class MethodTexts:
    """Pages and passages of methods: from the database, or from the method files if it cannot be read.

    Safe to share between threads.
    """

    def __init__(self, store: Store, methods_dir: Path | None, digests: dict[str, str]) -> None:
        """`digests` are those of the files that the build was made from, by slug."""
        self._store = store
        self._methods_dir = methods_dir
        self._digests = digests

    def page(self, slug: str) -> Page | None:
        """Return one method and its rendered sections, None if there is none. Raises StoreError."""
        try:
            return self._store.page(slug)
        except StoreError as error:
            entry = self._from_file(slug, error)
            return Page(entry.method, entry.sections)

    def passages(self, slugs: list[str]) -> dict[str, PassageIndex]:
        """Return the sentences of some methods that a result may show, by slug. Raises StoreError."""
        try:
            return self._store.passages(slugs)
        except StoreError as error:
            return {slug: self._from_file(slug, error).passages for slug in slugs}

    def _from_file(self, slug: str, error: StoreError) -> Entry:
        """Render a method from its file; raise the error of the database if the file has changed since the build."""
        file = self._methods_dir / f"{slug}.md" if self._methods_dir else None
        if file and digest(file) == self._digests.get(slug):
            method = read_method_file(file.parent, file).method
            if method:
                reason = getattr(error, "orig", None) or error
                LOG.error(
                    "The database could not be read (%s): %s is made from its file.", reason, slug
                )
                return make_entry(method, self._digests[slug])
        raise error
