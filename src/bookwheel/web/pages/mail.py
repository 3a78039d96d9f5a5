"""What the links in mails lead to: no login, one purpose; a page asks, a button does it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookwheel.access import mail_address_named, mail_gesture_named, mail_stop_named
from bookwheel.actions.confirm_mail_address import confirm_mail_address
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.stop_mail import stop_mail
from bookwheel.content.plain import to_text
from bookwheel.models import Mark, Paper, Reader, Reading
from bookwheel.web.rates import check_rate

A_MINUTE = 60  # pages for one address

_DOES: dict[str, Callable[[Reader, Paper], object]] = {
    "like": lambda reader, paper: mark_paper(reader, paper, Mark.Kind.LIKE),
    "hide": lambda reader, paper: mark_paper(reader, paper, Mark.Kind.HIDE),
    "later": lambda reader, paper: set_reading(reader, paper, Reading.State.LATER),
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def gesture(request: HttpRequest, token: str) -> HttpResponse:
    """Like, hide or keep one paper."""
    check_rate(request, "mail", A_MINUTE)
    what, reader, paper = mail_gesture_named(token)
    title = to_text(paper.title)
    asks = {"like": _("Like this paper?"), "hide": _("Hide this paper?")}
    done = {"like": _("Liked."), "hide": _("Hidden.")}
    if request.method == "POST":
        _DOES[what](reader, paper)
        return _page(request, done.get(what, _("Kept for later.")), title)
    return _page(request, asks.get(what, _("Keep this paper for later?")), title, _("Yes"))


@csrf_exempt  # RFC 8058: the mail program posts here; the address itself is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End digests or alerts."""
    check_rate(request, "mail", A_MINUTE)
    what, reader = mail_stop_named(token)
    if request.method == "POST":
        stop_mail(reader, what)
        said = _("Nothing more is sent. In the settings it can be switched on again.")
        return _page(request, _("Unsubscribed"), said)
    asks = _("No more digests?") if what == "digest" else _("No more alerts?")
    return _page(request, asks, "", _("Unsubscribe"))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a mail address."""
    check_rate(request, "mail", A_MINUTE)
    address = mail_address_named(token)
    if request.method == "POST":
        confirm_mail_address(address)
        return _page(request, _("The address is confirmed."), address.address)
    return _page(request, _("Is this your address?"), address.address, _("Confirm"))


def _page(request: HttpRequest, heading: str, text: str, button: str = "") -> HttpResponse:
    context = {"heading": heading, "text": text, "button": button}
    answer = render(request, "mail_link.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer" if not button else "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer
