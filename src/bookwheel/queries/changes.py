"""What a reader can undo."""

from __future__ import annotations

from bookwheel.models import Change, Reader


def last_change(reader: Reader) -> Change | None:
    """The reader's latest change that has not been undone."""
    return reader.changes.filter(undone=None).order_by("-pk").first()
