"""For programs that watch the site: is it alive, can it serve, and its figures for Prometheus.

Nothing here needs a login, so nothing says more than a stranger may know: figures are for programs
on this machine or with the token of `BOOKWHEEL_METRICS_TOKEN`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from bookwheel.config import config
from bookwheel.queries.watching import failing, figures
from bookwheel.web.binding import is_loopback
from bookwheel.web.measures import registry
from bookwheel.web.solo import through_proxy


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer: the process is alive, whatever else is wrong."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Tell whether pages can be served: 200, or 503 with the names of what is missing."""
    missing = failing()
    body = orjson.dumps({"ready": not missing, "missing": missing})
    answer = HttpResponse(body, status=503 if missing else 200, content_type="application/json")
    answer._has_been_logged = True  # type: ignore[attr-defined]  # whoever asked will say so
    return answer


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give figures as Prometheus reads them; to others there is no such page."""
    if not _may_watch(request):
        raise Http404
    text = generate_latest(registry()) + generate_latest(_of_site())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _may_watch(request: HttpRequest) -> bool:
    token = config().metrics_token
    if token:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and not through_proxy(request)


class _Site:
    """The site's own figures, looked up when they are asked for."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for name, group in groupby(figures(timezone.now()), lambda figure: figure.name):
            found = list(group)
            labels = [label for label, _ in found[0].labels]
            family = GaugeMetricFamily(f"bookwheel_{name}", found[0].about, labels=labels)
            for figure in found:
                family.add_metric([value for _, value in figure.labels], figure.value)
            yield family


def _of_site() -> CollectorRegistry:
    made = CollectorRegistry()
    made.register(_Site())
    return made
