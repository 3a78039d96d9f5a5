"""When a visitor needs no account: one reader alone on this machine.

All of these must hold: the server listens on loopback only, the request comes from loopback, under
a loopback name (or a page elsewhere could reach us by DNS rebinding), through no proxy (or anybody
behind the proxy would be that reader), and nobody has made an account with a password.
"""

from __future__ import annotations

from django.http import HttpRequest

from bookwheel.config import config
from bookwheel.queries.readers import accounts_exist
from bookwheel.web.binding import LOOPBACK_NAMES, is_loopback

_PROXY_HEADERS = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


def solo_allowed(request: HttpRequest) -> bool:
    """Tell whether this request may act as the local reader."""
    return (
        is_loopback(config().host)
        and is_loopback(request.META.get("REMOTE_ADDR", ""))
        and not any(header in request.META for header in _PROXY_HEADERS)
        and _host_name(request) in LOOPBACK_NAMES
        and not accounts_exist()
    )


def _host_name(request: HttpRequest) -> str:
    host = request.get_host()
    return host if host.endswith("]") else host.rpartition(":")[0] or host
