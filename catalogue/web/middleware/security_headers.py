"""Middleware that adds security headers to every response: pages, files, refusals and errors."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# No inline script or style, nothing from other origins, and no page inside a frame.
HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "interest-cohort=(), geolocation=(), camera=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
# For a site with an https URL: browsers use https only, for a year.
HSTS = ("Strict-Transport-Security", "max-age=31536000")


def security_headers(secure: bool) -> list[tuple[str, str]]:
    """Return the headers of every response; `secure` for a site whose URL begins with https."""
    return [*HEADERS, HSTS] if secure else [*HEADERS]


class SecurityHeaders:
    """WSGI middleware. The application must set none of these headers itself."""

    def __init__(self, app: WSGIApplication, secure: bool) -> None:
        """`secure` for a site whose URL begins with https."""
        self._app = app
        self._headers = security_headers(secure)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to one request."""

        def start(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: tuple[type, BaseException, TracebackType]
            | tuple[None, None, None]
            | None = None,
        ) -> Any:
            return start_response(status, headers + self._headers, exc_info)

        return self._app(environ, start)
