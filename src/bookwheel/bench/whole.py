"""Evidence from a question to the sentence: nobody says which papers to look at.

SciFact's claims are asked of its whole corpus. Each yardstick finds the papers by itself and takes
their best sentences; how many of both is whatever is best for it where weights are learned.
Leaves out: claims without marked sentences.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.evidence import (
    AMONG,
    Weights,
    among,
    candidates,
    measure,
    wanted,
)
from bookwheel.assistant.gather import READ
from bookwheel.bench.evidence import CHECKED, PARTS, Collection, fitted
from bookwheel.bench.progress import Tell
from bookwheel.bench.report import Row
from bookwheel.bench.whole_yardsticks import Spot, yardsticks
from bookwheel.core.metrics import bootstrap, paired_bootstrap

MOST = 3  # sentences taken for a claim
THRESHOLDS = np.arange(0.04, 0.6, 0.01)
Spots = frozenset[Spot]
Search = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Claim:
    """A claim, and what is marked for it in the whole corpus."""

    text: str
    marked: Spots  # paper and place of the sentence in it


def claims(found: Sequence[tuple[str, Mapping[str, frozenset[int]]]]) -> list[Claim]:
    """Claims that have marked sentences."""
    return [
        Claim(text, frozenset((paper, at) for paper, places in marks.items() for at in places))
        for text, marks in found
        if marks
    ]


def parted(every: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Claims to learn from and to check with; no paper is marked for both."""
    check = [one for one in every if any(_held(paper) for paper, _ in one.marked)]
    papers = {paper for one in check for paper, _ in one.marked}
    learn = [one for one in every if not any(paper in papers for paper, _ in one.marked)]
    return learn, check


def _held(paper: str) -> bool:
    return zlib.crc32(paper.encode()) % PARTS < CHECKED


@dataclass(frozen=True)
class Measured:
    """The sentences of all papers read for a claim."""

    claim: Claim
    spots: list[Spot]
    rows: NDArray[np.float32]  # [n, len(AMONG)]

    @property
    def marked(self) -> NDArray[np.bool_]:
        """Which of them are marked."""
        return np.array([spot in self.claim.marked for spot in self.spots], np.bool_)


def measured(claim: Claim, collection: Collection, search: Search) -> Measured:
    """Search, read and measure, as for a question of a reader."""
    papers = list(search(claim.text, READ))
    found = [one for paper in papers for one in candidates(collection.editions[paper], least=0)]
    rows = measure(wanted(claim.text, collection), found, collection)[0]
    counts: dict[str, int] = {}
    spots = list[Spot]()
    for one in found:
        place = counts.get(one.quote.paper, 0)
        counts[one.quote.paper] = place + 1
        spots.append((one.quote.paper, place))
    return Measured(claim, spots, among(rows, found, papers))


def chosen(one: Measured, weights: Weights) -> Spots:
    """Sentences that are likely enough, and always the best one."""
    chances = weights.chances(one.rows) if one.spots else np.empty(0, np.float32)
    order = np.argsort(-chances, kind="stable")[:MOST].tolist()
    kept = [at for at in order if chances[at] >= weights.threshold] or order[:1]
    return frozenset(one.spots[at] for at in kept)


def learned(found: Sequence[Measured]) -> Weights:
    """Weights by logistic regression, and the threshold with the best F1."""
    made = fitted(
        np.vstack([one.rows for one in found]),
        np.concatenate([one.marked for one in found]),
        AMONG,
        strength=0.03,
    )
    told = [one.claim for one in found]

    def gain(threshold: float) -> float:
        used = replace(made, threshold=threshold)
        return f1(told, [chosen(one, used) for one in found])[0]

    return replace(made, threshold=round(float(max(THRESHOLDS, key=gain)), 2))


def rows(
    learn: Sequence[Measured], check: Sequence[Measured], collection: Collection, weights: Weights
) -> list[Row]:
    """A row for each way, judged on the claims that nothing was learned from."""
    told = [one.claim for one in check]
    answers = {"ours": [chosen(one, weights) for one in check]}
    for name, choose, choices in yardsticks(collection):
        before = [one.claim for one in learn]
        best = max(
            choices, key=lambda how: f1(before, [choose(one.text, *how) for one in before])[0]
        )
        answers[f"{name}, {best[0]} papers, {best[1]} sentences"] = [
            choose(one.text, *best) for one in told
        ]
    ours = _each(told, answers["ours"])
    return [_row(name, told, found, ours) for name, found in answers.items()]


def _row(name: str, told: Sequence[Claim], found: Sequence[Spots], ours: Sequence[float]) -> Row:
    whole, precision, recall = f1(told, found)
    each = _each(told, found)
    mean = bootstrap(each)
    row: dict[str, str | int | float | None] = {
        "method": name,
        "f1": whole,
        "precision": precision,
        "recall": recall,
        "f1_by_claim": mean.mean,
        "f1_by_claim_low": mean.low,
        "f1_by_claim_high": mean.high,
        "claims": len(told),
    }
    if name != "ours":
        more = paired_bootstrap(ours, each)
        row |= {
            "ours_more": more.mean,
            "ours_more_low": more.low,
            "ours_more_high": more.high,
        }
    return row


def _each(told: Sequence[Claim], found: Sequence[Spots]) -> list[float]:
    return [f1([one], [spots])[0] for one, spots in zip(told, found, strict=True)]


def f1(told: Sequence[Claim], found: Sequence[Spots]) -> tuple[float, float, float]:
    """F1, precision and recall over all sentences of all claims."""
    hits = sum(len(one.marked & spots) for one, spots in zip(told, found, strict=True))
    taken, marked = sum(map(len, found)), sum(len(one.marked) for one in told)
    return 2 * hits / max(taken + marked, 1), hits / max(taken, 1), hits / max(marked, 1)


def measure_all(
    every: Sequence[Claim], collection: Collection, search: Search, tell: Tell, step: str
) -> list[Measured]:
    """Measure each claim, telling how far it is."""
    made = list[Measured]()
    for number, one in enumerate(every, 1):
        made.append(measured(one, collection, search))
        tell(step, number, len(every))
    return made
