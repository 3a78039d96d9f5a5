"""Unfollow an author."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions.record_change import record_change
from bookwheel.models import Alert, Authorship, Change, FollowedAuthor, Paper, Reader
from bookwheel.queries.feed import newest_day


@transaction.atomic
def unfollow_author(reader: Reader, author: FollowedAuthor) -> Change | None:
    """Follow one of the reader's authors no longer; None when that was so."""
    said = list(author.authorships.values_list("paper_id", "theirs"))
    deleted, _kinds = FollowedAuthor.objects.filter(reader=reader, pk=author.pk).delete()
    if not deleted:
        return None
    return record_change(
        reader,
        "unfollow_author",
        taste=False,
        family=author.family,
        given=author.given,
        alert=author.alert,
        said=said,
    )


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Follow them again, with what was said of them. Changes of long ago did not keep that."""
    author, new = FollowedAuthor.objects.get_or_create(
        reader=reader,
        family=before["family"],
        given=before["given"],
        defaults={"alert": before.get("alert", Alert.DIGEST), "seen": newest_day()},
    )
    if new:
        held = Paper.objects.in_bulk([paper for paper, _theirs in before.get("said", [])])
        Authorship.objects.bulk_create(
            Authorship(author=author, paper=held[paper], theirs=theirs)
            for paper, theirs in before.get("said", [])
            if paper in held
        )
