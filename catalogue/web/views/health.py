"""What machines ask: whether the site is alive, whether it is ready, and its numbers.

Each answer is of this moment and of this process, so none may be kept by a cache.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from catalogue import __version__
from catalogue.i18n import gettext
from catalogue.urls import PATHS
from catalogue.web.metrics import Metrics
from catalogue.web.middleware.hosts import asked_from_here
from catalogue.web.readiness import Readiness

blueprint = Blueprint("health", __name__)


def readiness() -> Readiness:
    """Return what looks after the build of this application."""
    kept: Readiness = current_app.extensions["readiness"]
    return kept


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Tell caches to ask again each time."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get(PATHS.healthz)
def alive() -> ResponseReturnValue:
    """Say that this process answers. Touches no file and no build."""
    return jsonify({"status": "ok", "version": __version__})


@blueprint.get(PATHS.readyz)
def ready() -> ResponseReturnValue:
    """Say which build is open, and whether all is well with it and with searching.

    503 only if there is nothing to serve: whatever else is wrong, pages answer, and a proxy would take them away.
    """
    state = readiness().state()
    if not state.build_id:
        return jsonify({"status": "not ready", "reason": state.trouble}), 503
    answer: dict[str, object] = {
        "status": "ready",
        "build": state.build_id,
        "methods": state.methods,
    }
    if state.probe:
        answer["search"] = {"words": state.probe.words, "found": state.probe.found}
    if state.trouble:
        answer |= {"status": "degraded", "reason": state.trouble}
    return jsonify({**answer, "version": __version__})


@blueprint.get(PATHS.metrics)
def metrics() -> ResponseReturnValue:
    """Print the numbers for Prometheus, to programs on this machine alone."""
    counted: Metrics | None = current_app.extensions["metrics"]
    if counted is None:
        abort(404)
    if not asked_from_here():
        abort(403, gettext("Only programs on the same machine may read this."))
    return Response(counted.text(readiness().state()), content_type=CONTENT_TYPE_PLAIN_0_0_4)
