"""Deliver one message to a webhook: claim it, post it, note the answer, try again or give up.

A message may arrive twice, when an answer is lost; the header `webhook-id` stays the same.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from bookwheel.delivery.forms import problem_in, signed
from bookwheel.delivery.guarded import post
from bookwheel.errors import OfflineError, WebhookError
from bookwheel.models import Delivery, Webhook

State = Delivery.State
# After each failure; then the message is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))
GIVEN_UP = 3  # messages in a row, after which nothing more is sent
LONGEST = 500
_NO_TIME = timedelta(0)


def deliver(delivery: Delivery) -> str:
    """Post it, unless somebody else does; the state in which it is left, empty if not ours."""
    claim = secrets.token_hex(16)
    waiting = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING)
    now = timezone.now()
    if not waiting.update(
        state=State.CLAIMED, claim=claim, claimed=now, attempts=F("attempts") + 1
    ):
        return ""
    delivery.attempts += 1
    status, problem, wait = _post(delivery)
    mine = Delivery.objects.filter(pk=delivery.pk, claim=claim)
    fields = {"status": status, "told": problem[:LONGEST]}
    if not problem:
        Webhook.objects.filter(pk=delivery.webhook_id).update(failures=0)
        mine.update(state=State.DONE, ended=timezone.now(), **fields)
        return State.DONE
    if delivery.attempts <= len(PAUSES) and status != 410:  # 410: gone for good
        again = timezone.now() + max(PAUSES[delivery.attempts - 1], wait)
        mine.update(state=State.WAITING, again=again, **fields)
        return State.WAITING
    mine.update(state=State.FAILED, ended=timezone.now(), **fields)
    _count(delivery.webhook_id, problem, gone=status == 410)
    return State.FAILED


def _post(delivery: Delivery) -> tuple[int | None, str, timedelta]:
    """The status, what is wrong (nothing: it was taken), and for how long it wants rest."""
    hook = delivery.webhook
    event, body = f"msg_{hook.pk}_{delivery.pk}", delivery.body.encode()
    try:
        content, headers = signed(hook, event, body, timezone.now())
        answer = post(hook.address, content, headers)
    except (WebhookError, OfflineError) as error:
        return None, str(error), _NO_TIME
    except ValueError:  # a secret that is none
        return None, "The secret of this webhook cannot be used. Make it anew.", _NO_TIME
    seconds = int(answer.wait) if re.fullmatch("[0-9]{1,8}", answer.wait) else 0
    return answer.status, problem_in(hook, answer), min(timedelta(seconds=seconds), PAUSES[-1])


def _count(number: int, problem: str, *, gone: bool) -> None:
    hooks = Webhook.objects.filter(pk=number)
    hooks.update(failures=F("failures") + 1)
    most = 1 if gone else GIVEN_UP
    hooks.filter(failures__gte=most, stopped="").update(stopped=problem[:LONGEST])
