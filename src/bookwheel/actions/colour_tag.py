"""Colour a tag."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.actions.hold import hold
from bookwheel.actions.record_change import record_change
from bookwheel.errors import InputError
from bookwheel.models import Change, Reader, Tag
from bookwheel.models.tag import COLOURS


@transaction.atomic
def colour_tag(reader: Reader, tag: Tag, colour: int) -> Change | None:
    """Give a tag another colour of the palette, 0 to `COLOURS` - 1; None when it is the same.

    Raises:
        InputError: there is no such colour.
        NotFoundError: the tag was deleted meanwhile.
    """
    tag = hold(tag)
    if not 0 <= colour < COLOURS:
        raise InputError(_("There is no such colour."))
    if colour == tag.colour:
        return None
    old, tag.colour = tag.colour, colour
    tag.save(update_fields=["colour"])
    return record_change(reader, "colour_tag", taste=False, tag=tag.pk, colour=old)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Give the old colour back."""
    reader.tags.filter(pk=before["tag"]).update(colour=before["colour"])
