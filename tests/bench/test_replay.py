from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bookwheel.bench.replay import Replaying, libraries, months_of, replays
from bookwheel.core import metrics
from bookwheel.errors import InputError
from known_rankings import Known, made, names

JANUARY = 12 * 2018


def written(folder: Path, held: object) -> Path:
    path = folder / "libraries.json"
    path.write_text(json.dumps(held))
    return path


def test_dates_and_weeks_become_months(tmp_path: Path) -> None:
    items = [
        {"id": "2501.00001", "date": "2018-02"},
        {"id": "2501.00002v3", "date": "2018-01-31"},
        {"id": "2501.00003", "date": None},
        {"id": "2501.00004", "week": "Top ML Papers of the Week (June 23 - June 29) - 2025"},
    ]
    assert libraries(written(tmp_path, {"a": {"items": items}})) == {
        "a": {"2501.00001": JANUARY + 1, "2501.00002": JANUARY, "2501.00004": 12 * 2025 + 5}
    }


@pytest.mark.parametrize(
    "held", [[], {"a": []}, {"a": {}}, {"a": {"items": [{"id": "x", "date": "2018-01"}]}},
             {"a": {"items": [{"id": "2501.00001", "date": "soon"}]}}]
)  # fmt: skip
def test_other_files_are_refused(tmp_path: Path, held: object) -> None:
    if held == []:
        with pytest.raises(InputError):
            libraries(tmp_path / "missing")
    with pytest.raises(InputError, match="expected"):
        libraries(written(tmp_path, held))


def test_months_of_days() -> None:
    days = np.array(["2018-01-31", "2018-02-01", "1969-12-31"], "datetime64[D]").astype(np.int32)
    assert months_of(days).tolist() == [JANUARY, JANUARY + 1, 12 * 1969 + 11]


def test_a_month_is_ranked_from_what_came_before_it() -> None:
    papers = made(40)
    months = np.repeat(np.arange(JANUARY, JANUARY + 4), 10)
    came = dict.fromkeys(names(0, 1, 2), JANUARY) | {
        names(10)[0]: JANUARY + 1,  # at once
        names(11)[0]: JANUARY + 3,  # later
        names(3)[0]: JANUARY + 2,  # an old paper: of no month that is still to come
        names(30)[0]: JANUARY + 2,  # before it was out: liked, and so not ranked
    }
    (february,) = replays({"a": came}, papers, months)
    assert february.likes.tolist() == [0, 1, 2]
    assert february.relevant.tolist() == [10, 11]
    assert february.ranked.tolist() == list(range(10, 20))


def test_measures_are_those_of_the_month_alone() -> None:
    papers = made(40)
    months = np.repeat(np.arange(JANUARY, JANUARY + 4), 10)
    came = dict.fromkeys(names(0, 1, 2), JANUARY) | {names(12)[0]: JANUARY + 1}
    chosen = replays({"a": came}, papers, months)
    run = Replaying({"ours": Known(papers), "arxiv-sanity-lite": Known(papers, shift=-12)})
    assert list(run.run(chosen)) == [1]
    ours, theirs = run.rows()
    assert ours["ndcg@100"] == pytest.approx(metrics.ndcg([0, 0, 1], [1], 100))
    assert theirs["ndcg@100"] == ours["auc_gain"] + theirs["auc"] - ours["auc"] + 1 == 1
    assert ours["auc"] == pytest.approx(7 / 9)
    assert (ours["months"], ours["against"]) == (1, "arxiv-sanity-lite")
