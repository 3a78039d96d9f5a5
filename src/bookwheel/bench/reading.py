"""How far two readings of the same paper agree: HTML beside TeX, or either beside PDF.

A sentence is reduced to its words: letters are small, only letters and digits count, and formulas,
citations and references are masked. Sentences with fewer than three words are left out. It agrees
when nine in ten of its words stand in the other form in the same order, where a mask may stand for
as many words as it hides (`aligned.py`); it agrees exactly when all its words, without what either
form knows to be a formula, stand there in one piece. Sentences may be cut differently. References
agree when the other list has one of nine tenths the same words, formulas masked. Sections agree
by their titles.
Leaves out: where the files come from (`cli/bench_reading.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bookwheel.bench.aligned import MASK, MOST_MASKED, Running, errors
from bookwheel.core.document import Block, Document, Kind, Mark
from bookwheel.core.formulas import formulas

_WORD = re.compile(r"[^\W_]+")
_OUT = {Mark.MATH, Mark.CITE, Mark.REF, Mark.NOTE}
_ALIKE = 0.9  # share of a sentence's or a reference's words
_NAMES = {"fig": "figure", "figs": "figure", "tab": "table"}
_ROMAN = {
    numeral: str(number)
    for number, numeral in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], 1
    )
}
_SHORTEST = 3  # words of a sentence


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1 of what the first form has and the second has too."""

    sentences: float
    exact: float  # sentences of which every word is the same
    sections: float
    references: float
    figures: float
    counted: int  # sentences
    missing: tuple[str, ...]  # sentences that do not agree, those of the first form first


def agreement(first: Document, second: Document) -> Agreement:
    """Compare both ways; the lower share counts."""
    there, back = _sentences(first, second), _sentences(second, first)
    return Agreement(
        sentences=min(there.share, back.share),
        exact=min(there.exact, back.exact),
        sections=_both(_titles(first), _titles(second)),
        references=_both_alike(_references(first), _references(second)),
        figures=_both(_figures(first), _figures(second)),
        counted=there.counted,
        missing=(*there.missing, *back.missing),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """How many sentences of one form the other has."""

    share: float
    exact: float
    counted: int
    missing: tuple[str, ...]


def masked(block: Block, start: int, end: int) -> list[str]:
    """The words of a part of a block; a formula, citation or reference is as many masks as it has
    words."""
    text = block.text
    found, place = list[str](), start
    for span in block.spans:
        if span.mark in _OUT and span.end > place and span.start < end:
            found += _words(text[place : max(place, span.start)])
            hidden = _words(text[max(place, span.start) : min(end, span.end)])
            found += [MASK] * min(max(len(hidden), 1), MOST_MASKED)
            place = max(place, min(end, span.end))
    return found + _words(text[place:end])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _sentences(first: Document, second: Document) -> _Found:
    others = [word for words in _all(second) for word in words]
    spaced = f" {' '.join(filter(None, others))} "
    solid = spaced.replace(" ", "")
    running = Running(others)
    missing, count, exact = list[str](), 0, 0
    for words in _all(first):
        plain = list(filter(None, words))
        if len(plain) < _SHORTEST:
            continue
        count += 1
        same = f" {' '.join(plain)} " in spaced or "".join(plain) in solid
        exact += same
        if not same and running.share(words) < _ALIKE:
            missing.append(" ".join(word or "_" for word in words))
    of = max(count, 1)
    return _Found(1 - len(missing) / of, exact / of if count else 1.0, count, tuple(missing))


def _all(document: Document) -> Iterator[list[str]]:
    for _, block in document.blocks():
        if block.kind not in (Kind.EQUATION, Kind.CODE):
            for sentence in block.sentences:
                yield masked(block, sentence.start, sentence.end)


def _titles(document: Document) -> set[str]:
    return {" ".join(_WORD.findall(s.title.lower())) for s in document.sections if s.title}


def _figures(document: Document) -> set[str]:
    kinds = (Kind.FIGURE, Kind.TABLE)
    blocks = (block for _, block in document.blocks() if block.kind in kinds and block.text)
    return {_label(block.label) for block in blocks}


def _label(text: str) -> str:
    """ "Fig. 3" is "Figure 3", and "Table II" is "Table 2"."""
    found = _WORD.findall(text.lower())
    return " ".join(_NAMES.get(word) or _ROMAN.get(word, word) for word in found)


def _references(document: Document) -> list[list[str]]:
    """Words of each entry; formulas are masked."""
    return [_entry(one.text) for one in document.references]


def _entry(text: str) -> list[str]:
    found, place = list[str](), 0
    for formula in formulas(text):
        hidden = len(_words(formula.tex)) or 1
        found += _words(text[place : formula.start]) + [MASK] * min(hidden, MOST_MASKED)
        place = formula.end
    return found + _words(text[place:])


def _both(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(len(first), len(second)) if first or second else 1.0


def _both_alike(first: list[list[str]], second: list[list[str]]) -> float:
    if not first and not second:
        return 1.0
    found = sum(any(_same_entry(one, other) for other in second) for one in first)
    return found / max(len(first), len(second))


def _same_entry(one: list[str], other: list[str]) -> bool:
    most = max(len(one), len(other))
    common = len(set(one) & set(other) - {MASK})
    if common >= _ALIKE * max(len(set(one)), len(set(other))):
        return True
    if 2 * common < most:  # not worth comparing word by word
        return False
    wrong = max(errors(one, other), errors(other, one))
    return wrong <= (1 - _ALIKE) * most
