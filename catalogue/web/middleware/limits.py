"""Limits on requests (URL, number of parameters, body), and on how many checks run at once.

Sizes are checked before anything is parsed. A request within these limits is never refused: its values are only cut or
ignored with a notice.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from wsgiref.types import WSGIEnvironment

from flask import Flask, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, RequestURITooLarge

from catalogue.i18n import gettext, number

# A URL of all filters with all options is 1,600 bytes long.
MAX_URL_BYTES = 16_384
MAX_PARAMETERS = 1_000
# A whole method is about 12,000 bytes. A body within this limit stays in memory.
MAX_BODY_BYTES = 500_000
# The form for a new method has some four hundred controls.
MAX_FORM_PARTS = 1_000
# Checks of contributed texts in one process at a time: one that runs, the others waiting for it.
MAX_CHECKS = 2
# Seconds after which somebody whose check was refused may try again.
RETRY_SECONDS = 5


class CheckSlots:
    """Lets one check run at a time in this process, so that POST requests do not block others.

    A check is seconds of work at worst, against milliseconds for a page.
    """

    def __init__(self) -> None:
        """Begin with all slots free."""
        self._taken = BoundedSemaphore(MAX_CHECKS)
        self._running = Lock()

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Wait for the check that runs and yield True; yield False at once if `MAX_CHECKS` are running or waiting."""
        if not self._taken.acquire(blocking=False):
            yield False
            return
        try:
            with self._running:
                yield True
        finally:
            self._taken.release()


def register(app: Flask) -> None:
    """Put the limits into an application."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY_BYTES
    app.config["MAX_FORM_PARTS"] = MAX_FORM_PARTS
    app.before_request(refuse_too_large)


def is_too_long(path: str, query: str) -> bool:
    """Whether a path and its query string are longer than `MAX_URL_BYTES`."""
    return len(path) + len(query) > MAX_URL_BYTES


def has_too_many(query: str) -> bool:
    """Whether a query string has more than `MAX_PARAMETERS` parameters."""
    return query.count("&") >= MAX_PARAMETERS


def refuse_too_large() -> None:
    """Refuse the current request if it is too large.

    Raises the HTTP errors 414 (URL), 400 (parameters) or 413 (body).
    """
    environ = request.environ
    query = environ.get("QUERY_STRING", "")
    if is_too_long(environ.get("PATH_INFO", ""), query):
        raise RequestURITooLarge
    if has_too_many(query):
        most = number(MAX_PARAMETERS)
        raise BadRequest(gettext("An address may have at most %(most)s parameters.", most=most))
    # The body of a GET or HEAD request is never read, whatever its size.
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        return
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        read_chunks(environ)
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge


def read_chunks(environ: WSGIEnvironment) -> None:
    """Read a chunked body, and put it into `environ` as one with a Content-Length.

    Werkzeug would cut it at the limit and go on. Raises the HTTP error 400 if it is malformed or breaks off, whatever
    the server raises at that, and 413 if it is too large.
    """
    try:
        body = environ["wsgi.input"].read(MAX_BODY_BYTES + 1)
    except Exception:
        raise BadRequest(gettext("What was sent is malformed, or broke off.")) from None
    if len(body) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    del environ["HTTP_TRANSFER_ENCODING"]
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
