"""Unsave a search."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, Reader, SavedSearch


@transaction.atomic
def unsave_search(reader: Reader, search: SavedSearch) -> Change | None:
    """Take one of the reader's searches away; None when it was gone."""
    deleted, _kinds = SavedSearch.objects.filter(reader=reader, pk=search.pk).delete()
    return (
        record_change(reader, "unsave_search", taste=False, text=search.text) if deleted else None
    )


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Save it again."""
    SavedSearch.objects.get_or_create(reader=reader, text=before["text"])
