"""Short forms for tests of searching: a query string in, a request or the slugs of an answer out.

Also small indexes made on the spot, and the settings of property tests, which must be quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from urllib.parse import parse_qsl

from hypothesis import settings
from werkzeug.datastructures import MultiDict

from catalogue.model.letters import split_words
from catalogue.search.engine import SearchPage, search
from catalogue.search.highlights import Highlights, highlight
from catalogue.search.order.results import Result
from catalogue.search.parameters import Notice
from catalogue.search.query.lexicon import Lexicon
from catalogue.search.query.parser import parse_query
from catalogue.search.ranking import NeedIndex, Ranking, rank
from catalogue.search.search_request import SearchRequest, parse_request
from catalogue.search.sets.names import NameIndex
from catalogue.search.snapshot import Snapshot
from catalogue.storage.fulltext import IndexDocument, SearchIndex, write_index


def tries(number: int) -> settings:
    """Return the settings of a property test that tries so many examples."""
    return settings(max_examples=number, deadline=None, database=None)


def parse(query: str) -> tuple[SearchRequest, list[Notice]]:
    """Read a query string, with or without its question mark, as the site does."""
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    return parse_request(MultiDict(pairs))


def ask(query: str) -> SearchRequest:
    """Return the request alone."""
    return parse(query)[0]


def asked(snapshot: Snapshot, words: str) -> SearchPage:
    """Return the answer to words alone."""
    return search(snapshot, SearchRequest(words=words))


def slugs(page: SearchPage) -> list[str]:
    """Return the slugs of a page of results, in their order."""
    return [result.card.slug for result in page.results]


def shown(snapshot: Snapshot, result: Result) -> Highlights:
    """Return what is shown of a result, its words marked."""
    slug = result.card.slug
    passages = snapshot.passages([slug])[slug]
    return highlight(result.card, result.stems, passages, result.common)


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    """Return the counts of one facet by option, in the order shown."""
    return next(entry.methods for entry in page.facets if entry.facet.name == facet)


def document(slug: str, **texts: str) -> IndexDocument:
    """Make a document whose fields are empty but for those given."""
    return IndexDocument(
        slug=slug, **{f.name: texts.get(f.name, "") for f in fields(IndexDocument)[1:]}
    )


def index_of(folder: Path, *documents: IndexDocument) -> SearchIndex:
    """Write the documents into an index in the folder, and open it."""
    write_index(folder / "index", documents)
    return SearchIndex(folder / "index")


def lexicon_of(index: SearchIndex, names: Iterable[str] = ()) -> Lexicon:
    """Return the words of an index and of some names."""
    kept = [tuple(split_words(name)) for name in names]
    return Lexicon(index, lambda: kept)


def ranking(index: SearchIndex, words: str, names: Iterable[str] = ()) -> Ranking:
    """Parse words by an index and these names, and rank its methods by their words alone."""
    query = parse_query(words, lexicon_of(index, names))
    return rank(query, index, NameIndex([]), NeedIndex([], len(index.slugs)), {})


def ranked(index: SearchIndex, words: str) -> list[str]:
    """Return the slugs that words find in an index, best first."""
    scores = dict(zip(index.slugs, ranking(index, words).scores, strict=True))
    return sorted((slug for slug in scores if scores[slug] > 0), key=lambda slug: -scores[slug])
