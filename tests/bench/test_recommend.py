from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from bookwheel.bench import rankings
from bookwheel.bench.indexes import opened
from bookwheel.bench.installed import installed
from bookwheel.bench.papers import Papers, collection
from bookwheel.bench.progress import silent
from bookwheel.bench.rankings import Method, Positions
from bookwheel.bench.recommend import Recommending, Trial, trials
from bookwheel.core import metrics
from bookwheel.errors import InputError
from bookwheel.models import Paper
from bookwheel.queries import found
from known_rankings import Known, made, names
from library import records


def test_likes_are_nested_and_do_not_depend_on_other_lists() -> None:
    papers = made(50)
    lists = {"a": names(*range(10)), "b": [*names(20, 21, 22), "1706.03762"], "c": names(30)}
    drawn = trials(lists, papers, likes=(1, 2, 5), draws=2, seed=4)
    assert [(trial.name, len(trial.likes)) for trial in drawn] == [
        ("a", 1), ("a", 2), ("a", 5), ("b", 1), ("b", 2),
    ] * 2  # fmt: skip
    for trial in drawn:
        held = range(10) if trial.name == "a" else range(20, 23)
        assert sorted([*trial.likes, *trial.relevant]) == list(held)
    one, two, five = (trial.likes.tolist() for trial in drawn[:3])
    assert one == two[:1] == five[:1]
    assert two == five[:2]
    assert five != drawn[7].likes.tolist()
    alone = trials({"b": lists["b"]}, papers, likes=(1, 2), draws=2, seed=4)
    assert [list(trial.likes) for trial in alone] == [
        list(trial.likes) for trial in drawn if trial.name == "b"
    ]


def judged(papers: Papers, *drawn: Trial) -> list[dict[str, object]]:
    methods: dict[str, Method] = {
        "ours": Known(papers),
        rankings.YARDSTICK: Known(papers, shift=7),
    }
    run = Recommending(methods, papers, seed=0)
    assert list(run.run(drawn)) == list(range(1, len(drawn) + 1))
    return [dict(row) for row in run.rows()]


def test_measures_are_those_of_the_ranking_without_the_likes() -> None:
    """Of 200 papers 0 is liked; 1 stands first then, 4 third; 150 is too far down."""
    trial = Trial("a", np.array([0]), np.array([1, 4, 150]))
    ours, theirs = judged(made(200), trial)
    gains = [1.0, 0, 0, 1]
    assert ours["ndcg@100"] == pytest.approx(metrics.ndcg(gains, [1, 1, 1], 100))
    assert ours["recall@100"] == pytest.approx(2 / 3)
    others = [place for place in range(200) if place not in (0, 1, 4, 150)]
    expected = metrics.auc([-1, -4, -150], [-place for place in others])
    assert ours["auc"] == pytest.approx(expected)
    assert ours["ndcg@100_low"] == ours["ndcg@100_high"] == ours["ndcg@100"]
    assert (ours["likes"], ours["lists"], ours["rankings"]) == (1, 1, 1)
    assert ours["against"] == rankings.YARDSTICK
    for measure in ("ndcg@100", "recall@100", "auc"):
        gain = ours[measure] - theirs[measure]  # type: ignore[operator]
        assert ours[f"{measure}_gain"] == pytest.approx(gain)
    assert "against" not in theirs


def test_draws_of_a_list_are_averaged_before_lists_are() -> None:
    papers = made(300)
    good, bad = np.array([1]), np.array([250])
    like = np.array([0])
    drawn = [Trial("a", like, good), Trial("b", like, good), Trial("b", like, bad)]
    ours = judged(papers, *drawn)[0]
    assert ours["recall@100"] == pytest.approx((1 + (1 + 0) / 2) / 2)
    assert (ours["lists"], ours["rankings"]) == (2, 3)


def test_what_was_done_when_stopped_is_the_same_for_all_methods() -> None:
    papers = made(50)
    calls = iter([None, None, None, KeyboardInterrupt])
    order = Known(papers)

    def stopped(likes: Positions) -> Known:
        if what := next(calls):
            raise what
        return order(likes)

    run = Recommending({"ours": stopped, "centroid": stopped}, papers, seed=0)
    with pytest.raises(KeyboardInterrupt):
        list(run.run([Trial(name, np.array([0]), np.array([1])) for name in "ab"]))
    assert [(row["method"], row["lists"]) for row in run.rows()] == [("ours", 1), ("centroid", 1)]


def positions(papers: Papers, category: str) -> Positions:
    found = [paper["categories"].split()[0] == category for paper in records()]
    return np.flatnonzero(found)


def test_ours_is_what_a_reader_gets(library: list[Paper]) -> None:
    papers = installed()
    likes = positions(papers, "cs.CV")[:3]
    with opened(papers, silent) as engine:
        fitted = rankings.methods(["ours"], engine, papers, silent)["ours"](likes)
        best = fitted.best(20)
        shown = found.rank([papers.ids[place] for place in likes], k=20)
        assert [papers.ids[place] for place in best] == [hit.paper.arxiv_id for hit in shown]
        assert fitted.scores(best) == pytest.approx([hit.score for hit in shown], abs=1e-4)


@pytest.mark.parametrize("name", rankings.METHODS)
def test_each_method_ranks_all_others_by_its_scores(library: list[Paper], name: str) -> None:
    papers = installed()
    likes = positions(papers, "cs.CV")[:4]
    with opened(papers, silent) as engine:
        fitted = rankings.methods([name], engine, papers, silent)[name](likes)
        best = fitted.best(50)
        assert len(set(best.tolist())) == 50
        assert not np.isin(likes, best).any()
        scores = fitted.scores(best)
        assert (np.diff(scores) <= 1e-5).all()
        rest = np.setdiff1d(np.arange(len(papers)), np.concatenate([best, likes]))
        assert fitted.scores(rest).max() <= scores.min() + 1e-5
        again = rankings.methods([name], engine, papers, silent)[name](likes)
        assert again.best(50).tolist() == best.tolist()


def test_every_method_finds_a_subject_again(library: list[Paper]) -> None:
    """Better than chance by far, on papers of one category."""
    papers = installed()
    subject = positions(papers, "cs.CV")
    trial = Trial("cs.CV", subject[:5], subject[5:])
    with opened(papers, silent) as engine:
        methods = rankings.methods(rankings.METHODS, engine, papers, silent)
        run = Recommending(methods, papers, seed=0)
        list(run.run([trial]))
    rows = run.rows()
    assert [row["method"] for row in rows] == list(rankings.METHODS)
    assert all(isinstance(row["auc"], float) and row["auc"] > 0.65 for row in rows), rows


def test_too_few_papers_for_words_say_so(library: list[Paper]) -> None:
    papers = collection(list(islice(installed().read(), 3)))
    with (
        opened(papers, silent) as engine,
        pytest.raises(InputError, match="3 papers are too few for TF-IDF"),
    ):
        rankings.methods(["centroid"], engine, papers, silent)
