"""Send a webhook a message that only says that it works, now."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.deliver_webhook import deliver
from bookwheel.delivery.forms import body_of
from bookwheel.delivery.news import News
from bookwheel.models import Delivery, Webhook


def try_webhook(hook: Webhook) -> Delivery:
    """Post it once and note what became of it; taken, it starts a webhook that was stopped."""
    now = timezone.now()
    said = _("Bookwheel will tell of new papers here.")
    news = News("test", str(hook), said, now.date().isoformat(), (), 0, now)
    delivery = Delivery.objects.create(
        webhook=hook, slot=f"test {now.isoformat()}", body=body_of(hook, news).decode()
    )
    state = deliver(delivery)
    if state == Delivery.State.DONE:
        Webhook.objects.filter(pk=hook.pk).update(stopped="", failures=0)
    else:  # a try is not tried again
        waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
        waiting.update(state=Delivery.State.FAILED, ended=now)
    delivery.refresh_from_db()
    return delivery
