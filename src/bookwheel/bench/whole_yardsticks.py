"""What ours is held against from the whole corpus: BM25, TF-IDF and first sentences.

Each finds papers and then sentences, by English stop words and usual parameters; `whole.py` gives
each the numbers of papers and sentences that serve it best, none of which is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.evidence import candidates
from bookwheel.bench.evidence import Collection
from bookwheel.bench.extra import load

PAPERS, SENTENCES = (1, 2, 3, 5), (1, 2, 3, 4)
K1, B = 1.2, 0.75  # of BM25
Spot = tuple[str, int]
Choose = Callable[[str, int, int], frozenset[Spot]]
Scores = Callable[[str], NDArray[np.float64]]


def yardsticks(
    collection: Collection,
) -> Iterator[tuple[str, Choose, list[tuple[int, int]]]]:
    """Names, the ways to choose, and the numbers of papers and sentences to choose from."""
    found = {
        name: [one.quote.text for one in candidates(edition, least=0)]
        for name, edition in collection.editions.items()
    }
    spots = [(name, at) for name, texts in found.items() for at in range(len(texts))]
    papers = [f"{collection.editions[name].title} {' '.join(found[name])}" for name in found]
    sentences = [text for texts in found.values() for text in texts]
    ends = np.cumsum([len(texts) for texts in found.values()])
    choices = list(product(PAPERS, SENTENCES))
    bm25 = _bm25(papers, sentences)
    for name, scores in (("bm25", bm25), ("tf-idf", _tfidf(papers, sentences))):
        yield name, partial(_best, scores, spots, ends), choices
    yield "bm25, then the first ones", partial(_first, bm25[0], spots, ends), choices


def _best(
    scores: tuple[Scores, Scores],
    spots: Sequence[Spot],
    ends: NDArray[np.int64],
    text: str,
    papers: int,
    sentences: int,
) -> frozenset[Spot]:
    places = [at for one in _papers(scores[0], text, papers) for at in _within(ends, one)]
    each = scores[1](text)
    order = sorted(places, key=lambda at: -each[at])
    return frozenset(spots[at] for at in order[:sentences])


def _first(
    scores: Scores,
    spots: Sequence[Spot],
    ends: NDArray[np.int64],
    text: str,
    papers: int,
    sentences: int,
) -> frozenset[Spot]:
    return frozenset(
        spots[at]
        for one in _papers(scores, text, papers)
        for at in list(_within(ends, one))[:sentences]
    )


def _papers(scores: Scores, text: str, count: int) -> list[int]:
    found: list[int] = np.argsort(-scores(text), kind="stable")[:count].tolist()
    return found


def _within(ends: NDArray[np.int64], paper: int) -> range:
    return range(int(ends[paper - 1]) if paper else 0, int(ends[paper]))


def _tfidf(papers: Sequence[str], sentences: Sequence[str]) -> tuple[Scores, Scores]:
    made = load("sklearn.feature_extraction.text").TfidfVectorizer(
        stop_words="english", sublinear_tf=True
    )
    of_papers = made.fit_transform(papers)
    return partial(_dots, made, of_papers), partial(_dots, made, made.transform(sentences))


def _bm25(papers: Sequence[str], sentences: Sequence[str]) -> tuple[Scores, Scores]:
    counter = load("sklearn.feature_extraction.text").CountVectorizer
    words = counter(stop_words="english").fit(papers).vocabulary_
    asked = counter(stop_words="english", vocabulary=words, binary=True)
    counts = counter(stop_words="english", vocabulary=words)
    return (
        partial(_dots, asked, _weighed(counts.transform(papers))),
        partial(_dots, asked, _weighed(counts.transform(sentences))),
    )


def _dots(vectorizer: Any, matrix: Any, text: str) -> NDArray[np.float64]:
    return np.asarray((matrix @ vectorizer.transform([text]).T).toarray().ravel(), np.float64)


def _weighed(counts: Any) -> Any:
    """Counts of words as BM25 weighs them, sparse [n, words]."""
    made = counts.astype(np.float64).tocsr()
    total, width = made.shape
    having = np.bincount(made.indices, minlength=width)
    rare = np.log(1 + (total - having + 0.5) / (having + 0.5))
    lengths = np.asarray(made.sum(axis=1)).ravel()
    norm = np.repeat(1 - B + B * lengths / max(float(lengths.mean()), 1e-9), np.diff(made.indptr))
    made.data = rare[made.indices] * made.data * (K1 + 1) / (made.data + K1 * norm)
    return made
