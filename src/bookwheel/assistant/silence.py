"""Whether papers say anything of a question, from what was measured of their best sentences.

The chance is a logistic regression's over questions that papers here answer and questions of far
fields (`python bench/silence.py`), so that it can be said how often it errs either way.
Leaves out: what is said then (`answer.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.evidence import NAMES, Scored

BEST, PAPERS = 8, 4  # sentences, and of each measure the best, that are looked at
MEASURES = ("papers", "paper", "pairs", "papers_cosine", "paper_missing", "pairs_missing")
_PAPER, _PAIRS, _COSINE = (NAMES.index(name) for name in ("paper", "pairs", "paper_cosine"))


@cache
def _shipped() -> tuple[float, NDArray[np.float64], float]:
    found = json.loads((resources.files("bookwheel") / "data" / "silence.json").read_text())
    weights = np.array([found["weights"][name] for name in MEASURES])
    return found["bias"], weights, found["threshold"]


def chance(scored: Sequence[Scored], asked: int) -> float:
    """How likely the papers say something of a question of `asked` telling words, 0 to 1."""
    if not scored:
        return 0.0
    bias, weights, _ = _shipped()
    return 1 / (1 + math.exp(-float(weights @ measured(scored, asked) + bias)))


def says(scored: Sequence[Scored], asked: int) -> bool:
    """Whether that is likely enough to answer."""
    return chance(scored, asked) >= _shipped()[2]


def measured(scored: Sequence[Scored], asked: int) -> NDArray[np.float64]:
    """`MEASURES`. What is missing weighs more in a short question: of "recipe for tiramisu", half
    the words make no answer.
    """
    best = np.sort(np.array([one.measures for one in scored[:BEST]]), axis=0)[::-1]
    paper, pairs = float(best[0, _PAPER]), float(best[0, _PAIRS])
    words = max(asked, 1)
    return np.array(
        [
            best[:PAPERS, _PAPER].mean(),
            paper,
            pairs,
            best[:PAPERS, _COSINE].mean(),
            (1 - paper) / words,
            (1 - pairs) / words,
        ]
    )
