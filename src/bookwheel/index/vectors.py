"""Dense vectors on disk: int8 for exact scores, signs as bits for the first pass.

A unit vector of d dimensions is stored as int8 with its own scale, d bytes and a float32. The signs
of its first 512 coordinates, the learned ones, are kept as bits in eight planes of 64: the Hamming
distance between such signs estimates an angle (Charikar, "Similarity estimation techniques from
rounding algorithms", 2002).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 512
PLANES = BITS // 64
_STEP = 32768  # columns of a plane that stay in the processor's cache together


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round unit vectors, float32 [n, d], to int8 [n, d] and scales float32 [n].

    Scales make each stored vector a unit vector again; a vector of zeros keeps scale 0.
    """
    peak = np.abs(vectors).max(axis=1, keepdims=True)
    codes = np.rint(vectors * (127 / np.where(peak > 0, peak, 1))).astype(np.int8)
    norms = np.linalg.norm(codes.astype(np.float32), axis=1)
    scales = np.where(norms > 0, 1 / np.where(norms > 0, norms, 1), 0)
    return codes, scales.astype(np.float32)


def restore(codes: NDArray[np.int8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit vectors that codes and scales stand for, float32 [n, d]."""
    return codes.astype(np.float32) * scales[:, None]


def signs(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """Signs of vectors [n, d] as bit planes, uint64 [8, n]; of missing coordinates all alike."""
    packed = np.packbits(vectors[:, :BITS] > 0, axis=1)
    codes = np.zeros((len(vectors), BITS // 8), np.uint8)
    codes[:, : packed.shape[1]] = packed
    return np.ascontiguousarray(codes.view(np.uint64).T)


def distances(planes: NDArray[np.uint64], code: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Hamming distances, uint16 [n] of 0 to 512, between planes [8, n] and one code [8]."""
    count = planes.shape[1]
    result = np.empty(count, np.uint16)
    mixed = np.empty(min(count, _STEP), np.uint64)
    for start in range(0, count, _STEP):
        stop = min(count, start + _STEP)
        part, buffer = result[start:stop], mixed[: stop - start]
        np.bitwise_xor(planes[0, start:stop], code[0], out=buffer)
        part[:] = np.bitwise_count(buffer)
        for plane in range(1, PLANES):
            np.bitwise_xor(planes[plane, start:stop], code[plane], out=buffer)
            part += np.bitwise_count(buffer)
    return result
