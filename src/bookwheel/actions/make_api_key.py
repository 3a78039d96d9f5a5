"""Make a key with which a program acts for a reader."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.content.clean import clean
from bookwheel.errors import InputError
from bookwheel.models import ApiKey, Reader

MOST = 50  # keys of a reader
LONGEST_DAYS = 3650
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@transaction.atomic
def make_api_key(
    reader: Reader, name: str, scopes: Iterable[str], *, days: int | None = None
) -> tuple[ApiKey, str]:
    """Make a key and give it with its secret, which is never to be had again.

    `days` until it expires; None: never.

    Raises:
        InputError: it has no name or may do nothing, or there are too many.
    """
    name = " ".join(clean(name).split())[:64]
    chosen = [scope.value for scope in ApiKey.Scope if scope.value in set(scopes)]
    if not name:
        raise InputError(_("A key needs a name, so that you know it again."))
    if not chosen:
        raise InputError(_("Choose at least one thing that the key may do."))
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise InputError(_("A key can be good for 1 to %(most)d days.") % {"most": LONGEST_DAYS})
    if reader.api_keys.count() >= MOST:
        raise InputError(
            _("You have %(count)d keys, as many as there can be. Take one back first.")
            % {"count": MOST}
        )
    handle = "".join(secrets.choice(_ALPHABET) for _place in range(8))
    secret = f"bw_{handle}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        reader=reader,
        name=name,
        handle=handle,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=" ".join(chosen),
        expires=timezone.now() + timedelta(days=days) if days else None,
    )
    return key, secret
