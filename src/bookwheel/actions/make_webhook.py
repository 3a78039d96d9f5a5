"""Make a webhook: where it goes, in which form, of what."""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.delivery.guarded import check_address
from bookwheel.errors import InputError, WebhookError
from bookwheel.models import FollowedAuthor, Reader, SavedSearch, Tag, Webhook
from bookwheel.queries.feed import newest_day

MOST = 20  # of a reader
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")  # of a Telegram bot
_CHAT = re.compile(r"-?\d{1,20}|@\w{3,60}")


@dataclass(frozen=True)
class Hook:
    """What a form asked for. `address` is a bot's token for Telegram."""

    name: str
    form: str
    address: str
    secret: str = ""
    chat: str = ""
    of: Tag | SavedSearch | FollowedAuthor | None = None


@transaction.atomic
def make_webhook(reader: Reader, wish: Hook) -> Webhook:
    """Make one that is told of every listing from the next one on.

    Raises:
        InputError: something in it cannot be used, and what.
    """
    name = " ".join(wish.name.split())[:64]
    if not name:
        raise InputError(_("A webhook needs a name."))
    if wish.form not in Webhook.Form.values:
        raise InputError(_("There is no such choice."))
    if reader.webhooks.count() >= MOST:
        raise InputError(
            _("You have %(count)d webhooks, as many as there can be.") % {"count": MOST}
        )
    secret = _new_secret() if wish.form == Webhook.Form.JSON else wish.secret.strip()[:200]
    return Webhook.objects.create(
        reader=reader,
        name=name,
        form=wish.form,
        address=_address(wish),
        secret=secret,
        chat=wish.chat.strip() if wish.form == Webhook.Form.TELEGRAM else "",
        tag=wish.of if isinstance(wish.of, Tag) else None,
        search=wish.of if isinstance(wish.of, SavedSearch) else None,
        author=wish.of if isinstance(wish.of, FollowedAuthor) else None,
        covered=newest_day(),
    )


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


def _address(wish: Hook) -> str:
    text = wish.address.strip()
    if wish.form == Webhook.Form.TELEGRAM:
        if not _TOKEN.fullmatch(text) or not _CHAT.fullmatch(wish.chat.strip()):
            raise InputError(
                _("Telegram needs a bot's token, such as 123456:ABC…, and the number of a chat.")
            )
        return f"https://api.telegram.org/bot{text}/sendMessage"
    if len(text) > 2000:
        raise InputError(_("This address is too long."))
    try:
        check_address(text)
    except WebhookError as error:
        raise InputError(_("Use an address that begins with https:// or http://.")) from error
    return text
