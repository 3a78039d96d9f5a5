from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bookwheel.index import candidates, masks
from bookwheel.index import engine as engine_module
from bookwheel.index.engine import Engine
from bookwheel.index.lexical import Lexical
from bookwheel.index.query import Filters, Hits, Query
from bookwheel.index.syntax import parse
from library import records

RECORDS = records()
NUMBERS = np.array([each["id"] for each in RECORDS])
# A search, an order, and whether a taste takes part: every way through the engine.
WAYS = {
    "newest": (None, "score", False),
    "random": (None, "random", False),
    "taste": (None, "score", True),
    "words": ("speech recognition", "score", False),
    "phrase": ('"language models"', "score", False),
    "date": ("learning", "date", False),
    "conditions": ("cat:cs -survey", "score", False),
    "nothing": ("", "score", False),
    "words by taste": ("speech recognition", "score", True),
    "conditions by taste": ("cat:eess", "score", True),
    "phrase by taste": ('"language models"', "score", True),
}
RANKED = ("taste", "words", "phrase", "words by taste", "conditions by taste", "phrase by taste")
FILTERS = {
    "since": Filters(first_day=20_560),
    "until": Filters(last_day=20_400),
    "categories": Filters(categories=("cs.CL", "eess")),
    "first versions": Filters(first_versions=True),
    "only": Filters(only=NUMBERS[::3]),
    "without": Filters(without=NUMBERS[::3]),
    "nothing": Filters(only=NUMBERS[:0]),
    "all": Filters(20_560, 10**9, ("cs",), NUMBERS[1:], NUMBERS[::2], first_versions=True),
}

every_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def engine(library_folder: Path) -> Engine:
    """A new engine, so that nothing is remembered from another test."""
    return Engine.open(library_folder / "index")


def about(word: str) -> list[int]:
    return [each["id"] for each in RECORDS if word in each["title"].lower()]


def query(engine: Engine, way: str) -> Query:
    text, sort, by_taste = WAYS[way]
    taste = engine.taste(about("speech")[:2], about("image")[:1]) if by_taste else None
    return Query(search=None if text is None else parse(text), taste=taste, sort=sort, seed=5)


def everything(engine: Engine, asked: Query) -> Hits:
    return engine.search(replace(asked, k=10_000))


# What every answer keeps to


@every_way
def test_the_parts_of_a_hit_sum_to_its_score(engine: Engine, way: str) -> None:
    hits = everything(engine, query(engine, way))
    assert len(hits.papers) == len(hits.rows) == len(hits.scores) > 0
    assert bool(hits.parts) == (way in RANKED)
    total = sum(hits.parts.values(), np.zeros(len(hits.rows), np.float32))
    np.testing.assert_allclose(total, hits.scores, rtol=1e-5, atol=1e-4)
    assert np.isfinite(hits.scores).all()
    assert hits.papers.tolist() == engine.columns.papers[hits.rows].tolist()
    assert hits.took > 0


@every_way
def test_pages_make_the_whole_list_each_paper_once(engine: Engine, way: str) -> None:
    asked = query(engine, way)
    whole = everything(engine, asked)
    pages = [
        engine.search(replace(asked, offset=offset, k=7))
        for offset in range(0, len(whole.rows) + 8, 7)
    ]
    rows = np.concatenate([page.rows for page in pages])
    assert rows.tolist() == whole.rows.tolist()
    assert len(np.unique(rows)) == len(rows)
    assert {page.total for page in pages} == {whole.total} == {len(whole.rows)}
    scores = np.concatenate([page.scores for page in pages])
    assert (np.diff(scores) <= 0).all()


@every_way
@pytest.mark.parametrize("name", FILTERS)
def test_filters_hold_and_take_nothing_else_away(engine: Engine, way: str, name: str) -> None:
    filters = FILTERS[name]
    asked = query(engine, way)
    mask = masks.allowed(engine.columns, filters)
    without = everything(engine, asked)
    hits = everything(engine, replace(asked, filters=filters))
    assert mask[hits.rows].all()
    assert hits.total == len(hits.rows)
    kept = without.rows[mask[without.rows]].tolist()
    assert sorted(hits.rows.tolist()) == sorted(kept)
    if way != "random":
        assert hits.rows.tolist() == kept


@every_way
def test_no_list_is_ranked_deeper_than_it_can_be_paged(
    engine: Engine, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "DEPTH", 30)
    hits = everything(engine, query(engine, way))
    assert len(hits.rows) == hits.total
    assert hits.total == 30 or way not in (*RANKED, "random") or hits.total < 30


def test_many_threads_get_the_answers_of_one(engine: Engine, library_folder: Path) -> None:
    asked = [replace(query(engine, way), offset=offset) for way in WAYS for offset in (0, 25)]
    alone = [engine.search(each).rows.tolist() for each in asked]
    fresh = Engine.open(library_folder / "index")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda at: fresh.search(asked[at % len(asked)]), range(240)))
    assert [hits.rows.tolist() for hits in found] == [alone[at % len(asked)] for at in range(240)]


# Orders


def test_newest_are_in_order_of_day_and_arrival(engine: Engine) -> None:
    hits = everything(engine, Query())
    days = [(each["announced"], each["id"]) for each in RECORDS]
    expected = [number for _, number in sorted(days, reverse=True)]
    assert hits.papers.tolist() == expected
    assert everything(engine, Query(search=parse(""), sort="date")).papers.tolist() == expected


def test_by_date_every_word_must_be_there(engine: Engine) -> None:
    hits = everything(engine, Query(search=parse("language reasoning"), sort="date"))
    for number in hits.papers.tolist():
        paper = RECORDS[number - RECORDS[0]["id"]]
        text = f"{paper['title']} {paper['abstract']}".lower()
        assert "languag" in text
        assert "reason" in text
    assert (np.diff(engine.columns.days[hits.rows]) <= 0).all()


def test_a_seed_repeats_its_shuffle(engine: Engine, library_folder: Path) -> None:
    other = Engine.open(library_folder / "index")
    orders = [
        everything(one, Query(sort="random", seed=seed)).rows.tolist()
        for one in (engine, other)
        for seed in (1, 2, -2)
    ]
    assert orders[:3] == orders[3:]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == list(range(len(RECORDS)))


def test_the_same_question_is_answered_from_memory(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = query(engine, "words")
    before = engine.search(asked)
    monkeypatch.setattr(Lexical, "best", None)
    assert engine.search(replace(asked, k=3)).rows.tolist() == before.rows[:3].tolist()
    with pytest.raises(TypeError):
        engine.search(replace(asked, filters=Filters(first_day=1)))


def test_only_so_many_answers_are_remembered(engine: Engine) -> None:
    for seed in range(engine_module.REMEMBERED + 10):
        engine.search(Query(sort="random", seed=seed, filters=Filters(only=NUMBERS[:3])))
    assert len(engine._answers._answers) == engine_module.REMEMBERED


# Candidates and exact scoring


@pytest.mark.parametrize("word", ["speech", "agent", "diffusion", "graph", "quantum"])
def test_candidates_contain_what_scoring_everything_finds(
    engine: Engine, word: str, monkeypatch: pytest.MonkeyPatch, library_folder: Path
) -> None:
    taste = engine.taste(about(word)[:2], about("image")[:2])
    exact = engine.search(Query(taste=taste, k=10))
    monkeypatch.setattr(engine_module, "EXACT", 0)
    monkeypatch.setattr(candidates, "EACH", 100)
    other = Engine.open(library_folder / "index")
    found = other.search(Query(taste=taste, k=10))
    assert len(np.intersect1d(exact.rows, found.rows)) >= 9
    same = np.intersect1d(exact.rows, found.rows)
    for row in same.tolist():
        np.testing.assert_allclose(
            exact.scores[exact.rows == row], found.scores[found.rows == row], rtol=1e-4
        )
    days = Filters(first_day=20_560)
    assert masks.allowed(other.columns, days)[
        other.search(Query(taste=taste, filters=days, k=99)).rows
    ].all()


def test_what_is_meant_is_found_though_no_word_of_it_is_there(engine: Engine) -> None:
    hits = engine.search(Query(search=parse("spoken utterances")))
    titles = [RECORDS[row]["title"].lower() for row in hits.rows[:8].tolist()]
    assert any("speech" in title or "audio" in title for title in titles)
    assert hits.parts["vector"][0] > 0


def test_unknown_words_find_nothing(engine: Engine) -> None:
    for text in ("qqqqqq", "qqqqqq wwwwww", "au:qqqqqq", '"qqqqqq wwwwww"', "qqqqqq cat:cs"):
        hits = engine.search(Query(search=parse(text)))
        assert (hits.total, len(hits.rows)) == (0, 0)


# Learning


def test_examples_are_of_known_papers_each_once(engine: Engine) -> None:
    twice = np.array([NUMBERS[4], NUMBERS[2], NUMBERS[4], 5, -1, 2**50])
    found = engine.examples(twice)
    assert len(found) == len(found.authors) == len(found.categories) == 2
    expected = engine.examples(NUMBERS[[2, 4]])
    assert np.array_equal(found.vectors, expected.vectors)
    assert np.array_equal(found.features, expected.features)


def test_a_taste_is_fitted_once_for_the_same_papers(engine: Engine) -> None:
    likes = about("speech")
    assert engine.taste(likes) is engine.taste(iter(likes))
    assert engine.taste(likes) is not engine.taste(likes, about("image"))
    assert engine.taste([]).vector is None
    assert engine.taste([5]).vector is None
