"""The style sheet, the script and the icon, under names that change with their content.

Read, joined and compressed once when the site starts; nothing is written. Pages link to hashed
names, so a browser may cache each file for ever.
"""

from __future__ import annotations

import mimetypes
import posixpath
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, abort, request

from catalogue.urls import PATHS, Urls
from catalogue.web.middleware.compression import (
    MIN_BYTES,
    PLAIN,
    best_encoding,
    compress_file,
    is_text,
)

# Files joined from others, in this order, so that a page loads one style sheet.
BUNDLES = {
    "site.css": (
        "vendor/govuk-frontend-6.6.0.css",
        "catalogue.css",
        "drawings.css",
        "pictures/pictures.css",
        "print.css",
    )
}
HASHED = re.compile(r"(?P<stem>.+)\.[0-9a-f]{12}(?P<end>\.\w+)")
# What one file loads of others: url(...) in styles, import and export in scripts.
REFERENCES = {
    ".css": re.compile(r"""(?P<before>url\(\s*["']?)(?P<name>[^"')\s]+)"""),
    ".js": re.compile(r"""(?P<before>\b(?:from|import)\s*\(?\s*["'])(?P<name>\.[^"']+)"""),
}
# Set here, because operating systems differ in them.
CONTENT_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


@dataclass(frozen=True)
class Asset:
    """A file ready to send. `hashed` is its name with the digest of its content; `bodies` are its bytes by encoding."""

    name: str
    hashed: str
    digest: str
    content_type: str
    bodies: dict[str, bytes]


class Assets:
    """All files of a folder and the bundles joined from them, by name."""

    def __init__(self, folder: Path, urls: Urls = PATHS) -> None:
        """Read the folder; pages name its files by `urls`. Symbolic links are left out: they could lead anywhere."""
        self._sources = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        self._urls = urls
        self._assets: dict[str, Asset] = {}
        for name in (*self._sources, *self._bundles()):
            self._asset(name, ())

    def _bundles(self) -> list[str]:
        return [b for b, parts in BUNDLES.items() if all(part in self._sources for part in parts)]

    def url(self, name: str) -> str:
        """Return the URL of a file. Raises KeyError for a name that does not exist."""
        return self._urls.static(self._assets[name].hashed)

    def find(self, name: str) -> tuple[Asset, bool] | None:
        """Return a file by its plain or hashed name, and whether the name has the current hash; None for no such file.

        An outdated hash gets the current file: the page that links to it may come from a cache, or
        from another replica.
        """
        if name in self._assets:
            return self._assets[name], False
        match = HASHED.fullmatch(name)
        asset = self._assets.get(match["stem"] + match["end"]) if match else None
        return (asset, asset.hashed == name) if asset else None

    def _asset(self, name: str, within: tuple[str, ...]) -> Asset:
        """Return a file ready to send; `within` are the files in work that load it."""
        if name not in self._assets:
            data = b"\n".join(
                self._linked(part, name, (*within, name)) for part in BUNDLES.get(name, (name,))
            )
            digest = blake2b(data, digest_size=6).hexdigest()
            stem, end = posixpath.splitext(name)
            content_type = (
                CONTENT_TYPES.get(end)
                or mimetypes.guess_type(name)[0]
                or "application/octet-stream"
            )
            compressible = is_text(content_type) and len(data) >= MIN_BYTES
            self._assets[name] = Asset(
                name=name,
                hashed=f"{stem}.{digest}{end}",
                digest=digest,
                content_type=f"{content_type}; charset=utf-8" if compressible else content_type,
                bodies=compress_file(data) if compressible else {PLAIN: data},
            )
        return self._assets[name]

    def _linked(self, source: str, target: str, within: tuple[str, ...]) -> bytes:
        """Return a source whose references have the hashed names of other files, relative to `target`."""
        data = self._sources[source]
        pattern = REFERENCES.get(posixpath.splitext(source)[1])
        if pattern is None:
            return data

        def hashed(match: re.Match[str]) -> str:
            other = posixpath.normpath(posixpath.join(posixpath.dirname(source), match["name"]))
            # Two files that load each other cannot both carry the other's hash.
            if other not in self._sources or other in within:
                return match[0]
            name = self._asset(other, within).hashed
            path = posixpath.relpath(name, posixpath.dirname(target) or ".")
            return f"{match['before']}{path if path.startswith('.') else f'./{path}'}"

        return pattern.sub(hashed, data.decode("utf-8")).encode("utf-8")


def register(app: Flask, folder: Path, urls: Urls) -> None:
    """Serve the files of a folder below /static/ and let templates name them by `asset(name)`."""
    assets = Assets(folder, urls)

    def static(filename: str) -> Response:
        found = assets.find(filename)
        if found is None:
            abort(404)
        return _response(*found)

    app.add_url_rule(PATHS.static("<path:filename>"), "static", static)
    app.context_processor(lambda: {"asset": assets.url})


def _response(asset: Asset, current: bool) -> Response:
    preferred = best_encoding(request.headers.get("Accept-Encoding", ""))
    encoding = preferred if preferred in asset.bodies else PLAIN
    response = Response(asset.bodies[encoding], content_type=asset.content_type)
    if len(asset.bodies) > 1:
        response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_etag(f"{asset.digest}-{encoding}" if encoding else asset.digest)
    response.headers["Cache-Control"] = IMMUTABLE if current else REVALIDATE
    response.make_conditional(request)
    return response
