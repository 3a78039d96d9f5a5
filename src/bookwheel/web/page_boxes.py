"""Where the sentences of a PDF stand on its pages, and which of them are marked.

Leaves out: the pictures under them (`actions/draw_page.py`). A mark on a part of a sentence is
shown on the whole sentence: a PDF's text keeps places of sentences, not of letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bookwheel.content.passage import Drawn
from bookwheel.core.document import Box, Sentence
from bookwheel.queries.documents import Held
from bookwheel.web.reading_address import reading_address


@dataclass(frozen=True)
class Place:
    """A sentence on a page: its rectangles, where it is in the text, and how it is marked."""

    href: str
    css: str
    name: str  # id on the page, of the first rectangle of what was looked for
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class PageLeaf:
    """A page, its size in points, and its sentences."""

    number: int
    width: int
    height: int
    places: tuple[Place, ...]


def leaves_of(
    arxiv_id: str,
    held: Held,
    sizes: Sequence[tuple[float, float]],
    marks: Mapping[str, Sequence[Drawn]],
) -> list[PageLeaf]:
    """The pages in order; `marks` are by block."""
    places: dict[int, list[Place]] = defaultdict(list)
    sought = False
    for _section, block in held.document.blocks():
        for sentence in block.sentences:
            css = _css(sentence, marks.get(block.id, ()))
            first = "passage" in css and not sought
            sought = sought or first
            href = reading_address(arxiv_id, held.version, block.id, sentence.start, sentence.end)
            for page in dict.fromkeys(box.page for box in sentence.boxes):
                boxes = tuple(box for box in sentence.boxes if box.page == page)
                places[page].append(Place(href, css, "passage" if first else "", boxes))
                first = False
    return [
        PageLeaf(number + 1, round(width), round(height), tuple(places[number]))
        for number, (width, height) in enumerate(sizes)
    ]


def _css(sentence: Sentence, marks: Sequence[Drawn]) -> str:
    """Classes of the marks that touch a sentence, each once."""
    touching = [
        each.css for each in marks if each.start < sentence.end and each.end > sentence.start
    ]
    return " ".join(dict.fromkeys(" ".join(touching).split()))
