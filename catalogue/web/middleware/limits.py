"""How large a request may be (its address, the number of its parameters, its body), and how many checks run at once.

Sizes are checked before anything reads them. What stays within these bounds is never refused, only cut or
left out with a notice (search/search_request.py).
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

# An address of all filters with all options is 1,600 bytes long.
LONGEST_ADDRESS = 16_384
MOST_PARAMETERS = 1_000
# A whole method is about 12,000 bytes. Nothing within this bound is written to a disk.
LARGEST_BODY = 500_000
# The form for a new method has some four hundred fields and boxes.
MOST_FORM_PARTS = 1_000
# Checks of contributed texts that a process has taken on: one that runs, the others waiting for it.
CHECKS_TAKEN = 2
# Seconds after which somebody whose check was not taken on may try again.
RETRY_SECONDS = 5


class CheckSlots:
    """Lets one check run at a time in this process, so that posts never keep visitors waiting.

    A check is seconds of work at worst, against milliseconds for a page.
    """

    def __init__(self) -> None:
        """Begin with all slots free."""
        self._taken = BoundedSemaphore(CHECKS_TAKEN)
        self._running = Lock()

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Wait for the check that runs, and yield True; or yield False at once, where others wait already."""
        if not self._taken.acquire(blocking=False):
            yield False
            return
        try:
            with self._running:
                yield True
        finally:
            self._taken.release()


def register(app: Flask) -> None:
    """Put the bounds into an application."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.config["MAX_FORM_PARTS"] = MOST_FORM_PARTS
    app.before_request(refuse_too_large)


def is_too_long(path: str, query: str) -> bool:
    """Whether an address is longer than any that we answer."""
    return len(path) + len(query) > LONGEST_ADDRESS


def has_too_many(query: str) -> bool:
    """Whether a query string has more parameters than we read."""
    return query.count("&") >= MOST_PARAMETERS


def refuse_too_large() -> None:
    """Refuse the request being answered if it is too large.

    Raises the HTTP errors 414 (address), 400 (parameters) or 413 (body); web/views/errors.py words them.
    """
    environ = request.environ
    query = environ.get("QUERY_STRING", "")
    if is_too_long(environ.get("PATH_INFO", ""), query):
        raise RequestURITooLarge
    if has_too_many(query):
        most = number(MOST_PARAMETERS)
        raise BadRequest(gettext("An address may have at most %(most)s parameters.", most=most))
    # Where nothing is sent by a form, a body is never read, whatever its size.
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        return
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        read_chunks(environ)
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge


def read_chunks(environ: WSGIEnvironment) -> None:
    """Read a body in chunks, and put it into `environ` as one whose length was given.

    Werkzeug would cut it at the limit and go on. Raises the HTTP error 400 if it is malformed or breaks off, whatever
    the server raises at that, and 413 if it is too large.
    """
    try:
        body = environ["wsgi.input"].read(LARGEST_BODY + 1)
    except Exception:
        raise BadRequest(gettext("What was sent is malformed, or broke off.")) from None
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    del environ["HTTP_TRANSFER_ENCODING"]
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
