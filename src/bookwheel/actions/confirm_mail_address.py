"""Confirm a mail address, by whoever got the link there."""

from __future__ import annotations

from django.utils import timezone

from bookwheel.models import MailAddress


def confirm_mail_address(address: MailAddress) -> None:
    """From now on mail may go there; a pause ends."""
    MailAddress.objects.filter(pk=address.pk, address=address.address).update(
        confirmed=timezone.now(), paused=""
    )
