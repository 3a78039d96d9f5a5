"""Figures like one: by what they look like and by what is written below them, with both reasons.

Leaves out: what a look is (`content/figures.py`), what licences allow (`access.py`, which whoever
asks passes in).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import plain, words
from bookwheel.models import Figure
from bookwheel.queries.figure_looks import Looks, looks
from bookwheel.queries.figure_search import FigureHit, Shows, shared, with_papers
from bookwheel.queries.figures import figure_index

_BY_LOOK = 0.6  # of the sum; the rest is captions
_CAPTIONS = 300  # figures whose captions are weighed
_WORDS = 40  # of a caption that are searched for
_SHOWN = 4  # words given as a reason


def figures_like(figure: Figure, *, shows: Shows, count: int = 12) -> list[FigureHit]:
    """Other figures that look like one or say the same, the best first."""
    known = looks()
    telling = _telling(figure.caption)
    near = known.nearness(bytes(figure.look))
    scores = _BY_LOOK * np.maximum(near, 0) + (1 - _BY_LOOK) * _captions(telling, known)
    scores[~known.shown(shows) | (known.figures == figure.pk)] = 0
    order = [place for place in _best(scores, count) if scores[place] > 0]
    alike = {int(known.figures[place]): float(near[place]) for place in order}
    return [
        FigureHit(each, shared(telling, each.caption)[:_SHOWN], max(alike[each.pk], 0))
        for each in with_papers(list(alike))
    ]


def _best(scores: NDArray[np.float32], count: int) -> list[int]:
    """Places of the highest, the highest first."""
    some = (
        np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    )
    best: list[int] = some[np.argsort(-scores[some], kind="stable")].tolist()
    return best


def _telling(caption: str) -> list[str]:
    """The words of a caption that say what it is about, each once."""
    found = dict.fromkeys(words(plain(caption)))
    return [word for word in found if word not in STOP_WORDS and len(word) > 2][:_WORDS]


def _captions(telling: list[str], known: Looks) -> NDArray[np.float32]:
    """How much of the words each figure has, from 0 to 1, rare words counting more."""
    scores = np.zeros(len(known.figures), np.float32)
    found = figure_index().search(telling, limit=_CAPTIONS) if telling else []
    if found:
        numbers, values = np.array([one for one, _ in found]), np.array([one for _, one in found])
        places = np.minimum(np.searchsorted(known.figures, numbers), len(scores) - 1)
        here = known.figures[places] == numbers
        scores[places[here]] = values[here] / values.max()
    return scores
