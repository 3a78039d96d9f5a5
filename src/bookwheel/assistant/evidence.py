"""Which sentences bear on a question: what is measured of each, and what it adds up to.

A sentence is judged by the question's words in it (rare ones count more), by words of like meaning,
by the closeness of vectors, by what its neighbours and its paper say, by where it stands and how it
begins. The weights are those of a logistic regression over marked sentences
(`bookwheel bench answers --learn`), so a score is between 0 and 1 whatever the question is.
Leaves out: finding the papers (`gather.py`), sentences that say the same (`folding.py`).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.retriever import Language
from bookwheel.assistant.suspicious import suspicious
from bookwheel.assistant.words import stem, telling
from bookwheel.core.quotes import Edition, Quote, blocks, cut, places

Floats = NDArray[np.float32]

SATURATION = 1.2  # k1 of BM25
SLOPE = 0.5  # its b: how much the length of a sentence counts
LENGTH = 14.0  # telling words of an average sentence
ENDLESS = 24  # telling words from which a sentence is the worse for more
LEAST = 2  # telling words of a sentence that can be quoted
NAMES = (
    "bm25", "covered", "cosine", "covered_rel", "cosine_rel", "beside", "paper", "paper_cosine",
    "place", "first", "length", "finds", "concludes", "here", "method", "pairs", "soft", "soft_rel",
)  # fmt: skip
_BEST = ("paper", "paper_cosine", "soft", "bm25", "cosine", "covered")  # against the best of all
AMONG = (*NAMES, "rank", *(f"{name}_best" for name in _BEST))

_FINDS = re.compile(
    r"\b(?:results?|findings?|found|show(?:s|ed|n)?|demonstrat\w*|observ\w*|reveal\w*|suggest\w*|"
    r"indicat\w*|identif\w*|report|associated|increas\w*|decreas\w*|reduc\w*|higher|lower|"
    r"significant\w*|outperform\w*|achiev\w*|improv\w*)\b",
    re.I,
)
_CONCLUDES = re.compile(
    r"^(?:CONCLUSIONS?|INTERPRETATION|DISCUSSION|In conclusion|Our (?:results?|findings?|data|"
    r"study|work)|These (?:results?|findings?|data|observations)|Th(?:is|e) (?:study|results)|"
    r"We conclude|Thus|Therefore|Together|Taken together|Collectively|Overall|Hence|In summary)\b"
)
_HERE = re.compile(
    r"\b(?:here,? we|we (?:show|found|find|report|demonstrate|identif\w+|propose|present|introduce|"
    r"observe\w*|prove))\b",
    re.I,
)
_METHOD = re.compile(
    r"^(?:METHODS?|OBJECTIVES?|DESIGN|SETTING|PARTICIPANTS|BACKGROUND|AIMS?|PURPOSE|CONTEXT|"
    r"IMPORTANCE|INTRODUCTION|PATIENTS|INTERVENTIONS?|MAIN OUTCOME)\b|"
    r"\b[Ww]e (?:investigated|examined|studied|aimed|assessed|evaluated|used|performed|conducted|"
    r"analy[sz]ed|searched)\b|\bwere (?:randomly|randomized|recruited|included|searched|enrolled)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted."""

    quote: Quote
    place: float  # 0 first of its block .. 1 last
    whole: int  # sentences of the block


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how far it bears on the question; both numbers from 0 to 1.

    `score` orders sentences, `strength` is how much of the question sentence and paper have.
    """

    quote: Quote
    score: float
    strength: float
    words: frozenset[str]  # stems of the question that it has
    vector: Floats
    measures: Floats  # [len(NAMES)]


@dataclass(frozen=True)
class Wanted:
    """A question as sentences are compared with it."""

    rarity: dict[str, float]  # stem -> how rare
    stems: list[str]  # in the order of the question
    words: list[str]
    word_vectors: Floats  # [words, dimensions]
    vector: Floats

    @property
    def total(self) -> float:
        """All that can be had."""
        return sum(self.rarity.values()) or 1.0

    def covered(self, stems: set[str]) -> float:
        """Share of the question that some stems have."""
        return sum(rare for one, rare in self.rarity.items() if one in stems) / self.total


@dataclass(frozen=True)
class Weights:
    """What each measure adds, and the score from which a sentence counts as evidence."""

    bias: float
    weights: Floats  # [len(names)]
    threshold: float
    names: tuple[str, ...] = NAMES

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read what `save` wrote."""
        found = json.loads(path.read_text())
        weights = np.array(list(found["weights"].values()), np.float32)
        return cls(found["bias"], weights, found["threshold"], tuple(found["weights"]))

    def chances(self, measures: Floats) -> Floats:
        """Scores of measured sentences, 0 to 1: float32 [n]."""
        sums = measures @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(sums, -30, 30))), np.float32)

    def save(self, path: Path, **about: object) -> None:
        """Write as JSON, with what is to be told about it."""
        weights = dict(zip(self.names, map(float, self.weights), strict=True))
        told = {**about, "bias": self.bias, "threshold": self.threshold, "weights": weights}
        path.write_text(json.dumps(told, indent=2) + "\n")


@cache
def shipped(*, among: bool = False) -> Weights:
    """The weights that come with the package: within a paper, or among papers that were found."""
    name = "evidence-among.json" if among else "evidence.json"
    with resources.as_file(resources.files("bookwheel") / "data" / name) as path:
        return Weights.load(path)


def wanted(text: str, retriever: Language) -> Wanted:
    """Read a question."""
    told = telling(text)
    unlike = list(dict.fromkeys(told))
    rarity = retriever.rarity(unlike) if unlike else np.empty(0, np.float32)
    vectors = retriever.encode([*unlike, text])
    return Wanted(
        rarity={_stem(word): float(rare) for word, rare in zip(unlike, rarity, strict=True)},
        stems=[_stem(word) for word in told],
        words=unlike,
        word_vectors=vectors[:-1],
        vector=vectors[-1],
    )


def candidates(
    edition: Edition, only: set[str] | None = None, *, least: int = LEAST
) -> list[Candidate]:
    """The sentences of a paper, or of some of its blocks, that can be quoted."""
    found = list[Candidate]()
    for section, block in blocks(edition):
        if only is not None and block.id not in only:
            continue
        stand = places(block)
        for at, (start, end) in enumerate(stand):
            quote = cut(edition, section, block, start, end)
            if len(telling(quote.text)) >= least and not suspicious(quote.text):
                found.append(Candidate(quote, at / max(len(stand) - 1, 1), len(stand)))
    return found


def score(
    asked: Wanted,
    found: Sequence[Candidate],
    retriever: Language,
    order: Sequence[str] = (),
) -> list[Scored]:
    """Score sentences for a question, in the order given; those of a block must be together.

    `order` are the papers as a search found them; without it they were named, and are equal.
    """
    if not found:
        return []
    measures, vectors = measure(asked, found, retriever)
    strong = _strength(measures)
    used = among(measures, found, order) if order else measures
    values = shipped(among=bool(order)).chances(used) ** 0.5
    if not order:
        values = values * strong
    return [
        Scored(one.quote, float(value), float(power), _shared(asked, one.quote.text), vector, row)
        for one, value, power, vector, row in zip(
            found, values, strong, vectors, measures, strict=True
        )
    ]


def among(measures: Floats, found: Sequence[Candidate], order: Sequence[str]) -> Floats:
    """What else is measured where a search chose the papers: float32 [n, len(AMONG)]."""
    place = {paper: at for at, paper in enumerate(order)}
    ranks = [math.log1p(place.get(one.quote.paper, len(order))) for one in found]
    if not len(measures):
        return np.empty((0, len(AMONG)), np.float32)
    best = measures[:, [NAMES.index(name) for name in _BEST]]
    return np.column_stack([measures, ranks, best - best.max(axis=0)]).astype(np.float32)


def _strength(measures: Floats) -> Floats:
    """How much of the question sentence and paper have, 0 to 1; less for endless sentences."""
    of = {name: measures[:, at] for at, name in enumerate(NAMES)}
    shared = 0.5 * of["soft"] + 0.25 * of["covered"] + 0.25 * of["paper"]
    length = np.exp(of["length"]) - 1
    return np.asarray(shared * np.minimum(1, (ENDLESS / np.maximum(length, 1)) ** 0.5), np.float32)


def measure(
    asked: Wanted, found: Sequence[Candidate], retriever: Language
) -> tuple[Floats, Floats]:
    """What is measured of each sentence, float32 [n, len(NAMES)], and its vector."""
    texts = [one.quote.text for one in found]
    words = [telling(text) for text in texts]
    stems = [[_stem(word) for word in told] for told in words]
    vectors = retriever.encode(texts)
    soft = _soft(asked, words, stems, retriever)
    groups = _by_block(found)
    of_paper = _papers(asked, found, stems, vectors)
    rows = np.zeros((len(found), len(NAMES)), np.float32)
    for group in groups:
        covered = [asked.covered(set(stems[at])) for at in group]
        cosines = [float(vectors[at] @ asked.vector) for at in group]
        for i, at in enumerate(group):
            near = {
                one for j in (i - 1, i, i + 1) if 0 <= j < len(group) for one in stems[group[j]]
            }
            quote = found[at].quote
            rows[at] = (
                _bm25(asked, stems[at]), covered[i], cosines[i], covered[i] - max(covered),
                cosines[i] - max(cosines), asked.covered(near) - covered[i],
                *of_paper[quote.paper], found[at].place, quote.start == 0,
                math.log(len(words[at]) + 1), *_cues(quote.text), _pairs(asked, stems[at]),
                soft[at], soft[at] - max(soft[j] for j in group),
            )  # fmt: skip
    return rows, vectors


def _by_block(found: Sequence[Candidate]) -> list[list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(found):
        groups.setdefault((one.quote.paper, one.quote.block), []).append(at)
    return list(groups.values())


def _papers(
    asked: Wanted, found: Sequence[Candidate], stems: Sequence[list[str]], vectors: Floats
) -> dict[str, tuple[float, float]]:
    """Of each paper the share of the question that it has, and the cosine of all its sentences."""
    has: dict[str, set[str]] = {}
    sums: dict[str, Floats] = {}
    for one, told, vector in zip(found, stems, vectors, strict=True):
        paper = one.quote.paper
        if paper not in has:
            has[paper] = {_stem(word) for word in telling(one.quote.title)}
            sums[paper] = np.zeros_like(vector)
        has[paper].update(told)
        sums[paper] = sums[paper] + vector
    return {
        paper: (
            asked.covered(has[paper]),
            float(sums[paper] @ asked.vector) / max(float(np.linalg.norm(sums[paper])), 1e-6),
        )
        for paper in has
    }


def _soft(
    asked: Wanted,
    words: Sequence[list[str]],
    stems: Sequence[list[str]],
    retriever: Language,
) -> list[float]:
    """Share of the question that sentences have, words of like meaning counted by their cosine."""
    unlike = sorted({word for told in words for word in told})
    if not unlike or not asked.words:
        return [0.0] * len(words)
    place = {word: at for at, word in enumerate(unlike)}
    close = np.clip(asked.word_vectors @ retriever.encode(unlike).T, 0, 1)  # [asked, unlike]
    rare = np.array([asked.rarity[_stem(word)] for word in asked.words], np.float32)
    own = [_stem(word) for word in asked.words]
    made = list[float]()
    for told, has in zip(words, stems, strict=True):
        if not told:
            made.append(0.0)
            continue
        best = close[:, [place[word] for word in told]].max(axis=1)
        best[[word in has for word in own]] = 1.0
        made.append(float(best @ rare) / max(float(rare.sum()), 1e-6))
    return made


def _bm25(asked: Wanted, words: Sequence[str]) -> float:
    counts = Counter(words)
    norm = SATURATION * (1 - SLOPE + SLOPE * len(words) / LENGTH)
    held = sum(
        rare * counts[one] / (counts[one] + norm)
        for one, rare in asked.rarity.items()
        if counts[one]
    )
    return held / asked.total


def _pairs(asked: Wanted, stems: list[str]) -> float:
    """Share of the question's pairs of neighbouring words that a sentence has."""
    pairs = set(zip(asked.stems, asked.stems[1:], strict=False))
    return len(pairs & set(zip(stems, stems[1:], strict=False))) / max(len(pairs), 1)


def _cues(text: str) -> tuple[bool, bool, bool, bool]:
    """Whether a sentence tells a result, concludes, says what is new here, describes a method."""
    return (
        bool(_FINDS.search(text)),
        bool(_CONCLUDES.search(text)),
        bool(_HERE.search(text)),
        bool(_METHOD.search(text)),
    )


def _shared(asked: Wanted, text: str) -> frozenset[str]:
    return frozenset(asked.rarity) & {_stem(word) for word in telling(text)}


_stem = lru_cache(maxsize=65536)(stem)
