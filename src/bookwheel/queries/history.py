"""How a tag was steered, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bookwheel.core.steering import Turn
from bookwheel.models import Paper, SteeringStep, Tag
from bookwheel.queries.effect import Effect, Moved

SHOWN = 30


@dataclass(frozen=True)
class Step:
    """One step: what was done, by whom, when, and what it did to the list of a day."""

    number: int
    turn: Turn
    reader: str
    when: datetime
    undone: bool
    effect: Effect | None
    rose: tuple[tuple[Paper, Moved], ...]
    fell: tuple[tuple[Paper, Moved], ...]
    paper: Paper | None  # what the turn is about, if that is a paper


def history(tag: Tag) -> list[Step]:
    """The last steps of a tag, the newest first; three queries."""
    held = SteeringStep.objects.filter(tag_id=tag.pk)
    steps = list(held.select_related("reader").order_by("-pk")[:SHOWN])
    effects = [Effect.read(step.effect) for step in steps]
    turns = [Turn(**step.turn) for step in steps]
    moved = {one.paper for each in effects if each for one in (*each.rose, *each.fell)}
    named = {int(turn.name) for turn in turns if turn.kind == "papers"}
    papers = Paper.objects.in_bulk(moved | named)
    return [
        Step(
            number=step.pk,
            turn=turn,
            reader=step.reader.username,
            when=step.created,
            undone=step.undone is not None,
            effect=effect,
            rose=_held(effect.rose if effect else (), papers),
            fell=_held(effect.fell if effect else (), papers),
            paper=papers.get(int(turn.name)) if turn.kind == "papers" else None,
        )
        for step, effect, turn in zip(steps, effects, turns, strict=True)
    ]


def _held(moved: Iterable[Moved], papers: dict[int, Paper]) -> tuple[tuple[Paper, Moved], ...]:
    return tuple((papers[one.paper], one) for one in moved if one.paper in papers)
