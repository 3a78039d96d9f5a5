"""When a visitor needs no account: one reader alone on this machine.

All of these must hold: the server listens on loopback only and no setting says that others reach
it; the request comes from loopback, under a loopback name (or a page elsewhere could reach us by
DNS rebinding) and through no proxy (or anybody behind the proxy would be that reader); and nobody
has made an account with a password. What a page of another site loads behind the reader's back
(pictures, frames, scripts) is not the reader's either: its time would tell what is in the library.
"""

from __future__ import annotations

from django.http import HttpRequest

from bookwheel.config import config
from bookwheel.queries.readers import accounts_exist
from bookwheel.web.binding import LOOPBACK_NAMES, is_loopback

_PROXY_HEADERS = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


def solo_allowed(request: HttpRequest) -> bool:
    """Tell whether this request may act as the local reader."""
    return (
        _meant_for_one()
        and is_loopback(request.META.get("REMOTE_ADDR", ""))
        and _host_name(request) in LOOPBACK_NAMES
        and not through_proxy(request)
        and not accounts_exist()
    )


def loaded_by_another_site(request: HttpRequest) -> bool:
    """Tell whether a browser asks on behalf of a page elsewhere, and not because of a link.

    Browsers say so of all requests to loopback (https://www.w3.org/TR/fetch-metadata/).
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    opened = request.headers.get("Sec-Fetch-Dest") == "document"
    return site not in ("none", "same-origin") and not opened


def _meant_for_one() -> bool:
    chosen = config()
    others = chosen.hosts or chosen.https or chosen.trusted_proxies
    return is_loopback(chosen.host) and not others


def through_proxy(request: HttpRequest) -> bool:
    """Tell whether a request came through a proxy.

    One that adds no header can still be known by speaking HTTP/1.0, as nginx does untold.
    """
    version = getattr(request, "scope", {}).get("http_version", "1.1")
    return version == "1.0" or any(header in request.META for header in _PROXY_HEADERS)


def _host_name(request: HttpRequest) -> str:
    host = request.get_host()
    return host if host.endswith("]") else host.rpartition(":")[0] or host
