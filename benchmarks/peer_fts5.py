"""SQLite FTS5 as a peer: what one would write with Python's own sqlite3 and nothing else.

Words go into an FTS5 table with our fields and boosts, options into facet rows; counts are SQL
GROUP BY. The hits of a search are kept in a temporary table, so that words are matched once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.peers import FILTERS, Counts, PeerDocument, PeerPage, quoted, terms_of
from catalogue.search.search_request import SearchRequest
from catalogue.storage.fulltext import BOOSTS

FIELDS = tuple(BOOSTS)
WEIGHTS = ", ".join(str(BOOSTS[name]) for name in FIELDS)
SCHEMA = f"""
CREATE VIRTUAL TABLE words USING fts5(
    {", ".join(FIELDS)}, tokenize = "porter unicode61 remove_diacritics 2");
CREATE TABLE method (id INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT COLLATE NOCASE);
CREATE TABLE facet (facet TEXT, value TEXT, id INTEGER, PRIMARY KEY (facet, value, id)) WITHOUT ROWID;
CREATE INDEX method_by_title ON method (title, slug);
CREATE INDEX facet_by_id ON facet (id);
"""
EXTRACTS = f"""
SELECT rowid, highlight(words, {FIELDS.index("title")}, '<mark>', '</mark>')
  || highlight(words, {FIELDS.index("summary")}, '<mark>', '</mark>')
  || snippet(words, {FIELDS.index("body")}, '<mark>', '</mark>', '…', 32)
FROM words WHERE words MATCH ? AND rowid IN (%s)
"""


class FTS5Peer:
    """A database file with an FTS5 table. Used by one thread."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        """Make an empty database in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "fts5.sqlite"
        self._connection = sqlite3.connect(self._path)
        self._connection.executescript(SCHEMA)
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._connection.execute("PRAGMA cache_size = -262144")  # up to 256 MB, in kB
        self._connection.execute("CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score REAL)")

    def build(self, documents: Sequence[PeerDocument]) -> None:
        """Insert everything in one transaction, then merge the index into one piece."""
        with self._connection as connection:
            for number, document in enumerate(documents, start=1):
                self._insert(number, document)
            connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def update(self, document: PeerDocument) -> None:
        """Replace one document's rows."""
        find = "SELECT id FROM method WHERE slug = ?"
        with self._connection as connection:
            (number,) = connection.execute(find, (document.words.slug,)).fetchone()
            for table, key in (("words", "rowid"), ("method", "id"), ("facet", "id")):
                connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (number,))
            self._insert(number, document)

    def _insert(self, number: int, document: PeerDocument) -> None:
        texts = [getattr(document.words, name) for name in FIELDS]
        marks = ", ".join("?" * (len(FIELDS) + 1))
        into = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({marks})"
        self._connection.execute(into, [number, *texts])
        row = (number, document.words.slug, document.words.title)
        self._connection.execute("INSERT INTO method VALUES (?, ?, ?)", row)
        rows = [(name, value, number) for name, values in document.choices.items() for value in values]  # fmt: skip
        self._connection.executemany("INSERT INTO facet VALUES (?, ?, ?)", rows)

    def search(self, request: SearchRequest) -> PeerPage:
        """Match the words once, then filter, count and order in SQL."""
        match = _match_expression(request)
        if match:
            self._connection.execute("DELETE FROM hit")
            self._connection.execute(
                f"INSERT INTO hit SELECT rowid, bm25(words, {WEIGHTS}) FROM words WHERE words MATCH ?",
                (match,),
            )
        kept, values = _conditions(request, FILTERS, bool(match))
        total = self._connection.execute(f"SELECT count(*) FROM method WHERE {kept}", values)
        order = "score, title" if match else "title, slug"
        joined = "method JOIN hit USING (id)" if match else "method"
        rows = self._connection.execute(
            f"SELECT id, slug FROM {joined} WHERE {kept} ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, request.per_page, (request.page - 1) * request.per_page),
        ).fetchall()
        return PeerPage(
            total=total.fetchone()[0],
            slugs=tuple(slug for _, slug in rows),
            extracts=self._extracts(match, [number for number, _ in rows]),
            counts=self._counts(request, bool(match)),
        )

    def _counts(self, request: SearchRequest, words: bool) -> Counts:
        """Count all facets without a choice in one statement, and each chosen one in its own."""
        free = [name for name in FILTERS if name not in request.choices]
        groups = [free, *([name] for name in request.choices)]
        counts: Counts = {name: {} for name in FILTERS}
        for counted in groups:
            others = [name for name in FILTERS if name not in counted]
            kept, values = _conditions(request, others, words)
            # The "+" keeps SQLite from looking each id up, which is twice as slow at 2,000 methods.
            rows = self._connection.execute(
                f"SELECT facet, value, count(*) FROM facet WHERE facet IN ({_marks(counted)}) "
                f"AND +id IN (SELECT id FROM method WHERE {kept}) GROUP BY facet, value",
                (*counted, *values),
            )
            for facet, value, count in rows:
                counts[facet][value] = count
        return counts

    def _extracts(self, match: str, numbers: list[int]) -> tuple[str, ...]:
        if not match or not numbers:
            return ()
        found = dict(self._connection.execute(EXTRACTS % _marks(numbers), (match, *numbers)))
        return tuple(found[number] for number in numbers)

    def size(self) -> int:
        """Return the bytes of the database file."""
        return self._path.stat().st_size

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _match_expression(request: SearchRequest) -> str:
    """Any of the words may match, every phrase must; "" if there is nothing to match."""
    words, phrases = terms_of(request)
    required = " AND ".join(quoted(term) for term in phrases)
    any_of = " OR ".join(quoted(term) for term in (*phrases, *words))
    return f"({required}) AND ({any_of})" if required else any_of


def _conditions(
    request: SearchRequest, facets: Sequence[str], words: bool
) -> tuple[str, list[str]]:
    """Return the SQL that keeps what matches the words and the choices in some facets."""
    parts, values = ["true"], []
    if words:
        parts.append("id IN (SELECT id FROM hit)")
    for name, chosen in request.choices.items():
        if name in facets:
            parts.append(
                f"id IN (SELECT id FROM facet WHERE facet = ? AND value IN ({_marks(chosen)}))"
            )
            values += [name, *chosen]
    return " AND ".join(parts), values
