"""Send all digests and alerts that are due. Any number of processes may do it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.send_digest import State, send_digest
from bookwheel.config import config
from bookwheel.delivery.postbox import Postbox
from bookwheel.errors import IndexDamagedError, IndexMissingError, MailServerError
from bookwheel.models import Alert, Digest, DigestPlan
from bookwheel.queries.digest import alert_contents
from bookwheel.queries.digest_due import (
    WAIT,
    has_come,
    last_occasion,
    must_wait,
    next_occasion,
    slot_of,
)
from bookwheel.queries.feed import newest_day

LEASE = timedelta(minutes=10)  # longer than a mail takes with all time-outs
KEPT = timedelta(days=90)  # how long it is remembered what was sent
AT_ONCE = 200  # rows read at a time

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Sent:
    """How many digests were left in which state; `problem` is what ended it early."""

    states: Counter[str]
    problem: str = ""
    stopped: bool = False


def _never() -> bool:
    return False


def send_digests(stop: Stop = _never) -> Sent:
    """Make rows for what is due, then send what waits."""
    now = timezone.now()
    take_up(now)
    Digest.objects.filter(created__lt=now - KEPT).delete()
    open_slots(now)
    states: Counter[str] = Counter()
    with Postbox() as post:
        for digest in _waiting(now):
            if stop():
                return Sent(states, stopped=True)
            try:
                state = send_digest(digest, post, timezone.now())
            except MailServerError as error:
                return Sent(states, problem=str(error))
            if state:
                states[state] += 1
    return Sent(states)


def something_is_due(now: datetime) -> bool:
    """Whether there is anything to do; cheap enough to be asked all the time."""
    if not config().smtp_host:
        return False
    opened = Digest.objects.filter(state=State.WAITING, again__lte=now)
    left = Digest.objects.filter(state__in=(State.CLAIMED, State.HANDED), claimed__lt=now - LEASE)
    plans = DigestPlan.objects.filter(next_at__lte=now)
    return opened.exists() or left.exists() or plans.exists()


def take_up(now: datetime) -> None:
    """What dead processes left: before the last byte to be sent, after it never again."""
    left = Digest.objects.filter(claimed__lt=now - LEASE)
    left.filter(state=State.CLAIMED).update(state=State.WAITING, again=now, claim="")
    told = "The process died while the mail server took the mail."
    left.filter(state=State.HANDED).update(state=State.UNSURE, told=told, ended=now)


def _waiting(now: datetime) -> Iterator[Digest]:
    """Those to be tried now, read in parts: another process may be at the same ones."""
    last = 0
    while True:
        rows = Digest.objects.filter(state=State.WAITING, again__lte=now, pk__gt=last)
        part = list(rows.select_related("reader").order_by("pk")[:AT_ONCE])
        yield from part
        if not part:
            return
        last = part[-1].pk


def open_slots(now: datetime) -> None:
    """Make a row for each digest and alert that is due, and note when to look again."""
    try:
        newest = newest_day()
    except IndexDamagedError:
        return
    due = DigestPlan.objects.filter(next_at__lte=now, reader__is_active=True)
    for plan in due.select_related("reader", "reader__mail_address").iterator(chunk_size=AT_ONCE):
        try:
            alerting = _alert(plan, newest, now)
        except IndexMissingError:
            alerting = True
        _open(plan, newest, now, alerting=alerting)


def _open(plan: DigestPlan, newest: date | None, now: datetime, *, alerting: bool) -> None:
    """The digest of the last occasion; a look at ten minutes from now while papers are awaited."""
    occasion = last_occasion(plan, now) if plan.on and plan.weekdays else None
    later = next_occasion(plan, now)
    waits = False
    if occasion and now - occasion < timedelta(days=1) and _takes_mail(plan):
        waits = must_wait(occasion, newest, now)
        if not waits:
            Digest.objects.get_or_create(
                reader=plan.reader, slot=slot_of(plan, occasion), defaults={"again": now}
            )
    soon = now + WAIT if waits or alerting else None
    plans = DigestPlan.objects.filter(pk=plan.pk, next_at=plan.next_at)
    plans.update(next_at=min(filter(None, (soon, later)), default=None))


def _takes_mail(plan: DigestPlan) -> bool:
    address = getattr(plan.reader, "mail_address", None)
    return address is not None and bool(address.takes_mail)


def _alert(plan: DigestPlan, newest: date | None, now: datetime) -> bool:
    """Open an alert where a new listing brought something; whether alerts are wanted at all."""
    reader = plan.reader
    wanted = (
        reader.followed_authors.filter(alert=Alert.MAIL).exists()
        or reader.saved_searches.filter(alert=Alert.MAIL).exists()
    )
    if not wanted or newest is None or plan.alerted == newest or not _takes_mail(plan):
        return wanted
    if not has_come(newest, newest, now):
        return True
    since = plan.alerted
    found = alert_contents(reader, since, now) if since else None
    with transaction.atomic():
        plans = DigestPlan.objects.filter(pk=plan.pk, alerted=since)
        if plans.update(alerted=newest) and found and found.papers:
            Digest.objects.get_or_create(
                reader=reader, slot=f"alert {newest}", defaults={"since": since, "again": now}
            )
    return True
