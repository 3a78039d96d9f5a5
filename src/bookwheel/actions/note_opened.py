"""Note that a reader opened a paper: it is read, unless something was said of it already."""

from __future__ import annotations

from bookwheel.models import Paper, Reader, Reading


def note_opened(reader: Reader, paper: Paper) -> None:
    """Count a paper as read. What is for later stays so until the reader says otherwise."""
    Reading.objects.get_or_create(
        reader=reader, paper=paper, defaults={"state": Reading.State.READ}
    )
