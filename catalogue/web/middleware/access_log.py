"""Writes the log line of each request and counts it: the outermost layer of the application.

factory.py puts it round everything else, so that answers from memory and refused requests are in the log
too. A line holds method, path, status, bytes, time and build; no address, no words of a search.
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
# Methods that are logged as they came; another one is any word that somebody has typed.
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT")
# Of a path, what an address of ours may be made of: a query in percent form, say, is not kept.
PATH = re.compile(r"/[A-Za-z0-9/._~-]{0,199}")
# The header that names the build of an answer.
BUILD_HEADER = "Catalogue-Build"
# The key under which a cache in between says "hit" or "miss".
CACHE_KEY = "catalogue.cache"


def logged_path(path: str) -> str:
    """Return a path as far as it may stand in a log."""
    found = PATH.match(path)
    return found[0] if found else ""


class RequestRecord(logging.LogRecord):
    """What is logged of a request.

    Each request makes one, so nothing is looked up that no line holds: which thread, which line of code.
    """

    def __init__(
        self, method: str, path: str, status: int, size: int, milliseconds: float, build: str
    ) -> None:
        """`size` is in bytes; `build` is "" for an answer that needed none."""
        vars(self).update(_NOTHING_KNOWN)
        self.created = time.time()
        self.msecs = self.created % 1 * 1000
        self.process = os.getpid()
        self._seen = (method, path, status, size, milliseconds, build)

    @property
    def fields(self) -> dict[str, Any]:
        """What a line of JSON says."""
        names = ("method", "path", "status", "bytes", "milliseconds", "build")
        return dict(zip(names, self._seen, strict=True))

    def getMessage(self) -> str:
        """Return what a line of text says."""
        method, path, status, size, milliseconds, build = self._seen
        return f"{method} {path} {status} {size} bytes {milliseconds} ms build {build or '-'}"


# What a handler of a host's own may ask of any record.
_NOTHING_KNOWN = vars(logging.LogRecord(REQUEST_LOGGER, logging.INFO, "", 0, "", (), None))


class Accounting:
    """A WSGI application round another one."""

    def __init__(self, app: WSGIApplication, metrics: Metrics | None) -> None:
        """Without metrics, requests are logged only; where nobody reads the log, nothing is done."""
        self._app = app
        self._metrics = metrics

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, and account for it when its last byte has been handed over."""
        if self._metrics is None and not LOG.isEnabledFor(logging.INFO):
            return self._app(environ, start_response)
        return _Answer(self._app, environ, start_response, self._metrics)


class _Answer:
    """The parts of one answer on their way out. Servers call `close` after the last, or if it breaks off."""

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
        # Taken now: a layer further in may change the path.
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
        """Let the application close its answer, then write and count the request."""
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
        seen = (
            method,
            logged_path(self._path),
            self._status,
            self._bytes,
            milliseconds,
            self._build,
        )
        LOG.handle(RequestRecord(*seen))
