"""Quality of an encoder: rank papers by three likes out of people's reading lists.

    python bench/encoder_quality.py [encoder.npz]

The lists are `../shared/data/evaluation/reading-lists.json`; candidates are 60,000 papers and all
that stand in the lists. Each list gives five draws of three likes; what else it has is relevant.
Prints nDCG@100, recall@100 and AUC of words, vectors, vectors whitened, and words + whitened.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import scipy.sparse
import zstandard
from numpy.typing import NDArray

from bookwheel.core.encoder import Encoder
from bookwheel.core.text import paper_text

DATA = Path(__file__).parents[2] / "shared" / "data"
CANDIDATES, LIKES, DRAWS, DEPTH, SHRINKAGE = 60_000, 3, 5, 100, 0.3
Scores = NDArray[np.float32]


def papers() -> Iterator[tuple[str, str]]:
    """Yield identifier and text of every paper there is."""
    extra = DATA / "evaluation" / "extra-papers.jsonl.zst"
    for path in [*sorted((DATA / "arxiv-metadata").glob("*.jsonl.zst")), extra]:
        with path.open("rb") as file:
            stream = zstandard.ZstdDecompressor().stream_reader(file)
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                record = json.loads(line)
                yield record["id"], paper_text(record["title"], record["abstract"])


def candidates() -> tuple[list[str], list[NDArray[np.int64]]]:
    """Choose the papers to rank: their texts, and the rows of each list."""
    lists = json.loads((DATA / "evaluation" / "reading-lists.json").read_text())
    listed = {name for entry in lists.values() for name in entry["ids"]}
    everything = dict(papers())
    names = np.random.default_rng(0).permutation(list(everything))[:CANDIDATES]
    chosen = sorted(set(names.tolist()) | (listed & everything.keys()))
    rows = {name: row for row, name in enumerate(chosen)}
    return [everything[name] for name in chosen], [
        np.array(sorted({rows[name] for name in entry["ids"] if name in rows}))
        for entry in lists.values()
    ]


def measure(scores: Scores, likes: NDArray[np.int64], relevant: NDArray[np.int64]) -> list[float]:
    """Compute nDCG@100, recall@100 and AUC of the candidates without the likes."""
    truth = np.zeros(len(scores), bool)
    truth[relevant] = True
    order = np.argsort(-np.delete(scores, likes), kind="stable")
    gains = np.delete(truth, likes)[order]
    discount = 1 / np.log2(np.arange(2, DEPTH + 2))
    positives = int(gains.sum())
    ideal = discount[:positives].sum()
    ranks = np.flatnonzero(gains)
    below = len(gains) - positives - (ranks - np.arange(positives))
    auc = below.mean() / (len(gains) - positives)
    return [gains[:DEPTH] @ discount / ideal, gains[:DEPTH].sum() / positives, auc]


def rankings(
    encoder: Encoder, texts: list[str]
) -> dict[str, Callable[[NDArray[np.int64]], Scores]]:
    """Make the rankings to compare: rows of likes in, scores of all candidates out."""
    counts = encoder.count(texts)
    weights = encoder.weigh(counts)
    shape = (len(texts), len(encoder.vocabulary))
    sparse = scipy.sparse.csr_array((weights, counts.features, counts.starts), shape=shape)
    dense = encoder.dense(counts, weights)
    mean = dense.mean(axis=0)
    covariance = np.cov(dense.T)
    even = np.trace(covariance) / len(covariance)
    shrunken = (1 - SHRINKAGE) * covariance + SHRINKAGE * even * np.eye(len(covariance))
    whitener = np.linalg.inv(shrunken).astype(np.float32)

    def words(likes: NDArray[np.int64]) -> Scores:
        return np.asarray(sparse @ sparse[likes].sum(axis=0))

    def vectors(likes: NDArray[np.int64]) -> Scores:
        return np.asarray(dense @ dense[likes].mean(axis=0))

    def whitened(likes: NDArray[np.int64]) -> Scores:
        return np.asarray(dense @ (whitener @ (dense[likes].mean(axis=0) - mean)))

    def both(likes: NDArray[np.int64]) -> Scores:
        left, right = words(likes), whitened(likes)
        return np.asarray(left / left.std() + 0.8 * right / right.std())

    return {"words": words, "vectors": vectors, "whitened": whitened, "both": both}


def evaluate(encoder: Encoder, texts: list[str], lists: list[NDArray[np.int64]]) -> None:
    """Print a line for each ranking."""
    for name, rank in rankings(encoder, texts).items():
        random = np.random.default_rng(1)
        results = []
        for rows in lists:
            for _ in range(DRAWS):
                likes = random.choice(rows, LIKES, replace=False)
                results.append(measure(rank(likes), likes, np.setdiff1d(rows, likes)))
        ndcg, recall, auc = np.mean(results, axis=0)
        print(f"{name:9s} nDCG@100 {ndcg:.3f}  recall@100 {recall:.3f}  AUC {auc:.3f}")


def main() -> None:
    """Measure the encoder named on the command line, or the shipped one."""
    encoder = Encoder.load(Path(sys.argv[1])) if len(sys.argv) > 1 else Encoder.shipped()
    texts, lists = candidates()
    print(f"{len(texts)} candidates, {len(lists)} lists, encoder {encoder.fingerprint}")
    started = time.perf_counter()
    evaluate(encoder, texts, lists)
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
