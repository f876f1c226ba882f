"""The tables of the database, in SQLAlchemy's typed declarative form.

A database is made from the method files and can be deleted at any time.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class PackedJSON(TypeDecorator[Any]):
    """Compressed JSON, for long texts that are read for one page at a time.

    Uncompressed, they would be two thirds of a database, which each build copies.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: object) -> bytes:
        """Return a plain value as zlib-compressed UTF-8 JSON."""
        return zlib.compress(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: Any, dialect: object) -> Any:
        """Return the plain value."""
        return json.loads(zlib.decompress(value))


class Base(DeclarativeBase):
    """All tables of the catalogue."""


class FileRow(Base):
    """A file of the methods folder as last read, so that an unchanged file is not read again."""

    __tablename__ = "file"

    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    # Its size and times when it was read; "" if it had just changed, so that its times prove nothing.
    stamp: Mapped[str]
    # The Reading without its method, as plain values.
    reading: Mapped[dict[str, object]] = mapped_column(JSON)


class MethodRow(Base):
    """A method: its properties in columns, the whole method, its page and its passages."""

    __tablename__ = "method"

    slug: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    title: Mapped[str]
    # The collation key of the title.
    sort_key: Mapped[bytes]
    aliases: Mapped[list[str]] = mapped_column(JSON)
    # The codes of the languages of those that are not English, by alias.
    languages: Mapped[dict[str, str]] = mapped_column(JSON)
    asked_as: Mapped[list[str]] = mapped_column(JSON)
    # The whole words of the title and each alias, for autocompletion and compounds.
    name_words: Mapped[list[list[str]]] = mapped_column(JSON)
    # The stems of the title and each alias, and of the summary and each need it is asked for.
    name_stems: Mapped[list[list[str]]] = mapped_column(JSON)
    need_stems: Mapped[list[list[str]]] = mapped_column(JSON)
    # The slugs of the methods that its text links to, each once.
    refers_to: Mapped[list[str]] = mapped_column(JSON)
    summary: Mapped[str]
    cost_band: Mapped[str | None]
    cost_low_gbp: Mapped[float | None]
    cost_high_gbp: Mapped[float | None]
    # The name of its own picture.
    picture: Mapped[str]
    # The Cost as given in the file, as plain values.
    cost: Mapped[dict[str, object] | None] = mapped_column(JSON)
    # The Range of one group, and all sizes, as plain values.
    group_size: Mapped[dict[str, object] | None] = mapped_column(JSON)
    sizes: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    people_min: Mapped[float | None]
    people_max: Mapped[float | None]
    hours_min: Mapped[float | None]
    hours_max: Mapped[float | None]
    weeks_min: Mapped[float | None]
    weeks_max: Mapped[float | None]
    last_reviewed: Mapped[str | None] = mapped_column(String(10))
    added: Mapped[str | None] = mapped_column(String(10))
    # The slugs it had before.
    was: Mapped[list[str]] = mapped_column(JSON)
    split_from: Mapped[list[str]] = mapped_column(JSON)
    # Points for completeness, out of 100, and the names of the rules not met.
    completeness: Mapped[int]
    incomplete: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[int]
    independent_sources: Mapped[int]
    document: Mapped[dict[str, object]] = mapped_column(PackedJSON)
    # [[section id, safe HTML], …] in the order of the page.
    page: Mapped[list[list[str]]] = mapped_column(PackedJSON)
    # A PassageIndex as plain values: the sentences a result may show as its extract.
    passages: Mapped[dict[str, object]] = mapped_column(PackedJSON)


class CaseRow(Base):
    """One real case of one method, in the order of its file."""

    __tablename__ = "method_case"

    slug: Mapped[str] = mapped_column(ForeignKey("method.slug"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    # The collation key of its title.
    sort_key: Mapped[bytes]
    # The Case, as plain values.
    data: Mapped[dict[str, object]] = mapped_column(JSON)


class CreditRow(Base):
    """One credit of one method, in the order of its file."""

    __tablename__ = "method_credit"

    slug: Mapped[str] = mapped_column(ForeignKey("method.slug"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    # The collation key of the name, without "The".
    sort_key: Mapped[bytes]
    # The Credit, as plain values.
    data: Mapped[dict[str, object]] = mapped_column(JSON)


class FacetRow(Base):
    """One option of one method; `position` is its position in the file (the main one first)."""

    __tablename__ = "method_facet"
    # All columns but the position are the key; with row ids, an index would repeat them all.
    __table_args__ = ({"sqlite_with_rowid": False},)

    slug: Mapped[str] = mapped_column(ForeignKey("method.slug"), primary_key=True)
    facet: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
