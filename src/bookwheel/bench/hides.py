"""Hides for lists that have none: which papers a reader would have hidden, and what that is worth.

Of the 50 papers that our model ranks highest after a draw's likes, and that are not on the list,
those are hidden whose vectors are least like those of the list's held-out papers (mean cosine): the
ones that a reader who knows what she wants would hide first. A held-out paper is never hidden, as
it is on the list; but which others are hidden depends on the held-out papers, so gains by hides
say what honest hides are worth and must not be read as skill at guessing.

Two ways to use them are told apart: hidden papers only leave the ranking, or are learned from too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from bookwheel.bench.papers import Papers
from bookwheel.bench.rankings import Fitted, HidingMethod, Ours, Positions, Scores
from bookwheel.bench.recommend import Trial
from bookwheel.index.engine import Engine
from bookwheel.index.vectors import restore

HARD = 50  # best papers among which hides are chosen
AWAY, LEARNED = "ours, hides taken away", "ours, hides learned from"
AGAINST = {AWAY: "ours", LEARNED: AWAY}  # what each is compared with


def with_hides(
    trials: Iterable[Trial], engine: Engine, papers: Papers, count: int
) -> Iterator[Trial]:
    """The trials, each with `count` hides, or as many as there are."""
    for trial in trials:
        ours = Ours.fitted(engine, papers, trial.likes)
        best = ours.best(HARD + len(trial.relevant))
        best = best[~np.isin(best, trial.relevant)][:HARD]
        listed = _vectors(engine, papers, trial.relevant)
        likeness = (_vectors(engine, papers, best) @ listed.T).mean(axis=1)
        yield replace(trial, hides=best[np.argsort(likeness, kind="stable")[:count]])


def methods(engine: Engine, papers: Papers) -> dict[str, HidingMethod]:
    """Both ways to use hides."""

    def away(likes: Positions, hides: Positions) -> Fitted:
        return _Away(Ours.fitted(engine, papers, likes), hides)

    def learned(likes: Positions, hides: Positions) -> Fitted:
        return Ours.fitted(engine, papers, likes, hides)

    return {AWAY: away, LEARNED: learned}


@dataclass(frozen=True)
class _Away:
    """What was learned from likes alone; hidden papers are passed over."""

    whole: Fitted
    hides: Positions

    def best(self, count: int) -> Positions:
        found = self.whole.best(count + len(self.hides))
        return found[~np.isin(found, self.hides)][:count]

    def scores(self, papers: Positions) -> Scores:
        return self.whole.scores(papers)


def _vectors(engine: Engine, papers: Papers, some: Positions) -> Scores:
    taken = engine.take(engine.columns.rows_of(papers.numbers[some]))
    return restore(taken.codes, taken.scales)
