"""Use a key: find whose it is, see that it may, and count the request."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.access import key_named
from bookwheel.errors import KeyRefusedError, ScopeError, ThrottledError
from bookwheel.models import ApiKey, Reader

PER_MINUTE = 120  # requests of one key


def use_api_key(secret: str, scope: ApiKey.Scope | None) -> Reader:
    """Give the reader for whom the key acts; `scope` is what it must be allowed to do.

    `secret` may be what an `Authorization` header holds. Each call counts as one request.

    Raises:
        KeyRefusedError: there is no such key, or it has expired.
        ScopeError: the key may not do this.
        ThrottledError: too many requests in this minute.
    """
    now = timezone.now()
    key = key_named(secret.removeprefix("Bearer ").strip())
    if key is None or (key.expires is not None and key.expires <= now):
        raise KeyRefusedError(_("This key is not known here, or it has expired."))
    if scope is not None and scope.value not in key.scopes.split():
        raise ScopeError(
            _("This key may not do that: it needs “%(scope)s”.") % {"scope": scope.value}
        )
    if not key.reader.is_active:
        raise KeyRefusedError(_("This account is closed."))
    _count(key, now)
    return key.reader


def _count(key: ApiKey, now: datetime) -> None:
    """Count in one statement: two processes that do it at once both are counted."""
    minute = int(now.timestamp()) // 60
    row = ApiKey.objects.filter(pk=key.pk)
    if row.filter(minute=minute, used__lt=PER_MINUTE).update(used=F("used") + 1):
        return
    if row.exclude(minute=minute).update(minute=minute, used=1, last_used=now):
        return
    raise ThrottledError(
        _("Too many requests with this key: %(most)d a minute.") % {"most": PER_MINUTE},
        wait=60 - int(now.timestamp()) % 60,
    )
