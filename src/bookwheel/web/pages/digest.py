"""The digest: when and of what a reader gets one, how it would look, what was sent."""

from __future__ import annotations

from csp.constants import NONE, UNSAFE_INLINE
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.actions.send_one_now import send_one_now
from bookwheel.actions.set_digest import Wish, set_digest
from bookwheel.actions.set_mail_address import set_mail_address
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.config import config
from bookwheel.delivery.made import NOW, made
from bookwheel.delivery.mail import html_of, text_of
from bookwheel.errors import InputError
from bookwheel.models import Digest, DigestPlan
from bookwheel.queries.digest_due import next_occasion
from bookwheel.queries.digest_plan import address_of, chosen_tags, last_digests, plan_of
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.rates import check_mails
from bookwheel.web.visit import Visit
from bookwheel.web.zones import named_zones

_LEAST = ("0.50", "0.60", "0.70", "0.80", "0.90")
_MOST = (5, 10, 20, 30, 50, 100)
# A mail has its styles in its tags, and nothing else that a page of ours must not have.
_AS_MAIL = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]}


@require_safe
def digest(request: Visit) -> HttpResponse:
    """Show it all."""
    reader, plan = request.user, plan_of(request.user)
    here = timezone.get_current_timezone_name()
    context = {
        "heading": _("Digest by e-mail"),
        "mails": bool(config().smtp_host),
        "address": address_of(reader),
        "suggested": reader.email,
        "plan": plan,
        "days": _days(plan),
        "hours": [(hour, f"{hour:02}:00") for hour in range(24)],
        "zones": named_zones(),
        "zone": reader.time_zone or here,
        "whens": [(value, label) for value, label in DigestPlan.When.choices],
        "leasts": _LEAST,
        "least": f"{plan.least:.2f}",
        "mosts": _MOST,
        "tags": chosen_tags(reader, plan),
        "next": next_occasion(plan, timezone.now()),
        "sent": [(one, _what(one), _state(one)) for one in last_digests(reader)],
    }
    return render(request, "digest.html", context)


def _days(plan: DigestPlan) -> list[tuple[str, str, bool]]:
    names = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday")]
    names += [_("Saturday"), _("Sunday")]
    return [(str(day), name, str(day) in plan.weekdays) for day, name in enumerate(names, 1)]


def _what(one: Digest) -> str:
    kind, _space, day = one.slot.partition(" ")
    return {"digest": _("digest"), "alert": _("alert")}.get(kind, _("on request"))


def _state(one: Digest) -> str:
    return {
        "waiting": _("waits to be sent"),
        "claimed": _("being sent"),
        "handed": _("being sent"),
        "sent": _("sent"),
        "unsure": _("not known whether it arrived; its papers come again"),
        "nothing": _("not sent"),
        "refused": _("refused by the mail server"),
        "failed": _("given up"),
    }[one.state]


@require_safe
def preview(request: Visit, form: str) -> HttpResponse:
    """Show the digest of the newest listing as it would be sent, as HTML or plain text."""
    if form not in ("html", "txt"):
        raise Http404(f"no preview as {form}")
    sample = Digest(reader=request.user, slot=f"{NOW} preview")
    letter = made(sample, plan_of(request.user), timezone.now()).letter
    if letter is None:
        raise Http404("no digest")
    if form == "txt":
        return HttpResponse(text_of(letter), content_type="text/plain; charset=utf-8")
    answer = HttpResponse(html_of(letter))
    answer._csp_replace = _AS_MAIL  # type: ignore[attr-defined]  # as csp's decorators do
    return answer


@require_POST
def set_plan(request: Visit) -> HttpResponse:
    """Set when and of what."""
    sent = request.POST
    set_preferences(request.user, time_zone=sent.get("time_zone") or None)
    wish = Wish(
        on="on" in sent,
        weekdays=sent.getlist("day"),
        hour=posted_number(request, "hour"),
        when=posted(request, "when"),
        least=_share(posted(request, "least")),
        most=posted_number(request, "most"),
        tags=[number(each) for each in sent.getlist("tag")],
        likes="likes" in sent,
        language=get_language() or "",
    )
    set_digest(request.user, wish)
    tell(request, _("Digest set.") if wish.on else _("Digest set; none is sent."))
    return back(request)


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(_("There is no such choice.")) from error


@require_POST
def set_address(request: Visit) -> HttpResponse:
    """Set where to, and have it confirmed."""
    check_mails(request.user)
    address = set_mail_address(request.user, posted(request, "address"))
    if address.confirmed:
        tell(request, _("Mail goes to %(address)s.") % {"address": address.address})
    else:
        said = _("A mail is on its way to %(address)s. Press the link in it to confirm it.")
        tell(request, said % {"address": address.address})
    return back(request)


@require_POST
def send_now(request: Visit) -> HttpResponse:
    """Send one now."""
    check_mails(request.user)
    send_one_now(request.user)
    tell(request, _("Sent."))
    return back(request)
