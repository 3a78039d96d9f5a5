"""Set where a reader's mail goes; it goes nowhere before the address is confirmed."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.delivery.mail import note_of
from bookwheel.delivery.postbox import Postbox
from bookwheel.errors import InputError, MailError
from bookwheel.models import MailAddress, Reader
from bookwheel.queries.mail_links import CONFIRM_FOR, confirm_link


def set_mail_address(reader: Reader, text: str) -> MailAddress:
    """Keep it and send the link that confirms it; the reader's login address may be confirmed.

    Raises:
        InputError: it is no address.
        MailError: the link could not be sent; the address is kept, and can be sent to again.
    """
    text = text.strip()
    try:
        validate_email(text)
    except ValidationError as error:
        raise InputError(_("This is no e-mail address.")) from error
    if len(text) > 254 or not text.isascii():  # what every mail server can take
        raise InputError(_("This e-mail address cannot be written to from here."))
    known = EmailAddress.objects.filter(user=reader, email__iexact=text, verified=True).exists()
    address, _new = MailAddress.objects.update_or_create(
        reader=reader,
        defaults={"address": text, "confirmed": timezone.now() if known else None, "paused": ""},
    )
    if not known:
        _ask(address)
    return address


def _ask(address: MailAddress) -> None:
    lines = (
        _("Somebody, we hope you, asked Bookwheel to send digests of new papers to this address."),
        _("Open this page and press the button to confirm it:"),
        confirm_link(address),
        _("The link is good for %(days)d days. If it was not you, do nothing.")
        % {"days": CONFIRM_FOR.days},
    )
    mail = note_of(_("Confirm your address"), "\n\n".join(lines) + "\n", address.address)
    try:
        with Postbox() as post:
            post.send(address.address, mail, lambda: None)
    except MailError as error:
        raise MailError(
            _("The mail that confirms this address could not be sent: %(why)s") % {"why": error}
        ) from error
