"""Compresses pages on their way over a network.

Whoever can choose words in a compressed page, and watch its length, may guess secrets that stand in
it (BREACH). So only pages are compressed whose address has no query, to which nothing is posted:
then nobody but the reader chooses words in them; and a random length is added to each, as Django
does. Leaves out: streams, which must not wait, and what is asked for on this machine.
"""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

from bookwheel.web.middleware import GetResponse

LEAST = 2048  # bytes of a page
_PADDING = 100  # bytes that are added at most
_KINDS = ("text/html", "application/json", "text/plain")


def compress_pages(get_response: GetResponse) -> GetResponse:
    """Compress what may be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _is_page(request, response):
            patch_vary_headers(response, ("Accept-Encoding",))
            if "gzip" in request.headers.get("Accept-Encoding", "") and _comes_from_afar(request):
                _compress(response)
        return response

    return middleware


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and not request.META.get("QUERY_STRING")
        and response.status_code == 200
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith(_KINDS)
        and len(response.content) >= LEAST
    )


def _comes_from_afar(request: HttpRequest) -> bool:
    """Over a network, or by a proxy on this machine that sends it on."""
    if "X-Forwarded-For" in request.headers:
        return True
    try:
        return not ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return True


def _compress(response: HttpResponse) -> None:
    response.content = compress_string(response.content, max_random_bytes=_PADDING)
    response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "gzip"
    if response.has_header("ETag") and not response["ETag"].startswith("W/"):
        response["ETag"] = f"W/{response['ETag']}"
