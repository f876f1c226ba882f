"""Writes the database of a new build; `database` reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, NullPool, create_engine, delete, insert

from catalogue.model.completeness import completeness
from catalogue.model.letters import sort_key
from catalogue.model.method import POSSIBLE, Method
from catalogue.model.sizes import runs, usual_run
from catalogue.storage.database import Entry, FileRead
from catalogue.storage.tables import Base, CaseRow, CreditRow, FacetRow, FileRow, MethodRow
from catalogue.vocabulary import VOCABULARY

# What is left out where names are put in order.
ARTICLE = re.compile(r"^\s*the\s+", re.IGNORECASE)


def write_database(
    path: Path,
    entries: Iterable[Entry],
    removed: Iterable[str] = (),
    files: Iterable[FileRead] = (),
    gone_files: Iterable[str] = (),
) -> None:
    """Write the database of a new build, which nobody reads yet; its file is made if it does not exist.

    Inserts or replaces entries and deletes the `removed` slugs; the same for files by name. Raises StoreError.
    """
    entries = list(entries)
    methods = [entry.method for entry in entries]
    gone = [*removed, *(method.slug for method in methods)]
    read = [_file_row(file) for file in files]
    written: tuple[tuple[type[Base], list[dict[str, Any]]], ...] = (
        (MethodRow, [_method_row(entry) for entry in entries]),
        (FacetRow, [row for method in methods for row in _facet_rows(method)]),
        (CaseRow, [row for method in methods for row in _case_rows(method)]),
        (CreditRow, [row for method in methods for row in _credit_rows(method)]),
        (FileRow, read),
    )
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    with engine.begin() as connection:
        # Waiting for the disk after each statement is most of a small build. What a power cut leaves unwritten
        # the digests of the manifest show, and the build is made again.
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        Base.metadata.create_all(connection)
        for table in (CaseRow, CreditRow, FacetRow, MethodRow):
            connection.execute(delete(table).where(table.slug.in_(gone)))
        names = [*gone_files, *(row["name"] for row in read)]
        connection.execute(delete(FileRow).where(FileRow.name.in_(names)))
        for model, rows in written:
            if rows:
                connection.execute(insert(model), rows)


def _file_row(file: FileRead) -> dict[str, Any]:
    reading = replace(file.reading, method=None, draft=None)
    return {**vars(file), "reading": msgspec.to_builtins(reading)}


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
