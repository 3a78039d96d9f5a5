"""What tools take and give: few fields, for whoever reads them pays by the word."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from bookwheel.api.base import Shape
from bookwheel.api.passages import PassageShape
from bookwheel.models import Paper
from bookwheel.queries.cards import Card

COUNT = 10


class Searched(Shape):
    """A search."""

    query: str = Field(max_length=1000, description="Words, or ti: au: abs: cat: date: -word")
    sort: Literal["relevance", "date"] = "relevance"
    count: int = Field(COUNT, ge=1, le=25)


class OnePaper(Shape):
    """A paper."""

    paper: str = Field(description="arXiv identifier, such as 1706.03762")
    section: str = Field("", description="Id of a section to read; empty: only what there is")


class PassagesAsked(Shape):
    """A search in full texts."""

    query: str = Field(max_length=2000)
    paper: str = Field("", description="Only in this paper")
    count: int = Field(COUNT, ge=1, le=25)


class Like(Shape):
    """A paper to find others by."""

    paper: str
    count: int = Field(COUNT, ge=1, le=25)


class FeedAsked(Shape):
    """A day, or a tag."""

    day: date | None = Field(None, description="Empty: the newest one")
    tag: str = Field("", description="Best papers for this tag instead of a day")


class Tagged(Shape):
    """A paper and what to do with it."""

    paper: str
    action: Literal["tag", "untag", "like", "hide", "later", "read"]
    tag: str = Field("", description="Name, for tag and untag")


class Noted(Shape):
    """A note on a paper."""

    paper: str
    note: str = Field(description="Markdown")


class Asked(Shape):
    """A question to the papers."""

    question: str = Field(max_length=8000)
    papers: list[str] = Field([], max_length=50, description="Only these")
    tag: str = Field("", description="Only papers under this tag")


class Forms(StrEnum):
    """What a citation can be written as."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    MARKDOWN = "markdown"


class ToCite(Shape):
    """Papers to cite."""

    papers: list[str] = Field(min_length=1, max_length=100)
    form: Forms = Forms.BIBTEX


class ToExport(Shape):
    """What to take out."""

    tag: str = Field("", description="Empty: the whole library")
    form: Forms = Forms.BIBTEX


class Brief(Shape):
    """A paper in short."""

    id: str
    title: str
    authors: list[str]
    day: date
    categories: list[str]
    abstract: str
    score: float | None = None
    why: list[str] = []

    @classmethod
    def of(cls, paper: Paper, card: Card | None = None) -> Brief:
        """The short shape of a paper."""
        return cls(
            id=paper.arxiv_id,
            title=paper.title,
            authors=[" ".join(filter(None, (name[1], name[0]))) for name in paper.authors[:8]],
            day=paper.listed,
            categories=paper.categories.split(),
            abstract=paper.abstract,
            score=round(card.score, 3) if card and card.score is not None else None,
            why=[reason.label for reason in card.reasons[:5]] if card else [],
        )


class Papers(Shape):
    """Papers, the best first."""

    total: int
    papers: list[Brief]


class Heading(Shape):
    """A section."""

    id: str
    title: str


class Text(Shape):
    """A paper, and its text as far as that was asked for."""

    paper: Brief
    version: int
    source: str = Field(description="abstract: no full text is here")
    sections: list[Heading]
    text: str


class Passages(Shape):
    """Passages, the best first."""

    passages: list[PassageShape]


class Done(Shape):
    """What was done; `change` undoes it on the site."""

    done: str
    change: int | None


class Quotation(Shape):
    """Words of a paper, letter by letter."""

    n: int
    paper: str
    section: str
    text: str


class Answered(Shape):
    """An answer: sentences with the numbers of the quotations that they stand on."""

    found: bool
    answer: str
    quotations: list[Quotation]


class Written(Shape):
    """A text in the form of another program."""

    text: str
