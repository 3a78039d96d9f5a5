"""Counts and times of requests by the name of their page, for Prometheus and for the log.

Nothing says who asked or for what. The workers of one `bookwheel serve` count together
(`counting.py`), so any of them can tell of all. Leaves out: what the database knows
(`queries/watching.py`).
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from bookwheel.logs import REQUESTS, route
from bookwheel.web.counting import FOLDER

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # seconds

_log = logging.getLogger(REQUESTS)
_own = CollectorRegistry()
_requests = Counter(
    "bookwheel_requests", "Requests answered.", ["route", "method", "status"], registry=_own
)
_seconds = Histogram(
    "bookwheel_request_seconds",
    "Seconds until an answer began.",
    ["route"],
    buckets=BUCKETS,
    registry=_own,
)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def registry() -> CollectorRegistry:
    """What all workers have counted."""
    if FOLDER not in os.environ:
        return _own
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared


def measured(get_response: GetResponse) -> GetResponse:
    """Count and time each request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - started
        name = route(request)
        method = request.method if request.method in _METHODS else "other"
        status = f"{response.status_code // 100}xx"
        _requests.labels(name, method, status).inc()
        _seconds.labels(name).observe(seconds)
        if _log.isEnabledFor(logging.INFO):
            told = {"route": name, "method": method, "status": response.status_code}
            ms = round(1000 * seconds, 1)
            _log.info("%s %s %s %s ms", method, name, response.status_code, ms,
                      extra={**told, "ms": ms})  # fmt: skip
        return response

    return middleware
