"""Changes: what a reader did, and taking it back."""

from __future__ import annotations

from datetime import datetime

from ninja import Query, Router
from pydantic import Field

from bookwheel.access import change_write
from bookwheel.actions.undo_change import undo_change
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Number, Shape
from bookwheel.api.choices import Paging
from bookwheel.models import Change

router = Router(tags=["changes"], auth=READ)


class ChangeShape(Shape):
    """Something that a reader did."""

    number: int
    verb: str = Field(examples=["mark_paper"])
    created: datetime
    undone: datetime | None

    @classmethod
    def of(cls, change: Change) -> ChangeShape:
        """The shape of a change."""
        return cls(number=change.pk, verb=change.verb, created=change.created, undone=change.undone)


class ChangesShape(Shape):
    """Changes, the latest first."""

    changes: list[ChangeShape]


@router.get("", response=ChangesShape)
def all_changes(request: Call, paging: Query[Paging]) -> ChangesShape:
    """What the reader did in the last 30 days."""
    rows = paging.of(request.auth.changes.order_by("-pk"))
    return ChangesShape(changes=[ChangeShape.of(change) for change in rows])


@router.post("/{int:change}/undo", response=ChangeShape, auth=WRITE)
def undo(request: Call, change: Number) -> ChangeShape:
    """Take a change back; a second time does nothing."""
    found = change_write(request.auth, change)
    undo_change(request.auth, found)
    found.refresh_from_db()
    return ChangeShape.of(found)
