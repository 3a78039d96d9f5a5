"""A taste from words instead of papers: a sentence is learned from as if it were an abstract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bookwheel.core.blend import blend
from bookwheel.core.encoder import Encoder
from bookwheel.core.taste import Background, Examples, Taste, fit
from bookwheel.index.engine import Engine

LEAST = 0.25  # between the best percent of papers in general and the middle, at the least


def taste(engine: Engine, wanted: str, unwanted: str = "", hides: Sequence[int] = ()) -> Taste:
    """What `wanted` says, away from what `unwanted` says and from hidden papers, by number.

    Empty where no word of `wanted` tells anything.
    """
    likes = examples(engine.encoder, wanted)
    if not len(likes):
        return Taste()
    against = [engine.examples(np.array(hides, np.int64))]
    if unwanted:
        against.append(examples(engine.encoder, unwanted))
    some = [each for each in against if len(each)] or against[:1]
    made = blend([(1.0, fit(likes, each, engine.background)) for each in some])
    return calibrated(made, engine.background)


def calibrated(made: Taste, background: Background) -> Taste:
    """Calibrate by papers in general: a sentence matches itself far better than any paper can.

    The best percent of the sample reads 0.1 and its very best paper 0.5.
    """
    if made.vector is None or not len(background.vectors):
        return made
    scores = background.vectors @ made.vector
    scores = scores + background.word_scores(made.features, made.feature_weights)
    scores = scores + (made.vector_bias + made.feature_bias)
    high = float(np.quantile(scores, 0.99))
    middle = max(float(scores.max()), high + LEAST)
    return replace(made, middle=middle, slope=float(np.log(9)) / (middle - high))


def examples(encoder: Encoder, text: str) -> Examples:
    """A text as the one example, or none where it has no feature."""
    counts = encoder.count([text])
    weights = encoder.weigh(counts)
    one = int(bool(len(counts.features)))
    return Examples(
        vectors=encoder.dense(counts, weights)[:one],
        starts=counts.starts[: one + 1],
        features=counts.features,
        weights=weights,
        authors=(np.empty(0, np.int32),) * one,
        categories=(np.empty(0, np.intp),) * one,
        years=np.empty(0, np.int16),
    )
