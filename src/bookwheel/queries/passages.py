"""Searching the full texts that are here, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.core.taste import Taste
from bookwheel.errors import IndexMissingError
from bookwheel.index import encoders, scoring
from bookwheel.index.syntax import Search
from bookwheel.models import Paper
from bookwheel.queries.engine import engine
from bookwheel.shelf.passages import Found, PassageIndex

_OF_ONE_PAPER = 5  # passages in a list over many papers


@dataclass(frozen=True)
class PassageHit:
    """A passage that a search found: `[start, end)` of a block of a version of a paper."""

    paper: Paper
    version: int
    block: str
    start: int
    end: int
    text: str
    section: str  # "Method › Data"; empty in the abstract
    sentences: tuple[tuple[int, int], ...]  # offsets into the block's text, as start and end are
    best: tuple[int, int]  # the sentence that is nearest to the search
    score: float  # words and meaning, in the unit of a search for papers


def passage_index() -> PassageIndex:
    """The index of passages in the data folder."""
    return _index_in(config().passages)


@lru_cache(maxsize=4)
def _index_in(folder: Path) -> PassageIndex:
    return PassageIndex(folder)


def search_passages(
    text: str, *, papers: Iterable[int] | None = None, k: int = 20
) -> list[PassageHit]:
    """The best passages for a search or a question, in all full texts or those of some papers.

    `papers` are numbers (`Paper.pk`) of one paper, a tag's, a library's; papers without full text
    have no passages. Words in quotation marks must be there. Over many papers no paper has more
    than five.
    """
    wanted = None if papers is None else list(papers)
    index = passage_index()
    found = index.search(text, wanted)
    if not found:
        return []
    encoder, meaning = _meaning(text)
    scores = _scores(index, text, found, encoder, meaning)
    many = wanted is None or len(wanted) > k // _OF_ONE_PAPER
    order = _spread(found, scores, k, _OF_ONE_PAPER if many else k)
    known = Paper.objects.in_bulk({found[place].paper for place in order})
    return [
        _hit(known[found[place].paper], found[place], float(scores[place]), encoder, meaning)
        for place in order
        if found[place].paper in known
    ]


def scored_passages(
    index: PassageIndex, text: str, papers: list[int] | None
) -> list[tuple[Found, float]]:
    """Candidates of any index of passages with their scores, best first."""
    found = index.search(text, papers)
    if not found:
        return []
    scores = _scores(index, text, found, *_meaning(text))
    order = np.argsort(-scores, kind="stable").tolist()
    return [(found[place], float(scores[place])) for place in order]


def _meaning(text: str) -> tuple[Encoder, Taste]:
    try:
        opened = engine()
    except IndexMissingError:
        return encoders.wanted(), Taste()
    return opened.encoder, scoring.meaning(Search(text=text), opened.encoder, opened.background)


def _scores(
    index: PassageIndex, text: str, found: Sequence[Found], encoder: Encoder, meaning: Taste
) -> NDArray[np.float32]:
    most = index.most(text) or 1.0
    words = np.array([each.words for each in found], np.float32)
    scores = words * np.float32(scoring.LEXICAL_SHARE / most)
    return scores + _near(
        [f"{each.passage.section}. {each.passage.text}" for each in found], encoder, meaning
    )


def _near(texts: Sequence[str], encoder: Encoder, meaning: Taste) -> NDArray[np.float32]:
    if meaning.vector is None:
        return np.zeros(len(texts), np.float32)
    return np.asarray(
        encoder.encode(texts) @ meaning.vector + np.float32(meaning.vector_bias), np.float32
    )


def _spread(found: Sequence[Found], scores: NDArray[np.float32], k: int, of_one: int) -> list[int]:
    """Places of the best, at most `of_one` of a paper."""
    taken: dict[int, int] = {}
    order = []
    for place in np.argsort(-scores, kind="stable").tolist():
        paper = found[place].paper
        taken[paper] = taken.get(paper, 0) + 1
        if taken[paper] <= of_one:
            order.append(place)
        if len(order) == k:
            break
    return order


def _hit(paper: Paper, found: Found, score: float, encoder: Encoder, meaning: Taste) -> PassageHit:
    passage = found.passage
    parts = [passage.text[a - passage.start : b - passage.start] for a, b in passage.sentences]
    best = int(np.argmax(_near(parts, encoder, meaning))) if len(parts) > 1 else 0
    return PassageHit(
        paper=paper,
        version=found.version,
        block=passage.block,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        section=passage.section,
        sentences=passage.sentences,
        best=passage.sentences[best],
        score=score,
    )
