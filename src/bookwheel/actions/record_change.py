"""Record a change, so that it can be undone."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from bookwheel.errors import NotFoundError
from bookwheel.models import Change, Reader


def record_change(reader: Reader, verb: str, *, taste: bool = True, **before: Any) -> Change:
    """Keep what undoing `verb` needs; `taste` says whether the reader's ranking changes by it.

    Call inside the transaction of the change itself.

    Raises:
        NotFoundError: the account was deleted meanwhile.
    """
    if not Reader.objects.filter(pk=reader.pk).exists():
        raise NotFoundError(_("This account was deleted. Nothing was changed."))
    if taste:
        bump_taste(reader)
    return Change.objects.create(reader=reader, verb=verb, before=before)


def bump_taste(reader: Reader) -> None:
    """Say that what was computed from the reader's likes, hides and tags is out of date."""
    Reader.objects.filter(pk=reader.pk).update(taste_version=F("taste_version") + 1)
    reader.refresh_from_db(fields=["taste_version"])
