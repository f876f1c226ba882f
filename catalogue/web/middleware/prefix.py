"""Middleware for a site below a path of its host: the application sees paths without the prefix."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class UnderPrefix:
    """WSGI middleware, for proxies that keep the prefix in the path and for those that strip it.

    Both need no setting: no path of the site begins with its prefix, or the settings are refused.
    """

    def __init__(self, app: WSGIApplication, prefix: str) -> None:
        """Take the prefix, such as "/participation"."""
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to one request."""
        path = environ.get("PATH_INFO", "")
        if f"{path}/".startswith(f"{self._prefix}/"):
            path = path[len(self._prefix) :]
        environ["PATH_INFO"] = path or "/"
        environ["SCRIPT_NAME"] = self._prefix
        return self._app(environ, start_response)
