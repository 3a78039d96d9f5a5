"""Following: authors and saved searches."""

from __future__ import annotations

from ninja import Router
from pydantic import Field

from bookwheel.access import author_write, search_write
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.save_search import save_search
from bookwheel.actions.unfollow_author import unfollow_author
from bookwheel.actions.unsave_search import unsave_search
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Changed, Number, Shape
from bookwheel.queries.following import authors_of, searches_of

router = Router(tags=["following"], auth=READ)


class FollowedShape(Shape):
    """An author whom the reader follows."""

    number: int
    family: str
    given: str


class SavedShape(Shape):
    """A search that the reader saved."""

    number: int
    text: str


class FollowingShape(Shape):
    """All that comes into the feed beside the tags."""

    authors: list[FollowedShape]
    searches: list[SavedShape]


class NewAuthor(Shape):
    """Whom to follow, as a paper spells the name."""

    family: str = Field(max_length=255, examples=["Curie"])
    given: str = Field("", max_length=255, examples=["Marie"])


class NewSearch(Shape):
    """What to look for in each day's papers."""

    text: str = Field(max_length=1000, examples=["au:curie radium"])


@router.get("/following", response=FollowingShape)
def following(request: Call) -> FollowingShape:
    """Whom the reader follows, and what they saved."""
    return FollowingShape(
        authors=[
            FollowedShape(number=one.pk, family=one.family, given=one.given)
            for one in authors_of(request.auth)
        ],
        searches=[SavedShape(number=one.pk, text=one.text) for one in searches_of(request.auth)],
    )


@router.post("/authors", response=Changed, auth=WRITE)
def follow(request: Call, author: NewAuthor) -> Changed:
    """Follow an author."""
    return Changed.of(follow_author(request.auth, author.family, author.given))


@router.delete("/authors/{int:author}", response=Changed, auth=WRITE)
def unfollow(request: Call, author: Number) -> Changed:
    """Follow an author no longer."""
    return Changed.of(unfollow_author(request.auth, author_write(request.auth, author)))


@router.post("/searches", response=Changed, auth=WRITE)
def save(request: Call, search: NewSearch) -> Changed:
    """Save a search."""
    return Changed.of(save_search(request.auth, search.text))


@router.delete("/searches/{int:search}", response=Changed, auth=WRITE)
def unsave(request: Call, search: Number) -> Changed:
    """Take a saved search away."""
    return Changed.of(unsave_search(request.auth, search_write(request.auth, search)))
