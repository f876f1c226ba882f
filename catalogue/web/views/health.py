"""The endpoints for machines: liveness, readiness and metrics.

Each response is of this moment and of this process, so none may be cached.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from catalogue import __version__
from catalogue.i18n import gettext
from catalogue.urls import PATHS
from catalogue.web.metrics import Metrics
from catalogue.web.middleware.hosts import is_local_request
from catalogue.web.readiness import Readiness

blueprint = Blueprint("health", __name__)


def readiness() -> Readiness:
    """Return the readiness checks of this application."""
    checks: Readiness = current_app.extensions["readiness"]
    return checks


@blueprint.after_request
def forbid_caching(response: Response) -> Response:
    """Tell caches to store nothing."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get(PATHS.healthz)
def alive() -> ResponseReturnValue:
    """Say that this process responds. Touches no file and no build."""
    return jsonify({"status": "ok", "version": __version__})


@blueprint.get(PATHS.readyz)
def ready() -> ResponseReturnValue:
    """Say which build is open, and whether all is well with it and with searching.

    503 only if there is nothing to serve: whatever else is wrong, pages are served, and a proxy would take them away.
    """
    state = readiness().state()
    if not state.build_id:
        return jsonify({"status": "not ready", "reason": state.trouble}), 503
    response: dict[str, object] = {
        "status": "ready",
        "build": state.build_id,
        "methods": state.methods,
    }
    if state.probe:
        response["search"] = {"words": state.probe.words, "found": state.probe.found}
    if state.trouble:
        response |= {"status": "degraded", "reason": state.trouble}
    return jsonify({**response, "version": __version__})


@blueprint.get(PATHS.metrics)
def metrics() -> ResponseReturnValue:
    """Return the metrics for Prometheus, to programs on this machine alone."""
    counted: Metrics | None = current_app.extensions["metrics"]
    if counted is None:
        abort(404)
    if not is_local_request():
        abort(403, gettext("Only programs on the same machine may read this."))
    return Response(counted.text(readiness().state()), content_type=CONTENT_TYPE_PLAIN_0_0_4)
