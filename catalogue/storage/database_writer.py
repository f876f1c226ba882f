"""Writes the database of a new build; `database` reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, NullPool, create_engine, delete, event, insert

from catalogue.model.completeness import completeness
from catalogue.model.letters import sort_key
from catalogue.model.method import POSSIBLE, Method
from catalogue.model.sizes import runs, usual_run
from catalogue.storage.database import Entry, FileRead, chunks
from catalogue.storage.tables import Base, CaseRow, CreditRow, FacetRow, FileRow, MethodRow
from catalogue.vocabulary import VOCABULARY

# What is left out where names are put in order.
ARTICLE = re.compile(r"^\s*the\s+", re.IGNORECASE)


class StoreWriter:
    """Writes the database of a new build, which nobody reads yet."""

    def __init__(self, path: Path) -> None:
        """Open the database file, and create its tables if they do not exist."""
        url = URL.create("sqlite", database=str(path))
        self._engine = create_engine(url, poolclass=NullPool)
        # Waiting for the disk after each statement is most of a small build. What a power cut leaves unwritten
        # the digests of the manifest show, and the build is made again.
        event.listen(
            self._engine,
            "connect",
            lambda connection, _: connection.execute("PRAGMA synchronous=OFF"),
        )
        Base.metadata.create_all(self._engine)

    def write(
        self,
        entries: Iterable[Entry],
        removed: Iterable[str] = (),
        files: Iterable[FileRead] = (),
        gone_files: Iterable[str] = (),
    ) -> None:
        """Insert or replace entries and delete the `removed` slugs; the same for files by name. Raises StoreError."""
        entries = list(entries)
        gone = [*removed, *(entry.method.slug for entry in entries)]
        with self._engine.begin() as connection:
            for table in (CaseRow, CreditRow, FacetRow, MethodRow):
                for chunk in chunks(gone):
                    connection.execute(delete(table).where(table.slug.in_(chunk)))
            rows = [_method_row(entry) for entry in entries]
            facets = [row for entry in entries for row in _facet_rows(entry.method)]
            read: list[dict[str, Any]] = [
                {
                    **vars(file),
                    "reading": msgspec.to_builtins(replace(file.reading, method=None, draft=None)),
                }
                for file in files
            ]
            for chunk in chunks([*gone_files, *(row["name"] for row in read)]):
                connection.execute(delete(FileRow).where(FileRow.name.in_(chunk)))
            cases = [row for entry in entries for row in _case_rows(entry.method)]
            credits = [row for entry in entries for row in _credit_rows(entry.method)]
            written = ((MethodRow, rows), (FacetRow, facets), (CaseRow, cases),
                       (CreditRow, credits), (FileRow, read))  # fmt: skip
            for model, values in written:
                if values:
                    connection.execute(insert(model), values)
        self._engine.dispose()


def _method_row(entry: Entry) -> dict[str, object]:
    method = entry.method
    sizes = runs(method)
    ranges = {name: usual_run(method).number_range(name) for name in VOCABULARY.ranges}
    ends = {f"{name}_{end}": r and (r.low if end == "min" else r.high)
            for name, r in ranges.items() if name != "budget" for end in ("min", "max")}  # fmt: skip
    budget = ranges["budget"]
    complete = completeness(method)
    return {
        "slug": method.slug,
        "digest": entry.digest,
        "title": method.title,
        "sort_key": sort_key(method.title),
        "aliases": list(method.aliases),
        "languages": method.languages,
        "asked_as": list(method.asked_as),
        "name_stems": entry.name_stems,
        "need_stems": entry.need_stems,
        "name_words": entry.name_words,
        "refers_to": entry.refers_to,
        "summary": method.summary,
        "picture": method.picture,
        "cost_band": method.cost.band if method.cost else None,
        "cost_low_gbp": budget and budget.low,
        "cost_high_gbp": budget and budget.high,
        "cost": msgspec.to_builtins(method.cost),
        "group_size": msgspec.to_builtins(method.group_size),
        "sizes": msgspec.to_builtins(sizes),
        **ends,
        "last_reviewed": method.last_reviewed.isoformat() if method.last_reviewed else None,
        "added": method.added.isoformat() if method.added else None,
        "was": list(method.was),
        "split_from": list(method.split_from),
        "completeness": complete.score,
        "incomplete": list(complete.missing),
        "sources": len(method.sources),
        "independent_sources": sum(bool(source.independent) for source in method.sources),
        "document": msgspec.to_builtins(method),
        "page": [list(section) for section in entry.sections],
        "passages": msgspec.to_builtins(entry.passages),
    }


def _case_rows(method: Method) -> Iterator[dict[str, object]]:
    for position, case in enumerate(method.cases):
        key = sort_key(case.title)
        yield {"slug": method.slug, "position": position, "sort_key": key, "data": msgspec.to_builtins(case)}  # fmt: skip


def _credit_rows(method: Method) -> Iterator[dict[str, object]]:
    for position, credit in enumerate(method.contributors):
        yield {"slug": method.slug, "position": position, "sort_key": sort_key(ARTICLE.sub("", credit.name)), "data": msgspec.to_builtins(credit)}  # fmt: skip


def _facet_rows(method: Method) -> Iterator[dict[str, object]]:
    for facet in VOCABULARY.facets:
        for position, value in enumerate(method.choices(facet)):
            yield {"slug": method.slug, "facet": facet, "value": value, "position": position}
    for facet, field in POSSIBLE.items():
        for position, value in enumerate(method.possible(facet)):
            yield {"slug": method.slug, "facet": field, "value": value, "position": position}
