from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import library
from bookwheel.core.taste import Taste
from bookwheel.core.text import author_hashes
from bookwheel.index import exact
from bookwheel.index.engine import Engine
from bookwheel.index.query import Query


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [dict(record) for record in library.records()[:120]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> Engine:
    """The first papers, and the third once more under another number and title."""
    again = records[2] | {"id": 999, "changed": 999, "arxiv_id": "2605.99999"}
    again["title"] = f"On {again['title']}"
    return library.opened(tmp_path_factory.mktemp("exact"), [*records, again])


def test_scores_are_those_of_the_engine(opened: Engine) -> None:
    papers = opened.columns.papers
    tastes = [opened.taste(papers[:3]), opened.taste(papers[9:14], papers[20:22])]
    rows = np.flatnonzero(opened.columns.live)[::-1]
    score = exact.scorer(opened, rows)
    for taste in tastes:
        mine = score(taste)
        hits = opened.search(Query(taste=taste, k=len(rows)))
        theirs = dict(zip(hits.rows.tolist(), hits.scores.tolist(), strict=True))
        assert [theirs[row] for row in rows.tolist()] == pytest.approx(mine.tolist(), abs=1e-5)


def test_many_tastes_at_once_score_as_one_by_one(opened: Engine) -> None:
    papers = opened.columns.papers
    rows = np.flatnonzero(opened.columns.live)[::-1]
    bare = Taste(categories=np.array([3], np.int32), category_weights=np.ones(1, np.float32))
    tastes = [opened.taste(papers[:3]), Taste(), bare, opened.taste(papers[9:14], papers[20:22])]
    score = exact.scorer(opened, rows)
    together = exact.panel(opened, rows).scores(tastes)
    assert together == pytest.approx(np.array([score(taste) for taste in tastes]), abs=1e-5)
    assert exact.panel(opened, rows).scores([]).shape == (0, len(rows))
    assert exact.panel(opened, rows[:0]).scores(tastes).shape == (4, 0)


def test_an_empty_taste_and_no_rows_are_no_trouble(opened: Engine) -> None:
    rows = np.arange(4)
    assert exact.scorer(opened, rows)(Taste()).tolist() == [0.0] * 4
    assert exact.scorer(opened, rows[:0])(opened.taste([library.FIRST_NUMBER])).tolist() == []
    assert exact.leaders(opened, rows[:0]).tolist() == []


def test_papers_by_authors(opened: Engine, records: list[dict[str, Any]]) -> None:
    names = [(family, given) for family, given, _suffix in records[5]["authors"]]
    keys = author_hashes(names[:1])
    by = {opened.columns.papers[row] for row in exact.by_authors(opened, keys).tolist()}
    assert records[5]["id"] in by
    for record in records:
        hashes = author_hashes((family, given) for family, given, _suffix in record["authors"])
        assert (record["id"] in by) == bool(np.isin(hashes, keys).any())
    assert exact.by_authors(opened, keys[:0]).tolist() == []


def test_who_says_the_same_follows_the_first(opened: Engine) -> None:
    third, again = 2, 120
    lead = exact.leaders(opened, np.array([5, again, 7, third]))
    assert lead.tolist() == [0, 1, 2, 1]


def test_likeness_is_carried_on(opened: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "ALIKE", -1.0)  # everything is like everything
    assert exact.leaders(opened, np.array([5, 7, 3])).tolist() == [0, 0, 0]
