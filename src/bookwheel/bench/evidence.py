"""The choice of evidence judged by marked sentences, and the weights learned from other ones.

SciFact (Wadden et al., 2020): claims, abstracts that bear on them, and the sentences that do. The
folder holds corpus.jsonl and claims_train.jsonl as published, with `evidence` naming sentences; the
corpus may be BEIR's, whose abstracts are one text each: then sentences are found as for readers.
A fifth of the abstracts, and two, are for checking; no claim that has one of them is learned from.
Leaves out: whole answers (`answers.py`).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.evidence import NAMES, Candidate, Weights, candidates, measure, wanted
from bookwheel.assistant.words import stem, telling
from bookwheel.bench.extra import load
from bookwheel.bench.inputs import records, text_in
from bookwheel.core.document import Block, Document, Kind, Sentence, Source
from bookwheel.core.encoder import Encoder
from bookwheel.core.quotes import Edition
from bookwheel.errors import InputError

CHECKED = 2  # of five parts of the abstracts are for checking
PARTS = 5
BLOCK = "abstract"
THRESHOLDS = np.arange(0.10, 0.70, 0.02)


@dataclass(frozen=True)
class Case:
    """A claim and one abstract with its marked sentences (their places among `found`)."""

    claim: str
    text: str
    document: str
    found: tuple[Candidate, ...]
    marked: frozenset[int]


@dataclass(frozen=True)
class Claim:
    """A claim and the sentences marked for it, by abstract."""

    name: str
    text: str
    marks: Mapping[str, frozenset[int]]
    cited: tuple[str, ...]  # abstracts that bear on it, also where nothing is marked
    supported: bool  # not refuted, where anything is marked


class Collection:
    """Abstracts as editions, and what the assistant asks of an index, counted from them."""

    def __init__(self, folder: Path) -> None:
        path = next((one for one in sorted(folder.glob("corpus.jsonl*"))), None)
        if path is None:
            raise InputError(f"{folder / 'corpus.jsonl'} is missing.")
        self.editions = dict(_edition(record) for _, record in records(path))
        self._encoder = Encoder.shipped()

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for edition in self.editions.values():
            text = " ".join(block.text for block in edition.document.abstract)
            for one in {stem(word) for word in telling(f"{edition.title} {text}")}:
                counts[one] = counts.get(one, 0) + 1
        return counts

    def rarity(self, words: Sequence[str]) -> NDArray[np.float32]:
        """As `Retriever.rarity`."""
        total = len(self.editions)
        held = [self._counts.get(stem(word), 0) for word in words]
        return np.array([math.log((total + 1) / (n + 1)) for n in held], np.float32)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Retriever.encode`."""
        return self._encoder.encode(texts)

    def claims(self, folder: Path) -> list[Claim]:
        """Claims, and the sentences marked in each abstract that is here.

        Raises:
            InputError: the file of claims is missing or marks no sentences.
        """
        path = next((one for one in sorted(folder.glob("claims_train.jsonl*"))), None)
        if path is None:
            raise InputError(
                f"{folder / 'claims_train.jsonl'} is missing: SciFact's claims with the sentences "
                "that bear on them."
            )
        made = [self._claim(record, where) for where, record in records(path)]
        if not any(one.marks for one in made):
            raise InputError(f"{path} marks no sentences of abstracts that are in the corpus.")
        return made

    def _claim(self, record: Mapping[str, Any], where: str) -> Claim:
        labels = {
            mark.get("label") for marks in (record.get("evidence") or {}).values() for mark in marks
        }
        return Claim(
            str(record["id"]),
            text_in(record, "claim", where),
            self._marked(record),
            tuple(str(name) for name in record.get("cited_doc_ids") or ()),
            labels <= {"SUPPORT"},
        )

    def _marked(self, record: Mapping[str, Any]) -> dict[str, frozenset[int]]:
        return {
            str(name): frozenset(at for mark in marks for at in mark["sentences"])
            for name, marks in (record.get("evidence") or {}).items()
            if str(name) in self.editions
        }

    def cases(self, folder: Path) -> list[Case]:
        """Claims with the abstracts that bear on them and the sentences marked in these.

        Raises:
            InputError: as `claims`.
        """
        return [
            Case(one.name, one.text, name, tuple(candidates(self.editions[name], least=0)), marked)
            for one in self.claims(folder)
            for name, marked in one.marks.items()
        ]


def _edition(record: Mapping[str, Any]) -> tuple[str, Edition]:
    """An abstract under its name; one given in sentences keeps them."""
    name = str(record.get("doc_id", record.get("_id")))
    title, abstract = record.get("title") or "", record.get("abstract", record.get("text"))
    if isinstance(abstract, str):
        block = Block(BLOCK, Kind.PARAGRAPH, abstract)
    else:
        parts = [str(one) for one in abstract or []]
        ends = np.cumsum([len(one) + 1 for one in parts]).tolist()
        marks = tuple(map(Sentence, [0, *ends[:-1]], [end - 1 for end in ends]))
        block = Block(BLOCK, Kind.PARAGRAPH, " ".join(parts), marks)
    return name, Edition(name, 1, Document(Source.ABSTRACT, title, abstract=(block,)), title)


def parted(cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """Cases to learn from and cases to check with, which share neither claims nor abstracts."""
    held = {one.document for one in cases if zlib.crc32(one.document.encode()) % PARTS < CHECKED}
    claims = {one.claim for one in cases if one.document in held}
    check = [one for one in cases if one.document in held]
    return [one for one in cases if one.claim not in claims and one.document not in held], check


def learned(cases: Sequence[Case], collection: Collection) -> Weights:
    """Weights by logistic regression, and the threshold with the best F1, of these cases."""
    rows = [measure(wanted(one.text, collection), one.found, collection)[0] for one in cases]
    marks = [np.isin(np.arange(len(one.found)), list(one.marked)) for one in cases]
    made = fitted(np.vstack(rows), np.concatenate(marks), NAMES, strength=0.1)
    scores = [made.chances(row) for row in rows]

    def gain(threshold: float) -> float:
        return f1(cases, [chosen(one, threshold) for one in scores])[0]

    return replace(made, threshold=round(float(max(THRESHOLDS, key=gain)), 2))


def fitted(
    rows: NDArray[np.float32], marks: NDArray[np.bool_], names: tuple[str, ...], *, strength: float
) -> Weights:
    """Weights by logistic regression; less `strength` keeps them smaller."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    made = load("sklearn.linear_model").LogisticRegression(C=strength, max_iter=1000)
    made.fit((rows - mean) / scale, marks)
    weights = (made.coef_[0] / scale).astype(np.float32)
    bias = float(made.intercept_[0] - (made.coef_[0] / scale) @ mean)
    return Weights(bias, weights, 0.0, names)


def chosen(scores: NDArray[np.float32], threshold: float) -> set[int]:
    """Sentences that score high enough, and always the best one."""
    if not len(scores):
        return set()
    return set(np.flatnonzero(scores >= threshold).tolist()) | {int(np.argmax(scores))}


def first(scores: NDArray[np.float64], count: int) -> set[int]:
    """The best few."""
    return set(np.argsort(-scores, kind="stable")[:count].tolist())


def f1(cases: Sequence[Case], told: Sequence[set[int]]) -> tuple[float, float, float]:
    """F1, precision and recall over all sentences of all cases."""
    hits = sum(len(found & one.marked) for one, found in zip(cases, told, strict=True))
    found = sum(map(len, told))
    marked = sum(len(one.marked) for one in cases)
    return 2 * hits / max(found + marked, 1), hits / max(found, 1), hits / max(marked, 1)
