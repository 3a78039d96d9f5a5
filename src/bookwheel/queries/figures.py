"""Figures of the papers whose text is here: strips of small ones, and one of them.

Leaves out: searching them (`figure_search.py`), and whether they may be shown (`access.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.db import models

from bookwheel.config import config
from bookwheel.models import Figure, FullText
from bookwheel.shelf.figures import FigureIndex


def figure_index() -> FigureIndex:
    """The index of captions in the data folder."""
    return _index_in(config().figures)


@lru_cache(maxsize=4)
def _index_in(folder: Path) -> FigureIndex:
    return FigureIndex(folder)


def newest_texts(papers: Iterable[int]) -> dict[int, FullText]:
    """The newest full text of each paper that has one here, by the paper's number; one query."""
    found = FullText.objects.filter(paper__in=list(papers), state=FullText.State.HERE)
    return {text.paper_id: text for text in found.order_by("version")}


def strips(texts: Iterable[FullText], most: int) -> dict[int, list[Figure]]:
    """The first figures of each text that have small pictures, by the text's number; one query."""
    wanted = [text.pk for text in texts]
    made: dict[int, list[Figure]] = defaultdict(list)
    if not wanted:
        return made
    for figure in small_figures().filter(text__in=wanted).order_by("text", "place"):
        if len(made[figure.text_id]) < most:
            made[figure.text_id].append(figure)
    return made


def small_figures() -> models.QuerySet[Figure]:
    """Figures that have small pictures, without what they look like."""
    return Figure.objects.exclude(small="").defer("look")


def figure_in(text: FullText, block: str) -> Figure | None:
    """The figure of a text that is a block of it."""
    return Figure.objects.filter(text=text, block=block).first()
