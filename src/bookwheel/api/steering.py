"""What a tag has learned, and telling it what to trust."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from ninja import Router
from pydantic import Field

from bookwheel.access import step_write, tag_read, tag_write
from bookwheel.actions.restore_steering import restore_steering
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Changed, Number, Shape
from bookwheel.core.steering import Steering, Turn
from bookwheel.queries.history import history
from bookwheel.queries.learned import Learned, Weighted, learned

router = Router(tags=["tags"], auth=READ)


class WeightShape(Shape):
    """A word, author, category or paper with its weight; `level` is what the reader said of it."""

    name: str
    label: str
    weight: float
    size: float = Field(description="Against the largest, 0 to 1")
    level: str

    @classmethod
    def of(cls, each: Weighted) -> WeightShape:
        """The shape of a weight."""
        return cls(
            name=each.name,
            label=each.label,
            weight=each.weight,
            size=each.size,
            level=each.level,
        )


class SteeringShape(Shape):
    """All that a reader told a tag besides its papers."""

    words: dict[str, str]
    authors: dict[str, str]
    categories: dict[str, str]
    papers: dict[str, str]
    never_words: list[str]
    never_authors: list[str]
    never_categories: list[str]
    breadth: int = Field(description="-2 narrow to 2 broad")
    fade: int = Field(description="Months after which a paper counts half; 0: never")
    sentence: str

    @classmethod
    def of(cls, told: Steering) -> SteeringShape:
        """The shape of a steering."""
        return cls(
            words=dict(told.words),
            authors=dict(told.authors),
            categories=dict(told.categories),
            papers=dict(told.papers),
            never_words=list(told.never_words),
            never_authors=list(told.never_authors),
            never_categories=list(told.never_categories),
            breadth=told.breadth,
            fade=told.fade,
            sentence=told.sentence,
        )


class LearnedShape(Shape):
    """What raises and lowers a paper under a tag, the strongest first."""

    papers: int
    steering: SteeringShape
    raising: list[WeightShape]
    lowering: list[WeightShape]
    authors: list[WeightShape]
    categories: list[WeightShape]
    exemplars: list[str] = Field(description="Papers that say most of it, by identifier")

    @classmethod
    def of(cls, found: Learned) -> LearnedShape:
        """The shape of what was learned."""
        return cls(
            papers=found.papers,
            steering=SteeringShape.of(found.steering),
            raising=_weights(found.raising),
            lowering=_weights(found.lowering),
            authors=_weights(found.authors),
            categories=_weights(found.categories),
            exemplars=[paper.arxiv_id for paper, _each in found.exemplars],
        )


class TurnShape(Shape):
    """One change to what a tag was told."""

    kind: Literal[
        "words",
        "authors",
        "categories",
        "papers",
        "never_words",
        "never_authors",
        "never_categories",
        "breadth",
        "fade",
        "sentence",
        "reset",
    ]
    name: str = Field("", examples=["attention"])
    value: str = Field("", description="pin, more, less, mute; or a number, or a sentence")


class Turns(Shape):
    """Changes that make one step."""

    turns: list[TurnShape] = Field(min_length=1, max_length=100)


class StepShape(Shape):
    """A step in a tag's history."""

    number: int
    kind: str
    name: str
    value: str
    when: datetime
    undone: bool


class History(Shape):
    """Steps, the last one first."""

    steps: list[StepShape]


def _weights(found: Iterable[Weighted]) -> list[WeightShape]:
    return [WeightShape.of(each) for each in found]


@router.get("/tags/{int:tag}/learned", response=LearnedShape)
def what_was_learned(request: Call, tag: Number) -> LearnedShape:
    """What a tag has learned from its papers and was told."""
    return LearnedShape.of(learned(tag_read(request.auth, tag)))


@router.post("/tags/{int:tag}/steering", response=Changed, auth=WRITE)
def steer(request: Call, tag: Number, wanted: Turns) -> Changed:
    """Tell a tag which words, authors, categories and papers to trust, and which never."""
    turns = [Turn(each.kind, each.name, each.value) for each in wanted.turns]
    return Changed.of(steer_tag(request.auth, tag_write(request.auth, tag), *turns))


@router.get("/tags/{int:tag}/history", response=History)
def tag_history(request: Call, tag: Number) -> History:
    """What a tag was told, step by step."""
    return History(
        steps=[
            StepShape(
                number=step.number,
                kind=step.turn.kind,
                name=step.turn.name,
                value=step.turn.value,
                when=step.when,
                undone=step.undone,
            )
            for step in history(tag_read(request.auth, tag))
        ]
    )


@router.post("/steps/{int:step}/restore", response=Changed, auth=WRITE)
def go_back(request: Call, step: Number) -> Changed:
    """Make all as it was before a step."""
    return Changed.of(restore_steering(request.auth, step_write(request.auth, step)))
