"""A taste from words instead of papers: a sentence is learned from as if it were an abstract."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bookwheel.core.blend import blend
from bookwheel.core.encoder import Encoder
from bookwheel.core.taste import Examples, Taste, fit
from bookwheel.index.engine import Engine


def taste(engine: Engine, wanted: str, unwanted: str = "", hides: Sequence[int] = ()) -> Taste:
    """What `wanted` says, away from what `unwanted` says and from hidden papers, by number.

    Empty where no word of `wanted` tells anything.
    """
    likes = examples(engine.encoder, wanted)
    if not len(likes):
        return Taste()
    against = [examples(engine.encoder, unwanted), engine.examples(np.array(hides, np.int64))]
    some = [each for each in against if len(each)] or against[:1]
    return blend([(1.0, fit(likes, each, engine.background)) for each in some])


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
    )
