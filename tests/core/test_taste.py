from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bookwheel.core import eras, taste
from bookwheel.core.shares import Shares
from bookwheel.core.taste import Background, Examples, Taste, fit, nearest, standardise

TOPICS, WORDS, SIZE = 4, 10, 256  # words of each topic
CATEGORIES = 192

Floats = NDArray[np.float32]


def papers_of(topic: int, count: int, seed: int) -> Examples:
    """Papers whose words, vectors and category are those of a topic, with noise."""
    random = np.random.default_rng([topic, seed])
    middle = np.random.default_rng(topic).standard_normal(SIZE)
    dense = middle + 0.7 * random.standard_normal((count, SIZE))
    words = [np.sort(random.choice(TOPICS * WORDS, 4, replace=False)) for _ in range(count)]
    mine = [topic * WORDS + random.choice(WORDS, 4, replace=False) for _ in range(count)]
    features = [np.union1d(*both).astype(np.int32) for both in zip(words, mine, strict=True)]
    weights = [np.full(len(each), 1 / np.sqrt(len(each))) for each in features]
    return Examples(
        vectors=(dense / np.linalg.norm(dense, axis=1, keepdims=True)).astype(np.float32),
        starts=np.cumsum([0, *map(len, features)], dtype=np.int64),
        features=np.concatenate([np.empty(0, np.int32), *features]),
        weights=np.concatenate([np.empty(0), *weights]).astype(np.float32),
        authors=tuple(np.array([topic * 1000 + at], np.int32) for at in range(count)),
        categories=tuple(np.array([topic], np.intp) for _ in range(count)),
        years=np.full(count, 2010 + topic, np.int16),
    )


def together(*parts: Examples) -> Examples:
    ends = np.cumsum([0, *(part.starts[-1] for part in parts)])
    starts = [part.starts[1:] + end for part, end in zip(parts, ends, strict=False)]
    return Examples(
        vectors=np.concatenate([part.vectors for part in parts]),
        starts=np.concatenate([np.zeros(1, np.int64), *starts]),
        features=np.concatenate([part.features for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
        authors=tuple(each for part in parts for each in part.authors),
        categories=tuple(each for part in parts for each in part.categories),
        years=np.concatenate([part.years for part in parts]),
    )


NOBODY = papers_of(0, 0, 0)


def made_background(sample: Examples) -> Background:
    shares = np.zeros(CATEGORIES, np.float32)
    shares[:TOPICS] = 1 / TOPICS
    return Background(
        mean=sample.vectors.mean(axis=0),
        covariance=np.cov(sample.vectors, rowvar=False).astype(np.float32),
        vectors=sample.vectors,
        starts=sample.starts,
        features=sample.features,
        weights=sample.weights,
        word_means=sample.centroid(np.arange(TOPICS * WORDS, dtype=np.int32)),
        category_shares=shares,
        year_shares=eras.shares(sample.years),
    )


SAMPLE = together(*(papers_of(topic, 60, seed=7) for topic in range(TOPICS)))
BACKGROUND = made_background(SAMPLE)


def parts(learned: Taste, papers: Examples) -> dict[str, Floats]:
    """What each signal adds, written as plainly as can be."""
    words = np.zeros(TOPICS * WORDS, np.float32)
    words[learned.features] = learned.feature_weights
    authors = dict(zip(learned.authors.tolist(), learned.author_weights.tolist(), strict=True))
    codes = dict(zip(learned.categories.tolist(), learned.category_weights.tolist(), strict=True))
    vector = np.zeros(SIZE, np.float32) if learned.vector is None else learned.vector
    sparse = [
        papers.weights[start:stop] @ words[papers.features[start:stop]]
        for start, stop in zip(papers.starts[:-1], papers.starts[1:], strict=True)
    ]
    return {
        "words": np.array(sparse) + learned.feature_bias,
        "vector": papers.vectors @ vector + learned.vector_bias,
        "authors": np.array(
            [sum(authors.get(key, 0) for key in each.tolist()) for each in papers.authors]
        ),
        "categories": np.array(
            [sum(codes.get(code, 0) for code in each.tolist()) for each in papers.categories]
        ),
        "years": np.array(
            [learned.year_weights[year - 1986] for year in papers.years.tolist()]
            if len(learned.year_weights)
            else np.zeros(len(papers))
        ),
    }


def scores(learned: Taste, papers: Examples) -> Floats:
    return np.sum(list(parts(learned, papers).values()), axis=0)


def scaled(part: Floats) -> Floats:
    return part / part.std()


def test_each_side_is_standardised_over_papers_in_general() -> None:
    found = parts(fit(papers_of(1, 3, 0), papers_of(2, 1, 0), BACKGROUND), SAMPLE)
    assert found["words"].mean() == pytest.approx(0, abs=1e-4)
    assert found["words"].std() == pytest.approx(1, rel=1e-3)
    assert found["vector"].mean() == pytest.approx(0, abs=1e-4)
    assert found["vector"].std() == pytest.approx(Shares.shipped().vector * (1 + 3 / 33), rel=1e-3)


@pytest.mark.parametrize("topic", range(TOPICS))
def test_one_like_ranks_its_own_topic_first(topic: int) -> None:
    learned = fit(papers_of(topic, 1, 0), NOBODY, BACKGROUND)
    best = np.argsort(-scores(learned, SAMPLE))[:20]
    assert (best // 60 == topic).mean() > 0.8  # by chance a quarter


def test_hidden_papers_push_their_topic_away() -> None:
    likes = together(papers_of(1, 2, 0), papers_of(2, 1, 0))
    hides = papers_of(2, 4, 5)
    before = scores(fit(likes, NOBODY, BACKGROUND), SAMPLE)
    after = scores(fit(likes, hides, BACKGROUND), SAMPLE)
    assert after[120:180].mean() < before[120:180].mean()
    assert after[60:120].mean() > after[120:180].mean()


def test_the_same_paper_many_times_is_the_same_taste_but_for_trust() -> None:
    one = papers_of(1, 1, 0)
    once, often = fit(one, NOBODY, BACKGROUND), fit(together(one, one, one), NOBODY, BACKGROUND)
    for name in ("words", "vector"):
        np.testing.assert_allclose(
            scaled(parts(once, SAMPLE)[name]), scaled(parts(often, SAMPLE)[name]), atol=0.01
        )
    assert (once.middle, once.slope) == pytest.approx((often.middle, often.slope), rel=0.1)
    assert often.author_weights[0] > once.author_weights[0]


def test_the_order_of_likes_does_not_matter() -> None:
    one, other = papers_of(1, 2, 0), papers_of(3, 2, 1)
    np.testing.assert_allclose(
        scores(fit(together(one, other), NOBODY, BACKGROUND), SAMPLE),
        scores(fit(together(other, one), NOBODY, BACKGROUND), SAMPLE),
        atol=1e-4,
    )


def test_without_likes_the_taste_is_empty_whatever_is_hidden() -> None:
    for hides in (NOBODY, papers_of(2, 3, 0)):
        learned = fit(NOBODY, hides, BACKGROUND)
        assert learned.vector is None
        assert not len(learned.features) + len(learned.authors) + len(learned.categories)
        assert not scores(learned, SAMPLE).any()


def test_an_author_of_every_liked_paper_counts_more_than_one_of_some() -> None:
    likes = replace(
        papers_of(1, 3, 0),
        authors=tuple(np.array([5, 60 + at], np.int32) for at in range(3)),
    )
    learned = fit(likes, NOBODY, BACKGROUND)
    weights = dict(zip(learned.authors.tolist(), learned.author_weights.tolist(), strict=True))
    assert sorted(weights) == [5, 60, 61, 62]
    assert weights[5] == pytest.approx(3 * weights[60])


def test_one_of_thousands_of_authors_counts_little() -> None:
    few = replace(papers_of(1, 1, 0), authors=(np.arange(1, dtype=np.int32),))
    many = replace(papers_of(1, 1, 0), authors=(np.arange(3000, dtype=np.int32),))
    one = fit(few, NOBODY, BACKGROUND).author_weights
    all_of_them = fit(many, NOBODY, BACKGROUND).author_weights
    assert len(all_of_them) == 3000
    assert all_of_them[0] < one[0] / 50


def test_liked_papers_without_words_or_authors_are_learned_from() -> None:
    blank = Examples(
        vectors=np.zeros((1, SIZE), np.float32),
        starts=np.zeros(2, np.int64),
        features=np.empty(0, np.int32),
        weights=np.empty(0, np.float32),
        authors=(np.empty(0, np.int32),),
        categories=(np.empty(0, np.intp),),
        years=np.array([2010], np.int16),
    )
    learned = fit(blank, NOBODY, BACKGROUND)
    assert np.isfinite(scores(learned, SAMPLE)).all()
    assert len(learned.authors) == len(learned.categories) == 0


def test_rare_categories_count_more_than_common_ones_and_none_against() -> None:
    likes = replace(
        papers_of(1, 2, 0), categories=(np.array([1, 50], np.intp), np.array([1], np.intp))
    )
    learned = fit(likes, NOBODY, BACKGROUND)
    assert learned.categories.tolist() == [1, 50]
    assert learned.category_weights[1] > learned.category_weights[0] > 0


def test_the_strongest_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fit(papers_of(1, 5, 0), papers_of(2, 5, 0), BACKGROUND)
    monkeypatch.setattr(taste, "WORDS_KEPT", 6)
    few = fit(papers_of(1, 5, 0), papers_of(2, 5, 0), BACKGROUND)
    strongest = whole.features[np.argsort(-np.abs(whole.feature_weights))[:6]]
    assert sorted(few.features.tolist()) == sorted(strongest.tolist())
    assert few.features.tolist() == sorted(few.features.tolist())


def test_probabilities_grow_with_the_score_and_stay_between_0_and_1() -> None:
    learned = fit(papers_of(1, 3, 0), NOBODY, BACKGROUND)
    line = np.linspace(-1e6, 1e6, 4001).astype(np.float32)  # no overflow, no warning
    chances = learned.probability(line)
    assert chances.dtype == np.float32
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances) >= 0).all()
    assert learned.probability(np.array([learned.middle], np.float32))[0] == pytest.approx(0.5)
    mine = learned.probability(scores(learned, papers_of(1, 30, 9)).astype(np.float32))
    others = learned.probability(scores(learned, papers_of(3, 30, 9)).astype(np.float32))
    assert mine.mean() > 0.1 > others.mean()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_papers_in_general_are_enough(count: int) -> None:
    sample = together(*(papers_of(topic, 1, 0) for topic in range(count)))
    covariance = np.eye(SIZE, dtype=np.float32)
    little = replace(made_background(together(sample, sample)), covariance=covariance)
    learned = fit(papers_of(0, 1, 0), NOBODY, little)
    found = scores(learned, sample)
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 1e4
    assert np.isfinite(learned.probability(found.astype(np.float32))).all()


@settings(max_examples=50)
@given(
    st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=30),
    st.floats(0.125, 2, width=32),
)
def test_standardising_gives_mean_0_and_the_deviation_asked_for(
    sample: list[float], share: float
) -> None:
    one = np.array(sample, np.float32)
    scale, bias = standardise(np.ones(1, np.float32), one, share)
    made = one.astype(np.float64) * float(scale[0]) + bias
    rounding = 1e-4 * (1 + float(np.abs(one * scale[0]).max()))
    assert abs(made.mean()) <= rounding
    assert made.std() <= share + rounding
    if one.std() > 1e-2 * np.abs(one).max():
        assert made.std() >= share - rounding


def test_standardising_by_nothing_changes_nothing() -> None:
    one = np.ones(3, np.float32)
    assert standardise(one, np.empty(0, np.float32), 1.0) == (pytest.approx(one), 0.0)


def test_the_nearest_like_is_the_one_of_the_largest_cosine() -> None:
    likes, papers = papers_of(1, 5, 0).vectors, papers_of(1, 8, 3).vectors
    best, cosines = nearest(papers, likes)
    table = papers @ likes.T
    assert best.tolist() == table.argmax(axis=1).tolist()
    np.testing.assert_allclose(cosines, table.max(axis=1))


# Echoes


def test_echoes_draw_a_taste_towards_them_and_less_the_more_is_liked() -> None:
    echoes = papers_of(2, 5, 3)
    drawn = []
    for count in (1, 4):
        likes = papers_of(1, count, 0)
        before = scores(fit(likes, NOBODY, BACKGROUND), SAMPLE)
        after = scores(fit(likes, NOBODY, BACKGROUND, echoes=echoes), SAMPLE)
        drawn.append(float((after - before)[120:180].mean()))
    assert drawn[0] > drawn[1] > 0


def test_no_echoes_are_as_none() -> None:
    likes = papers_of(1, 2, 0)
    one, other = fit(likes, NOBODY, BACKGROUND), fit(likes, NOBODY, BACKGROUND, echoes=NOBODY)
    np.testing.assert_array_equal(scores(one, SAMPLE), scores(other, SAMPLE))


def test_words_that_all_likes_share_count_more_than_one_has_much() -> None:
    likes = replace(
        papers_of(0, 2, 0),
        starts=np.array([0, 2, 4], np.int64),
        features=np.array([1, 2, 1, 3], np.int32),
        weights=np.array([0.5, 0.5, 0.5, 0.5], np.float32),
    )
    flat = replace(BACKGROUND, word_means=np.zeros(TOPICS * WORDS, np.float32))
    fitted = fit(likes, NOBODY, flat)
    by_word = dict(zip(fitted.features.tolist(), fitted.feature_weights.tolist(), strict=True))
    assert by_word[2] == pytest.approx(by_word[3])
    assert by_word[1] > 2.5 * by_word[2]  # without the power it is twice as much
