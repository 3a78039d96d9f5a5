"""Hides for lists that have none."""

from __future__ import annotations

import numpy as np

from bookwheel.bench import hides, rankings
from bookwheel.bench.indexes import opened
from bookwheel.bench.installed import installed
from bookwheel.bench.progress import silent
from bookwheel.bench.recommend import Recommending, Trial
from bookwheel.models import Paper
from library import records


def trial() -> Trial:
    found = [paper["categories"].split()[0] == "cs.CV" for paper in records()]
    subject = np.flatnonzero(found)
    return Trial("cs.CV", subject[:3], subject[3:])


def test_hidden_are_high_ones_that_the_list_lacks_and_is_least_like(library: list[Paper]) -> None:
    papers, drawn = installed(), trial()
    with opened(papers, silent) as engine:
        one, other, all_ = (
            next(hides.with_hides([drawn], engine, papers, count)) for count in (3, 3, 500)
        )
        best = rankings.Ours.fitted(engine, papers, drawn.likes).best(500)
    high = best[~np.isin(best, drawn.relevant)][: hides.HARD]
    assert one.hides.tolist() == other.hides.tolist() == all_.hides[:3].tolist()
    assert sorted(all_.hides.tolist()) == sorted(high.tolist())
    assert not np.isin(one.hides, [*drawn.likes, *drawn.relevant]).any()


def test_hides_are_taken_away_or_learned_from_and_both_compared(library: list[Paper]) -> None:
    papers, drawn = installed(), trial()
    with opened(papers, silent) as engine:
        hidden = next(hides.with_hides([drawn], engine, papers, 3))
        hiding = hides.methods(engine, papers)
        for fit in hiding.values():
            assert not np.isin(fit(hidden.likes, hidden.hides).best(200), hidden.hides).any()
        run = Recommending(
            rankings.methods(["ours"], engine, papers, silent),
            papers,
            seed=0,
            hiding=hiding,
            against=hides.AGAINST,
        )
        list(run.run([hidden]))
    rows = {row["method"]: row for row in run.rows()}
    assert {name: row.get("against") for name, row in rows.items()} == {
        "ours": None,
        hides.AWAY: "ours",
        hides.LEARNED: hides.AWAY,
    }
    assert float(rows[hides.AWAY]["ndcg@100_gain"] or 0) >= 0
