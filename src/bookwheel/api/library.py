"""The library in and out, and private papers."""

from __future__ import annotations

from enum import StrEnum

import orjson
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from bookwheel.access import private_paper_write, tag_read
from bookwheel.actions.draft_import import read_and_match
from bookwheel.actions.import_library import Imported, Wishes, import_library
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Number, Shape
from bookwheel.api.choices import Paging
from bookwheel.api.forms import FILES, CitedAs, written
from bookwheel.queries.archive import archive
from bookwheel.queries.taken_out import taken_out

router = Router(tags=["library"], auth=READ)


class Reported(Shape):
    """A place in what was sent that cannot be read."""

    line: int
    reason: str


class ToImport(Shape):
    """References to bring in: BibTeX, RIS, CSL-JSON, Zotero's exports, or links as they come."""

    text: str = Field(max_length=4_000_000, examples=["1706.03762\narXiv:1810.04805"])
    tag: str = Field("", description="Put all papers under this tag")
    like: bool = Field(False, description="Like all papers")
    own_tags: bool = Field(False, description="Make tags of keywords and collections")
    keep_unmatched: bool = Field(True, description="Keep what is not here as private papers")
    dry_run: bool = Field(False, description="Only say what would be found")


class Report(Shape):
    """What was found, and what came of it."""

    format: str
    entries: int
    found_by: dict[str, int] = Field(examples=[{"arxiv": 2, "doi": 0, "title": 1}])
    not_here: int
    problems: list[Reported]
    tagged: int
    liked: int
    private: int
    known: int
    tags_left_out: list[str]
    change: int | None


class PrivateShape(Shape):
    """A paper that the reader brought along and that is not here."""

    number: int
    title: str
    year: int | None
    doi: str
    url: str
    tags: list[str]


class PrivateList(Shape):
    """Private papers, the latest first."""

    papers: list[PrivateShape]


class Written(StrEnum):
    """As what a library is written out."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    MARKDOWN = "markdown"
    CSV = "csv"
    ARCHIVE = "archive"


_OUT = {"responses": {200: {"content": {**FILES["responses"][200]["content"]}}}}
_OUT["responses"][200]["content"]["application/json"] = {"schema": {"type": "object"}}


@router.get("/export", response={200: None}, openapi_extra=_OUT)
def export(request: Call, form: Written = Written.BIBTEX, tag: str = "") -> HttpResponse:
    """The library, or what is under a tag; as `archive`, everything that is the reader's."""
    if form is Written.ARCHIVE:
        return HttpResponse(orjson.dumps(archive(request.auth)), content_type="application/json")
    chosen = tag_read(request.auth, tag) if tag else None
    return written(taken_out(request.auth, chosen), CitedAs(form.value))


@router.post("/import", response=Report, auth=WRITE)
def bring(request: Call, sent: ToImport) -> Report:
    """Bring references in; they are matched by identifier, DOI and title."""
    read, matches = read_and_match(sent.text.encode("utf-8", "replace"))
    wishes = Wishes(sent.tag, sent.like, sent.own_tags, keep_unmatched=sent.keep_unmatched)
    done = Imported()
    if not sent.dry_run:
        done = import_library(request.auth, read.entries, matches, wishes)
    how = [match.how for match in matches]
    return Report(
        format=read.form,
        entries=len(read.entries),
        found_by={name: how.count(name) for name in ("arxiv", "doi", "title")},
        not_here=how.count(""),
        problems=[Reported(line=each.line, reason=each.reason) for each in read.problems],
        tagged=done.tagged,
        liked=done.liked,
        private=done.private,
        known=done.known,
        tags_left_out=done.left_out,
        change=done.change.pk if done.change else None,
    )


@router.get("/private", response=PrivateList)
def private_papers(request: Call, paging: Query[Paging]) -> PrivateList:
    """What the reader brought along that is not here."""
    rows = request.auth.private_papers.prefetch_related("tags").order_by("-created", "-pk")
    return PrivateList(
        papers=[
            PrivateShape(
                number=each.pk,
                title=each.title,
                year=each.year,
                doi=each.doi,
                url=each.url,
                tags=[tag.name for tag in each.tags.all() if tag.deleted is None],
            )
            for each in paging.of(rows)
        ]
    )


@router.delete("/private/{int:paper}", response={204: None}, auth=WRITE)
def drop_private(request: Call, paper: Number) -> None:
    """Delete a private paper for good."""
    private_paper_write(request.auth, paper).delete()
