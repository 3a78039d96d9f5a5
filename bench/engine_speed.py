"""How long the engine takes: hybrid search, ranking by a taste, similar papers, lists.

    python bench/engine_speed.py --data FOLDER [--queries 300] [--json]

Runs inside the engine on an index that `bookwheel import` has made, each question once and never
from the memory of answers. Yardsticks in the same run: Tantivy alone (the same words, ten best,
nothing else), and one multiplication of all stored vectors with one vector in numpy (what an exact
dense search costs at least). Machines are noisy: compare the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does

import numpy as np  # noqa: E402

import bookwheel  # noqa: E402


@dataclass(frozen=True)
class Row:
    """Times of one method in milliseconds."""

    method: str
    p50: float
    p95: float
    n: int


def measure(method: str, work: Callable[[object], object], questions: Iterable[object]) -> Row:
    """Time one call for each question, after three for warming up."""
    questions = list(questions)
    for question in questions[:3]:
        work(question)
    times = []
    for question in questions[3:]:
        started = time.perf_counter()
        work(question)
        times.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(times, [50, 95])
    return Row(method, float(p50), float(p95), len(times))


def six_word_questions(titles: list[str], count: int) -> list[str]:
    """Six words of one title each, in random order."""
    rng = np.random.default_rng(6)
    long = [words for title in titles if len(words := bookwheel_words(title)) >= 6]
    chosen = rng.choice(len(long), count, replace=False)
    return [" ".join(rng.permutation(long[at])[:6]) for at in chosen]


def bookwheel_words(title: str) -> list[str]:
    """The words of a title."""
    from bookwheel.core.text import words

    return list(dict.fromkeys(words(title)))


def main() -> None:
    """Print one line a method."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    wheel = bookwheel.open(options.data)
    rows = run(options.queries)
    if options.json:
        print(json.dumps({"papers": len(wheel), "methods": [vars(row) for row in rows]}))
        return
    print(f"{len(wheel):,} papers; milliseconds")
    print(f"{'method':<34}{'p50':>8}{'p95':>8}{'n':>6}")
    for row in rows:
        print(f"{row.method:<34}{row.p50:8.1f}{row.p95:8.1f}{row.n:6}")


def run(count: int) -> list[Row]:
    """Measure everything over the opened data folder."""
    from bookwheel.core.taste import fit
    from bookwheel.index.query import Filters, Query
    from bookwheel.index.syntax import parse
    from bookwheel.models import Paper
    from bookwheel.queries.engine import engine

    opened = engine()
    rng = np.random.default_rng(0)
    some = rng.choice(opened.columns.papers[opened.columns.live], 20_000, replace=False)
    titles = list(Paper.objects.filter(pk__in=some.tolist()).values_list("title", flat=True))
    questions = [parse(text) for text in six_word_questions(titles, count)]
    nobody = opened.examples(np.empty(0, np.int64))

    def rank(likes: np.ndarray) -> object:
        taste = fit(opened.examples(likes), nobody, opened.background)
        return opened.search(Query(taste=taste, k=50))

    def dense(_: object) -> object:
        vector = np.ones(256, np.float32)
        return [part.rows.codes.astype(np.float32) @ vector for part in opened.segments]

    month = Filters(first_day=int(opened.columns.days.max()) - 30)
    return [
        measure("hybrid search, six words", lambda q: opened.search(Query(search=q)), questions),
        measure(
            "  yardstick: Tantivy alone", lambda q: opened.lexical.best(q, Filters(), 10), questions
        ),
        measure("rank: fit 10 likes, top 50 of all", rank, rng.choice(some, (60, 10))),
        measure("rank: fit 1 like (similar)", rank, rng.choice(some, (60, 1))),
        measure("  yardstick: all vectors, numpy", dense, range(15)),
        measure(
            "rank: the last 30 days only",
            lambda likes: opened.search(
                Query(taste=fit(opened.examples(likes), nobody, opened.background), filters=month)
            ),
            rng.choice(some, (60, 10)),
        ),
        measure(
            "newest, any page", lambda q: opened.search(Query(offset=int(q))), rng.choice(9000, 60)
        ),
    ]


if __name__ == "__main__":
    main()
