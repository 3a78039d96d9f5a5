"""A taste as bytes and back, to the last bit."""

from __future__ import annotations

import struct

import numpy as np

from bookwheel.core.taste import Taste

_ARRAYS = {
    "features": np.int32,
    "feature_weights": np.float32,
    "authors": np.int32,
    "author_weights": np.float32,
    "categories": np.int32,
    "category_weights": np.float32,
    "year_weights": np.float32,
    "vector": np.float32,
}
_NUMBERS = ("vector_bias", "feature_bias", "middle", "slope")
_HEAD = struct.Struct(f"<{len(_ARRAYS)}i{len(_NUMBERS)}d")
_NONE = -1  # length of a vector that there is not


def pack(taste: Taste) -> bytes:
    """Lengths of the arrays, numbers, then the arrays one after the other."""
    arrays = [getattr(taste, name) for name in _ARRAYS]
    lengths = [_NONE if array is None else len(array) for array in arrays]
    head = _HEAD.pack(*lengths, *(getattr(taste, name) for name in _NUMBERS))
    parts = zip(arrays, _ARRAYS.values(), strict=True)
    return head + b"".join(
        array.astype(kind).tobytes() for array, kind in parts if array is not None
    )


def unpack(stored: bytes) -> Taste:
    """The taste again. Its arrays cannot be written to.

    Raises:
        ValueError: these are not the bytes of a taste.
    """
    try:
        said = _HEAD.unpack_from(stored)
    except struct.error as error:
        raise ValueError("no taste") from error
    at = _HEAD.size
    made = dict(zip(_NUMBERS, said[len(_ARRAYS) :], strict=True))
    for (name, kind), length in zip(_ARRAYS.items(), said, strict=False):
        if length != _NONE:
            made[name] = np.frombuffer(stored, kind, length, at)
            at += length * np.dtype(kind).itemsize
    return Taste(**made)
