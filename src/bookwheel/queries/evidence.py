"""From all that speaks for an interest to one taste: likes first, words and opens far behind.

Likes count evenly, unless the tag's old ones fade or some count more; then the taste is a mean of
tastes over sets (`core.blend.even_sets`). What is weak (the tag's name, a sentence, cards chosen,
papers opened) is a taste of its own and gets a share that shrinks with every like: it helps to
begin and cannot outweigh a like. It counts as far as the likes bear it out, so that a tag called
"to read" suffers no harm. Then comes steering. All of it is linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bookwheel.core.blend import blend, even_sets
from bookwheel.core.steered import steered
from bookwheel.core.steering import NEUTRAL, Steering
from bookwheel.core.taste import Taste
from bookwheel.core.wishes import wishes
from bookwheel.index import exact, worded
from bookwheel.index.engine import Engine
from bookwheel.index.remembered import Remembered
from bookwheel.index.vectors import restore
from bookwheel.queries.announced import generation

WEAK = 0.4  # share of all weak evidence beside a first like, nearly; it shrinks ...
WEAK_HALVED = 4.0  # ... to half at so many likes, and then with their square
FITS_FROM, FITS_TO = 0.25, 0.75  # likes' mean score under it, against its middle: none to full
UNFIT = 0.2  # what a sentence or cards count that the likes do not bear out; a name then: nothing
OPENED = 100  # papers opened last that are looked at
OPENED_CLOSE = 0.35  # cosine with an interest's own papers from which an opened one belongs to it
OPENED_SHARE = 0.5  # of the weak evidence, where there is other
MONTH = 30.44  # days
HALVINGS = 4  # after so many, a paper fades no more
FAVOURED = 3.0  # what a paper counts that counts more


@dataclass(frozen=True)
class Evidence:
    """All that speaks for and against one interest; papers by their numbers, the last first."""

    papers: tuple[int, ...]
    hidden: tuple[int, ...] = ()
    steering: Steering = NEUTRAL
    name: str = ""
    kept: tuple[datetime, ...] = ()
    opened: tuple[int, ...] = ()


_by_words: Remembered[Taste] = Remembered(1024)


def taste(engine: Engine, given: Evidence) -> Taste:
    """What all the evidence comes to, fitted anew (`tastes.py` remembers it)."""
    strong = _strong(engine, given)
    mixed = _with_weak(engine, given, strong)
    return steered(mixed, given.steering, engine.encoder, engine.background.mean)


def weights_of(given: Evidence) -> list[float]:
    """What each paper counts: by its age against the newest one, and by what the reader said."""
    said = given.steering.papers
    faded = _faded(given.kept, given.steering.fade)
    levels = {"mute": 0.0, "more": FAVOURED, "": 1.0}
    return [
        fade * levels[said.get(str(paper), "")]
        for paper, fade in zip(given.papers, faded or [1.0] * len(given.papers), strict=True)
    ]


def _faded(kept: Sequence[datetime], months: int) -> list[float]:
    if not (kept and months):
        return []
    newest = max(kept)
    ages = [(newest - when).total_seconds() / 86400 for when in kept]
    return [0.5 ** min(int(age / (months * MONTH)), HALVINGS) for age in ages]


def _strong(engine: Engine, given: Evidence) -> Taste:
    papers = np.array(given.papers, np.int64)
    parts = [
        (weight, engine.taste(papers[places].tolist(), given.hidden))
        for weight, places in even_sets(weights_of(given))
    ]
    return blend(parts)


def _with_weak(engine: Engine, given: Evidence, strong: Taste) -> Taste:
    """Add what is weak, as far as the likes bear it out."""
    name, sentence = _by_name(engine, given), _by_sentence(engine, given)
    choices, opens = _by_choices(engine, given), _by_opens(engine, given, strong)
    if strong.vector is None:
        return blend([(1.0, sentence), (1.0, choices)])
    parts = [
        (_fitting(engine, given, name), name),
        (max(_fitting(engine, given, sentence), UNFIT), sentence),
        (max(_fitting(engine, given, choices), UNFIT), choices),
        (OPENED_SHARE, opens),
    ]
    parts = [(weight, taste) for weight, taste in parts if weight and taste.vector is not None]
    if not parts:
        return strong
    likes = sum(weight > 0 for weight in weights_of(given))
    share = WEAK / (1 + (likes / WEAK_HALVED) ** 2)
    share *= min(1.0, sum(weight for weight, _ in parts))
    return blend([(1 - share, strong), (share, blend(parts))])


def _fitting(engine: Engine, given: Evidence, weak: Taste) -> float:
    """How far the likes bear out what weak evidence says, 0 to 1."""
    rows = engine.columns.rows_of(np.array(given.papers, np.int64))
    rows = np.unique(rows[rows >= 0])
    if weak.vector is None or not len(rows):
        return 0.0
    mean = float(exact.scorer(engine, rows)(weak).mean())
    return float(np.clip((mean / weak.middle - FITS_FROM) / (FITS_TO - FITS_FROM), 0, 1))


def _by_name(engine: Engine, given: Evidence) -> Taste:
    return _worded(engine, given.name, "") if given.name else Taste()


def _by_sentence(engine: Engine, given: Evidence) -> Taste:
    if not given.steering.sentence:
        return Taste()
    return _worded(engine, *wishes(given.steering.sentence), given.hidden)


def _worded(engine: Engine, wanted: str, unwanted: str, hides: tuple[int, ...] = ()) -> Taste:
    key = (*generation(engine), wanted, unwanted, hides)
    return _by_words.get(key, lambda: worded.taste(engine, wanted, unwanted, hides))


def _by_choices(engine: Engine, given: Evidence) -> Taste:
    """Cards chosen against others."""
    if not given.steering.choices:
        return Taste()
    chosen = dict.fromkeys(one for one, _ in given.steering.choices if one)
    others = [other for _, other in given.steering.choices if other and other not in chosen]
    return engine.taste(chosen, dict.fromkeys(others))


def _by_opens(engine: Engine, given: Evidence, strong: Taste) -> Taste:
    """Opened papers that are close to the interest's own."""
    if not given.opened or strong.vector is None:
        return Taste()
    rows = engine.columns.rows_of(np.array(given.opened, np.int64))
    rows = np.unique(rows[rows >= 0])
    if not len(rows):
        return Taste()
    taken = engine.take(rows)
    centre = engine.examples(np.array(given.papers, np.int64)).vectors.mean(axis=0)
    length = max(float(np.linalg.norm(centre)), 1e-6)
    close = restore(taken.codes, taken.scales) @ (centre / length) >= OPENED_CLOSE
    return engine.taste(engine.columns.papers[rows[close]].tolist())
