"""Tell all webhooks of new papers. Any number of processes may do it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import ngettext

from bookwheel.actions.deliver_webhook import State, deliver
from bookwheel.delivery.forms import body_of
from bookwheel.delivery.news import News, told
from bookwheel.errors import IndexMissingError
from bookwheel.models import Delivery, DigestPlan, Paper, Webhook
from bookwheel.queries.digest_due import has_come
from bookwheel.queries.feed import newest_day
from bookwheel.queries.webhook_news import new_papers

LEASE = timedelta(minutes=5)
KEPT = timedelta(days=30)  # how far back the log goes
AT_ONCE = 500  # messages of one run

Stop = Callable[[], bool]


def deliver_webhooks(stop: Stop) -> Counter[str]:
    """Make messages of what has come, then post what waits; how many were left in which state."""
    now = timezone.now()
    left = Delivery.objects.filter(state=State.CLAIMED, claimed__lt=now - LEASE)
    left.update(state=State.WAITING, again=now)
    Delivery.objects.filter(created__lt=now - KEPT).delete()
    write_messages(now)
    states: Counter[str] = Counter()
    waiting = Delivery.objects.filter(state=State.WAITING, again__lte=now, webhook__stopped="")
    for delivery in list(waiting.select_related("webhook").order_by("pk")[:AT_ONCE]):
        if stop():
            break
        if state := deliver(delivery):
            states[state] += 1
    return states


def webhooks_wait(now: datetime) -> bool:
    """Whether there is anything to do; cheap enough to be asked all the time."""
    hooks = Webhook.objects.filter(stopped="", reader__is_active=True)
    if not hooks.exists():
        return False
    waiting = Delivery.objects.filter(state=State.WAITING, again__lte=now, webhook__stopped="")
    left = Delivery.objects.filter(state=State.CLAIMED, claimed__lt=now - LEASE)
    return waiting.exists() or left.exists() or bool(_behind(now))


def _behind(now: datetime) -> list[Webhook]:
    newest = newest_day()
    if newest is None or not has_come(newest, newest, now):
        return []
    hooks = Webhook.objects.filter(stopped="", reader__is_active=True).exclude(covered=newest)
    return list(hooks.select_related("reader", "tag", "search", "author"))


def write_messages(now: datetime) -> None:
    """One message for each webhook for which a new listing has something."""
    newest = newest_day()
    for hook in _behind(now):
        try:
            papers, count = new_papers(hook, hook.covered) if hook.covered else ([], 0)
        except IndexMissingError:
            return
        _write(hook, newest, papers, count, now)


def _write(
    hook: Webhook, newest: date | None, papers: list[Paper], count: int, now: datetime
) -> None:
    with transaction.atomic():
        mine = Webhook.objects.filter(pk=hook.pk, covered=hook.covered)
        if not mine.update(covered=newest) or not papers:
            return
        plan = DigestPlan.objects.filter(reader=hook.reader).first()
        with translation.override((plan.language if plan else "") or "en"):
            body = body_of(hook, _news(hook, papers, count, str(newest)))
        Delivery.objects.get_or_create(
            webhook=hook,
            slot=str(newest),
            defaults={"body": body.decode(), "papers": len(papers), "again": now},
        )


def _news(hook: Webhook, papers: list[Paper], count: int, day: str) -> News:
    of = str(hook.tag or hook.search or hook.author or "Bookwheel")
    said = ngettext("%(of)s: %(n)d new paper, %(day)s", "%(of)s: %(n)d new papers, %(day)s", count)
    return News(
        kind="papers.new",
        of=of,
        heading=said % {"of": of, "n": count, "day": day},
        day=day,
        papers=tuple(map(told, papers)),
        left_out=count - len(papers),
        made=timezone.now(),
    )
