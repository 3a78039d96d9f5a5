"""How work that takes long says how far it is. Leaves out: showing it (`cli/bench_display.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")

EVERY = 500  # items between two words about them


class Tell(Protocol):
    """Told of a step by name: how much of it is done, and out of how much."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """`step` is the same each time, and what tells it from others."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Say nothing."""


def counted(items: Iterable[Item], total: int, *, step: str, tell: Tell) -> Iterator[Item]:
    """The same items, telling now and then how many were taken."""
    tell(step, 0, total)
    for done, item in enumerate(items, 1):
        yield item
        if done % EVERY == 0:
            tell(step, done, total)
    tell(step, total, total)
