"""What a reader does with a paper: like, hide, keep for later, read, put under a tag."""

from __future__ import annotations

from enum import StrEnum

from ninja import Router

from bookwheel.access import paper_read
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.unmark_paper import unmark_paper
from bookwheel.api.auth import WRITE, Call
from bookwheel.api.base import Changed, Shape
from bookwheel.models import Mark, Reading

router = Router(tags=["papers"], auth=WRITE)


class State(StrEnum):
    """How far a paper is read."""

    READ = "read"
    LATER = "later"
    UNREAD = "unread"


class ReadingSaid(Shape):
    """What is said of a paper."""

    state: State


@router.put("/{path:paper}/like", response=Changed)
def like(request: Call, paper: str) -> Changed:
    """Like a paper; it is hidden no longer."""
    return Changed.of(mark_paper(request.auth, paper_read(paper), Mark.Kind.LIKE))


@router.delete("/{path:paper}/like", response=Changed)
def unlike(request: Call, paper: str) -> Changed:
    """Take a like back."""
    return Changed.of(unmark_paper(request.auth, paper_read(paper), Mark.Kind.LIKE))


@router.put("/{path:paper}/hide", response=Changed)
def hide(request: Call, paper: str) -> Changed:
    """Hide a paper from all lists."""
    return Changed.of(mark_paper(request.auth, paper_read(paper), Mark.Kind.HIDE))


@router.delete("/{path:paper}/hide", response=Changed)
def unhide(request: Call, paper: str) -> Changed:
    """Show a hidden paper again."""
    return Changed.of(unmark_paper(request.auth, paper_read(paper), Mark.Kind.HIDE))


@router.put("/{path:paper}/reading", response=Changed)
def say_reading(request: Call, paper: str, said: ReadingSaid) -> Changed:
    """Say that a paper is read, for later, or unread."""
    state = Reading.State(said.state.value)
    return Changed.of(set_reading(request.auth, paper_read(paper), state))
