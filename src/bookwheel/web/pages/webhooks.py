"""Webhooks: made, tried, deleted, and the log of what was sent."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import author_write, search_write, tag_read, webhook_write
from bookwheel.actions.make_webhook import Hook, make_webhook
from bookwheel.actions.try_webhook import try_webhook
from bookwheel.models import Delivery, FollowedAuthor, Reader, SavedSearch, Tag, Webhook
from bookwheel.queries.following import authors_of, searches_of
from bookwheel.queries.tags import tags_of
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.rates import check_mails
from bookwheel.web.visit import Visit

_SHOWN = 100  # messages of the log


@require_safe
def webhooks(request: Visit) -> HttpResponse:
    """Show all, and the form for one more."""
    reader = request.user
    held = reader.webhooks.select_related("tag", "search", "author").order_by("pk")
    context = {
        "heading": _("Webhooks"),
        "hooks": [(hook, _of(hook), urlsplit(hook.address).hostname) for hook in held],
        "forms": Webhook.Form.choices,
        "things": [
            *((f"tag {tag.pk}", tag.name) for tag in tags_of(reader)),
            *((f"author {one.pk}", str(one)) for one in authors_of(reader)),
            *((f"search {one.pk}", one.text) for one in searches_of(reader)),
        ],
    }
    return render(request, "webhooks.html", context)


def _of(hook: Webhook) -> str:
    return str(hook.tag or hook.search or hook.author or _("For you"))


@require_safe
def log(request: Visit, which: int) -> HttpResponse:
    """Show what was sent to one, the latest first, and its secret."""
    hook = webhook_write(request.user, which)
    sent = hook.deliveries.order_by("-pk")[:_SHOWN]
    context = {
        "heading": hook.name,
        "hook": hook,
        "of": _of(hook),
        "sent": [(one, _state(one)) for one in sent],
    }
    return render(request, "webhook_log.html", context)


def _state(one: Delivery) -> str:
    return {
        "waiting": _("waits to be sent"),
        "claimed": _("being sent"),
        "done": _("delivered"),
        "failed": _("given up"),
    }[one.state]


@require_POST
def make(request: Visit) -> HttpResponse:
    """Make one; the form says "tag NUMBER", "author NUMBER", "search NUMBER" or nothing."""
    sent = request.POST
    make_webhook(
        request.user,
        Hook(
            name=posted(request, "name"),
            form=posted(request, "form"),
            address=posted(request, "address"),
            secret=sent.get("secret", ""),
            chat=sent.get("chat", ""),
            of=_thing(request.user, sent.get("of", "")),
        ),
    )
    tell(request, _("Webhook made. Try it: a message says whether it works."))
    return back(request)


def _thing(reader: Reader, text: str) -> Tag | SavedSearch | FollowedAuthor | None:
    kind, _space, which = text.partition(" ")
    if kind == "tag":
        return tag_read(reader, number(which))
    if kind == "author":
        return author_write(reader, number(which))
    return search_write(reader, number(which)) if kind == "search" else None


@require_POST
def try_out(request: Visit) -> HttpResponse:
    """Send a message that only says that it works."""
    hook = webhook_write(request.user, posted_number(request, "which"))
    check_mails(request.user)
    done = try_webhook(hook)
    if done.state == Delivery.State.DONE:
        tell(request, _("Delivered to %(name)s.") % {"name": hook.name})
    else:
        why = {"name": hook.name, "why": done.told}
        tell(request, _("Not delivered to %(name)s: %(why)s") % why)
    return back(request)


@require_POST
def delete(request: Visit) -> HttpResponse:
    """Delete one, with its log."""
    webhook_write(request.user, posted_number(request, "which")).delete()
    tell(request, _("Webhook deleted."))
    return back(request)
