"""How far quotations bear a sentence out: what is measured, and what it adds up to.

Its words in the quotations (rare ones count more), words of like meaning, the closeness of vectors,
whether its words stand in the quotations' order and beside each other (shuffled words of a
quotation do not), and opposites. The weights are those of a logistic regression
over SciFact's claims and forged sentences (`bookwheel bench answers SCIFACT --support --learn`).
Leaves out: what is shown as what (`checking.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.retriever import Language
from bookwheel.assistant.words import stem, telling
from bookwheel.core.quotes import Quote
from bookwheel.core.text import words

Floats = NDArray[np.float32]
NAMES = ("words", "soft", "close", "order", "beside", "disorder", "opposite")
_WORDS, _ORDER = NAMES.index("words"), NAMES.index("order")
COPIED = 0.85  # of the words stand in the quotations: then their order must be theirs too
NEAR = 3  # telling words between two that stand side by side in the sentence

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])")
_NOT = frozenset(  # words that turn a sentence round
    ("not", "no", "never", "without", "cannot", "neither", "nor", "none", "fails", "fail", "lacks")
)
_OPPOSITES = (
    ("increas higher more rais elevat gain grow upregul", "decreas lower less reduc fewer loss"),
    ("improv better enhanc benefit outperform", "worsen worse impair diminish harm underperform"),
    ("promot activat induc enabl facilit stimul", "inhibit suppress prevent block deactiv slow"),
    ("posit", "negat"),
    ("fast faster quick rapid", "slow slower"),
    ("presenc present", "absenc absent"),
    ("sensit suscept vulner", "resist insensit protect"),
    ("relat associat correl link depend", "unrel independ"),
)


@dataclass(frozen=True)
class Support:
    """What each measure adds, and the lines: said from one, struck out below the other.

    Below `ordered`, words of quotations stand in too different an order to mean the same.
    """

    bias: float
    weights: Floats  # [len(NAMES)]
    said: float
    hardly: float
    ordered: float = 0.0

    def of(self, measures: Floats) -> Floats:
        """How far each of n sentences is borne out, 0 to 1: float32 [n]; shuffled ones are not."""
        sums = measures @ self.weights + self.bias
        values = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        copied = measures[:, _WORDS] >= COPIED
        values[copied & (measures[:, _ORDER] < self.ordered)] = 0.0
        return np.asarray(values, np.float32)

    def save(self, path: Path, **about: object) -> None:
        """Write as JSON, with what is to be told about it."""
        weights = dict(zip(NAMES, map(float, self.weights), strict=True))
        lines = {"said": self.said, "hardly": self.hardly, "ordered": self.ordered}
        told = {**about, "bias": self.bias, **lines, "weights": weights}
        path.write_text(json.dumps(told, indent=2) + "\n")


@cache
def shipped() -> Support:
    """The weights that come with the package."""
    found = json.loads((resources.files("bookwheel") / "data" / "support.json").read_text())
    weights = np.array([found["weights"][name] for name in NAMES], np.float32)
    return Support(found["bias"], weights, found["said"], found["hardly"], found["ordered"])


def measure(
    text: str, quotes: Sequence[Quote], vectors: Floats, language: Language
) -> Floats | None:
    """`NAMES` of a sentence beside quotations with their vectors; None where it tells nothing."""
    told = list(dict.fromkeys(telling(text)))
    if not told or not quotes:
        return None
    said = [telling(f"{quote.text} {quote.title}") for quote in quotes]
    stems = {stem(word) for some in said for word in some}
    rare = language.rarity(told) + np.float32(0.5)
    held = np.array([stem(word) in stems for word in told])
    own = [stem(word) for word in telling(text)]
    theirs = [[stem(word) for word in telling(quote.text)] for quote in quotes]
    order, beside = _order(own, theirs)
    covered = float(rare[held].sum() / rare.sum())
    return np.array(
        (
            covered, _soft(told, said, held, rare, language), _close(text, vectors, language),
            order, beside, covered * (1 - order), _opposed(own, stems),
        ),
        np.float32,
    )  # fmt: skip


def _soft(
    told: Sequence[str],
    said: Sequence[Sequence[str]],
    held: NDArray[np.bool_],
    rare: Floats,
    language: Language,
) -> float:
    """Share of the words, those of like meaning counted by their cosine."""
    unlike = sorted({word for some in said for word in some})
    if not unlike:
        return 0.0
    best = np.clip(language.encode(told) @ language.encode(unlike).T, 0, 1).max(axis=1)
    best[held] = 1.0
    return float(best @ rare / rare.sum())


def _close(text: str, vectors: Floats, language: Language) -> float:
    vector = language.encode([text])[0]
    both = vectors.sum(axis=0)
    both = both / max(float(np.linalg.norm(both)), 1e-6)
    return max(float(both @ vector), float((vectors @ vector).max()), 0.0)


def _order(own: Sequence[str], theirs: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Share of the common words that stand in the order of a quotation; of neighbours, nearby."""
    known = {word for some in theirs for word in some}
    common = [word for word in own if word in known]
    if not common:
        return 0.0, 0.0
    longest = max(_common(own, some) for some in theirs)
    pairs = [pair for pair in zip(own, own[1:], strict=False) if known.issuperset(pair)]
    near = sum(any(_near(*pair, some) for some in theirs) for pair in pairs)
    return min(longest / len(common), 1.0), near / len(pairs) if pairs else 1.0


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    before = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for at, others in enumerate(other):
            row.append(before[at] + 1 if word == others else max(before[at + 1], row[-1]))
        before = row
    return before[-1]


def _near(one: str, other: str, words: Sequence[str]) -> bool:
    places: Mapping[str, list[int]] = {
        word: [at for at, found in enumerate(words) if found == word] for word in (one, other)
    }
    return any(abs(a - b) <= NEAR for a in places[one] for b in places[other])


def odd(text: str, quotes: Sequence[Quote]) -> bool:
    """Whether a sentence has a number, or a negation, that what it cites does not have."""
    cited = " ".join(f"{quote.text} {quote.title}" for quote in quotes)
    if set(_NUMBER.findall(text)) - set(_NUMBER.findall(cited)):
        return True
    theirs = {word for quote in quotes for word in words(quote.text)}
    return bool(_NOT & set(words(text))) != bool(_NOT & theirs)


def _opposed(own: Sequence[str], theirs: set[str]) -> bool:
    """Whether it says "more" where they say only "less"."""
    mine = set(own)
    for pair in _OPPOSITES:
        first, second = (set(side.split()) for side in pair)
        for here, there in ((first, second), (second, first)):
            if (
                _has(mine, here)
                and not _has(mine, there)
                and _has(theirs, there)
                and not _has(theirs, here)
            ):
                return True
    return False


def _has(stems: set[str], starts: set[str]) -> bool:
    return any(one.startswith(start) for one in stems for start in starts)
