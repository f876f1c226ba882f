"""Short forms for tests of searching: a query string in, a request or the slugs of an answer out.

Also the settings of property tests, which must be quick and leave nothing in the repository.
"""

from __future__ import annotations

from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from werkzeug.datastructures import MultiDict

from catalogue.request import Notice, SearchRequest, parse_request
from catalogue.search import SearchPage

# What hypothesis keeps between examples, even without a database; gone when the tests end.
_HOME = TemporaryDirectory(prefix="hypothesis-")
set_hypothesis_home_dir(_HOME.name)


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


def slugs(page: SearchPage) -> list[str]:
    """Return the slugs of a page of results, in their order."""
    return [result.card.slug for result in page.results]


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    """Return the counts of one facet by option, in the order shown."""
    found = next(entry for entry in page.facets if entry.facet.name == facet)
    return {option.value: option.count for option in found.options}
