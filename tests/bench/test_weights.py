from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bookwheel.bench import weights
from bookwheel.bench.weights import NAMES, Parts, gain, halves, learn, scaled
from bookwheel.cli import main
from bookwheel.core.shares import Shares
from bookwheel.models import Paper
from library import records


def trial(name: str, telling: int, seed: int) -> Parts:
    """Relevant papers stand out in one signal; the others and the words are noise."""
    random = np.random.default_rng(seed)
    relevant = random.random(400) < 0.05
    parts = random.standard_normal((400, len(NAMES) + 1)).astype(np.float32)
    parts[:, telling] += 2 * relevant
    return Parts(name, parts, relevant, int(relevant.sum()))


def test_a_signal_that_tells_gets_more_and_noise_less() -> None:
    learned = dict(zip(NAMES, learn([trial(f"l{n}", 1, n) for n in range(12)]), strict=True))
    assert learned["authors"] > 1
    assert max(learned["vector"], learned["categories"], learned["years"]) < 1


def test_what_was_learned_holds_for_other_lists() -> None:
    factors = learn([trial(f"l{n}", 3, n) for n in range(12)])
    before, after, gained = gain([trial(f"m{n}", 3, 50 + n) for n in range(12)], factors)
    assert after > before
    assert gained.low > 0
    assert gained.mean == pytest.approx(after - before)


def test_where_nothing_can_be_gained_nothing_changes() -> None:
    perfect = Parts("a", np.ones((5, len(NAMES) + 1), np.float32), np.ones(5, np.bool_), 5)
    assert learn([perfect]) == [1.0] * len(NAMES)


def test_lists_are_split_by_name_and_all_of_a_list_stands_on_one_side() -> None:
    trials = [trial(f"list {n % 20}", 0, n) for n in range(60)]
    learned, checked = halves(trials)
    assert {one.name for one in learned}.isdisjoint(one.name for one in checked)
    assert len(learned) + len(checked) == 60
    assert learned and checked


def test_shares_are_scaled_and_written_as_they_are_read() -> None:
    one = scaled(Shares.shipped(), [2.0, 1.0, 0.5, 0.0])
    assert one.vector == 2 * Shares.shipped().vector
    assert one.years == 0
    assert Shares(**json.loads(one.json())) == one


def test_the_command_learns_checks_and_writes(library: list[Paper], tmp_path: Path) -> None:
    kept = {}
    for code in ("cs.CV", "cs.CL", "cs.LG", "cs.AI", "math.AG", "quant-ph", "cs.RO", "hep-th"):
        ids = [one["arxiv_id"] for one in records() if one["categories"].split()[0] == code]
        kept[code] = ids
    path, out = tmp_path / "lists.json", tmp_path / "taste.json"
    path.write_text(json.dumps(kept))
    result = CliRunner().invoke(
        main, ["train", "taste", str(path), "--draws", "1", "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert "lists learned from" in result.output
    assert "lists checked on" in result.output
    assert out.read_text() in result.output
    assert set(json.loads(out.read_text())) == set(NAMES)
    assert weights.LEAST > 0
