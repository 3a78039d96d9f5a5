from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.core import eras
from bookwheel.core.taste import Taste
from bookwheel.index import explain, scoring, vectors
from bookwheel.index.columns import Facts
from bookwheel.index.engine import Engine
from bookwheel.index.query import Query
from bookwheel.index.segment import Rows
from bookwheel.index.syntax import Word, parse
from library import opened, records
from made_rows import (
    AUTHORS,
    DIMENSIONS,
    VOCABULARY,
    dense_authors,
    dense_words,
    made_rows,
    some_rows,
)


@pytest.fixture(scope="module")
def engine(library_folder: Path) -> Engine:
    return Engine.open(library_folder / "index")


def made_taste(seed: int) -> Taste:
    random = np.random.default_rng(seed)
    features = np.flatnonzero(random.random(VOCABULARY) < 0.5).astype(np.int32)
    authors = np.flatnonzero(random.random(AUTHORS + 4) < 0.5).astype(np.int32)
    codes = np.flatnonzero(random.random(192) < 0.1).astype(np.int32)
    return Taste(
        features=features,
        feature_weights=random.standard_normal(len(features)).astype(np.float32),
        authors=authors,
        author_weights=random.standard_normal(len(authors)).astype(np.float32),
        categories=codes,
        category_weights=random.standard_normal(len(codes)).astype(np.float32),
        year_weights=random.standard_normal(eras.SPAN).astype(np.float32),
        vector=random.standard_normal(DIMENSIONS).astype(np.float32),
        vector_bias=0.5,
        feature_bias=-0.25,
    )


def no_facts(rows: int) -> Facts:
    return Facts(np.zeros((rows, 3), np.uint64), np.zeros(rows, np.int16))


def table(size: int, numbers: np.ndarray, weights: np.ndarray) -> np.ndarray:
    made = np.zeros(size, np.float32)
    made[numbers] = weights
    return made


@settings(max_examples=40, deadline=None)
@given(some_rows, st.integers(0, 2**16))
def test_parts_are_matrix_products(rows: Rows, seed: int) -> None:
    taste = made_taste(seed)
    sets = np.random.default_rng(seed).random((len(rows), 192)) < 0.05
    bits = np.packbits(sets, axis=1, bitorder="little").view(np.uint64)
    years = np.random.default_rng(seed).integers(1980, 2130, len(rows)).astype(np.int16)
    found = scoring.parts(taste, rows, Facts(bits, years))
    expected = {
        "terms": dense_words(rows) @ table(VOCABULARY, taste.features, taste.feature_weights)
        + taste.feature_bias,
        "authors": dense_authors(rows)
        @ table(AUTHORS + 4, taste.authors, taste.author_weights)[:AUTHORS],
        "categories": sets @ table(192, taste.categories, taste.category_weights),
        "years": [taste.year_weights[min(max(year - 1986, 0), 127)] for year in years.tolist()],
        "vector": vectors.restore(rows.codes, rows.scales) @ taste.vector + taste.vector_bias,
    }
    assert found.keys() <= expected.keys()
    for name, part in expected.items():
        np.testing.assert_allclose(found.get(name, 0), part, rtol=1e-3, atol=1e-3)


def test_an_empty_taste_has_no_parts() -> None:
    rows = made_rows(3, 0)
    assert scoring.parts(Taste(), rows, no_facts(3)) == {}
    assert scoring.parts(made_taste(1), made_rows(0, 0), no_facts(0)).keys() == {
        "terms", "authors", "categories", "years", "vector",
    }  # fmt: skip


def test_only_the_strongest_categories_when_asked() -> None:
    taste = replace(
        Taste(),
        categories=np.array([1, 70, 130], np.int32),
        category_weights=np.array([1, 5, 3], np.float32),
    )
    row = np.array([[1 << 1, 1 << 6, 1 << 2]], np.uint64)
    assert scoring.by_category(taste, row).tolist() == [9]
    assert scoring.by_category(taste, row, most=2).tolist() == [8]


# Searches


def test_meaning_is_standardised_over_papers_in_general(engine: Engine) -> None:
    taste = scoring.meaning(parse("speech recognition"), engine.encoder, engine.background)
    sample = engine.background.vectors @ taste.vector + taste.vector_bias
    assert sample.mean() == pytest.approx(0, abs=1e-4)
    assert sample.std() == pytest.approx(scoring.MEANING_SHARE, rel=1e-3)


@pytest.mark.parametrize("text", ["", "cat:cs", "au:hinton", "qqqqq", "-graph"])
def test_without_known_words_there_is_no_meaning(engine: Engine, text: str) -> None:
    taste = scoring.meaning(parse(text), engine.encoder, engine.background)
    assert taste.vector is None


def test_words_that_most_papers_have_are_left_out(engine: Engine) -> None:
    def told(text: str) -> list[str]:
        search = scoring.telling(parse(text), engine.lexical, engine.rows)
        return [word.text for word in search.wanted]

    assert told("the speech of we") == ["speech"]
    assert told("the of we") == ["the", "of", "we"]
    assert told("the the of") == ["the", "of"]
    assert len(told("the of and a in to we for with")) == scoring.COMMON
    assert told("") == []
    assert told("x" * 99) == ["x" * 99]  # not in the index: finds nothing, rather than everything


def test_parts_of_hyphenated_words_are_looked_for_each_by_itself(engine: Engine) -> None:
    search = scoring.telling(parse("Text-to-speech, speech of-the"), engine.lexical, engine.rows)
    assert [word.text for word in search.wanted] == ["text", "speech"]


def test_the_words_count_the_same_however_many_there_are(engine: Engine) -> None:
    for text in ("speech", "speech recognition", "speech recognition of accented children"):
        search = scoring.telling(parse(text), engine.lexical, engine.rows)
        scale = scoring.lexical_scale(search, engine.lexical, engine.rows)
        best = engine.search(Query(search=parse(text), k=1))
        assert 0 < best.parts["lexical"][0] <= 3 * scoring.LEXICAL_SHARE
        assert scale > 0
    assert scoring.lexical_scale(parse("-graph"), engine.lexical, engine.rows) == 0
    assert scoring.lexical_scale(
        replace(parse(""), wanted=(Word("!!"),)), engine.lexical, engine.rows
    ) > 0  # fmt: skip


# Explanations


def test_causes_sum_to_the_score(engine: Engine) -> None:
    speech = [each["id"] for each in records() if "speech" in each["title"].lower()]
    image = [each["id"] for each in records() if "image" in each["title"].lower()]
    taste = engine.taste(speech[:3], image[:2])
    hits = engine.search(Query(taste=taste, k=313))
    found = explain.causes(
        taste, engine.take(hits.rows), engine.columns.facts(hits.rows), engine.encoder
    )
    kinds = {"terms": "word", "authors": "author", "categories": "category", "vector": "vector"}
    kinds["years"] = "year"
    for place, causes in enumerate(found):
        total = sum(cause.amount for cause in causes) + taste.feature_bias
        assert total == pytest.approx(float(hits.scores[place]), abs=1e-3)
        sizes = [abs(cause.amount) for cause in causes]
        assert sizes == sorted(sizes, reverse=True)
        for part, kind in kinds.items():
            amount = sum(cause.amount for cause in causes if cause.kind == kind)
            amount += taste.feature_bias if kind == "word" else 0
            assert amount == pytest.approx(float(hits.parts[part][place]), abs=1e-3)


def test_causes_name_words_categories_and_authors(engine: Engine) -> None:
    paper = next(each for each in records() if "speech" in each["title"].lower())
    taste = engine.taste([paper["id"]])
    rows = engine.columns.rows_of(np.array([paper["id"]]))
    causes = explain.causes(taste, engine.take(rows), engine.columns.facts(rows), engine.encoder)[0]
    text = f"{paper['title']} {paper['abstract']}".lower()
    named = [cause.label for cause in causes if cause.kind == "word" and cause.amount > 0]
    assert "speech" in named
    assert all(part in text for label in named for part in label.split())
    codes = {cause.label for cause in causes if cause.kind == "category"}
    assert codes == set(paper["categories"].split())
    assert sum(cause.kind == "author" for cause in causes) == len(paper["authors"])
    assert engine.causes(taste, rows)[0] == causes
    assert engine.causes(engine.taste([records()[0]["id"]]), rows)[0] != causes
    row, facts = engine.take(rows), engine.columns.facts(rows)
    assert explain.causes(Taste(), row, facts, engine.encoder) == [[]]


def test_two_authors_who_share_a_key_are_one_cause(tmp_path: Path) -> None:
    twins = [["Li", "Wei", ""], ["Li", "Wen", ""], ["Ng", "A.", ""]]
    engine = opened(tmp_path, [records()[0] | {"authors": twins}, records()[1]])
    taste = engine.taste([records()[0]["id"]])
    hits = engine.search(Query(taste=taste, k=1))
    causes = explain.causes(
        taste, engine.take(hits.rows), engine.columns.facts(hits.rows), engine.encoder
    )[0]
    authors = [cause for cause in causes if cause.kind == "author"]
    assert len(authors) == 2
    total = sum(cause.amount for cause in authors)
    assert total == pytest.approx(float(hits.parts["authors"][0]), abs=1e-4)
