"""One form for all addresses that ask for the same, so that a page is made and kept once.

Used by web/middleware/page_cache.py before Flask sees a request. The order of parameters, blanks, defaults and options
given twice make no difference; what a page must say about a request does.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import parse_qsl, quote

from werkzeug.datastructures import MultiDict

from catalogue.search.search_request import Notice, SearchRequest, parse_request, read_words
from catalogue.urls import PATHS

# Addresses remembered with their canonical form, so that a page asked for again is not read again.
REMEMBERED = 4096
LONGEST_REMEMBERED = 500
# Searches that have been read and may not have been answered yet.
ASKED_LATELY = 256


def plain_query(query: str) -> str:
    """Return a query string with bytes that are not ASCII in percent form, as they should have come.

    WSGI hands them over as Latin-1; Werkzeug would stop at those that are not UTF-8.
    """
    return query if query.isascii() else quote(query.encode("latin-1"), safe=string.printable)


def canonical(path: str, query: str) -> str:
    """Return what a page depends on in its address; two addresses that give the same page share it.

    Equal for all requests that ask the same of a search, and have the same to be said about them.
    Other pages keep their query string as it came.
    """
    if path not in READERS:
        return f"{path}?{query}"
    if len(query) > LONGEST_REMEMBERED:
        return _read(path, query)
    return _remembered(path, query)


def asked_in(query: str) -> tuple[SearchRequest, tuple[Notice, ...]]:
    """Return the search that a query string asks for, and what must be said about it.

    Read once, for the key of the page and again for the page itself.
    """
    return _asked(query) if len(query) > LONGEST_REMEMBERED else _asked_lately(query)


def _asked(query: str) -> tuple[SearchRequest, tuple[Notice, ...]]:
    request, notices = parse_request(_parameters(query))
    return request, tuple(notices)


_asked_lately = lru_cache(maxsize=ASKED_LATELY)(_asked)


def _parameters(query: str) -> MultiDict[str, str]:
    # As Werkzeug reads the query string of a request.
    return MultiDict(parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote"))


def _read(path: str, query: str) -> str:
    return f"{path}?{READERS[path](query)}"


_remembered = lru_cache(maxsize=REMEMBERED)(_read)


def _search(query: str) -> str:
    request, notices = asked_in(query)
    # Notices stand on the page, so a request with some is another page than one without.
    return f"{request.query()}\n{notices!r}" if notices else request.query()


def _words(query: str) -> str:
    return read_words(_parameters(query), [])


READERS: dict[str, Callable[[str], str]] = {
    PATHS.methods: _search,
    PATHS.api_methods: _search,
    PATHS.api_suggest: _words,
}
