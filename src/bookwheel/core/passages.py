"""A document as passages: the pieces of text that are searched, each with its section.

A passage is a block, or a part of a long one that begins and ends with a sentence.
Leaves out: displayed equations and program text, in which nobody looks for words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bookwheel.core.document import Block, Document, Kind, Section, Sentence

LONGEST = 1400  # characters of a passage, about 220 words; only one sentence may be longer
_SHORTEST = 25  # characters; less says nothing
_PASSED_OVER = (Kind.EQUATION, Kind.CODE)


@dataclass(frozen=True, slots=True)
class Passage:
    """`[start, end)` of one block's text; sentences are offsets into the block's text too."""

    block: str
    start: int
    end: int
    text: str
    section: str  # its title, and those of the sections around it: "Method › Data"
    sentences: tuple[tuple[int, int], ...]


def passages(document: Document) -> Iterator[Passage]:
    """Cut a document into passages, in reading order."""
    above: list[Section] = []
    for section, block in document.blocks():
        if section is not None and (not above or above[-1] is not section):
            above = [each for each in above if each.level < section.level] + [section]
        if block.kind not in _PASSED_OVER:
            titles = [] if section is None else [each.title for each in above if each.title]
            yield from _cut(block, " › ".join(titles))


def _cut(block: Block, section: str) -> Iterator[Passage]:
    whole = block.sentences or (Sentence(0, len(block.text)),)
    part: list[Sentence] = []
    for sentence in whole:
        if part and sentence.end - part[0].start > LONGEST:
            yield from _passage(block, section, part)
            part = []
        part.append(sentence)
    yield from _passage(block, section, part)


def _passage(block: Block, section: str, part: list[Sentence]) -> Iterator[Passage]:
    start, end = part[0].start, part[-1].end
    if end - start >= _SHORTEST:
        inside = tuple((each.start, each.end) for each in part)
        yield Passage(block.id, start, end, block.text[start:end], section, inside)
