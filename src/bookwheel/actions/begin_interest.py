"""Begin an interest, or add to one: many papers at once, those that are not here yet as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from bookwheel.actions import create_tag
from bookwheel.actions.record_change import record_change
from bookwheel.actions.tag_name import clean_name
from bookwheel.models import AwaitedPaper, Change, Paper, Reader, Tag, Tagging
from bookwheel.queries.tags import tag_named


@transaction.atomic
def begin_interest(
    reader: Reader, name: str, papers: Sequence[Paper] = (), awaited: Iterable[str] = ()
) -> tuple[Tag, Change | None]:
    """Put papers under the tag of this name, which is made if need be; no change: all was so.

    Raises:
        InputError: it cannot be a name, or there are too many tags.
    """
    name = clean_name(name)
    found = tag_named(reader, name)
    tag = found or create_tag.made_tag(reader, name)
    held = set(tag.taggings.values_list("paper_id", flat=True))
    new = [paper.pk for paper in papers if paper.pk not in held]
    Tagging.objects.bulk_create(Tagging(tag=tag, paper_id=number) for number in new)
    waiting = set(tag.awaited.values_list("arxiv_id", flat=True))
    later = [one for one in dict.fromkeys(awaited) if one not in waiting]
    AwaitedPaper.objects.bulk_create(AwaitedPaper(tag=tag, arxiv_id=one) for one in later)
    if found and not (new or later):
        return tag, None
    change = record_change(
        reader, "begin_interest", tag=tag.pk, papers=new, awaited=later, made=found is None
    )
    return tag, change


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Take these papers out again, and the tag with them if it was made for them alone."""
    mine = {"tag": before["tag"], "tag__reader": reader}
    Tagging.objects.filter(paper__in=before["papers"], **mine).delete()
    AwaitedPaper.objects.filter(arxiv_id__in=before["awaited"], **mine).delete()
    if before["made"]:
        create_tag.undo(reader, before)
