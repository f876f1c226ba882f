"""The style sheet, the script and the icon, under names that change with their content.

Read, joined and compressed once when the site starts; nothing is written. Pages name files by
`address`, so a browser may keep each for good.
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
    LEAST_BYTES,
    PLAIN,
    best_encoding,
    compress_file,
    is_text,
)

# Files made of others, in this order, so that a page asks for one style sheet.
BUNDLES = {"site.css": ("vendor/govuk-frontend-6.6.0.css", "catalogue.css")}
HASHED = re.compile(r"(?P<stem>.+)\.[0-9a-f]{12}(?P<end>\.\w+)")
# What one file loads of others: url(...) in styles, import and export in scripts.
REFERENCES = {
    ".css": re.compile(r"""(?P<before>url\(\s*["']?)(?P<name>[^"')\s]+)"""),
    ".js": re.compile(r"""(?P<before>\b(?:from|import)\s*\(?\s*["'])(?P<name>\.[^"']+)"""),
}
# Said here, because what the operating system says differs.
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class Asset:
    """A file ready to send. `hashed` is its name with the mark of its content."""

    name: str
    hashed: str
    mark: str
    content_type: str
    bodies: dict[str, bytes]


class Assets:
    """All files of a folder and the bundles made of them, by name."""

    def __init__(self, folder: Path, urls: Urls = PATHS) -> None:
        """Read the folder; pages name its files by `urls`. Symbolic links are left out: they could lead anywhere."""
        self._sources = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        self._urls = urls
        self._made: dict[str, Asset] = {}
        for name in (*self._sources, *self._bundles()):
            self._asset(name, ())

    def _bundles(self) -> list[str]:
        return [b for b, parts in BUNDLES.items() if all(part in self._sources for part in parts)]

    def address(self, name: str) -> str:
        """Return the URL of a file. Raises KeyError for a name that does not exist."""
        return self._urls.static(self._made[name].hashed)

    def find(self, name: str) -> tuple[Asset, bool] | None:
        """Return a file by its plain or hashed name, and whether the name is that of its content now.

        A hash of yesterday gets the file of today: the page that asks may come from a cache, or
        from another replica.
        """
        if name in self._made:
            return self._made[name], False
        match = HASHED.fullmatch(name)
        asset = self._made.get(match["stem"] + match["end"]) if match else None
        return (asset, asset.hashed == name) if asset else None

    def _asset(self, name: str, within: tuple[str, ...]) -> Asset:
        """Make a file ready; `within` are the files that are being made and load it."""
        if name not in self._made:
            data = b"\n".join(
                self._linked(part, name, (*within, name)) for part in BUNDLES.get(name, (name,))
            )
            mark = blake2b(data, digest_size=6).hexdigest()
            stem, end = posixpath.splitext(name)
            content_type = (
                TYPES.get(end) or mimetypes.guess_type(name)[0] or "application/octet-stream"
            )
            worth = is_text(content_type) and len(data) >= LEAST_BYTES
            self._made[name] = Asset(
                name=name,
                hashed=f"{stem}.{mark}{end}",
                mark=mark,
                content_type=f"{content_type}; charset=utf-8" if worth else content_type,
                bodies=compress_file(data) if worth else {PLAIN: data},
            )
        return self._made[name]

    def _linked(self, source: str, target: str, within: tuple[str, ...]) -> bytes:
        """Return a source whose references name other files by their hashes, as seen from `target`."""
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
        return _answer(*found)

    app.add_url_rule(PATHS.static("<path:filename>"), "static", static)
    app.context_processor(lambda: {"asset": assets.address})


def _answer(asset: Asset, current: bool) -> Response:
    wanted = best_encoding(request.headers.get("Accept-Encoding", ""))
    encoding = wanted if wanted in asset.bodies else PLAIN
    response = Response(asset.bodies[encoding], content_type=asset.content_type)
    if len(asset.bodies) > 1:
        response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_etag(f"{asset.mark}-{encoding}" if encoding else asset.mark)
    response.headers["Cache-Control"] = FOR_GOOD if current else ASK_AGAIN
    response.make_conditional(request)
    return response
