"""Highlight passages of a paper, with a note or without; or write a note on the whole paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.record_change import record_change
from bookwheel.core.anchors import anchor
from bookwheel.core.document import Document
from bookwheel.errors import InputError
from bookwheel.models import Annotation, Change, Paper, Reader
from bookwheel.models.annotation import HIGHLIGHTS

LONGEST_NOTE = 20_000  # characters
LONGEST_QUOTE = 5_000
MOST = 40  # blocks that one selection may reach over


@dataclass(frozen=True)
class Selection:
    """`[start, end)` of the text of a block."""

    block: str
    start: int
    end: int


@transaction.atomic
def annotate(
    reader: Reader,
    paper: Paper,
    edition: tuple[int, Document],
    selections: Sequence[Selection],
    *,
    colour: int = 0,
    note: str = "",
) -> Change:
    """Mark each selection in a version and its document; the note goes with the first.

    Without selections it is a note on the paper. The numbers of what was made are
    `before["annotations"]` of the change.

    Raises:
        InputError: there is nothing to keep, too much, or no such place in this version.
    """
    version, document = edition
    note = clean_note(note)
    if not selections and not note:
        raise InputError(_("A note needs some words."))
    if len(selections) > MOST:
        raise InputError(_("That is too much at once. Select a shorter passage."))
    texts = {block.id: block.text for _section, block in document.blocks()}
    same = {"reader": reader, "paper": paper, "version": version, "changed": timezone.now()}
    made = [
        Annotation(**same, **_anchored(texts, selection), colour=clean_colour(colour))
        for selection in selections
    ] or [Annotation(**same)]
    made[0].note = note
    for annotation in made:
        annotation.save()
    numbers = [annotation.pk for annotation in made]
    return record_change(reader, "annotate", taste=False, annotations=numbers)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Take away what was made."""
    reader.annotations.filter(pk__in=before["annotations"]).delete()


def clean_note(note: str) -> str:
    """A note as it is kept. Raises InputError."""
    note = note.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise InputError(
            _("A note can have %(n)d characters; this one has more.") % {"n": LONGEST_NOTE}
        )
    return note


def clean_colour(colour: int) -> int:
    """A colour that there is. Raises InputError."""
    if not 0 <= colour < len(HIGHLIGHTS):
        raise InputError(_("There is no such colour."))
    return colour


def _anchored(texts: dict[str, str], selection: Selection) -> dict[str, Any]:
    text = texts.get(selection.block, "")
    if not (0 <= selection.start < selection.end <= len(text)):
        raise InputError(_("This text has changed since the page was made. Reload the page."))
    if selection.end - selection.start > LONGEST_QUOTE:
        raise InputError(_("That is too much at once. Select a shorter passage."))
    found = anchor(selection.block, text, selection.start, selection.end)
    return {
        "block": found.block,
        "start": found.start,
        "end": found.end,
        "quote": found.quote,
        "before": found.before,
        "after": found.after,
    }
