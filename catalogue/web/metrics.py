"""Metrics in the format of Prometheus: numbers of requests, how long they took, which build is served.

With several worker processes each counts in a file of its own, and the one that is scraped adds them all up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from catalogue import __version__
from catalogue.web.readiness import State

# The environment variable with the folder of those files, which prometheus_client reads too.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKET_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class Metrics:
    """The metrics of one application."""

    def __init__(self, routes: Map) -> None:
        """Count by the rules in `routes`: there is no end of URLs, but rules are few."""
        self._routes = routes
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "catalogue_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "catalogue_request_seconds",
            "Time from the request to the last byte of its answer.",
            ("route",),
            buckets=BUCKET_SECONDS,
            registry=self._registry,
        )
        self._cache = Counter(
            "catalogue_page_cache",
            "Answers asked of the cache of whole pages.",
            ("result",),
            registry=self._registry,
        )

    def count(
        self, method: str, path: str, status: int, seconds: float, cached: str | None
    ) -> None:
        """Count one request. `cached` is "hit" or "miss", or None if the page cache did not look it up."""
        route = self._route(path)
        self._requests.labels(method if method in METHODS else "other", route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if cached in ("hit", "miss"):
            self._cache.labels(cached).inc()

    def _route(self, path: str) -> str:
        try:
            rule, _ = self._routes.bind("").match(path, method="GET", return_rule=True)
        except (HTTPException, ValueError):
            return "none"
        return rule.rule

    def text(self, state: State) -> bytes:
        """Return the metrics of all workers, and what this worker serves, as text in UTF-8."""
        registry = CollectorRegistry()
        if SHARED_FOLDER in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(_Serves(state))
        own = b"" if SHARED_FOLDER in os.environ else generate_latest(self._registry)
        return own + generate_latest(registry)


class _Serves(Collector):
    """Gauges of what one worker serves."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Yield the build and the number of methods, and whether all is well."""
        build = GaugeMetricFamily(
            "catalogue_build", "The build that the answering worker serves.", labels=("build", "version")
        )  # fmt: skip
        if self._state.build_id:
            build.add_metric((self._state.build_id, __version__), 1)
        yield build
        yield GaugeMetricFamily(
            "catalogue_methods", "Methods in that build.", value=self._state.methods
        )
        yield GaugeMetricFamily(
            "catalogue_degraded",
            "1 if a newer build could not be taken up, or none is there.",
            value=bool(self._state.trouble),
        )
