"""Highlights and notes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from bookwheel.access import annotation_write, document_read, paper_read
from bookwheel.actions.annotate import MOST, Selection, annotate
from bookwheel.actions.change_annotation import change_annotation
from bookwheel.actions.delete_annotation import delete_annotation
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Changed, Number, Shape
from bookwheel.api.choices import Paging
from bookwheel.errors import InputError
from bookwheel.models import Annotation
from bookwheel.queries.annotations import all_annotations

router = Router(tags=["notes"], auth=READ)


class NoteShape(Shape):
    """A highlight, a note on a passage, or, without a quotation, a note on the paper."""

    number: int
    paper: str
    version: int
    block: str
    start: int
    end: int
    quote: str
    colour: int
    note: str = Field(description="Markdown")
    created: datetime
    changed: datetime

    @classmethod
    def of(cls, each: Annotation) -> NoteShape:
        """The shape of an annotation."""
        return cls(
            number=each.pk,
            paper=each.paper.arxiv_id,
            version=each.version,
            block=each.block,
            start=each.start,
            end=each.end,
            quote=each.quote,
            colour=each.colour,
            note=each.note,
            created=each.created,
            changed=each.changed,
        )


class NotesShape(Shape):
    """Notes, the latest first."""

    notes: list[NoteShape]


class NotesWanted(Paging):
    """Which notes."""

    q: str = Field("", max_length=200, description="Words that it must have")
    paper: str = Field("", description="Only on this paper")


class Selected(Shape):
    """`[start, end)` of the text of a block."""

    block: str
    start: int
    end: int


class NewNote(Shape):
    """A note to write, or passages to highlight."""

    paper: str = Field(examples=["1706.03762"])
    version: int | None = Field(None, description="Of the text that was read; needed for passages")
    passages: list[Selected] = Field([], max_length=MOST)
    colour: int = 0
    note: str = Field("", examples=["Compare with section 3."])


class NoteMade(Changed):
    """Numbers of what was made."""

    notes: list[int]


class NoteChange(Shape):
    """What is to be different; what is left out stays."""

    note: str | None = None
    colour: int | None = None


@router.get("", response=NotesShape)
def all_notes(request: Call, asked: Query[NotesWanted]) -> NotesShape:
    """Everything the reader marked and wrote."""
    found = all_annotations(request.auth, asked.q)
    if asked.paper:
        found = found.filter(paper=paper_read(asked.paper))
    return NotesShape(notes=[NoteShape.of(each) for each in asked.of(found)])


@router.post("", response={201: NoteMade}, auth=WRITE)
def write_note(request: Call, new: NewNote) -> NoteMade:
    """Write a note on a paper, or highlight passages of a version."""
    paper = paper_read(new.paper)
    held = document_read(paper, new.version)
    if new.version is not None and held.version != new.version:
        raise InputError(_("This version is not here. Leave it out for the one that is."))
    change = annotate(
        request.auth,
        paper,
        (held.version, held.document),
        [Selection(each.block, each.start, each.end) for each in new.passages],
        colour=new.colour,
        note=new.note,
    )
    return NoteMade(change=change.pk, notes=change.before["annotations"])


@router.patch("/{int:note}", response=Changed, auth=WRITE)
def change_note(request: Call, note: Number, wanted: NoteChange) -> Changed:
    """Change the words or the colour of a note."""
    found = annotation_write(request.auth, note)
    words = found.note if wanted.note is None else wanted.note
    colour = found.colour if wanted.colour is None else wanted.colour
    return Changed.of(change_annotation(request.auth, found, note=words, colour=colour))


@router.delete("/{int:note}", response=Changed, auth=WRITE)
def drop_note(request: Call, note: Number) -> Changed:
    """Take a highlight or note away; it can come back for 30 days."""
    return Changed.of(delete_annotation(request.auth, annotation_write(request.auth, note)))
