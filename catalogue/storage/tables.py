"""The tables of the database, in SQLAlchemy's typed declarative form.

The database is the store of record for everything served; it is made from the method files by
build/builder.py and can be deleted at any time. Only storage/database.py uses these classes.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class PackedJSON(TypeDecorator[Any]):
    """JSON, compressed: long texts that only one page at a time needs.

    Two thirds of the database would be these; a new build copies all of it for one edited file.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: object) -> bytes:
        """Write a plain value as zlib-compressed UTF-8 JSON."""
        return zlib.compress(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: Any, dialect: object) -> Any:
        """Read it again."""
        return json.loads(zlib.decompress(value))


class Base(DeclarativeBase):
    """All tables of the catalogue."""


class FileRow(Base):
    """A file of the methods folder as last read, so that an unchanged one is not read again."""

    __tablename__ = "file"

    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    # Its size and times when it was read, so that a file that was not touched is not read again; "" if too fresh.
    stamp: Mapped[str]
    # The Reading without its method, as plain values.
    reading: Mapped[dict[str, object]] = mapped_column(JSON)


class MethodRow(Base):
    """A method as served: its facts in columns, the whole method, its page and its passages."""

    __tablename__ = "method"

    slug: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    title: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(JSON)
    asked_as: Mapped[list[str]] = mapped_column(JSON)
    # The whole words of the title and each alias, for suggestions and compounds.
    name_words: Mapped[list[list[str]]] = mapped_column(JSON)
    # The stems of the title and each alias, and of the summary and each need it is asked for.
    name_stems: Mapped[list[list[str]]] = mapped_column(JSON)
    need_stems: Mapped[list[list[str]]] = mapped_column(JSON)
    summary: Mapped[str]
    cost_band: Mapped[str | None]
    cost_low_gbp: Mapped[float | None]
    cost_high_gbp: Mapped[float | None]
    # The Cost as given in the file, as plain values.
    cost: Mapped[dict[str, object] | None] = mapped_column(JSON)
    people_min: Mapped[float | None]
    people_max: Mapped[float | None]
    hours_min: Mapped[float | None]
    hours_max: Mapped[float | None]
    weeks_min: Mapped[float | None]
    weeks_max: Mapped[float | None]
    last_reviewed: Mapped[str | None] = mapped_column(String(10))
    # Points for completeness, out of 100, and the names of the rules not met.
    completeness: Mapped[int]
    incomplete: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[int]
    independent_sources: Mapped[int]
    document: Mapped[dict[str, object]] = mapped_column(PackedJSON)
    # [[section id, safe HTML], …] in the order of the page.
    page: Mapped[list[list[str]]] = mapped_column(PackedJSON)
    # The Lines of storage/passages.py, as plain values: what a result may show as its extract.
    passages: Mapped[dict[str, object]] = mapped_column(PackedJSON)


class CaseRow(Base):
    """One real case of one method, in the order of its file."""

    __tablename__ = "method_case"

    slug: Mapped[str] = mapped_column(ForeignKey("method.slug"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    # The Case, as plain values.
    data: Mapped[dict[str, object]] = mapped_column(JSON)


class CreditRow(Base):
    """One credit of one method, in the order of its file."""

    __tablename__ = "method_credit"

    slug: Mapped[str] = mapped_column(ForeignKey("method.slug"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    # The Credit, as plain values.
    data: Mapped[dict[str, object]] = mapped_column(JSON)


class FacetRow(Base):
    """One option that one method has; `place` keeps the order in the file (main one first)."""

    __tablename__ = "method_facet"
    # All but the place is the key; a table of rows beside an index of keys would hold all of it twice.
    __table_args__ = ({"sqlite_with_rowid": False},)

    slug: Mapped[str] = mapped_column(ForeignKey("method.slug"), primary_key=True)
    facet: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
