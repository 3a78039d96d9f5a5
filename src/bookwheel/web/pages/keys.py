"""Keys for programs: make one, see what it may do, take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import key_write
from bookwheel.actions.make_api_key import make_api_key
from bookwheel.actions.revoke_api_key import revoke_api_key
from bookwheel.errors import InputError
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import number, posted_number
from bookwheel.web.visit import Visit


@require_safe
def keys(request: Visit) -> HttpResponse:
    """Show all keys, without their secrets."""
    return _page(request)


@never_cache
@require_POST
def make(request: Visit) -> HttpResponse:
    """Make a key and show its secret, this once."""
    days = request.POST.get("days", "")
    name, scopes = request.POST.get("name", ""), request.POST.getlist("scope")
    try:
        _key, secret = make_api_key(request.user, name, scopes, days=number(days) if days else None)
    except InputError as error:
        typed = {"name": name, "scopes": scopes, "days": days}
        return _page(request, typed=typed, refused=str(error))
    return _page(request, secret=secret)


@require_POST
def revoke(request: Visit) -> HttpResponse:
    """Take a key back."""
    revoke_api_key(key_write(request.user, posted_number(request, "which")))
    tell(request, _("The key is taken back; nothing can use it any more."))
    return back(request)


def _page(
    request: Visit,
    secret: str = "",
    typed: dict[str, Any] | None = None,
    refused: str = "",
) -> HttpResponse:
    context = {
        "typed": typed or {"name": "", "scopes": ["read"], "days": "30"},
        "refused": refused,
        "heading": _("Keys for programs"),
        "keys": request.user.api_keys.order_by("-created", "-pk"),
        "secret": secret,
        "scopes": [
            ("read", _("read"), _("Search, read papers and what is yours.")),
            ("write", _("write"), _("Like, hide, tag, follow, import.")),
            ("ask", _("ask"), _("Put questions to the assistant.")),
        ],
        "spans": [("30", _("30 days")), ("365", _("a year")), ("", _("until I take it back"))],
    }
    return render(request, "keys.html", context, status=400 if refused else 200)
