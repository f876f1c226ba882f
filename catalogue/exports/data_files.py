"""The files of the open data: JSON Lines, CSV, SQLite and Markdown, and the package that describes them.

Made of one build, once. Equal builds give equal bytes: the day in them is that of the latest review, not of today.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from catalogue.exports.archive import archive
from catalogue.exports.csv_files import csv_text
from catalogue.exports.sqlite_file import sqlite_file
from catalogue.exports.tables import TABLES, Row, Table
from catalogue.model.method import Method
from catalogue.presentation.serialisers import LICENCE, method_data
from catalogue.regular_file import read_regular_file
from catalogue.search.snapshot import Snapshot
from catalogue.storage.database import Page
from catalogue.uses.reader import ENDING, read_use_file, uses_folder
from catalogue.validation.reader import MAX_BYTES, digest

# The version of the form of the data: the first number grows when something is taken away or changes its meaning,
# the second when something is added. The page /data lists the changes.
SCHEMA_VERSION = "1.3"
PACKAGE = "datapackage.json"
JSON_LINES, SQLITE, MARKDOWN = "catalogue.jsonl", "catalogue.sqlite", "methods-markdown.zip"


@dataclass(frozen=True)
class DataFile:
    """A file of the open data: its name, content type and bytes, and what it holds."""

    name: str
    content_type: str
    content: bytes
    meaning: str

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class OpenData:
    """The whole catalogue as files. `day` is that of the latest review (ISO, "" if none is known)."""

    files: dict[str, DataFile]
    day: str
    build: str
    methods: int


def open_data(snapshot: Snapshot, methods_dir: Path, site_url: str) -> OpenData:
    """Make all files of a build. Takes about 10 ms a method; raises StoreError if the database cannot be read.

    The Markdown files are those in `methods_dir` from which the build was made.
    """
    pages = [page for slug in snapshot.slugs if (page := snapshot.page(slug))]
    methods = [page.method for page in pages]
    about = {
        "schema_version": SCHEMA_VERSION,
        "day": snapshot.last_reviewed,
        "build": snapshot.build_id,
        "licence": LICENCE["name"],
        "licence_url": LICENCE["url"],
        "attribution": LICENCE["attribution"],
    }
    rows = {table.name: list(_rows(table, methods, snapshot, site_url)) for table in TABLES}
    made = [
        DataFile(JSON_LINES, "application/jsonl; charset=utf-8", _json_lines(pages, about, site_url),
                 "All methods whole, one JSON object a line, as the API gives them."),
        DataFile(SQLITE, "application/vnd.sqlite3", sqlite_file(rows, about),
                 "All tables in one SQLite file, which Datasette opens."),
        DataFile(MARKDOWN, "application/zip", archive(_markdown(snapshot, methods_dir)),
                 "The method files themselves, and those of the reports from practice."),
        *(_csv_file(table, rows[table.name]) for table in TABLES),
    ]  # fmt: skip
    package = json.dumps(_package(made, about), indent=2, ensure_ascii=False) + "\n"
    described = DataFile(PACKAGE, "application/json", package.encode(),
                         "The description of all of them as a Frictionless Data Package.")  # fmt: skip
    files = {file.name: file for file in (*made, described)}
    return OpenData(files, snapshot.last_reviewed, snapshot.build_id, len(methods))


def csv_name(table: Table) -> str:
    """Return the name of the CSV file of a table."""
    return f"{table.name}.csv"


def _rows(table: Table, methods: list[Method], snapshot: Snapshot, site_url: str) -> Iterator[Row]:
    for method in methods:
        yield from table.rows(method, site_url, snapshot.uses.get(method.slug, ()))


def _csv_file(table: Table, rows: list[Row]) -> DataFile:
    text = csv_text([column.name for column in table.columns], rows)
    return DataFile(csv_name(table), "text/csv; charset=utf-8", text.encode(), table.meaning)


def _json_lines(pages: list[Page], about: dict[str, str], site_url: str) -> bytes:
    lines: list[dict[str, Any]] = []
    for page in pages:
        data = method_data(page, site_url)
        sections = [{k: v for k, v in s.items() if k != "html"} for s in data["sections"]]
        lines.append({**data, "sections": sections, "about": about})
    return b"".join(json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n" for line in lines)  # fmt: skip


def _markdown(snapshot: Snapshot, methods_dir: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of methods and of reports from practice that are as they were when the build was made."""
    for slug in sorted(snapshot.slugs):
        file = methods_dir / f"{slug}.md"
        if digest(file) == snapshot.digests[slug]:
            try:
                yield f"methods/{file.name}", read_regular_file(methods_dir, file.name, MAX_BYTES)
            except OSError:
                continue  # gone since its digest was taken
    folder = uses_folder(methods_dir)
    for use in sorted(
        (use for uses in snapshot.uses.values() for use in uses), key=lambda use: use.slug
    ):
        file = folder / f"{use.slug}{ENDING}"
        if read_use_file(file).use == use:
            yield f"{folder.name}/{file.name}", file.read_bytes()


def _package(files: list[DataFile], about: dict[str, str]) -> dict[str, Any]:
    """Return the Data Package: https://specs.frictionlessdata.io/data-package/."""
    tables = {csv_name(table): table for table in TABLES}
    return {
        "profile": "data-package",
        "name": "participation-catalogue",
        "title": LICENCE["attribution"].partition(" and ")[0],
        "version": about["schema_version"],
        "created": f"{about['day'] or '1970-01-01'}T00:00:00Z",
        "licenses": [{"name": about["licence"], "path": about["licence_url"]}],
        "build": about["build"],
        "resources": [_resource(file, tables.get(file.name)) for file in files],
    }


def _resource(file: DataFile, table: Table | None) -> dict[str, Any]:
    stem, _, ending = file.name.partition(".")
    described: dict[str, Any] = {
        "name": f"{stem}-{ending}" if table is None else stem,
        "path": file.name,
        "format": ending,
        "mediatype": file.content_type.partition(";")[0],
        "bytes": len(file.content),
        "hash": f"sha256:{file.digest}",
        "description": file.meaning,
    }
    if table:
        described |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(table)}  # fmt: skip
    return described


def _schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table: https://specs.frictionlessdata.io/table-schema/."""
    fields = [
        {"name": column.name, "type": column.type, "description": column.meaning}
        for column in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key)}
    if table.key != ("slug",):
        reference = {"resource": TABLES[0].name, "fields": "slug"}
        schema["foreignKeys"] = [{"fields": "slug", "reference": reference}]
    return schema
