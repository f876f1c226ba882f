"""What every engine in the comparison gets and gives: the same documents, the same requests.

peer_fts5.py and peer_tantivy.py each put one engine behind `Peer`; search.py times them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from catalogue.build.documents import make_document, make_entry
from catalogue.model.letters import split_words
from catalogue.model.method import POSSIBLE, Method
from catalogue.model.sizes import SIZED_FACETS, runs
from catalogue.search.search_request import SearchRequest
from catalogue.storage.fulltext import IndexDocument, stems_of
from catalogue.validation.cross_checks import check_across
from catalogue.validation.reader import digest, method_files, read_method_file
from catalogue.vocabulary import UNKNOWN, VOCABULARY

FILTERS = tuple(facet.name for facet in VOCABULARY.filters)

PHRASE = re.compile(r'"([^"]*)"')

# How many methods each option of each facet would bring.
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class PeerDocument:
    """A method as an engine gets it: the words our own index gets, and its options by facet."""

    words: IndexDocument
    choices: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class PeerPage:
    """One page of a peer's answer: as much as our results page shows, extracts included."""

    total: int
    slugs: tuple[str, ...]
    extracts: tuple[str, ...]
    counts: Counts


class Peer(Protocol):
    """A search engine over documents. Filters are OR in a facet and AND between, as ours."""

    name: str

    def build(self, documents: Sequence[PeerDocument]) -> None:
        """Index everything, from nothing."""

    def update(self, document: PeerDocument) -> None:
        """Put one changed document in place of its older form, and show it to the next search."""

    def search(self, request: SearchRequest) -> PeerPage:
        """Answer a request with all counts, each with its own facet's choice lifted."""

    def size(self) -> int:
        """Return the bytes of its files."""

    def close(self) -> None:
        """Let go of its files."""


def read_documents(folder: Path) -> Iterator[PeerDocument]:
    """Read, check and render the methods in a folder, with the catalogue's own code."""
    readings = [read_method_file(folder, path) for path in method_files(folder)]
    for reading in check_across(readings):
        if reading.method:
            entry = make_entry(reading.method, digest(folder / f"{reading.slug}.md"))
            yield PeerDocument(make_document(entry), _choices(reading.method))


def read_document(folder: Path, slug: str) -> PeerDocument:
    """Read and render one method of a folder, as after an edit."""
    path = folder / f"{slug}.md"
    method = read_method_file(folder, path).method
    if method is None:
        raise ValueError(f"{slug} cannot be read.")
    return PeerDocument(make_document(make_entry(method, digest(path))), _choices(method))


def _choices(method: Method) -> dict[str, tuple[str, ...]]:
    """Return the options of every filter as ours: of all sizes, if only as possible; a missing value is "unknown"."""
    found = {}
    for name in FILTERS:
        if name in SIZED_FACETS:
            values = [value for run in runs(method) for value in run.choices(name) or (UNKNOWN,)]
        else:
            possible = method.possible(name) if name in POSSIBLE else ()
            values = [*method.choices(name), *possible]
        found[name] = tuple(dict.fromkeys(values)) or (UNKNOWN,)
    return found


def terms_of(request: SearchRequest) -> tuple[list[str], list[str]]:
    """Return the words and the phrases of a request, without the stop words we drop too."""
    phrases = [phrase for phrase in PHRASE.findall(request.words) if stems_of(phrase)]
    words = split_words(PHRASE.sub(" ", request.words))
    return [word for word in words if stems_of(word)], phrases


def quoted(text: str) -> str:
    """Return a text as FTS5 and tantivy both take one that has no operators in it."""
    return '"{}"'.format(text.replace('"', " "))


def folder_size(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
