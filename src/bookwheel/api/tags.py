"""Tags: make, rename, colour, merge, delete; and the papers under them."""

from __future__ import annotations

from ninja import Query, Router
from pydantic import Field

from bookwheel.access import paper_read, tag_read, tag_write
from bookwheel.actions.colour_tag import colour_tag
from bookwheel.actions.create_tag import create_tag
from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.merge_tags import merge_tags
from bookwheel.actions.rename_tag import rename_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.untag_paper import untag_paper
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Changed, Number, Shape
from bookwheel.api.choices import Filters
from bookwheel.api.paper_shapes import ListingShape
from bookwheel.models import Tag
from bookwheel.queries import lists
from bookwheel.queries.tags import counted_tags

router = Router(tags=["tags"], auth=READ)


class TagShape(Shape):
    """A tag and how many papers are under it."""

    number: int
    name: str
    colour: int = Field(description="Place in the palette, from 0")
    papers: int

    @classmethod
    def of(cls, tag: Tag, papers: int | None = None) -> TagShape:
        """The shape of a tag."""
        count = tag.taggings.count() if papers is None else papers
        return cls(number=tag.pk, name=tag.name, colour=tag.colour, papers=count)


class TagsShape(Shape):
    """All tags of a reader, by name."""

    tags: list[TagShape]


class TagMade(Changed):
    """A tag that was made."""

    tag: TagShape


class NewTag(Shape):
    """A tag to make."""

    name: str = Field(max_length=1000, examples=["graph neural networks"])


class TagChange(Shape):
    """What is to be different; what is left out stays."""

    name: str | None = Field(None, max_length=1000)
    colour: int | None = Field(None, examples=[3])


class TagChanged(Shape):
    """Numbers of the changes, with which they can be undone."""

    changes: list[int]
    tag: TagShape


class Into(Shape):
    """The tag that gets the papers."""

    into: Number


@router.get("", response=TagsShape)
def all_tags(request: Call) -> TagsShape:
    """All tags of the reader, with their counts."""
    found = counted_tags(request.auth)
    return TagsShape(tags=[TagShape.of(each.tag, each.papers) for each in found])


@router.post("", response={201: TagMade}, auth=WRITE)
def make_tag(request: Call, new: NewTag) -> TagMade:
    """Make an empty tag."""
    change = create_tag(request.auth, new.name)
    tag = tag_read(request.auth, change.before["tag"])
    return TagMade(change=change.pk, tag=TagShape.of(tag))


@router.get("/{int:tag}", response=TagShape)
def one_tag(request: Call, tag: Number) -> TagShape:
    """One tag."""
    return TagShape.of(tag_read(request.auth, tag))


@router.patch("/{int:tag}", response=TagChanged, auth=WRITE)
def change_tag(request: Call, tag: Number, wanted: TagChange) -> TagChanged:
    """Give a tag another name or colour."""
    found = tag_write(request.auth, tag)
    made = []
    if wanted.name is not None:
        made.append(rename_tag(request.auth, found, wanted.name))
    if wanted.colour is not None:
        made.append(colour_tag(request.auth, found, wanted.colour))
    return TagChanged(
        changes=[change.pk for change in made if change],
        tag=TagShape.of(tag_read(request.auth, tag)),
    )


@router.delete("/{int:tag}", response=Changed, auth=WRITE)
def drop_tag(request: Call, tag: Number) -> Changed:
    """Delete a tag; it can come back for 30 days."""
    return Changed.of(delete_tag(request.auth, tag_write(request.auth, tag)))


@router.post("/{int:tag}/merge", response=Changed, auth=WRITE)
def merge_tag(request: Call, tag: Number, other: Into) -> Changed:
    """Put a tag's papers under another one and delete it."""
    source, target = tag_write(request.auth, tag), tag_write(request.auth, other.into)
    return Changed.of(merge_tags(request.auth, source, target))


@router.get("/{int:tag}/papers", response=ListingShape)
def papers_under(request: Call, tag: Number, filters: Query[Filters]) -> ListingShape:
    """The papers under a tag, last kept first."""
    found = tag_read(request.auth, tag)
    return ListingShape.of(lists.library(request.auth, filters.choices(), found))


@router.get("/{int:tag}/best", response=ListingShape)
def best_for(request: Call, tag: Number, filters: Query[Filters]) -> ListingShape:
    """Papers ranked by what a tag has learned."""
    found = tag_read(request.auth, tag)
    return ListingShape.of(lists.by_tags(request.auth, [found], filters.choices()))


@router.put("/{int:tag}/papers/{path:paper}", response=Changed, auth=WRITE)
def put_under(request: Call, tag: Number, paper: str) -> Changed:
    """Put a paper under a tag."""
    name = tag_write(request.auth, tag).name
    return Changed.of(tag_paper(request.auth, paper_read(paper), name))


@router.delete("/{int:tag}/papers/{path:paper}", response=Changed, auth=WRITE)
def take_out(request: Call, tag: Number, paper: str) -> Changed:
    """Take a paper out of a tag."""
    found = tag_write(request.auth, tag)
    return Changed.of(untag_paper(request.auth, paper_read(paper), found))
