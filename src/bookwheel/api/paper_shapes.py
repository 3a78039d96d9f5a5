"""Papers as programs see them: all that is known, and what a reader did with each."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from bookwheel.api.base import Shape
from bookwheel.core.paper_ids import home_of
from bookwheel.models import Paper, Tag
from bookwheel.queries.cards import Card, Listing, Reason


class AuthorShape(Shape):
    """An author as arXiv has them."""

    family: str = Field(examples=["Vaswani"])
    given: str = Field(examples=["Ashish"])
    suffix: str = ""


class VersionShape(Shape):
    """A version and when arXiv got it."""

    version: int
    created: str = Field(description="Time, as arXiv tells it", examples=["2017-06-12T17:57:34Z"])


class PaperShape(Shape):
    """A paper. Title and abstract are as arXiv has them: TeX stays TeX, and may be anything."""

    id: str = Field(description="arXiv identifier without version", examples=["1706.03762"])
    title: str = Field(examples=["Attention Is All You Need"])
    abstract: str
    authors: list[AuthorShape]
    categories: list[str] = Field(description="Primary one first", examples=[["cs.CL", "cs.LG"]])
    comments: str
    journal_ref: str
    doi: str
    report_no: str
    license: str
    versions: list[VersionShape]
    first_date: date = Field(description="Of version 1")
    last_date: date = Field(description="Of the newest version")
    announced: date | None = Field(description="When arXiv listed it, where that is known")
    withdrawn: bool
    url: str = Field(examples=["https://arxiv.org/abs/1706.03762"])

    @classmethod
    def of(cls, paper: Paper) -> PaperShape:
        """The shape of a paper."""
        return cls(
            id=paper.arxiv_id,
            title=paper.title,
            abstract=paper.abstract,
            authors=[
                AuthorShape(family=name[0], given=name[1], suffix=name[2]) for name in paper.authors
            ],
            categories=paper.categories.split(),
            comments=paper.comments,
            journal_ref=paper.journal_ref,
            doi=paper.doi,
            report_no=paper.report_no,
            license=paper.license,
            versions=[
                VersionShape(version=number, created=created) for number, created in paper.versions
            ],
            first_date=paper.first_date,
            last_date=paper.last_date,
            announced=paper.announced,
            withdrawn=paper.withdrawn,
            url=home_of(paper.arxiv_id).page(),
        )


class TagName(Shape):
    """A tag, in short."""

    number: int
    name: str = Field(examples=["transformers"])

    @classmethod
    def of(cls, tag: Tag) -> TagName:
        """The short shape of a tag."""
        return cls(number=tag.pk, name=tag.name)


class ReasonShape(Shape):
    """One reason for a paper's place, with its share of the score."""

    kind: str = Field(description="word, author, category, vector, lexical or paper")
    label: str
    share: float
    paper: str = Field("", description="Of kind paper: the identifier of the one it is like")

    @classmethod
    def of(cls, reason: Reason) -> ReasonShape:
        """The shape of a reason."""
        return cls(kind=reason.kind, label=reason.label, share=reason.share, paper=reason.arxiv_id)


class CardShape(Shape):
    """A paper with what the reader did with it, and why it stands where it stands."""

    paper: PaperShape
    mark: Literal["like", "hide"] | None
    reading: Literal["read", "later"] | None
    tags: list[TagName]
    score: float | None = Field(description="Chance that the reader wants it, 0 to 1")
    parts: dict[str, float] = Field(
        description="Of a search: what words and meaning gave", examples=[{"lexical": 1.2}]
    )
    ranked_for: list[TagName]
    reasons: list[ReasonShape]
    matched: list[str] = Field(description="Words of the search")
    authors: list[str] = Field(description="Those of its authors whom the reader follows")
    searches: list[str] = Field(description="Saved searches that found it")
    folded: list[str] = Field(description="Papers that say nearly the same, by identifier")
    kept_by: int
    explored: bool

    @classmethod
    def of(cls, card: Card) -> CardShape:
        """The shape of a card."""
        return cls(
            paper=PaperShape.of(card.paper),
            mark="like" if card.liked else "hide" if card.hidden else None,
            reading="read" if card.read else "later" if card.later else None,
            tags=[TagName.of(tag) for tag in card.tags],
            score=card.score,
            parts=dict(card.parts),
            ranked_for=[TagName.of(tag) for tag in card.ranked_for],
            reasons=[ReasonShape.of(reason) for reason in card.reasons],
            matched=list(card.matched),
            authors=[str(author) for author in card.authors],
            searches=[search.text for search in card.searches],
            folded=[paper.arxiv_id for paper in card.folded],
            kept_by=card.kept_by,
            explored=card.explored,
        )


class ListingShape(Shape):
    """One page of a list."""

    items: list[CardShape]
    page: int
    pages: int
    total: int
    took_ms: float
    understood: str = Field(description="What a search was understood as")
    empty: str = Field(description="Why there is nothing: no_match, no_papers, no_tags, …")

    @classmethod
    def of(cls, listing: Listing) -> ListingShape:
        """The shape of a listing."""
        return cls(
            items=[CardShape.of(card) for card in listing.cards],
            page=listing.page,
            pages=listing.pages,
            total=listing.total,
            took_ms=round(listing.took_ms, 2),
            understood=listing.understood,
            empty=listing.empty,
        )
