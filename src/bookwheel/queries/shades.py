"""A score spread over the words of title and abstract, where they stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.encoder import Share
from bookwheel.core.taste import Taste
from bookwheel.core.text import paper_text
from bookwheel.index.engine import Engine
from bookwheel.index.segment import WEIGHTS, Rows
from bookwheel.models import Paper

Floats = NDArray[np.float32]


def shades(
    opened: Engine, taste: Taste, row: Rows, paper: Paper
) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """What each place of title and abstract gave to the score of a row, words and meaning together.

    They add up to what words and vector gave, without what both start from.
    """
    text = paper_text(paper.title, paper.abstract)
    amounts = _by_feature(opened, taste, row)
    counts = opened.encoder.count([text])
    parts = np.array([amounts.get(feature, 0.0) for feature in counts.features.tolist()])
    shares = opened.encoder.spread(text, counts, parts)
    if taste.vector is not None:
        shares += _of_meaning(opened, taste.vector, row, text)
    return _split(_add_up(shares), len(paper.title))


def _of_meaning(opened: Engine, vector: Floats, row: Rows, text: str) -> list[Share]:
    """The product with the stored vector, which is rounded, split by the words of the text."""
    length = float(np.linalg.norm(vector))
    found = opened.encoder.shares(text, vector)
    whole = float(row.codes[0].astype(np.float32) @ vector * row.scales[0])
    rounding = whole - length * sum(one.share for one in found)
    spread = sum(abs(one.share) for one in found) or 1.0
    return [
        replace(one, share=one.share * length + rounding * abs(one.share) / spread) for one in found
    ]


def _by_feature(opened: Engine, taste: Taste, row: Rows) -> dict[int, float]:
    table = np.zeros(opened.encoder.size, np.float32)
    table[taste.features] = taste.feature_weights
    amounts = table[row.features] * WEIGHTS[row.weights]
    return dict(zip(row.features.tolist(), amounts.tolist(), strict=True))


def _add_up(shares: list[Share]) -> list[Share]:
    totals: dict[tuple[int, int, str], float] = {}
    for one in shares:
        place = (one.start, one.end, one.word)
        totals[place] = totals.get(place, 0.0) + one.share
    return [Share(*place, amount) for place, amount in sorted(totals.items())]


def _split(shares: list[Share], title: int) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Shares of the title, which stands twice with line ends after it, and of the abstract."""
    again, after = title + 1, 2 * title + 2
    moved = [_moved(one, again if again <= one.start < after else 0) for one in shares]
    return (
        tuple(_add_up([one for one in moved if one.end <= title])),
        tuple(_moved(one, after) for one in moved if one.start >= after),
    )


def _moved(one: Share, places: int) -> Share:
    return Share(one.start - places, one.end - places, one.word, one.share)
