"""Make what papers kept without a tag are steered by: a tag that no list of tags has."""

from __future__ import annotations

from django.utils import timezone

from bookwheel.models import Reader, Tag


def loose_tag(reader: Reader) -> Tag:
    """The reader's one tag of this kind, made on first use. By itself it changes no ranking."""
    made, _new = reader.tags.get_or_create(loose=True, defaults={"deleted": timezone.now()})
    return made
