"""The papers as arXiv Sanity Lite saw them: TF-IDF of the most frequent words and pairs of words.

Written from its description (its author's repository and README): title, abstract and authors;
20,000 uni- and bigrams without stop words, in 5 papers or more and a tenth of them at most;
logarithm of the counts; each paper one unit long.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bookwheel.bench.extra import load
from bookwheel.bench.papers import Papers
from bookwheel.bench.progress import Tell, counted
from bookwheel.errors import InputError

FEATURES = 20_000
FEWEST, MOST = 5, 0.1  # papers, and share of the papers, that have a word
_WORD = r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b"


def matrix(papers: Papers, tell: Tell) -> Any:
    """TF-IDF of all papers, sparse float32 [papers, features].

    Raises:
        InputError: scikit-learn is not installed, or there are too few papers.
    """
    vectorizer = load("sklearn.feature_extraction.text").TfidfVectorizer(
        strip_accents="unicode",
        stop_words="english",
        token_pattern=_WORD,
        ngram_range=(1, 2),
        max_features=FEATURES,
        min_df=FEWEST,
        max_df=MOST,
        sublinear_tf=True,
        dtype=np.float32,
    )
    texts = counted(_texts(papers), len(papers), step="TF-IDF", tell=tell)
    try:
        return vectorizer.fit_transform(texts)
    except ValueError as error:  # no word is left
        raise InputError(
            f"{len(papers):,} papers are too few for TF-IDF: no word is in {FEWEST} of them and "
            "not in most. Import more papers, or choose other --methods."
        ) from error


def _texts(papers: Papers) -> Iterator[str]:
    for paper in papers.read():
        names = (f"{name[1]} {name[0]}" for name in paper.authors)
        yield " ".join([paper.title, paper.abstract, *names])
