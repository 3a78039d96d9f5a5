"""Dense vectors on disk: int8 for exact scores, signs as bits for the first pass.

A unit vector of d dimensions is stored as int8 with its own scale, d bytes and a float32. Signs of
256 fixed mixtures of its coordinates are kept as bits in four planes of 64: the Hamming distance
between such signs estimates an angle (Charikar, "Similarity estimation techniques from rounding
algorithms", 2002), and mixing spreads the variance evenly over the bits (Gong et al., "Iterative
quantization", 2013).
"""

from __future__ import annotations

from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import hadamard

BITS = 256
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


@cache
def mixtures(dimensions: int) -> NDArray[np.float32]:
    """The fixed matrix [dimensions, 256] whose columns are the mixtures that signs are taken of.

    A part of two rounds of random sign flips and a Hadamard matrix: mixes like a random rotation
    and is, unlike one from a QR decomposition, the same to the bit on every machine.
    """
    size = 1 << (max(dimensions, BITS) - 1).bit_length()
    flips = np.random.default_rng(BITS).choice(np.array([-1.0, 1.0]), (2, size, 1))
    mixing = hadamard(size) / np.sqrt(size)
    turned = flips[0] * mixing @ (flips[1] * mixing)
    return cast("NDArray[np.float32]", turned[:dimensions, :BITS].astype(np.float32))


def signs(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """Signs of mixtures of vectors [n, d] as bit planes, uint64 [4, n]."""
    packed = np.packbits(vectors @ mixtures(vectors.shape[1]) > 0, axis=1)
    return np.ascontiguousarray(packed.view(np.uint64).T)


def distances(planes: NDArray[np.uint64], code: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Hamming distances, uint16 [n] of 0 to 256, between planes [4, n] and one code [4]."""
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
