"""One form for all addresses that ask for the same, so that a page is made and kept once.

Used by caching.py before Flask sees a request. The order of parameters, blanks, defaults and options
given twice make no difference; what a page must say about a request does.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request

from catalogue.request import parse_request, read_words

# Addresses remembered with their canonical form, so that a page asked for again is not read again.
REMEMBERED = 4096
LONGEST_REMEMBERED = 500


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


def _read(path: str, query: str) -> str:
    parameters = Request({"QUERY_STRING": query, "REQUEST_METHOD": "GET"}).args
    return f"{path}?{READERS[path](parameters)}"


_remembered = lru_cache(maxsize=REMEMBERED)(_read)


def _search(parameters: MultiDict[str, str]) -> str:
    request, notices = parse_request(parameters)
    # Notices stand on the page, so a request with some is another page than one without.
    return f"{request.query()}\n{notices!r}" if notices else request.query()


def _words(parameters: MultiDict[str, str]) -> str:
    return read_words(parameters, [])


READERS: dict[str, Callable[[MultiDict[str, str]], str]] = {
    "/methods": _search,
    "/api/v1/methods": _search,
    "/api/v1/suggest": _words,
}
