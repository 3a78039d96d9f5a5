"""Note that a reader has seen what came from authors and searches."""

from __future__ import annotations

from bookwheel.models import FollowedAuthor, Reader, SavedSearch
from bookwheel.queries.feed import newest_day


def mark_seen(reader: Reader, thing: FollowedAuthor | SavedSearch | None = None) -> None:
    """Of one of them, or of all."""
    newest = newest_day()
    for followed in (reader.followed_authors, reader.saved_searches):
        if thing is None:
            followed.update(seen=newest)
        elif isinstance(thing, followed.model):
            followed.filter(pk=thing.pk).update(seen=newest)
