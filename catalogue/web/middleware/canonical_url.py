"""Canonical URLs: one for all URLs that ask for the same page, so that it is rendered and cached once.

The order of parameters, blanks, defaults and repeated options make no difference; notices about a request do.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qsl, quote

from werkzeug.datastructures import MultiDict

from catalogue.planner.answers import Answers, parse_answers
from catalogue.search.chosen import Chosen, read_chosen
from catalogue.search.parameters import Notice, read_first, read_words
from catalogue.search.search_request import (
    SearchRequest,
    limits_query,
    parse_limits,
    parse_request,
)
from catalogue.urls import PATHS

# Bounds of the cache of canonical URLs, so that a query string is not parsed again for each request.
MAX_CACHED_URLS = 4096
MAX_CACHED_QUERY_BYTES = 500
# Searches parsed for the cache key, which the view reads again if the page is not cached.
MAX_CACHED_SEARCHES = 256
# What the paths of methods begin with.
METHOD = PATHS.method("")


def plain_query(query: str) -> str:
    """Return a query string with bytes that are not ASCII percent-encoded, as they should have come.

    WSGI hands them over as Latin-1; Werkzeug would stop at those that are not UTF-8.
    """
    return query if query.isascii() else quote(query.encode("latin-1"), safe=string.printable)


def canonical(path: str, query: str) -> str:
    """Return the canonical form of a path with its query string.

    Equal for all requests with the same search, or the same limits on the page of a method, and the same notices.
    Other pages keep their query string as it came.
    """
    if not query or (path not in CANONICAL_QUERIES and not path.startswith(METHOD)):
        return f"{path}?{query}"
    if len(query) > MAX_CACHED_QUERY_BYTES:
        return _canonical(path, query)
    return _cached_canonical(path, query)


def parsed_search(query: str) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """Return the search that a query string asks for, and the notices about it.

    Cached: it is needed for the cache key and again for the page itself.
    """
    return _parse(query) if len(query) > MAX_CACHED_QUERY_BYTES else _cached_parse(query)


def _parse(query: str) -> tuple[SearchRequest, tuple[Notice, ...]]:
    request, notices = parse_request(_parameters(query))
    return request, tuple(notices)


_cached_parse = lru_cache(maxsize=MAX_CACHED_SEARCHES)(_parse)


def _parameters(query: str) -> MultiDict[str, str]:
    # As Werkzeug reads the query string of a request.
    return MultiDict(parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote"))


def _canonical(path: str, query: str) -> str:
    return f"{path}?{CANONICAL_QUERIES.get(path, _limits)(query)}"


_cached_canonical = lru_cache(maxsize=MAX_CACHED_URLS)(_canonical)


def _search(query: str) -> str:
    request, notices = parsed_search(query)
    # Notices are printed on the page, so a request with notices is another page than one without.
    return f"{request.query()}\n{notices!r}" if notices else request.query()


def parsed_limits(query: str) -> tuple[dict[str, tuple[float, float]], Chosen, list[Notice]]:
    """Return the limits that the query string of a method's page sets, the choice it carries, and notices on them."""
    parameters = _parameters(query)
    limits, notices = parse_limits(parameters)
    return limits, read_chosen(parameters, notices), notices


def _limits(query: str) -> str:
    limits, chosen, notices = parsed_limits(query)
    canonical_query = limits_query(limits, chosen)
    return f"{canonical_query}\n{notices!r}" if notices else canonical_query


def parsed_answers(query: str) -> tuple[Answers, list[Notice]]:
    """Return the answers to the planner that a query string gives, and notices on them."""
    return parse_answers(_parameters(query))


def _answers(query: str) -> str:
    answers, notices = parsed_answers(query)
    # The page names what is chosen, so what one visitor chose must not reach another.
    parameters = _parameters(query)
    beside = read_chosen(parameters, []).carried()
    beside += [(name, read_first(name, parameters, [])) for name in ("ask", "out")]
    return f"{answers.query()}\n{beside}\n{notices!r}"


def _words(query: str) -> str:
    return read_words(_parameters(query), [])


CANONICAL_QUERIES: dict[str, Callable[[str], str]] = {
    PATHS.methods: _search,
    PATHS.methods_csv: _search,
    PATHS.methods_docx: _search,
    PATHS.feed: _search,
    PATHS.api_methods: _search,
    PATHS.api_suggest: _words,
    PATHS.plan: _answers,
    PATHS.api_plan: _answers,
}
