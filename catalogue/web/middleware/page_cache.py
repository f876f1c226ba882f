"""The layer before Flask: answers again what it has answered, compresses text, and says 304.

A page is kept under the build in force when it was asked for, the day, its canonical address and its
encoding, so nothing is ever taken back: a new build or a new day has other keys. factory.py puts the
layer round the application.
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
from catalogue.web.middleware.compression import LEAST_BYTES, best_encoding, compress_page, is_text
from catalogue.web.middleware.limits import has_too_many, is_too_long
from catalogue.web.middleware.response_cache import Answer, Headers, KeptAnswers

# A minute in any cache; then the old page is still given while a new one is fetched behind it.
PUBLIC = "public, max-age=60, stale-while-revalidate=600"
# Files come compressed and with their own tags from assets.py.
FILES = PATHS.static("")
# What this process says of itself, without asking for a build.
STATES = (PATHS.healthz, PATHS.readyz, PATHS.metrics)
# What pages are made from besides the build, and what makes them.
SOURCES = {
    "templates": ("**/*.html",),
    "static": ("**/*.css", "**/*.js", "**/*.svg"),
    "translations": ("**/*.mo",),
    "catalogue": ("**/*.py", "**/*.yaml"),
}
MAKERS = ("Flask", "Jinja2", "babel", "Werkzeug")


class Key(NamedTuple):
    """What an answer depends on. `site` is the version of code, templates and settings.

    Host and scheme are part of it, because a host's own rules may answer differently by them.
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
        """The strong ETag: the same on every replica that serves the same page."""
        parts = (self.site, self.build, self.day, self.language, self.address)
        made = blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12)
        return f'"{made.hexdigest()}{"-" if self.encoding else ""}{self.encoding}"'


class Caching:
    """A WSGI application round another one. `kept` holds the answers of this process."""

    def __init__(self, app: WSGIApplication, live_build: LiveBuild) -> None:
        """With the setting RELOAD everything may change at any moment, so nothing is kept."""
        self.kept = KeptAnswers()
        self._app = app
        self._live_build = live_build
        self._site = site_version(live_build.settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        environ["QUERY_STRING"] = plain_query(environ.get("QUERY_STRING", ""))
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path.startswith(FILES):
            return self._app(environ, start_response)
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = self._key(environ, path, encoding) if method in ("GET", "HEAD") else None
        answer = self.kept.get(key) if key else None
        if key:
            environ[CACHE_KEY] = "hit" if answer else "miss"
        if answer is None:
            answer = self._ask(environ, key, encoding)
        if answer.is_known(environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 NOT MODIFIED", list(answer.bodiless))
            return []
        start_response(answer.status, list(answer.headers))
        return [] if method == "HEAD" else [answer.body]

    def _key(self, environ: WSGIEnvironment, path: str, encoding: str) -> Key | None:
        """Return what the answer will depend on; None where it must not be kept."""
        query = environ["QUERY_STRING"]
        if self._live_build.settings.reload or path in STATES:
            return None
        # A request that is to be refused may ask for the same as one whose page is kept.
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
        """Return the build in force; None if there is none, which Flask will say in its own words."""
        try:
            return self._live_build.snapshot().build_id
        except BuildError:
            return None

    def _ask(self, environ: WSGIEnvironment, key: Key | None, encoding: str) -> Answer:
        """Let Flask answer, compress that, and keep it where it may be kept."""
        head = environ["REQUEST_METHOD"] == "HEAD"
        # The headers of HEAD are those of GET, and the size of a body is known when it is made.
        asked = {**environ, "REQUEST_METHOD": "GET"} if head else environ
        status, headers, body = _answered(self._app, asked)
        said = {name.lower(): value for name, value in headers}
        if key and not self._may_be_kept(key, status, said):
            key = None
        answer = _finished(status, headers, said, body, key, encoding)
        if key:
            self.kept.put(key, answer)
        return answer

    @staticmethod
    def _may_be_kept(key: Key, status: str, said: dict[str, str]) -> bool:
        if not status.startswith("200") or "set-cookie" in said or "vary" in said:
            return False
        if {"no-store", "private"} & set(said.get("cache-control", "").split(", ")):
            return False
        # A build that was swapped in meanwhile may be the one that answered. Some pages need none.
        return said.get(BUILD_HEADER.lower(), key.build) == key.build


def _answered(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
    """Return the status, headers and whole body that an application answers with."""
    begun: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, _error: object = None) -> Callable[[bytes], object]:
        begun[:] = [(status, headers)]
        return lambda piece: None  # nothing of ours writes so

    parts = app(environ, start)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    return *begun[0], body


def _finished(
    status: str,
    headers: Headers,
    said: dict[str, str],
    body: bytes,
    key: Key | None,
    encoding: str,
) -> Answer:
    """Return an answer with its body compressed and the headers that caches need.

    `said` are the headers again, by their names in small letters.
    """
    new = []
    if (
        len(body) >= LEAST_BYTES
        and "content-encoding" not in said
        and is_text(said.get("content-type", ""))
    ):
        new.append(("Vary", "Accept-Encoding"))
        if encoding:
            body = compress_page(body, encoding)
            new.append(("Content-Encoding", encoding))
    if not status.startswith("204"):
        new.append(("Content-Length", str(len(body))))
    tag = key.tag if key else ""
    if tag:
        new += [("ETag", tag), ("Cache-Control", said.get("cache-control", PUBLIC))]
    renewed = {name.lower() for name, _ in new} - {"vary"}
    kept = [header for header in headers if header[0].lower() not in renewed]
    return Answer(status, (*kept, *new), body, tag)


def site_version(settings: Settings) -> str:
    """Return a fingerprint of all that pages are made from besides the build: code and settings."""
    said = (
        *(settings.site_name, settings.site_url, settings.contact_email),
        *(settings.repository_url, settings.repository_branch),
    )
    made = blake2b(_code_version(PROJECT).encode(), digest_size=12)
    made.update("\0".join(said).encode())
    return made.hexdigest()


@cache
def _code_version(project: Path) -> str:
    made = blake2b(digest_size=12)
    for folder, patterns in SOURCES.items():
        for path in sorted(p for pattern in patterns for p in (project / folder).glob(pattern)):
            name = path.relative_to(project).as_posix()
            made.update(f"{name}\0".encode() + path.read_bytes())
    for name in MAKERS:
        made.update(f"{name}=={version(name)}".encode())
    return made.hexdigest()
