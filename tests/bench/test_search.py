from __future__ import annotations

import numpy as np
import pytest

from bookwheel.bench import finders
from bookwheel.bench.finders import Positions
from bookwheel.bench.indexes import opened
from bookwheel.bench.inputs import Question
from bookwheel.bench.installed import installed
from bookwheel.bench.papers import Papers, collection
from bookwheel.bench.progress import silent
from bookwheel.bench.search import Searching, answerable
from bookwheel.core import metrics
from bookwheel.index.syntax import LONGEST
from bookwheel.index.writer import IndexedPaper
from bookwheel.models import Paper
from bookwheel.queries import found
from library import records


def corpus(*texts: str) -> Papers:
    return collection(
        [IndexedPaper(n, n, f"d{n}", "", text, (), "", 0, False) for n, text in enumerate(texts, 1)]
    )


def test_questions_without_held_answers_are_counted_and_left_out() -> None:
    papers = corpus("a", "b")
    asked = [
        Question("1", "x", {"d1": 1.0, "gone": 1.0}),
        Question("2", "y", {"gone": 1.0}),
        Question("3", "z", {"d2": 2.0}),
    ]
    kept = answerable(asked, papers)
    assert kept.questions == [Question("1", "x", {"d1": 1.0}), asked[2]]
    assert (kept.left_out, kept.missing) == (1, 2)


def test_measures_are_those_of_what_was_found() -> None:
    papers = corpus(*"abcdefgh")
    question = Question("q", "x", {"d3": 2.0, "d8": 1.0})

    def found_first(text: str, count: int) -> Positions:
        assert (text, count) == ("x", 101)
        return np.arange(7)

    def found_nothing(text: str, count: int) -> Positions:
        return np.empty(0, np.intp)

    run = Searching({"hybrid": found_first, "bm25s": found_nothing}, papers, left_out=3)
    assert list(run.run([question])) == [1]
    ours, theirs = run.rows()
    assert (ours["recall@5"], ours["recall@20"], ours["recall@100"]) == (0.5, 0.5, 0.5)
    assert ours["mrr"] == pytest.approx(1 / 3)
    assert ours["ndcg@10"] == pytest.approx(metrics.ndcg([0, 0, 2], [2, 1], 10))
    assert (ours["questions"], ours["left_out"], ours["against"]) == (1, 3, "bm25s")
    assert ours["mrr_gain"] == ours["mrr"]
    assert theirs["recall@100"] == theirs["ndcg@10"] == theirs["mrr"] == 0


def test_a_question_that_is_a_document_does_not_answer_itself() -> None:
    papers = corpus("a", "b")
    run = Searching({"hybrid": lambda _text, _count: np.array([0, 1])}, papers, left_out=0)
    list(run.run([Question("d1", "a", {"d2": 1.0})]))
    assert run.rows()[0]["mrr"] == 1


def test_hybrid_is_what_a_reader_gets(library: list[Paper]) -> None:
    papers, text = installed(), "speech recognition with neural networks"
    with opened(papers, silent) as engine:
        finder = finders.finders(["hybrid"], engine, papers, silent)["hybrid"]
        best = [papers.ids[place] for place in finder(text, 10)]
    assert best == [hit.paper.arxiv_id for hit in found.search(text, k=10)]


@pytest.mark.parametrize("name", finders.METHODS)
def test_each_method_finds_papers_by_their_own_words(library: list[Paper], name: str) -> None:
    papers = installed()
    asked = [(place, records()[place]["title"]) for place in range(0, 300, 30)]
    with opened(papers, silent) as engine:
        finder = finders.finders([name], engine, papers, silent)[name]
        results = {place: finder(text, 20) for place, text in asked}
        none = finder("qqqqqq zzzzzz", 20)
    assert all(len(set(places.tolist())) == len(places) <= 20 for places in results.values())
    assert sum(place in places[:5] for place, places in results.items()) >= 9
    assert none.tolist() == []


@pytest.mark.parametrize(
    "text", ['what is "attention', "Is it (solved?", "foo:bar results", "1706.03762", "-", ""]
)
def test_what_the_search_box_cannot_read_is_read_as_its_words(text: str) -> None:
    search, plain = finders.read(text)
    assert plain == (text not in ("-", ""))
    assert search.required is None
    assert not search.paper


def test_a_question_in_words_is_read_as_it_is() -> None:
    search, plain = finders.read("Which papers use graph neural networks?")
    assert not plain
    assert [word.text for word in search.wanted][-3:] == ["graph", "neural", "networks"]


def test_what_is_too_long_for_the_search_box_is_cut_between_words() -> None:
    search, plain = finders.read("wheel " * LONGEST)
    assert plain
    assert {word.text for word in search.wanted} == {"wheel"}
    assert LONGEST - 10 < len(search.text) <= LONGEST
