from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from bookwheel.core.categories import CATEGORIES
from bookwheel.core.taste import Background
from bookwheel.index import background, vectors
from bookwheel.index.engine import Engine
from bookwheel.index.segment import WEIGHTS
from library import opened, records


@pytest.fixture(scope="module")
def engine(library_folder: Path) -> Engine:
    return Engine.open(library_folder / "index")


def drawn(engine: Engine) -> Background:
    return background.draw(engine.segments, engine.columns, engine.encoder)


def test_the_statistics_are_those_of_the_papers(engine: Engine) -> None:
    found = drawn(engine)
    rows = engine.take(np.arange(engine.rows))
    dense = vectors.restore(rows.codes, rows.scales)
    np.testing.assert_allclose(found.mean, dense.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(found.covariance, np.cov(dense, rowvar=False), atol=1e-6)
    words = np.bincount(rows.features, WEIGHTS[rows.weights], engine.encoder.size)
    np.testing.assert_allclose(found.word_means, words / engine.rows, atol=1e-6)
    number = list(CATEGORIES).index("cs.LG")
    share = np.mean(["cs.LG" in each["categories"].split() for each in records()])
    assert found.category_shares[number] == pytest.approx(share)


def test_the_same_index_gives_the_same_background(engine: Engine) -> None:
    one, other = drawn(engine), drawn(engine)
    for field in fields(Background):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name))
        assert np.array_equal(getattr(one, field.name), getattr(engine.background, field.name))


def test_a_sample_is_a_part_of_the_papers(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "SAMPLE", 20)
    monkeypatch.setattr(background, "WIDE_SAMPLE", 50)
    found = drawn(engine)
    assert len(found.vectors) == 20
    assert found.starts[-1] == len(found.features) == len(found.weights)
    rows = engine.take(np.arange(engine.rows))
    everything = {row.tobytes() for row in vectors.restore(rows.codes, rows.scales)}
    assert {row.tobytes() for row in found.vectors} <= everything
    assert len({row.tobytes() for row in found.vectors}) == 20


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_papers_have_a_background(tmp_path: Path, count: int) -> None:
    found = opened(tmp_path, records()[:count]).background
    assert len(found.vectors) == count
    assert np.isfinite(found.whitener).all()
    assert np.isfinite(found.mean).all()


def test_it_is_drawn_again_when_there_is_half_as_much_again() -> None:
    assert background.is_stale(1, 0)
    assert not background.is_stale(0, 0)
    assert not background.is_stale(150, 100)
    assert background.is_stale(151, 100)
