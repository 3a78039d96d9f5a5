"""Import references into a reader's library: under tags, as likes, or as private papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from bookwheel.actions.create_tag import MOST as MOST_TAGS
from bookwheel.actions.create_tag import made_tag
from bookwheel.actions.record_change import record_change
from bookwheel.actions.tag_name import clean_name
from bookwheel.content.references.reference import Reference
from bookwheel.core.text import words
from bookwheel.errors import InputError
from bookwheel.models import Change, Mark, PrivatePaper, Reader, Tag, Tagging
from bookwheel.queries.matching import Match
from bookwheel.queries.tags import tag_named


@dataclass(frozen=True)
class Wishes:
    """What the reader wants done with what was read."""

    tag: str = ""  # put all under it
    like: bool = False
    own_tags: bool = False  # keywords and collections of the file become tags
    keep_unmatched: bool = True  # what is not here is kept as private papers


@dataclass
class Imported:
    """What came of it, in papers; `left_out` are tags for which there was no room."""

    tagged: int = 0
    liked: int = 0
    private: int = 0
    known: int = 0  # were in the library so already
    left_out: list[str] = field(default_factory=list)
    change: Change | None = None


@transaction.atomic
def import_library(
    reader: Reader, entries: Sequence[Reference], matches: Sequence[Match], wishes: Wishes
) -> Imported:
    """Do it all or nothing; what was there stays as it is.

    Raises:
        InputError: the tag cannot be called so, or there are too many tags.
    """
    done = Imported()
    made: list[int] = []
    tags = _tags(reader, entries, wishes, done, made)
    pairs = list(zip(entries, matches, strict=True))
    taggings = _tag(tags, pairs, wishes)
    marks = _like(reader, pairs) if wishes.like else []
    private = _keep(reader, tags, pairs, wishes) if wishes.keep_unmatched else []
    done.tagged = len({tagging.paper_id for tagging in taggings})
    done.liked, done.private = len(marks), len(private)
    fresh = {one.paper_id for one in taggings} | {one.paper_id for one in marks}
    done.known = len({match.paper for _entry, match in pairs if match.paper} - fresh)
    done.change = record_change(
        reader,
        "import_library",
        taggings=[one.pk for one in taggings],
        marks=[one.pk for one in marks],
        private=[one.pk for one in private],
        tags=made,
    )
    return done


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Take out what the import put in, and tags that it made if nothing else is under them."""
    Tagging.objects.filter(tag__reader=reader, pk__in=before["taggings"]).delete()
    reader.marks.filter(pk__in=before["marks"]).delete()
    reader.private_papers.filter(pk__in=before["private"]).delete()
    reader.tags.filter(pk__in=before["tags"], taggings=None, private_papers=None).delete()


def _tags(
    reader: Reader,
    entries: Sequence[Reference],
    wishes: Wishes,
    done: Imported,
    made: list[int],
) -> dict[str, Tag]:
    """By their names in small letters; the commonest of the file's own, as far as there is room."""
    names = [wishes.tag] if wishes.tag.strip() else []
    tags = {}
    for name in names:
        tags[name.casefold()] = _tag_of(reader, clean_name(name), made)
    if not wishes.own_tags:
        return tags
    counted = Counter(name for entry in entries for name in set(entry.tags))
    for name, _count in counted.most_common():
        try:
            tags[name.casefold()] = _tag_of(reader, clean_name(name.replace("/", " ")), made)
        except InputError:
            done.left_out.append(name)
        if len(tags) > MOST_TAGS + len(done.left_out):
            break
    return tags


def _tag_of(reader: Reader, name: str, made: list[int]) -> Tag:
    tag = tag_named(reader, name)
    if tag is None:
        tag = made_tag(reader, name)
        made.append(tag.pk)
    return tag


def _wanted(entry: Reference, tags: dict[str, Tag], wishes: Wishes) -> list[Tag]:
    names = [wishes.tag, *(entry.tags if wishes.own_tags else ())]
    found = (tags.get(name.casefold()) for name in names)
    return list({tag.pk: tag for tag in found if tag}.values())


def _tag(
    tags: dict[str, Tag], pairs: list[tuple[Reference, Match]], wishes: Wishes
) -> list[Tagging]:
    held = Tagging.objects.filter(tag__in=tags.values()).values_list("tag_id", "paper_id")
    wanted = {
        (tag.pk, match.paper): None
        for entry, match in pairs
        if match.paper
        for tag in _wanted(entry, tags, wishes)
    }
    there = set(held)
    new = [
        Tagging(tag_id=tag, paper_id=paper) for tag, paper in wanted if (tag, paper) not in there
    ]
    return Tagging.objects.bulk_create(new, batch_size=500)


def _like(reader: Reader, pairs: list[tuple[Reference, Match]]) -> list[Mark]:
    held = set(reader.marks.values_list("paper_id", flat=True))  # who hides a paper keeps it hidden
    wanted = dict.fromkeys(match.paper for _entry, match in pairs if match.paper)
    new = [
        Mark(reader=reader, paper_id=paper, kind=Mark.Kind.LIKE)
        for paper in wanted
        if paper not in held
    ]
    return Mark.objects.bulk_create(new, batch_size=500)


def _keep(
    reader: Reader,
    tags: dict[str, Tag],
    pairs: list[tuple[Reference, Match]],
    wishes: Wishes,
) -> list[PrivatePaper]:
    """Keep what is not here, once."""
    held = {same(one.arxiv_id, one.doi, one.title) for one in reader.private_papers.all()}
    new: list[PrivatePaper] = []
    under: list[list[Tag]] = []
    for entry, match in pairs:
        name = same(entry.arxiv_id, entry.doi, entry.title)
        if match.paper or name in held:
            continue
        held.add(name)
        new.append(_private(reader, entry))
        under.append(_wanted(entry, tags, wishes))
    made = PrivatePaper.objects.bulk_create(new, batch_size=500)
    through = PrivatePaper.tags.through
    through.objects.bulk_create(
        (
            through(privatepaper_id=one.pk, tag_id=tag.pk)
            for one, theirs in zip(made, under, strict=True)
            for tag in theirs
        ),
        batch_size=500,
    )
    return made


def same(arxiv_id: str, doi: str, title: str) -> str:
    """What two entries of one private paper have in common."""
    return arxiv_id or doi or " ".join(words(title)) or title


def _private(reader: Reader, entry: Reference) -> PrivatePaper:
    return PrivatePaper(
        reader=reader,
        title=entry.title,
        authors=[list(name) for name in entry.authors],
        year=entry.year,
        abstract=entry.abstract,
        venue=entry.venue,
        doi=entry.doi,
        url=entry.url,
        arxiv_id=entry.arxiv_id,
        kind=entry.kind,
        key=entry.key,
        note=entry.note,
    )
