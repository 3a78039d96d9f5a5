"""The answer to a gesture: with script a piece of the page, without it a way back."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from bookwheel.models import Change, Paper
from bookwheel.queries.state import card_of
from bookwheel.web.controls import Controls
from bookwheel.web.entries import anchor
from bookwheel.web.jinja import url
from bookwheel.web.visit import Visit


def answer_gesture(request: Visit, paper: Paper, text: str, change: Change | None) -> HttpResponse:
    """Say what was done to a paper, with undo where there is a change."""
    if not request.htmx:
        tell(request, text, change)
        return back(request, anchor(paper.arxiv_id))
    return draw_gesture(request, paper, text, change)


def draw_gesture(
    request: Visit,
    paper: Paper,
    text: str,
    change: Change | None = None,
    *,
    swap: bool = False,
) -> HttpResponse:
    """Draw a paper's controls anew and a toast; with `swap` wherever on the page the paper is."""
    context = {
        "controls": Controls(request)(card_of(request.user, paper), swap=swap),
        "text": text,
        "change": change.pk if change else "",
        "tags_changed": swap or (change is not None and "tag" in change.before),
    }
    return render(request, "gesture.html", context)


def tell(request: Visit, text: str, change: Change | None = None) -> None:
    """Leave a message for the next page, with undo where there is a change."""
    messages.info(request, text, extra_tags=str(change.pk) if change else "")


def back(request: Visit, fragment: str = "") -> HttpResponseRedirect:
    """Go back to the page that the form stood on, or to the first page."""
    return HttpResponseRedirect(way_back(request, fragment))


def way_back(request: HttpRequest, fragment: str = "") -> str:
    """Give the address of the page that the form stood on, or of the first page."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    parts = urlsplit(came_from) if safe else urlsplit(url("for_you"))
    path = "/" + parts.path.lstrip("/")  # two slashes at the start would name another site
    return parts._replace(scheme="", netloc="", path=path, fragment=fragment).geturl()
