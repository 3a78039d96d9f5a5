"""Send a reader one digest of the newest listing at once, beside those that are planned."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.send_digest import State, send_digest
from bookwheel.delivery.made import NOW
from bookwheel.delivery.postbox import Postbox
from bookwheel.errors import InputError, MailError
from bookwheel.models import Digest, MailAddress, Reader


def send_one_now(reader: Reader) -> Digest:
    """Make and send it.

    Raises:
        InputError: there is no confirmed address.
        MailError: the mail server did not take it; it is tried again later where it said so.
    """
    address = MailAddress.objects.filter(reader=reader).first()
    if address is None or not address.takes_mail:
        raise InputError(_("Confirm your e-mail address first."))
    now = timezone.now()
    digest = Digest.objects.create(reader=reader, slot=f"{NOW} {now.isoformat()}", again=now)
    with Postbox() as post:
        state = send_digest(digest, post, now)
    digest.refresh_from_db()
    if state != State.SENT:
        raise MailError(_("The mail could not be sent: %(why)s") % {"why": digest.told})
    return digest
