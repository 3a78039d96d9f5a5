"""Unsave a search."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions.record_change import record_change
from bookwheel.models import Alert, Change, Reader, SavedSearch
from bookwheel.queries.feed import newest_day


@transaction.atomic
def unsave_search(reader: Reader, search: SavedSearch) -> Change | None:
    """Take one of the reader's searches away; None when it was gone."""
    deleted, _kinds = SavedSearch.objects.filter(reader=reader, pk=search.pk).delete()
    if not deleted:
        return None
    return record_change(reader, "unsave_search", taste=False, text=search.text, alert=search.alert)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Save it again."""
    SavedSearch.objects.get_or_create(
        reader=reader,
        text=before["text"],
        defaults={"alert": before.get("alert", Alert.DIGEST), "seen": newest_day()},
    )
