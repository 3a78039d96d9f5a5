"""Why a paper has its score, as programs see it."""

from __future__ import annotations

from pydantic import Field

from bookwheel.api.base import Shape
from bookwheel.api.paper_shapes import TagName
from bookwheel.queries.why import Why


class WordShape(Shape):
    """A word that sets a paper apart, with its TF-IDF weight."""

    word: str
    weight: float


class WordsShape(Shape):
    """Words, the strongest first."""

    words: list[WordShape]


class SummandShape(Shape):
    """One line of the sum."""

    kind: str = Field(description="word, author, category, year, vector, others or start")
    label: str
    amount: float


class WhyShape(Shape):
    """The sum behind a score: the summands add up to it."""

    tag: TagName | None = Field(description="null: all that is liked without a tag")
    score: float
    chance: float = Field(description="The same between 0 and 1")
    summands: list[SummandShape]

    @classmethod
    def of(cls, why: Why) -> WhyShape:
        """The shape of an explanation."""
        return cls(
            tag=TagName.of(why.tag) if why.tag else None,
            score=why.score,
            chance=why.chance,
            summands=[
                SummandShape(kind=each.kind, label=each.label, amount=each.amount)
                for each in why.summands
            ],
        )
