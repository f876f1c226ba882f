"""The database, as it is read; with `database_writer` the only module that runs SQL.

A database is written once, inside a new build, and only read afterwards. Values without columns of their own are
stored as JSON. The functions of msgspec are thread-safe: each call has its own state, and no encoder is shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from sqlalchemy import URL, Engine, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from catalogue.model.method import Case, Credit, Method
from catalogue.storage.passages import PassageIndex
from catalogue.storage.tables import CaseRow, CreditRow, FacetRow, FileRow, MethodRow
from catalogue.validation.reader import Reading

StoreError = SQLAlchemyError
Made = TypeVar("Made", Case, Credit)


@dataclass(frozen=True)
class Page:
    """A method with the rendered sections of its page: (section id, safe HTML) in order."""

    method: Method
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """Everything stored of one method: the method, its file's digest, its rendered sections and passages."""

    method: Method
    digest: str
    sections: tuple[tuple[str, str], ...]
    passages: PassageIndex
    # The stems of its names (title first), and of its summary and needs.
    name_stems: tuple[tuple[str, ...], ...] = ()
    need_stems: tuple[tuple[str, ...], ...] = ()
    # The whole words of its names (title first).
    name_words: tuple[tuple[str, ...], ...] = ()
    # The slugs that its text links to, each once.
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileRead:
    """A file of the methods folder: its name, its digest, its stamp (size and times), its reading."""

    name: str
    digest: str
    stamp: str
    reading: Reading


class Store:
    """A database opened for reading; thread-safe. All its methods raise StoreError if it cannot be read."""

    def __init__(self, path: Path) -> None:
        """Take the path of the database file; a connection is opened for each read."""
        # Quoted, because a path may contain "#", "?" or "%", which are special in a URI.
        uri = f"file:{quote(path.as_posix(), safe='/:')}"
        query = {"mode": "ro", "immutable": "1", "uri": "true"}
        self._engine: Engine = create_engine(URL.create("sqlite", database=uri, query=query))
        self._refused = False

    def files(self) -> dict[str, FileRead]:
        """Return all files by name, their readings without methods."""
        columns = select(FileRow.name, FileRow.digest, FileRow.stamp, FileRow.reading)
        with self._read() as connection:
            return {
                name: FileRead(name, digest, stamp, msgspec.convert(reading, Reading))
                for name, digest, stamp, reading in connection.execute(columns)
            }

    def digests(self) -> dict[str, str]:
        """Return the digest of the file of each method, by slug."""
        with self._read() as connection:
            return {
                slug: digest
                for slug, digest in connection.execute(select(MethodRow.slug, MethodRow.digest))
            }

    def rows(self, slugs: list[str]) -> list[Any]:
        """Return the columns of MethodRow that a card needs, of some methods."""
        excluded = ("document", "page", "passages", "digest")
        columns = [column for column in MethodRow.__table__.columns if column.name not in excluded]
        with self._read() as connection:
            return list(connection.execute(select(*columns).where(MethodRow.slug.in_(slugs))))

    def facets(self, slugs: list[str]) -> list[tuple[str, str, str]]:
        """Return (slug, facet, value) of some methods, main values first."""
        columns = select(FacetRow.slug, FacetRow.facet, FacetRow.value).order_by(FacetRow.position)
        with self._read() as connection:
            found = connection.execute(columns.where(FacetRow.slug.in_(slugs)))
            return [(slug, facet, value) for slug, facet, value in found]

    def cases(self) -> list[tuple[str, Case]]:
        """Return all cases with the slugs of their methods, in the order of their titles."""
        return self._in_order(CaseRow, Case)

    def credits(self) -> list[tuple[str, Credit]]:
        """Return all credits with the slugs of their methods, in the order of names."""
        return self._in_order(CreditRow, Credit)

    def _in_order(
        self, row: type[CaseRow] | type[CreditRow], made: type[Made]
    ) -> list[tuple[str, Made]]:
        columns = select(row.slug, row.data).order_by(row.sort_key, row.slug, row.position)
        with self._read() as connection:
            return [
                (slug, msgspec.convert(data, made)) for slug, data in connection.execute(columns)
            ]

    def quality(self) -> list[Any]:
        """Return (slug, completeness, incomplete, sources, independent_sources) of all methods."""
        columns = select(
            MethodRow.slug,
            MethodRow.completeness,
            MethodRow.incomplete,
            MethodRow.sources,
            MethodRow.independent_sources,
        )
        with self._read() as connection:
            return list(connection.execute(columns))

    def page(self, slug: str) -> Page | None:
        """Return a method and its rendered sections; None if there is no such slug."""
        columns = select(MethodRow.document, MethodRow.page).where(MethodRow.slug == slug)
        with self._read() as connection:
            row = connection.execute(columns).first()
            if row is None:
                return None
            return msgspec.convert({"method": row.document, "sections": row.page}, Page)

    def passages(self, slugs: list[str]) -> dict[str, PassageIndex]:
        """Return the sentences of some methods that a result may show, by slug."""
        columns = select(MethodRow.slug, MethodRow.passages).where(MethodRow.slug.in_(slugs))
        with self._read() as connection:
            return {
                slug: msgspec.convert(passages, PassageIndex)
                for slug, passages in connection.execute(columns)
            }

    def close(self) -> None:
        """Close the database file."""
        self._engine.dispose()

    def refuse(self) -> None:
        """Raise StoreError at each read from now on: the file is damaged, and might give wrong values."""
        self._refused = True

    @contextmanager
    def _read(self) -> Iterator[Any]:
        if self._refused:
            raise StoreError("the file is damaged")
        try:
            with self._engine.connect() as connection:
                yield connection
        except ValueError as error:  # not UTF-8, not JSON, or JSON of another form
            raise StoreError(str(error)) from error
