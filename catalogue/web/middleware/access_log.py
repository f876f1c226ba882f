"""Middleware that logs and counts each request; the outermost, so that cached responses and refusals count too.

A line holds method, path, status, bytes, time and build; no client address, no words of a search.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from catalogue.settings import REQUEST_LOGGER
from catalogue.web.metrics import Metrics

LOG = logging.getLogger(REQUEST_LOGGER)
# Methods that are logged as they are; any other is text of the client's.
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT")
# The part of a path that may be one of our URLs; a percent-encoded query, say, is not logged.
PATH = re.compile(r"/[A-Za-z0-9/._~-]{0,199}")
# The response header that names the build.
BUILD_HEADER = "Catalogue-Build"
# The environ key under which the page cache writes "hit" or "miss".
CACHE_KEY = "catalogue.cache"


def logged_path(path: str) -> str:
    """Return the part of a path that may be logged; "" for none."""
    match = PATH.match(path)
    return match[0] if match else ""


class RequestRecord(logging.LogRecord):
    """The log record of a request.

    One is made for each request, so what no line holds is not looked up: thread, line of code.
    """

    def __init__(
        self, method: str, path: str, status: int, size: int, milliseconds: float, build: str
    ) -> None:
        """`size` is that of the body in bytes; `build` is "" for a response that needed none."""
        vars(self).update(_EMPTY_RECORD)
        self.created = time.time()
        self.msecs = self.created % 1 * 1000
        self.process = os.getpid()
        self._values = (method, path, status, size, milliseconds, build)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of a line in JSON."""
        names = ("method", "path", "status", "bytes", "milliseconds", "build")
        return dict(zip(names, self._values, strict=True))

    def getMessage(self) -> str:
        """Return the line as plain text."""
        method, path, status, size, milliseconds, build = self._values
        return f"{method} {path} {status} {size} bytes {milliseconds} ms build {build or '-'}"


# The attributes that a handler of a host's own may read from any record.
_EMPTY_RECORD = vars(logging.LogRecord(REQUEST_LOGGER, logging.INFO, "", 0, "", (), None))


class AccessLog:
    """WSGI middleware."""

    def __init__(self, app: WSGIApplication, metrics: Metrics | None) -> None:
        """Without metrics, requests are only logged; with the log off too, they are passed on as they are."""
        self._app = app
        self._metrics = metrics

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to one request; log and count it when the server closes the response."""
        if self._metrics is None and not LOG.isEnabledFor(logging.INFO):
            return self._app(environ, start_response)
        return _LoggedResponse(self._app, environ, start_response, self._metrics)


class _LoggedResponse:
    """The body of one response, measured as it is sent. Servers call `close` after its end, or if it is cut off."""

    def __init__(
        self,
        app: WSGIApplication,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        metrics: Metrics | None,
    ) -> None:
        self._started = time.perf_counter()
        self._environ = environ
        self._start_response = start_response
        self._metrics = metrics
        self._status = 0
        self._build = ""
        self._bytes = 0
        # Read now: inner middleware may change the path.
        self._method = environ["REQUEST_METHOD"]
        self._path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        self._parts = app(environ, self._start)

    def _start(
        self,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None] | None = None,
    ) -> Any:
        self._status = int(status[:3])
        self._build = next((value for name, value in headers if name == BUILD_HEADER), "")
        return self._start_response(status, headers, exc_info)

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._bytes += len(part)
            yield part

    def close(self) -> None:
        """Close the response of the application, then log and count the request."""
        close = getattr(self._parts, "close", None)
        if close:
            close()
        seconds = time.perf_counter() - self._started
        if LOG.isEnabledFor(logging.INFO):
            self._log(seconds)
        if self._metrics:
            cached = self._environ.get(CACHE_KEY)
            self._metrics.count(self._method, self._path, self._status, seconds, cached)

    def _log(self, seconds: float) -> None:
        method = self._method if self._method in METHODS else "other"
        milliseconds = round(seconds * 1000, 1)
        values = (
            method,
            logged_path(self._path),
            self._status,
            self._bytes,
            milliseconds,
            self._build,
        )
        LOG.handle(RequestRecord(*values))
