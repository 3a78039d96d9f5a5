"""Judging searches: how far up do the papers stand that are known to answer a question.

Every method is asked the same questions. Leaves out: the methods (`finders.py`).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bookwheel.bench.finders import YARDSTICK, Finder
from bookwheel.bench.inputs import Question
from bookwheel.bench.measured import Measured, compare, means
from bookwheel.bench.papers import Papers
from bookwheel.bench.report import Row, Value
from bookwheel.core import metrics

DEPTH = 100
RECALL_AT = (5, 20, 100)


@dataclass(frozen=True)
class Answerable:
    """Questions with the answers that are held, and what had to be left out."""

    questions: list[Question]
    left_out: int  # questions none of whose answers is held
    missing: int  # answers that are not held, of all questions


def answerable(questions: Sequence[Question], papers: Papers) -> Answerable:
    """Keep what can be answered from the papers that are held."""
    held = [
        Question(
            question.name,
            question.text,
            {one: grade for one, grade in question.relevant.items() if one in papers.position},
        )
        for question in questions
    ]
    kept = [question for question in held if question.relevant]
    answers = (sum(len(question.relevant) for question in some) for some in (questions, held))
    return Answerable(kept, len(questions) - len(kept), next(answers) - next(answers))


class Searching:
    """A run over questions. What was done so far can be asked for at any time."""

    def __init__(self, finders: Mapping[str, Finder], papers: Papers, *, left_out: int) -> None:
        self._finders = finders
        self._papers = papers
        self._left_out = left_out
        self._done: dict[str, Measured] = defaultdict(Measured)

    def run(self, questions: Sequence[Question]) -> Iterator[int]:
        """Judge all methods on each question; yields how many questions were done."""
        for done, question in enumerate(questions, 1):
            judged = {name: self._judge(find, question) for name, find in self._finders.items()}
            for name, measures in judged.items():  # of all methods or, when stopped, of none
                self._done[name].add(question.name, measures)
            yield done

    def _judge(self, find: Finder, question: Question) -> dict[str, float]:
        started = time.perf_counter()
        found = find(question.text, DEPTH + 1)
        took = time.perf_counter() - started
        names = [self._papers.ids[place] for place in found.tolist()]
        # A query that is itself a document of the corpus does not answer itself, as BEIR has it.
        gains = [question.relevant.get(name, 0.0) for name in names if name != question.name]
        gains = gains[:DEPTH]
        relevant = list(question.relevant.values())
        return {
            **{f"recall@{at}": metrics.recall(gains, len(relevant), at) for at in RECALL_AT},
            "ndcg@10": metrics.ndcg(gains, relevant, 10),
            "mrr": metrics.mrr(gains),
            "ms": 1000 * took,
        }

    def rows(self) -> list[Row]:
        """A row for each method."""
        made: list[Row] = []
        for name, measured in self._done.items():
            row: dict[str, Value] = {"method": name}
            row |= means(measured) | {"questions": len(measured), "left_out": self._left_out}
            if name != YARDSTICK and (yardstick := self._done.get(YARDSTICK)):
                row |= compare(measured, yardstick, name=YARDSTICK)
            made.append(row)
        return made
