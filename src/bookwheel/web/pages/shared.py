"""A conversation under a link that its reader shared: for anybody, to read only."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookwheel.access import link_read
from bookwheel.queries.conversations import branch
from bookwheel.web.rates import check_rate
from bookwheel.web.turns import turns

A_MINUTE = 60  # pages for one address


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the conversation as it was when it was shared."""
    check_rate(request, "shared", A_MINUTE)
    link = link_read(token)
    said = branch(link.conversation, link.leaf_id)
    context = {"link": link, "turns": turns(said, read_only=True)}
    answer = render(request, "shared.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
