"""The open data as one SQLite file, for readers: not the database of a build, which is for the site alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from catalogue.exports.tables import TABLES, Row, Table

AFFINITIES = {
    "string": "TEXT",
    "number": "REAL",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "date": "TEXT",
}


def sqlite_file(rows: Mapping[str, Iterable[Row]], about: Mapping[str, str]) -> bytes:
    """Return the bytes of a SQLite file with the rows of all TABLES by name, and a table `about` of what it is."""
    connection = sqlite3.connect(":memory:")
    try:
        for table in TABLES:
            connection.execute(_create(table))
            places = ", ".join("?" * len(table.columns))
            insert = f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608  (a name of ours)
            connection.executemany(insert, rows[table.name])
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _create(table: Table) -> str:
    columns = [f'"{column.name}" {AFFINITIES[column.type]}' for column in table.columns]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if table.key != ("slug",):
        columns.append("FOREIGN KEY (slug) REFERENCES methods (slug)")
    return f'CREATE TABLE "{table.name}" ({", ".join(columns)})'
