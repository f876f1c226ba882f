"""Datasette as a peer: the same methods in one SQLite table with full-text search, and pages with facets.

Datasette is a general tool that shows any database; this is what a public site gets from it without a line of code.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.peers import FILTERS, PeerDocument, quoted, terms_of
from catalogue.search.search_request import SearchRequest

FIELDS = ("title", "aliases", "asked_as", "summary", "body")
# What a page counts: the seven filters of ours, or three of them, which is quicker.
ALL = tuple(("_facet" if name == "cost" else "_facet_array", name) for name in FILTERS)
THREE = tuple(pair for pair in ALL if pair[1] in ("purpose", "audience", "cost"))
PAGE_SIZE = 20
COLUMNS = ", ".join(("slug", *FIELDS, *FILTERS))
SCHEMA = f"""
CREATE TABLE methods (id INTEGER PRIMARY KEY, {COLUMNS});
CREATE VIRTUAL TABLE methods_fts USING fts5(
    {", ".join(FIELDS)}, content = "methods", content_rowid = "id", tokenize = "porter unicode61");
"""


def make_database(path: Path, documents: Sequence[PeerDocument]) -> None:
    """Write the documents into a new database, with an index that Datasette finds by itself."""
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(SCHEMA)
        marks = ", ".join("?" * (len(FIELDS) + len(FILTERS) + 1))
        connection.executemany(
            f"INSERT INTO methods ({COLUMNS}) VALUES ({marks})",
            ([document.words.slug, *_texts(document), *_options(document)] for document in documents),
        )  # fmt: skip
        connection.execute("INSERT INTO methods_fts (methods_fts) VALUES ('rebuild')")
    connection.execute("ANALYZE")
    connection.close()


def _texts(document: PeerDocument) -> list[str]:
    return [getattr(document.words, name) for name in FIELDS]


def _options(document: PeerDocument) -> list[str]:
    """Return the options of each facet: a list as JSON where several can be chosen, one word elsewhere."""
    return [
        json.dumps(document.choices[name]) if _has_many(name) else document.choices[name][0]
        for name in FILTERS
    ]


def _has_many(name: str) -> bool:
    return ("_facet_array", name) in ALL


def page(request: SearchRequest, counted: Sequence[tuple[str, str]] = ALL, ending: str = "") -> str:
    """Return the address of a page of results with counts; with the ending .json, of the same as JSON.

    Datasette joins filters by AND only, so that of several options of a facet the first is taken.
    """
    words, phrases = terms_of(request)
    chosen = [(f"{name}__arraycontains" if _has_many(name) else f"{name}__exact", values[0])
              for name, values in request.choices.items()]  # fmt: skip
    asked = " OR ".join(quoted(word) for word in (*words, *phrases))
    search = [("_search", asked), ("_searchmode", "raw")] if asked else []
    parameters = [*search, *chosen, *counted, ("_size", str(PAGE_SIZE))]
    return f"/methods/methods{ending}?{urlencode(parameters)}"
