"""A reader's tags."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from bookwheel.models import Reader, Tag


@dataclass(frozen=True)
class CountedTag:
    """A tag and how many papers are under it."""

    tag: Tag
    papers: int


def counted_tags(reader: Reader) -> list[CountedTag]:
    """All tags of a reader with their counts, by name; one query."""
    tags = reader.tags.filter(deleted=None).annotate(papers=Count("taggings"))
    return sorted(
        (CountedTag(tag, tag.papers) for tag in tags), key=lambda each: each.tag.name.casefold()
    )


def tags_of(reader: Reader) -> list[Tag]:
    """All tags of a reader, by name; one query."""
    return sorted(reader.tags.filter(deleted=None), key=lambda tag: tag.name.casefold())


def tag_of_untagged(reader: Reader) -> Tag:
    """What papers kept without a tag are steered by; not stored yet (pk None) before the first."""
    return reader.tags.filter(loose=True).first() or Tag(reader=reader, loose=True)


def tag_named(reader: Reader, name: str) -> Tag | None:
    """The reader's tag of this name in whatever case; databases fold the case of ASCII only."""
    wanted = name.casefold()
    for tag in reader.tags.filter(deleted=None):
        if tag.name.casefold() == wanted:
            return tag
    return None
