"""What views need of the application: its URLs, and the snapshot of a request, taken once so that no response mixes two builds."""

from __future__ import annotations

from flask import current_app, g, has_request_context, request

from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.urls import Urls


def live_build() -> LiveBuild:
    """Return the live build of this application."""
    build: LiveBuild = current_app.extensions["catalogue"]
    return build


def urls() -> Urls:
    """Return the URLs of this site, below its prefix."""
    site_urls: Urls = current_app.extensions["urls"]
    return site_urls


def snapshot() -> Snapshot:
    """Return the snapshot of this request. Raises BuildError if there is no build and none can be made."""
    current: Snapshot | None = g.get("snapshot")
    if current is None:
        current = g.snapshot = live_build().snapshot()
    return current


def query_string() -> str:
    """Return the query string of this request as WSGI hands it over."""
    return request.query_string.decode("latin-1")


def build_id() -> str:
    """Return the id of the build that this request has used, "" if it needed none."""
    current: Snapshot | None = g.get("snapshot") if has_request_context() else None
    return current.build_id if current else ""
