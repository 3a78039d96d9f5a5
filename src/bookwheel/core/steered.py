"""What steering does to a taste: another taste, as linear as before, so that sums stay exact.

Muting a word takes its weight away, and what it means too: the vector is turned so that the word's
own vector adds nothing to any score (the smallest change that does this, by least squares, for all
steered words at once, so the order of clicks cannot matter). Calibration stays as it was learned:
steering one word moves the papers that have to do with it and no others.

Leaves out: hard filters, which are no part of a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.categories import CATEGORIES
from bookwheel.core.encoder import Encoder
from bookwheel.core.steering import Levels, Steering, author_parts
from bookwheel.core.taste import Taste
from bookwheel.core.text import author_hashes, tokenise

Floats = NDArray[np.float32]

FACTORS = {"mute": 0.0, "less": 0.5, "more": 2.0, "pin": 1.0}
# What a pin gives at the least, in log-odds, so that it counts alike in every tag: ...
PINNED_WORD = 10.0  # ... for a TF-IDF weight of 1; one word of an abstract has 0.1 to 0.3
PINNED_AUTHOR = 5.0  # ... for the only author; each of n counts 1/sqrt(n)
PINNED_CATEGORY = 1.5
BREADTH = 1.35  # factor between meaning and words for each step of the dial
BREADTH_LINE = 0.35  # log-odds by which a step moves all chances
BLANK_MIDDLE, BLANK_SLOPE = 3.0, 1.0  # of a tag that knows nothing but what it was told
_NUMBERS = {code: number for number, code in enumerate(CATEGORIES)}


def steered(taste: Taste, steering: Steering, encoder: Encoder, mean: Floats) -> Taste:
    """Apply levels and breadth. `mean` [d] is that of the vectors of papers in general."""
    if steering.neutral or (taste.vector is None and not steering.raises):
        return taste
    made = taste if taste.vector is not None else _blank(encoder.dimensions)
    levels = word_levels(made, steering.words, encoder)
    made = _with_vector(made, levels, encoder, mean)
    made = _with_words(made, levels)
    made = _with_authors(made, steering.authors)
    made = _with_categories(made, steering.categories)
    return broadened(made, steering.breadth)


def _blank(dimensions: int) -> Taste:
    return Taste(vector=np.zeros(dimensions, np.float32), middle=BLANK_MIDDLE, slope=BLANK_SLOPE)


def feature_of(label: str, encoder: Encoder) -> int | None:
    """Number of a word or pair; None when no paper is compared by it."""
    tokens = tokenise([label])
    if len(tokens.hashes) == 1:
        found = int(encoder.features.find_words(tokens)[0])
    elif len(tokens.hashes) == 2:
        found = int(encoder.features.find_pairs(tokens)[0])
    else:
        return None
    return found if found < encoder.size else None


def word_levels(taste: Taste, words: Levels, encoder: Encoder) -> dict[int, str]:
    """Levels by feature. A muted word mutes the pairs that it is part of, but for those named."""
    levels = dict(_named(words, encoder))
    muted = {label for label, level in words.items() if level == "mute"}
    if muted:
        for feature in taste.features.tolist():
            label = encoder.features.label(feature)
            if feature not in levels and muted.intersection(label.split()):
                levels[feature] = "mute"
    return levels


def _named(words: Levels, encoder: Encoder) -> Iterable[tuple[int, str]]:
    for label, level in words.items():
        feature = feature_of(label, encoder)
        if feature is not None:
            yield feature, level


def _with_vector(taste: Taste, levels: Mapping[int, str], encoder: Encoder, mean: Floats) -> Taste:
    """Turn the vector so that each steered word adds its factor of what it added before."""
    if not levels or taste.vector is None:
        return taste
    features = np.array(sorted(levels), np.int32)
    directions = encoder.vectors(features).astype(np.float64)
    before = directions @ taste.vector
    factors = np.array([FACTORS[levels[feature]] for feature in features.tolist()])
    pinned = np.array([levels[feature] == "pin" for feature in features.tolist()])
    wanted = np.where(pinned, np.maximum(before, 0), before * factors)
    change = np.linalg.lstsq(directions, wanted - before, rcond=None)[0]
    return replace(
        taste,
        vector=(taste.vector + change).astype(np.float32),
        vector_bias=taste.vector_bias - float(mean @ change),  # papers in general stay at 0
    )


def _with_words(taste: Taste, levels: Mapping[int, str]) -> Taste:
    least = PINNED_WORD / taste.slope
    features, weights = _leveled(taste.features, taste.feature_weights, levels, least)
    return replace(taste, features=features, feature_weights=weights)


def _with_authors(taste: Taste, levels: Levels) -> Taste:
    hashes = author_hashes(author_parts(label) for label in levels).tolist()
    by_key = dict(zip(hashes, levels.values(), strict=True))
    least = PINNED_AUTHOR / taste.slope
    keys, weights = _leveled(taste.authors, taste.author_weights, by_key, least)
    return replace(taste, authors=keys, author_weights=weights)


def _with_categories(taste: Taste, levels: Levels) -> Taste:
    by_number = {_NUMBERS[code]: level for code, level in levels.items() if code in _NUMBERS}
    least = PINNED_CATEGORY / taste.slope
    keys, weights = _leveled(taste.categories, taste.category_weights, by_number, least)
    return replace(taste, categories=keys, category_weights=weights)


def _leveled(
    keys: NDArray[np.int32], weights: Floats, levels: Mapping[int, str], least: float
) -> tuple[NDArray[np.int32], Floats]:
    """Weights by their levels, keys ascending; what is pinned weighs `least` at the least.

    What is to weigh more and was never learned begins where a pin does, at half of it.
    """
    if not levels:
        return keys, weights
    held = dict(zip(keys.tolist(), weights.tolist(), strict=True))
    for key, level in levels.items():
        before = held.get(key, 0.0)
        if level == "pin":
            held[key] = max(before, least)
        elif level == "more" and before <= 0:
            held[key] = least / 2
        else:
            held[key] = before * FACTORS[level]
    ordered = sorted(key for key, weight in held.items() if weight)
    return (
        np.array(ordered, np.int32),
        np.array([held[key] for key in ordered], np.float32),
    )


def broadened(taste: Taste, breadth: int) -> Taste:
    """Turn the dial: broader trusts the meaning and lets more through, narrower the very words."""
    if not breadth:
        return taste
    more, less = np.float32(BREADTH ** (breadth / 2)), np.float32(BREADTH ** (-breadth / 2))
    return replace(
        taste,
        feature_weights=taste.feature_weights * less,
        feature_bias=taste.feature_bias * float(less),
        author_weights=taste.author_weights * less,
        vector=None if taste.vector is None else taste.vector * more,
        vector_bias=taste.vector_bias * float(more),
        middle=taste.middle - BREADTH_LINE * breadth / taste.slope,
    )
