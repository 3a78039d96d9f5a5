from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bookwheel.bench import report

ROWS = [
    {"method": "ours", "likes": 3, "ndcg@100": 0.5, "ndcg@100_low": 0.25, "ndcg@100_high": 0.75,
     "ms": 20.5, "lists": 1200, "against": "centroid", "ndcg@100_gain": -0.0625,
     "ndcg@100_gain_low": -0.125, "ndcg@100_gain_high": 0.0},
    {"method": "centroid", "likes": 3, "ndcg@100": 0.5625, "ndcg@100_low": 0.5,
     "ndcg@100_high": 0.625, "ms": None, "lists": 1200},
]  # fmt: skip


def test_json_has_exactly_this_shape(capsys: pytest.CaptureFixture[str]) -> None:
    report.show(ROWS, as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown == {"methods": ROWS, "machine": report.machine(), "commit": report.commit()}


def test_a_table_has_a_line_for_each_row_and_intervals_beside_their_means(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report.show(ROWS, as_json=False)
    heads, ours, theirs, gain_heads, gain, machine = capsys.readouterr().out.splitlines()
    assert heads.split() == ["method", "likes", "ndcg@100", "ms", "lists"]
    assert ours.split("  ")[0] == "ours"
    assert "0.500 (0.250 to 0.750)" in ours
    assert ours.split()[-2:] == ["20.5", "1,200"]
    assert theirs.split()[-2:] == ["–", "1,200"]
    assert gain_heads.split() == ["method", "likes", "against", "ndcg@100", "gain"]
    assert gain.split() == ["ours", "3", "centroid", "-0.062", "(-0.125", "to", "0.000)"]
    assert machine.startswith(report.machine())


def test_without_gains_there_is_one_table() -> None:
    assert len(report.tables(ROWS[1:])) == 1
    assert report.tables([]) == []


def test_the_machine_is_told_in_words() -> None:
    assert re.search(r"\d+ cores, .*Python 3\.\d+", report.machine())


def test_the_commit_is_that_of_a_checkout_or_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit = report.commit()
    assert commit is None or re.fullmatch(r"[0-9a-f]{12,40}(-dirty)?", commit)
    monkeypatch.setattr(report, "__file__", str(tmp_path / "report.py"))
    assert report.commit() is None
