"""tantivy (a search library in Rust) as a peer: the fastest engine one can install from PyPI.

Words go into stemmed text fields with our boosts, options into fast fields; counts are its terms
aggregations. Needs the extra `benchmarks`; importing this module fails without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from benchmarks.peers import (
    FILTERS,
    Counts,
    PeerDocument,
    PeerPage,
    folder_size,
    quoted,
    terms_of,
)
from catalogue.search.search_request import SearchRequest
from catalogue.storage.fulltext import BOOSTS

SHOWN = ("title", "summary", "body")
OPTIONS_AT_MOST = 100
WRITER_BYTES = 64_000_000


class TantivyPeer:
    """A tantivy index in a folder."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        """Make an empty index in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("slug", stored=True, tokenizer_name="raw")
        builder.add_integer_field("place", fast=True)
        for name in BOOSTS:
            builder.add_text_field(name, stored=name in SHOWN, tokenizer_name="en_stem")
        for name in FILTERS:
            builder.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        self._places: dict[str, int] = {}

    def build(self, documents: Sequence[PeerDocument]) -> None:
        """Add everything in one commit."""
        titles = sorted((d.words.title.lower(), d.words.slug) for d in documents)
        self._places = {slug: place for place, (_, slug) in enumerate(titles)}
        for document in documents:
            self._writer.add_document(self._document(document))
        self._commit()

    def update(self, document: PeerDocument) -> None:
        """Replace one document."""
        self._writer.delete_documents_by_term("slug", document.words.slug)
        self._writer.add_document(self._document(document))
        self._commit()

    def _commit(self) -> None:
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _document(self, document: PeerDocument) -> tantivy.Document:
        values: dict[str, object] = {name: getattr(document.words, name) for name in BOOSTS}
        values["slug"] = document.words.slug
        values["place"] = self._places[document.words.slug]
        for name, chosen in document.choices.items():
            values[f"facet_{name}"] = list(chosen)
        return tantivy.Document.from_dict(values, self._schema)

    def search(self, request: SearchRequest) -> PeerPage:
        """Search once for the page, and once for each group of counts."""
        words = self._words(request)
        query = self._narrowed(words, request, FILTERS)
        start = (request.page - 1) * request.per_page
        if request.words:
            found = self._searcher.search(query, request.per_page, offset=start)
        else:
            found = self._searcher.search(
                query,
                request.per_page,
                order_by_field="place",
                offset=start,
                order=tantivy.Order.Asc,
            )
        documents = [self._searcher.doc(address) for _, address in found.hits]
        return PeerPage(
            total=found.count,
            slugs=tuple(document["slug"][0] for document in documents),
            extracts=self._extracts(words, documents) if request.words else (),
            counts=self._counts(words, request),
        )

    def _words(self, request: SearchRequest) -> Query:
        words, phrases = terms_of(request)
        if not words and not phrases:
            return Query.all_query()
        text = " ".join([*(f"+{quoted(term)}" for term in phrases), *map(quoted, words)])
        query, _ = self._index.parse_query_lenient(text, list(BOOSTS), field_boosts=BOOSTS)
        return query

    def _narrowed(self, words: Query, request: SearchRequest, facets: Sequence[str]) -> Query:
        """Return the query that also asks for the choices in some facets, without scoring them."""
        parts = [(Occur.Must, words)]
        for name, chosen in request.choices.items():
            if name in facets:
                options = Query.term_set_query(self._schema, f"facet_{name}", list(chosen))
                parts.append((Occur.Must, Query.const_score_query(options, 0.0)))
        return Query.boolean_query(parts) if len(parts) > 1 else words

    def _counts(self, words: Query, request: SearchRequest) -> Counts:
        """Count all facets without a choice in one pass, and each chosen one in its own."""
        free = [name for name in FILTERS if name not in request.choices]
        counts: Counts = {}
        for counted in (free, *([name] for name in request.choices)):
            others = [name for name in FILTERS if name not in counted]
            query = self._narrowed(words, request, others)
            asked = {
                name: {"terms": {"field": f"facet_{name}", "size": OPTIONS_AT_MOST}}
                for name in counted
            }
            for name, answer in self._searcher.aggregate(query, asked).items():
                counts[name] = {b["key"]: b["doc_count"] for b in answer["buckets"]}
        return counts

    def _extracts(self, words: Query, documents: list[tantivy.Document]) -> tuple[str, ...]:
        makers = [
            tantivy.SnippetGenerator.create(self._searcher, words, self._schema, name)
            for name in SHOWN
        ]
        return tuple(
            "".join(maker.snippet_from_doc(document).to_html() for maker in makers)
            for document in documents
        )

    def size(self) -> int:
        """Return the bytes of the index folder."""
        return folder_size(self._folder)

    def close(self) -> None:
        """Wait for what it still does in the background."""
        self._writer.wait_merging_threads()
