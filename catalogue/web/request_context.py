"""The build that a request is answered from: taken once, so that no answer mixes two.

Views ask it for the snapshot; factory.py names that build in the answer.
"""

from __future__ import annotations

from flask import current_app, g, has_request_context

from catalogue.search.live_build import LiveBuild
from catalogue.search.snapshot import Snapshot
from catalogue.urls import Urls


def live_build() -> LiveBuild:
    """Return what keeps the build of this application."""
    kept: LiveBuild = current_app.extensions["catalogue"]
    return kept


def urls() -> Urls:
    """Return the URLs of this site, below its prefix."""
    made: Urls = current_app.extensions["urls"]
    return made


def snapshot() -> Snapshot:
    """Return the build of this request. Raises BuildError if there is none and none can be made."""
    taken: Snapshot | None = g.get("snapshot")
    if taken is None:
        taken = g.snapshot = live_build().snapshot()
    return taken


def build_id() -> str:
    """Return the fingerprint of the build this request has asked, "" if it needed none."""
    taken: Snapshot | None = g.get("snapshot") if has_request_context() else None
    return taken.build_id if taken else ""
