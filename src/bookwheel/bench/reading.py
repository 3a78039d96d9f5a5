"""How far two readings of the same paper agree: HTML beside TeX, or either beside PDF.

A sentence is reduced to its words: formulas, citations and references are out, letters are small,
only letters and digits count, and sentences of fewer than three words are left out. It agrees when
the other form has the same words as a sentence, or in the same order within its running text
(sentences may be cut differently). References agree when the other list has one of nine tenths the
same words. Sections agree by their titles.
Leaves out: where the files come from (`cli/bench_reading.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bookwheel.core.document import Block, Document, Kind, Mark

_WORD = re.compile(r"[^\W_]+")
_OUT = {Mark.MATH, Mark.CITE, Mark.REF, Mark.NOTE}
_ALIKE = 0.9  # share of a reference's words
_SHORTEST = 3  # words of a sentence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1 of what the first form has and the second has too."""

    sentences: float
    sections: float
    references: float
    figures: float
    counted: int  # sentences
    missing: tuple[str, ...]  # sentences of the first form that the second has not


def agreement(first: Document, second: Document) -> Agreement:
    """Compare both ways; the lower share counts."""
    there, back = _sentences(first, second), _sentences(second, first)
    return Agreement(
        sentences=min(there[0], back[0]),
        sections=_both(_titles(first), _titles(second)),
        references=_both_alike(_references(first), _references(second)),
        figures=_both(_figures(first), _figures(second)),
        counted=there[1],
        missing=(*there[2], *back[2]),
    )


def plain(block: Block, start: int, end: int) -> list[str]:
    """The words of a part of a block, without formulas, citations and references."""
    text = block.text
    kept, place = [], start
    for span in block.spans:
        if span.mark in _OUT and span.end > place and span.start < end:
            kept.append(text[place : max(place, span.start)])
            place = max(place, min(end, span.end))
    kept.append(text[place:end])
    return _WORD.findall(" ".join(kept).lower())


def _sentences(first: Document, second: Document) -> tuple[float, int, tuple[str, ...]]:
    running = f" {' '.join(word for words in _all(second) for word in words)} "
    missing, count = [], 0
    for words in _all(first):
        if len(words) >= _SHORTEST:
            count += 1
            told = " ".join(words)
            if f" {told} " not in running and not _compact(told, running):
                missing.append(told)
    return (1 - len(missing) / count if count else 1.0), count, tuple(missing)


def _compact(told: str, running: str) -> bool:
    """Whether it is there with other spaces, as `k-th` beside `kth`."""
    return told.replace(" ", "") in running.replace(" ", "")


def _all(document: Document) -> Iterator[list[str]]:
    for _, block in document.blocks():
        if block.kind not in (Kind.EQUATION, Kind.CODE):
            for sentence in block.sentences:
                yield plain(block, sentence.start, sentence.end)


def _titles(document: Document) -> set[str]:
    return {" ".join(_WORD.findall(s.title.lower())) for s in document.sections if s.title}


def _figures(document: Document) -> set[str]:
    kinds = (Kind.FIGURE, Kind.TABLE)
    blocks = (block for _, block in document.blocks() if block.kind in kinds and block.text)
    return {" ".join(_WORD.findall(block.label.lower())) for block in blocks}


def _references(document: Document) -> list[set[str]]:
    return [set(_WORD.findall(one.text.lower())) for one in document.references]


def _both(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(len(first), len(second)) if first or second else 1.0


def _both_alike(first: list[set[str]], second: list[set[str]]) -> float:
    if not first and not second:
        return 1.0
    found = sum(
        any(len(one & other) >= _ALIKE * max(len(one), len(other)) for other in second)
        for one in first
    )
    return found / max(len(first), len(second))
