"""Delete an annotation. It can come back until it is purged."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.record_change import record_change
from bookwheel.models import Annotation, Change, Reader


@transaction.atomic
def delete_annotation(reader: Reader, annotation: Annotation) -> Change:
    """Take a highlight or a note away."""
    reader.annotations.filter(pk=annotation.pk).update(deleted=timezone.now())
    return record_change(reader, "delete_annotation", taste=False, annotation=annotation.pk)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Bring it back."""
    reader.annotations.filter(pk=before["annotation"]).update(deleted=None)
