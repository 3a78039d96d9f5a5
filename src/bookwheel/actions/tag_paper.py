"""Tag a paper."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions import create_tag
from bookwheel.actions.record_change import record_change
from bookwheel.actions.tag_name import clean_name
from bookwheel.models import Change, Paper, Reader, Tagging
from bookwheel.queries.tags import tag_named


@transaction.atomic
def tag_paper(reader: Reader, paper: Paper, name: str) -> Change | None:
    """Put a paper under the tag of this name, which is made if need be; None when it is there.

    The tag's number is `before["tag"]` of the change.

    Raises:
        InputError: it cannot be a name, or there are too many tags.
    """
    name = clean_name(name)
    found = tag_named(reader, name)
    tag = found or create_tag.made_tag(reader, name)
    _tagging, new = Tagging.objects.get_or_create(tag=tag, paper=paper)
    if not new:
        return None
    return record_change(reader, "tag_paper", paper=paper.pk, tag=tag.pk, made=found is None)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Take the paper out again, and the tag with it if it was made for this paper alone."""
    Tagging.objects.filter(tag=before["tag"], tag__reader=reader, paper=before["paper"]).delete()
    if before["made"]:
        create_tag.undo(reader, before)
