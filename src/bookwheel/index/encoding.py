"""What the encoder makes of papers, as rows of a segment. Leaves out: writing them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.encoder import Encoder
from bookwheel.index import segment, vectors
from bookwheel.index.segment import Rows


def encode(
    encoder: Encoder,
    texts: Sequence[str],
    author_starts: NDArray[np.int64],
    authors: NDArray[np.int32],
) -> Rows:
    """Encode n texts; `authors` are hashes of names, `author_starts` [n + 1] points into them."""
    counts = encoder.count(texts)
    weights = encoder.weigh(counts)
    dense = encoder.dense(counts, weights)
    codes, scales = vectors.quantise(dense)
    return Rows(
        codes=codes,
        scales=scales,
        planes=vectors.signs(dense),
        starts=counts.starts,
        features=counts.features,
        weights=segment.encode_weights(weights),
        author_starts=author_starts,
        authors=authors,
    )
