"""The jobs that bring news to readers elsewhere: digests by mail, webhooks."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from bookwheel.actions.deliver_webhooks import deliver_webhooks, webhooks_wait
from bookwheel.actions.run_job import Told, run_job
from bookwheel.actions.send_digest import State
from bookwheel.actions.send_digests import send_digests, something_is_due
from bookwheel.errors import MailServerError
from bookwheel.models import Delivery, Job

MAIL, HOOKS = "digests", "webhooks"

Stop = Callable[[], bool]


def mail_if_due(stop: Stop) -> Job | None:
    """Send digests and alerts if any are due, and the mail server was not just found away."""
    now = timezone.now()
    if not something_is_due(now) or _rests(MAIL):
        return None

    def work() -> Told:
        sent = send_digests(stop)
        if sent.problem:
            raise MailServerError(sent.problem)
        bad = sum(sent.states[state] for state in (State.REFUSED, State.FAILED, State.UNSURE))
        same = sent.states[State.NOTHING] + sent.states[State.WAITING]
        return Told(sent.states[State.SENT], 0, same, bad, stopped=sent.stopped)

    return run_job(MAIL, work)


def hooks_if_due(stop: Stop) -> Job | None:
    """Tell webhooks of what has come, and try again what was not taken."""
    if not webhooks_wait(timezone.now()):
        return None

    def work() -> Told:
        states = deliver_webhooks(stop)
        waiting, failed = (states[each] for each in (Delivery.State.WAITING, Delivery.State.FAILED))
        return Told(states[Delivery.State.DONE], 0, waiting, failed, stopped=stop())

    return run_job(HOOKS, work)


def _rests(name: str) -> bool:
    last = Job.objects.filter(name=name).order_by("started", "pk").last()
    return bool(last and last.again and last.again > timezone.now())
