"""Searches to measure with, made of titles so that each has answers; a seed makes them the same.

Leaves out: which titles, and what is liked (`draws.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bookwheel.core.text import words

SEED = 6

Draw = Callable[[list[str], np.random.Generator], str]


def any_words(count: int) -> Draw:
    """Some of a title's words, each once, in any order."""
    return lambda title, rng: " ".join(rng.permutation(sorted(set(title)))[:count].tolist())


def phrase(title: list[str], rng: np.random.Generator) -> str:
    """Three words of a title that stand side by side."""
    start = int(rng.integers(max(len(title) - 2, 1)))
    return '"' + " ".join(title[start : start + 3]) + '"'


def searches(titles: Sequence[str], count: int, draw: Draw) -> list[str]:
    """As many questions as wanted, from titles of at least six words where there are any."""
    rng = np.random.default_rng(SEED)
    split = [found for title in titles if (found := words(title))]
    long = [title for title in split if len(set(title)) >= 6] or split
    chosen = rng.integers(len(long), size=count).tolist() if long else []
    return [draw(long[place], rng) for place in chosen]
