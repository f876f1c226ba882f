"""Middleware that redirects other spellings of a URL to the one URL of a page.

Nobody types capitals, or a slash at the end, on purpose: /Methods/ is /methods.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from catalogue.web.middleware.canonical_url import plain_query
from catalogue.web.middleware.page_cache import run_app
from catalogue.web.middleware.response_cache import Headers

# What stands in a query as it is (RFC 3986, section 3.4), and the sign of what is encoded already.
QUERY = "!$&'()*+,;=:@/?~%-._"
# Headers of the page that hold for the redirect to it as well.
KEPT_HEADERS = ("cache-control", "access-control-allow-origin", "catalogue-build")


class RedirectToPage:
    """WSGI middleware that replaces a 404 by a redirect (301) where the usual spelling of the path is a page.

    The URL in the redirect is a path of this site, so no Host header matters, and never begins with two slashes,
    which would name another host.
    """

    def __init__(self, app: WSGIApplication, prefix: str) -> None:
        """Take the prefix of the site's URLs, such as "/participation"; "" for none."""
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to one request."""
        path = usual_path(environ.get("PATH_INFO", ""))
        if path == environ.get("PATH_INFO") or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        status, headers, body = run_app(self._app, environ)
        # Flask takes //methods for /methods.
        if status.startswith("404") or environ["PATH_INFO"].startswith("//"):
            status, headers, body = self._redirect(environ, path) or (status, headers, body)
        start_response(status, headers)
        return [body]

    def _redirect(self, environ: WSGIEnvironment, path: str) -> tuple[str, Headers, bytes] | None:
        """Return the redirect to a path, with the query as it came; None if there is no page."""
        asked = {**environ, "PATH_INFO": path}
        asked.pop("HTTP_IF_NONE_MATCH", None)
        status, headers, _ = run_app(self._app, asked)
        if not status.startswith("200"):
            return None
        # A server in front lets no space or line break through; whatever else calls the application may.
        query = quote(plain_query(environ.get("QUERY_STRING", "")).encode("latin-1"), safe=QUERY)
        location = self._prefix + quote(path) + (f"?{query}" if query else "")
        kept = [(name, value) for name, value in headers if name.lower() in KEPT_HEADERS]
        head = [("Location", location), *kept, ("Content-Length", "0")]
        return "301 MOVED PERMANENTLY", head, b""


def usual_path(path: str) -> str:
    """Return a path in lower case, with single slashes between its segments and none at its end."""
    return "/" + "/".join(segment for segment in path.lower().split("/") if segment)
