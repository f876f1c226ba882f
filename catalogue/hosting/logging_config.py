"""How the log of the server is written: one line for each record, for people or as JSON.

Used by the production server and by the command line; web/middleware/access_log.py writes the line of each
request. No line holds an address of a visitor, the words somebody searched for, or a character that could
forge another line.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any

from catalogue.model.unprintable import escape
from catalogue.settings import REQUEST_LOGGER


def log_config(log_format: str) -> dict[str, Any]:
    """Return a configuration for logging.config.dictConfig: everything to standard error."""
    formatter = {"text": TextFormatter, "json": JsonFormatter}[log_format]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "filters": {"without visitors": {"()": WithoutVisitors}},
        "handlers": {"stderr": {"()": ErrorStream, "formatter": "line"}},
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": True},
            "waitress": {"level": "INFO", "filters": ["without visitors"]},
            "werkzeug": {"level": "WARNING"},
            REQUEST_LOGGER: {"level": "INFO"},
        },
    }


class ErrorStream(logging.Handler):
    """Writes each line to standard error by one call of the operating system.

    Threads then need not wait for each other: lines of this length never mix.
    """

    def createLock(self) -> None:
        """Do without a lock."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; a log that cannot be written never holds up an answer."""
        try:
            line = f"{self.format(record)}\n"
            try:
                os.write(sys.stderr.fileno(), line.encode())
            except io.UnsupportedOperation:  # standard error is no file
                sys.stderr.write(line)
        except (OSError, ValueError):
            self.handleError(record)


class Withheld(Exception):
    """Stands in a traceback for an error whose message may hold what a visitor sent."""


def without_message(
    error: BaseException | None,
) -> tuple[type[Withheld], Withheld, TracebackType | None]:
    """Return what to log of an error as `exc_info`: its type and where it was raised."""
    return Withheld, Withheld(type(error).__name__), error.__traceback__ if error else None


class WithoutVisitors(logging.Filter):
    """Keeps what waitress says of itself, and replaces what it says of a request by the place where it says it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change a record where need be; all pass."""
        if record.module != "server":
            record.msg, record.args = "waitress: %s, line %d", (record.module, record.lineno)
            if record.exc_info:
                record.exc_info = without_message(record.exc_info[1])
        return True


class TextFormatter(logging.Formatter):
    """Writes a record as a line such as `2026-11-23T06:10:00.123Z 748 INFO Serving build 0a1b.`.

    The number is that of the process: each worker writes for itself. The
    lines of a traceback are indented, so that only a record begins a line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, or its lines."""
        first = f"{moment(record)} {record.process} {record.levelname} {record.getMessage()}"
        if not record.exc_info:
            return escape(first)
        lines = [first, *self.formatException(record.exc_info).split("\n")]
        return "\n    ".join(map(escape, lines))


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object: time, process, level, and a message or the fields of a request."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = {"time": moment(record), "process": record.process, "level": record.levelname}
        line |= getattr(record, "fields", None) or {"message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def moment(record: logging.LogRecord) -> str:
    """Return when a record was made: UTC, to the millisecond."""
    return f"{_second(int(record.created))}.{int(record.msecs):03}Z"


@lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"
