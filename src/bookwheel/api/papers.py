"""Papers: what is known of one, its versions, its text, who cites it, what is like it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from bookwheel.access import document_read, paper_read, tag_read
from bookwheel.actions.fetch_texts import want_text
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Shape
from bookwheel.api.choices import Filters
from bookwheel.api.forms import FILES, CitedAs, written
from bookwheel.api.paper_shapes import CardShape, ListingShape, PaperShape
from bookwheel.api.passages import PassagesShape
from bookwheel.api.text_shapes import TextShape
from bookwheel.api.why_shapes import WhyShape, WordShape, WordsShape
from bookwheel.config import config
from bookwheel.core.licences import may_show
from bookwheel.errors import InputError
from bookwheel.queries import lists
from bookwheel.queries.cited import papers_cited, papers_citing
from bookwheel.queries.learned import own_words
from bookwheel.queries.passages import search_passages
from bookwheel.queries.revisions import kept_versions, said
from bookwheel.queries.state import card_of
from bookwheel.queries.taken_out import cited
from bookwheel.queries.why import why

router = Router(tags=["papers"], auth=READ)


class SaidShape(Shape):
    """What a paper said in one version; `here` is false while its words are not held."""

    version: int
    created: str
    here: bool
    title: str = ""
    abstract: str = ""
    authors: list[str] = []
    categories: list[str] = []


class VersionsShape(Shape):
    """All versions of a paper, the first one first."""

    versions: list[SaidShape]


class ReferenceMeant(Shape):
    """An entry of the list of references."""

    id: str
    label: str
    text: str
    arxiv_ids: list[str]
    dois: list[str]
    paper: str = Field(description="Identifier of the paper it means, if that is here")


class CitationsShape(Shape):
    """References with the papers they mean, as far as these are here, and who cites the paper."""

    references: list[ReferenceMeant]
    cited_by: list[PaperShape]


class Fetching(Shape):
    """Whether the text is on its way."""

    wanted: bool = Field(description="False: it is here already")


@router.get("/{path:paper}/versions", response=VersionsShape)
def paper_versions(request: Call, paper: str) -> VersionsShape:
    """The versions of a paper and what each said."""
    found = paper_read(paper)
    kept = kept_versions(found)
    made = []
    for number, created in found.versions:
        told = said(found, number) if number in kept else None
        shape = SaidShape(version=number, created=created, here=told is not None)
        if told:
            shape.title, shape.abstract = told.title, told.abstract
            shape.authors, shape.categories = list(told.authors), list(told.categories)
        made.append(shape)
    return VersionsShape(versions=made)


@router.get("/{path:paper}/text", response=TextShape)
def paper_text(request: Call, paper: str, version: int | None = None) -> TextShape:
    """The full text as structure; where there is none here, title and abstract."""
    held = document_read(paper_read(paper), version)
    return TextShape.of(held.version, held.document)


@router.post("/{path:paper}/text", response=Fetching, auth=WRITE)
def want_paper_text(request: Call, paper: str) -> Fetching:
    """Have the full text fetched from arXiv."""
    found = paper_read(paper)
    if not may_show(found.license, config().served_licences):
        raise InputError(_("The licence of this paper does not let this site show its text."))
    return Fetching(wanted=want_text(found))


@router.get("/{path:paper}/passages", response=PassagesShape)
def paper_passages(request: Call, paper: str, q: str) -> PassagesShape:
    """The passages of a paper's full text that answer best."""
    return PassagesShape.of(search_passages(q, papers=[paper_read(paper).pk]))


@router.get("/{path:paper}/citations", response=CitationsShape)
def paper_citations(request: Call, paper: str) -> CitationsShape:
    """What the paper cites, and which papers here cite it."""
    found = paper_read(paper)
    read = document_read(found)
    known = papers_cited(read.text)
    return CitationsShape(
        references=[
            ReferenceMeant(
                id=each.id,
                label=each.label,
                text=each.text,
                arxiv_ids=list(each.arxiv_ids),
                dois=list(each.dois),
                paper=known[each.id].arxiv_id if each.id in known else "",
            )
            for each in read.document.references
        ],
        cited_by=[PaperShape.of(each) for each in papers_citing(found)],
    )


@router.get("/{path:paper}/similar", response=ListingShape)
def similar_papers(request: Call, paper: str, filters: Query[Filters]) -> ListingShape:
    """Papers like this one, the most alike first."""
    return ListingShape.of(lists.similar(request.auth, paper_read(paper), filters.choices()))


@router.get("/{path:paper}/why", response=WhyShape)
def why_paper(request: Call, paper: str, tag: str = "") -> WhyShape:
    """The whole sum behind a paper's score: for a tag, or for the interest that likes it most."""
    chosen = tag_read(request.auth, tag) if tag else None
    return WhyShape.of(why(request.auth, paper_read(paper), chosen))


@router.get("/{path:paper}/words", response=WordsShape)
def paper_words(request: Call, paper: str) -> WordsShape:
    """The words that set the paper apart, with their TF-IDF weights."""
    found = own_words(paper_read(paper))
    return WordsShape(words=[WordShape(word=each.label, weight=each.weight) for each in found])


@router.get("/{path:paper}/cite", response={200: None}, openapi_extra=FILES)
def cite_paper(request: Call, paper: str, form: CitedAs = CitedAs.BIBTEX) -> HttpResponse:
    """The paper as a citation, in the form of another program."""
    return written([cited(paper_read(paper))], form)


@router.get("/{path:paper}", response=CardShape)
def get_paper(request: Call, paper: str) -> CardShape:
    """One paper, with what the reader did with it."""
    return CardShape.of(card_of(request.auth, paper_read(paper)))
