"""Middleware before Flask that caches whole responses, compresses text, and sends 304.

The key of a page holds the live build, the day, its canonical URL and its encoding, so nothing is ever
invalidated: a new build or a new day has other keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from catalogue.search.live_build import LiveBuild
from catalogue.settings import PROJECT, Settings
from catalogue.storage.folder import BuildError
from catalogue.urls import PATHS
from catalogue.web.middleware.access_log import BUILD_HEADER, CACHE_KEY
from catalogue.web.middleware.canonical_url import canonical, plain_query
from catalogue.web.middleware.compression import MIN_BYTES, best_encoding, compress_page, is_text
from catalogue.web.middleware.limits import has_too_many, is_too_long
from catalogue.web.middleware.response_cache import CachedResponse, Headers, ResponseCache

# A minute in any cache; then the stale page may be served while a new one is fetched in the background.
PUBLIC = "public, max-age=60, stale-while-revalidate=600"
# These files are compressed and have ETags already.
STATIC_FILES = PATHS.static("")
# What a process says about itself, without a build.
STATUS_PATHS = (PATHS.healthz, PATHS.readyz, PATHS.metrics)
# What pages are rendered from besides the build: files by folder, and packages.
SOURCES = {
    "templates": ("**/*.html",),
    "static": ("**/*.css", "**/*.js", "**/*.svg"),
    "translations": ("**/*.mo",),
    "catalogue": ("**/*.py", "**/*.yaml", "**/*.npz"),
}
PACKAGES = ("Flask", "Jinja2", "babel", "Werkzeug")


class Key(NamedTuple):
    """What a response depends on. `site` is the version of code, templates and settings.

    Host and scheme are part of it, because the rules for hosts may respond differently by them.
    """

    site: str
    build: str
    day: str
    language: str
    scheme: str
    host: str
    address: str
    encoding: str

    @property
    def tag(self) -> str:
        """The strong ETag, with its quotation marks: the same on every replica that serves the same page."""
        parts = (self.site, self.build, self.day, self.language, self.address)
        digest = blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12)
        return f'"{digest.hexdigest()}{"-" if self.encoding else ""}{self.encoding}"'


class PageCache:
    """WSGI middleware. `responses` is the cache of this process."""

    def __init__(self, app: WSGIApplication, live_build: LiveBuild) -> None:
        """With the setting RELOAD everything may change at any moment, so nothing is cached."""
        self.responses = ResponseCache()
        self._app = app
        self._live_build = live_build
        self._site = site_version(live_build.settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to one request."""
        environ["QUERY_STRING"] = plain_query(environ.get("QUERY_STRING", ""))
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path.startswith(STATIC_FILES):
            return self._app(environ, start_response)
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = self._key(environ, path, encoding) if method in ("GET", "HEAD") else None
        response = self.responses.get(key) if key else None
        if key:
            environ[CACHE_KEY] = "hit" if response else "miss"
        if response is None:
            response = self._respond(environ, key, encoding)
        if response.matches(environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 NOT MODIFIED", list(response.not_modified_headers))
            return []
        start_response(response.status, list(response.headers))
        return [] if method == "HEAD" else [response.body]

    def _key(self, environ: WSGIEnvironment, path: str, encoding: str) -> Key | None:
        """Return the cache key of a request; None if its response must not be cached."""
        query = environ["QUERY_STRING"]
        if self._live_build.settings.reload or path in STATUS_PATHS:
            return None
        # A request that will be refused may have the same key as one whose page is cached.
        if is_too_long(path, query) or has_too_many(query):
            return None
        build = self._build()
        if build is None:
            return None
        return Key(
            site=self._site,
            build=build,
            day=date.today().isoformat(),
            language=self._live_build.settings.language,
            scheme=environ["wsgi.url_scheme"],
            host=f"{environ.get('HTTP_HOST', '')}{environ.get('SCRIPT_NAME', '')}",
            address=canonical(path, query),
            encoding=encoding,
        )

    def _build(self) -> str | None:
        """Return the id of the live build; None if there is none, for which Flask has an error page."""
        try:
            return self._live_build.snapshot().build_id
        except BuildError:
            return None

    def _respond(self, environ: WSGIEnvironment, key: Key | None, encoding: str) -> CachedResponse:
        """Return the response of Flask, compressed; cached under `key` if it may be."""
        head = environ["REQUEST_METHOD"] == "HEAD"
        # HEAD has the headers of GET, and Content-Length is known only when the body is rendered.
        get_environ = {**environ, "REQUEST_METHOD": "GET"} if head else environ
        status, headers, body = run_app(self._app, get_environ)
        by_name = {name.lower(): value for name, value in headers}
        if key and not self._is_cacheable(key, status, by_name):
            key = None
        response = _finish(status, headers, by_name, body, key, encoding)
        if key:
            self.responses.put(key, response)
        return response

    @staticmethod
    def _is_cacheable(key: Key, status: str, by_name: dict[str, str]) -> bool:
        if not status.startswith("200") or "set-cookie" in by_name or "vary" in by_name:
            return False
        if {"no-store", "private"} & set(by_name.get("cache-control", "").split(", ")):
            return False
        # Another build may have been swapped in meanwhile. Some pages need none.
        return by_name.get(BUILD_HEADER.lower(), key.build) == key.build


def run_app(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
    """Return the status, headers and whole body of the response of an application."""
    started: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, _error: object = None) -> Callable[[bytes], object]:
        started[:] = [(status, headers)]
        return lambda piece: None  # nothing of ours uses `write`

    parts = app(environ, start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    return *started[0], body


def _finish(
    status: str,
    headers: Headers,
    by_name: dict[str, str],
    body: bytes,
    key: Key | None,
    encoding: str,
) -> CachedResponse:
    """Return a response with its body compressed and the headers that caches need.

    `by_name` holds the headers again, by their names in lowercase.
    """
    added = []
    if (
        len(body) >= MIN_BYTES
        and "content-encoding" not in by_name
        and is_text(by_name.get("content-type", ""))
    ):
        added.append(("Vary", "Accept-Encoding"))
        if encoding:
            body = compress_page(body, encoding)
            added.append(("Content-Encoding", encoding))
    if not status.startswith("204"):
        added.append(("Content-Length", str(len(body))))
    tag = key.tag if key else ""
    if tag:
        added += [("ETag", tag), ("Cache-Control", by_name.get("cache-control", PUBLIC))]
    replaced = {name.lower() for name, _ in added} - {"vary"}
    unchanged = [header for header in headers if header[0].lower() not in replaced]
    return CachedResponse(status, (*unchanged, *added), body, tag)


def site_version(settings: Settings) -> str:
    """Return a hexadecimal fingerprint of what pages are rendered from besides the build: code and settings."""
    values = (
        *(settings.site_name, settings.site_url, settings.contact_email),
        *(settings.repository_url, settings.repository_branch),
    )
    digest = blake2b(_code_version(PROJECT).encode(), digest_size=12)
    digest.update("\0".join(values).encode())
    return digest.hexdigest()


@cache
def _code_version(project: Path) -> str:
    digest = blake2b(digest_size=12)
    for folder, patterns in SOURCES.items():
        for path in sorted(p for pattern in patterns for p in (project / folder).glob(pattern)):
            name = path.relative_to(project).as_posix()
            digest.update(f"{name}\0".encode() + path.read_bytes())
    for name in PACKAGES:
        digest.update(f"{name}=={version(name)}".encode())
    return digest.hexdigest()
