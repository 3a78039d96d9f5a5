"""Note that a reader opened a paper: it is read, unless something was said of it already."""

from __future__ import annotations

from django.utils import timezone

from bookwheel.actions.record_change import bump_taste
from bookwheel.models import FullText, Opened, Paper, Reader, Reading


def note_opened(reader: Reader, paper: Paper) -> None:
    """Count a paper as read, and as opened for whoever wants to be learned from so.

    What is for later stays so until the reader says otherwise.
    """
    FullText.objects.filter(paper=paper).update(opened=timezone.now())  # it goes last (make_room)
    Reading.objects.get_or_create(
        reader=reader, paper=paper, defaults={"state": Reading.State.READ}
    )
    if reader.learn_opens:
        _opened, new = Opened.objects.get_or_create(reader=reader, paper=paper)
        if new:
            bump_taste(reader)
