"""Merge one tag into another."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions import delete_tag
from bookwheel.actions.hold import hold
from bookwheel.actions.record_change import record_change
from bookwheel.errors import InputError
from bookwheel.models import Change, Reader, Tag, Tagging


@transaction.atomic
def merge_tags(reader: Reader, source: Tag, target: Tag) -> Change:
    """Put all papers of `source` under `target` and delete `source`.

    Raises:
        InputError: both are the same tag.
        NotFoundError: one was deleted meanwhile.
    """
    source, target = hold(source), hold(target)
    if source == target:
        raise InputError(_("A tag cannot be merged into itself."))
    held = set(target.taggings.values_list("paper_id", flat=True))
    moved = [each for each in source.taggings.all() if each.paper_id not in held]
    Tagging.objects.bulk_create(Tagging(tag=target, paper_id=each.paper_id) for each in moved)
    _keep_times(target, moved)
    source.deleted = timezone.now()
    source.save(update_fields=["deleted"])
    papers = [each.paper_id for each in moved]
    return record_change(reader, "merge_tags", tag=source.pk, target=target.pk, papers=papers)


def _keep_times(target: Tag, moved: list[Tagging]) -> None:
    """Rows made anew carry the time of now; a paper stays in the library where it stood."""
    times = {each.paper_id: each.created for each in moved}
    made = list(target.taggings.filter(paper__in=times))
    for each in made:
        each.created = times[each.paper_id]
    Tagging.objects.bulk_update(made, ["created"], batch_size=500)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Bring the merged tag back and take its papers out of the other one."""
    delete_tag.undo(reader, before)
    Tagging.objects.filter(
        tag=before["target"], tag__reader=reader, paper__in=before["papers"]
    ).delete()
