"""Save a search: what it finds among each day's papers comes into the feed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.actions.record_change import record_change
from bookwheel.errors import InputError
from bookwheel.index.syntax import parse
from bookwheel.models import Change, Reader, SavedSearch
from bookwheel.queries.feed import newest_day

MOST = 100  # searches of a reader; each runs over every day


@transaction.atomic
def save_search(reader: Reader, text: str) -> Change | None:
    """Save what was typed; None when it is saved already.

    Raises:
        QueryError: it cannot be understood.
        InputError: it is empty or leads to one paper, or there are too many.
    """
    text = " ".join(text.split())
    found = parse(text)
    if found.paper or not (found.wanted or found.required):
        raise InputError(_("There is nothing to look for in new papers in this search."))
    if reader.saved_searches.filter(text=text).exists():
        return None
    if reader.saved_searches.count() >= MOST:
        raise InputError(
            _("You have %(count)d saved searches, as many as there can be.") % {"count": MOST}
        )
    search = SavedSearch.objects.create(reader=reader, text=text, seen=newest_day())
    return record_change(reader, "save_search", taste=False, search=search.pk)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Save it no longer."""
    reader.saved_searches.filter(pk=before["search"]).delete()
