"""Counting requests for Prometheus: by route template, method and status, never by address or person.

With several processes, `PROMETHEUS_MULTIPROC_DIR` names the folder through which they add up; the library
reads it when it is first imported.
"""

import os
import time

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    Metric,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each first one
_ANSWERED = Counter("peergroup_requests", "Requests answered.", ["method", "route", "status"])
_SECONDS = Histogram(
    "peergroup_request_seconds", "Seconds until an answer began.", ["method", "route"], buckets=_BUCKETS
)


class Meter:
    """The ring that counts. A stream is timed until its first byte, because it is meant to last."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._answered: dict[tuple[str, str, int], Counter] = {}
        self._seconds: dict[tuple[str, str], Histogram] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._count(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self.app(scope, receive, send_counted)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        # What found no route, or has a method of its own invention, must not make new series.
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        answered = self._answered.get((method, route, status))
        if answered is None:
            answered = self._answered[method, route, status] = _ANSWERED.labels(method, route, str(status))
            self._seconds[method, route] = _SECONDS.labels(method, route)
        answered.inc()
        self._seconds[method, route].observe(seconds)


class Found(Collector):
    """Figures that were read just now, instead of counted along the way."""

    def __init__(self, figures: list[Metric]) -> None:
        self.figures = figures

    def collect(self) -> list[Metric]:
        return self.figures


def exposed(*more: CollectorRegistry) -> bytes:
    """Everything counted, over all processes of this service, and what `more` adds, in Prometheus' text form."""
    registry = REGISTRY
    if os.environ.get(FOLDER):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped there
    return b"".join(generate_latest(one) for one in (registry, *more))
