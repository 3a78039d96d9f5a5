"""Note where in a full text a reader is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import Paper, Place, Reader
from bookwheel.models.annotation import LONGEST_ID


def note_place(reader: Reader, paper: Paper, block: str, share: float) -> None:
    """Keep the topmost block in sight and the share of the text above it. Raises InputError."""
    if not 0 <= share <= 1 or not 0 < len(block) <= LONGEST_ID:
        raise InputError(_("There is no such place."))
    Place.objects.update_or_create(
        reader=reader, paper=paper, defaults={"block": block, "share": share}
    )
