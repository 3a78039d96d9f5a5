"""Say of a paper under a followed author's name that it is theirs, or somebody else's."""

from __future__ import annotations

from django.db import transaction

from bookwheel.models import Authorship, FollowedAuthor, Paper


@transaction.atomic
def correct_author(author: FollowedAuthor, paper: Paper, *, theirs: bool) -> None:
    """Keep it; from now on it tells the author from others of the name."""
    Authorship.objects.update_or_create(author=author, paper=paper, defaults={"theirs": theirs})
