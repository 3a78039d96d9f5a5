from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bookwheel.index import vectors

DIMENSIONS = 300


def unit_vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).standard_normal((count, DIMENSIONS))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def differing_bits(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    return sum((int(a) ^ int(b)).bit_count() for a, b in zip(one, other, strict=True))


def test_a_stored_vector_has_length_one_and_is_off_by_little() -> None:
    exact = unit_vectors(500)
    restored = vectors.restore(*vectors.quantise(exact))
    np.testing.assert_allclose(np.linalg.norm(restored, axis=1), 1, atol=1e-6)
    step = np.abs(exact).max(axis=1, keepdims=True) / 127  # half a step, and as much for the length
    assert (np.abs(restored - exact) <= step).all()
    assert ((restored * exact).sum(axis=1) > 0.9999).all()


def test_a_vector_of_zeros_stays_one() -> None:
    codes, scales = vectors.quantise(np.zeros((1, DIMENSIONS), np.float32))
    assert not vectors.restore(codes, scales).any()


def test_no_vectors_are_no_rows() -> None:
    nothing = np.empty((0, DIMENSIONS), np.float32)
    codes, scales = vectors.quantise(nothing)
    assert (codes.shape, scales.shape) == ((0, DIMENSIONS), (0,))
    assert vectors.signs(nothing).shape == (8, 0)
    assert len(vectors.distances(vectors.signs(nothing), np.zeros(8, np.uint64))) == 0


def test_signs_are_those_of_the_first_coordinates() -> None:
    made = unit_vectors(20)
    whole = vectors.signs(np.hstack([made, made, made]))
    assert (whole != vectors.signs(np.hstack([made, made, -made]))).sum() < whole.size / 4
    short = np.unpackbits(np.ascontiguousarray(vectors.signs(made).T).view(np.uint8), axis=1)
    assert np.array_equal(short[:, :DIMENSIONS], made > 0)
    assert not short[:, DIMENSIONS:].any()


def test_distances_count_the_bits_that_differ() -> None:
    planes = vectors.signs(unit_vectors(300))
    for at in (0, 150, 299):
        code = planes[:, at]
        expected = [differing_bits(planes[:, row], code) for row in range(300)]
        assert vectors.distances(planes, code).tolist() == expected


def test_distances_cross_the_blocks_they_are_counted_in(monkeypatch: pytest.MonkeyPatch) -> None:
    planes = vectors.signs(unit_vectors(50))
    whole = vectors.distances(planes, planes[:, 7])
    monkeypatch.setattr(vectors, "_STEP", 8)
    assert vectors.distances(planes, planes[:, 7]).tolist() == whole.tolist()


def test_the_angle_can_be_told_from_the_signs() -> None:
    one, other = unit_vectors(2, seed=3)
    for share in (0.0, 0.3, 0.6, 0.9):
        mixed = share * one + (1 - share) * other
        mixed /= np.linalg.norm(mixed)
        code = vectors.signs(one[None, :])[:, 0]
        distance = vectors.distances(vectors.signs(mixed[None, :]), code)[0]
        angle = np.arccos(np.clip(one @ mixed, -1, 1))
        assert abs(distance / DIMENSIONS - angle / np.pi) < 0.1


def test_the_nearest_contain_the_truly_nearest() -> None:
    base = unit_vectors(2000, seed=1)
    wanted = base[:20] + 0.02 * np.random.default_rng(2).standard_normal((20, DIMENSIONS))
    for at, vector in enumerate(wanted.astype(np.float32)):
        code = vectors.signs(vector[None, :])[:, 0]
        distances = vectors.distances(vectors.signs(base), code)
        assert at in np.argsort(distances)[:10]
