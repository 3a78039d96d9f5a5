"""Follow an author: their papers come first in the feed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.actions.record_change import record_change
from bookwheel.errors import InputError
from bookwheel.models import Authorship, Change, FollowedAuthor, Paper, Reader
from bookwheel.queries.feed import newest_day

MOST = 500  # authors of a reader; each is looked for in every day


@transaction.atomic
def follow_author(
    reader: Reader, family: str, given: str = "", *, paper: Paper | None = None
) -> Change | None:
    """Follow whoever has this name; None when the reader does already.

    A `paper` of theirs tells them from others of the name.

    Raises:
        InputError: there is no name, or there are too many authors.
    """
    family, given = family[:255], given[:255]
    if not family.strip():
        raise InputError(_("An author needs a name."))
    if reader.followed_authors.filter(family=family, given=given).exists():
        return None
    if reader.followed_authors.count() >= MOST:
        raise InputError(
            _("You follow %(count)d authors, as many as there can be.") % {"count": MOST}
        )
    author = FollowedAuthor.objects.create(
        reader=reader, family=family, given=given, seen=newest_day()
    )
    if paper:
        Authorship.objects.create(author=author, paper=paper, theirs=True)
    return record_change(reader, "follow_author", taste=False, author=author.pk)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Follow them no longer."""
    reader.followed_authors.filter(pk=before["author"]).delete()
