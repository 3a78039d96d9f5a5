from __future__ import annotations

import numpy as np
import pytest

from bookwheel.core.taste import Taste
from bookwheel.index.query import Hits
from bookwheel.queries import rankings
from bookwheel.queries.interests import Interest
from bookwheel.queries.rankings import Ranking, merge


def ranking(name: int, scores: dict[int, float]) -> Ranking:
    """A ranking of papers by their scores, by an interest in the paper `name`."""
    papers = np.array(sorted(scores, key=lambda paper: -scores[paper]), np.int64)
    values = np.array([scores[paper] for paper in papers.tolist()], np.float32)
    hits = Hits(papers, papers + 100, values, {"terms": values}, len(papers), 0.25)
    return Ranking.of(Interest(None, (name,), ()), Taste(), hits)


def names(found: Ranking) -> list[int]:
    return [
        interest.papers[0]
        for place in found.source.tolist()
        if (interest := found.sources[place][0])
    ]


def test_each_paper_stands_once_for_the_interest_that_likes_it_most() -> None:
    found = merge([ranking(1, {7: 3.0, 8: 1.0, 9: -1.0}), ranking(2, {8: 2.0, 7: 2.5, 6: 0.0})])
    assert found.hits.papers.tolist() == [7, 8, 6, 9]
    assert found.hits.rows.tolist() == [107, 108, 106, 109]
    assert found.hits.scores.tolist() == [3, 2, 0, -1]
    assert names(found) == [1, 2, 2, 1]
    assert (np.diff(found.chances) <= 0).all()
    assert found.chances[2] == 0.5
    assert (found.hits.total, found.hits.took) == (4, 0.5)


def test_one_ranking_stays_as_it_is() -> None:
    one = ranking(1, {7: 3.0, 8: 1.0})
    found = merge([one])
    assert found.hits.papers.tolist() == one.hits.papers.tolist()
    assert found.chances.tolist() == one.chances.tolist()


def test_the_merged_list_is_no_deeper_than_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rankings, "DEPTH", 3)
    found = merge([ranking(1, {7: 3.0, 8: 1.0}), ranking(2, {5: 2.0, 6: 0.0})])
    assert found.hits.papers.tolist() == [7, 5, 8]
    assert found.hits.total == 3


def test_a_part_is_picked_from_everything() -> None:
    whole = merge([ranking(1, {7: 3.0, 8: 1.0}), ranking(2, {6: 2.0})])
    page = whole.pick(slice(1, 3))
    assert (page.hits.papers.tolist(), names(page)) == ([6, 8], [2, 1])
    assert page.hits.total == 3
    mine = whole.pick(whole.source == 0)
    assert mine.hits.papers.tolist() == [7, 8]
