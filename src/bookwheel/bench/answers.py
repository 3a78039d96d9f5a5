"""Answers judged: the sentences chosen as evidence, and forgeries that must not be shown.

Yardsticks take the best one, two or three sentences, whichever is best where they may learn.
Leaves out: marked sentences and weights (`evidence.py`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import Done, Failed, Status, Usage
from bookwheel.assistant.evidence import NAMES, Weights, measure, wanted
from bookwheel.assistant.models import Message, Stop
from bookwheel.bench.asked import One
from bookwheel.bench.evidence import Case, Collection, chosen, f1, first
from bookwheel.bench.extra import load
from bookwheel.bench.report import Row
from bookwheel.core.metrics import bootstrap
from bookwheel.core.quotes import held

TAKEN = (1, 2, 3)
Told = list[set[int]]


def evidence(
    learn: Sequence[Case], check: Sequence[Case], collection: Collection, weights: Weights
) -> list[Row]:
    """A row for each way to choose sentences, all judged on the same cases."""
    rows = {id(one): _measured(one, collection) for one in (*learn, *check)}
    bm25 = NAMES.index("bm25")
    tfidf = {id(one): _tfidf(one) for one in (*learn, *check)}
    lead = {id(one): -np.arange(len(one.found), dtype=np.float64) for one in (*learn, *check)}
    words = {key: row[:, bm25].astype(np.float64) for key, row in rows.items()}
    ours = [chosen(weights.chances(rows[id(one)]), weights.threshold) for one in check]
    told: dict[str, Told] = {"ours": ours}
    for name, scores in (("bm25", words), ("tf-idf", tfidf), ("lead", lead)):
        best = max(TAKEN, key=lambda n: f1(learn, [first(scores[id(one)], n) for one in learn])[0])
        told[name] = [first(scores[id(one)], best) for one in check]
    return [_row(name, check, found) for name, found in told.items()]


def _row(name: str, check: Sequence[Case], told: Told) -> Row:
    whole, precision, recall = f1(check, told)
    each = bootstrap([f1([one], [found])[0] for one, found in zip(check, told, strict=True)])
    return {
        "method": name,
        "f1": whole,
        "precision": precision,
        "recall": recall,
        "f1_by_claim": each.mean,
        "f1_by_claim_low": each.low,
        "f1_by_claim_high": each.high,
        "cases": len(check),
    }


def _measured(case: Case, collection: Collection) -> NDArray[np.float32]:
    return measure(wanted(case.text, collection), case.found, collection)[0]


def _tfidf(case: Case) -> NDArray[np.float64]:
    texts = [one.quote.text for one in case.found]
    made = load("sklearn.feature_extraction.text").TfidfVectorizer(stop_words="english")
    matrix = made.fit_transform([*texts, case.text])
    return np.asarray((matrix[:-1] @ matrix[-1].T).toarray().ravel(), np.float64)


class Forger:
    """A model that cites what is not there and alters what it quotes."""

    name, context = "forger", 4096

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def count(self, text: str) -> int:
        """About four letters a token."""
        return len(text) // 4

    def costing(self, prompt: int, completion: int) -> Usage:
        """Nothing."""
        return Usage(prompt, completion)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limit: int,  # noqa: ARG002
        stop: Stop | None = None,  # noqa: ARG002
    ) -> Iterator[str]:
        """Forge."""
        told = [
            line for line in messages[-1].content.splitlines() if line.startswith("<quotation ")
        ]
        said = self._random.choice(told).partition(">")[2].partition("</")[0].split()
        altered = " ".join(self._random.sample(said, len(said)))
        number = self._random.randint(50, 999)
        yield f'The paper says "{altered}" [1]. This was shown before [{number}]. '
        yield f"arXiv:2399.{number:05d} proves it [1]. Nobody et al. (2031) agree [1]."


def forgeries(cases: Sequence[Case], collection: Collection, count: int) -> Row:
    """Answers of a forger: how many of the quotations and papers that are shown are not held."""
    quoted = wrong = passed = written = 0
    for at in range(count):
        case = cases[at % len(cases)]
        shelf = One(collection, case.document)
        *_, last = answer(case.text, retriever=shelf, model=Forger(at))
        made = last.answer if isinstance(last, Done | Failed) else None
        if made is None:
            continue
        quoted += len(made.quotes)
        wrong += sum(not held(one, collection.editions.get(one.paper)) for one in made.quotes)
        prose = [one for one in made.sentences() if one.status is not Status.QUOTED]
        written += len(prose)
        passed += sum(one.status in (Status.SUPPORTED, Status.DOUBTED) for one in prose)
    return {
        "method": "forger",
        "answers": count,
        "quotations": quoted,
        "not_held": wrong,
        "sentences": written,
        "forgeries_passed": passed,
    }
