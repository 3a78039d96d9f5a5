"""The time zone of a reader: chosen in the settings, or in a cookie that the script sets."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE = "bookwheel_zone"
GetResponse = Callable[[HttpRequest], HttpResponse]


def local_time(get_response: GetResponse) -> GetResponse:
    """Middleware: while a page is made, local time is the reader's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(request)):
            return get_response(request)

    return middleware


def _zone(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    """None: the server's own, UTC."""
    chosen = getattr(request.user, "time_zone", "") or request.COOKIES.get(COOKIE, "")
    return zoneinfo.ZoneInfo(chosen) if chosen in zone_names() else None


@cache
def zone_names() -> frozenset[str]:
    """All names that there are."""
    return frozenset(zoneinfo.available_timezones())


def named_zones() -> list[str]:
    """Those that stand for a place, as people look for them."""
    return sorted(name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
