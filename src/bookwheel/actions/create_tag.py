"""Create a tag."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.actions.record_change import record_change
from bookwheel.actions.tag_name import free_name
from bookwheel.errors import InputError
from bookwheel.models import Change, Reader, Tag
from bookwheel.models.tag import COLOURS

MOST = 500  # tags of a reader; each is a ranking of all papers, and For you shows the best of all


@transaction.atomic
def create_tag(reader: Reader, name: str) -> Change:
    """Make an empty tag; its number is `before["tag"]` of the change.

    Raises:
        InputError: it cannot be a name, or there are too many tags.
        NameTakenError: the reader has one of this name.
    """
    tag = made_tag(reader, free_name(reader, name))
    return record_change(reader, "create_tag", taste=False, tag=tag.pk)


def made_tag(reader: Reader, name: str) -> Tag:
    """Make a tag of a name that is free, in the colour that the reader uses least.

    Raises:
        InputError: there are too many tags.
    """
    check_room(reader)
    used = Counter(reader.tags.filter(deleted=None).values_list("colour", flat=True))
    colour = min(range(COLOURS), key=lambda colour: used[colour])
    return Tag.objects.create(reader=reader, name=name, colour=colour)


def check_room(reader: Reader) -> None:
    """Raise InputError when the reader cannot have one more tag."""
    if reader.tags.filter(deleted=None).count() >= MOST:
        raise InputError(
            _("You have %(count)d tags, as many as there can be. Delete or merge some first.")
            % {"count": MOST}
        )


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Take the tag away, unless papers were put under it since."""
    Tag.objects.filter(reader=reader, pk=before["tag"], taggings=None).delete()
