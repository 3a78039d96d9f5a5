"""Change the note or the colour of an annotation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.annotate import clean_colour, clean_note
from bookwheel.actions.record_change import record_change
from bookwheel.errors import InputError
from bookwheel.models import Annotation, Change, Reader


@transaction.atomic
def change_annotation(
    reader: Reader, annotation: Annotation, *, note: str, colour: int
) -> Change | None:
    """Set both; None when nothing is new.

    Raises:
        InputError: the note is too long, or a note on the whole paper would be empty.
    """
    note, colour = clean_note(note), clean_colour(colour)
    if not note and not annotation.quote:
        raise InputError(_("A note needs some words."))
    before = {"note": annotation.note, "colour": annotation.colour}
    if before == {"note": note, "colour": colour}:
        return None
    reader.annotations.filter(pk=annotation.pk).update(
        note=note, colour=colour, changed=timezone.now()
    )
    return record_change(
        reader, "change_annotation", taste=False, annotation=annotation.pk, was=before
    )


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Put note and colour back."""
    reader.annotations.filter(pk=before["annotation"]).update(**before["was"])
