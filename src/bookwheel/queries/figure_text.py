"""What a paper's text says of one of its figures: the sentences that refer to it."""

from __future__ import annotations

import re

from bookwheel.core.document import Block, Document, Kind, Mark

_MOST = 6  # sentences
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")


def mentions(document: Document, figure: str) -> list[tuple[str, int, int, str]]:
    """Block, start, end and text of each sentence that refers to a block, in reading order.

    A PDF has no marks where it refers to something; there its label in words counts.
    """
    known = {block.id: block for _section, block in document.blocks()}
    label = known[figure].label if figure in known else ""
    said = _said(label)
    found: list[tuple[str, int, int, str]] = []
    for block in known.values():
        if block.kind in (Kind.FIGURE, Kind.TABLE) or len(found) >= _MOST:
            continue
        found += [
            (block.id, one.start, one.end, block.text[one.start : one.end])
            for one in block.sentences
            if _refers(block, one.start, one.end, figure)
            or (said and said.search(block.text, one.start, one.end))
        ]
    return found[:_MOST]


def _refers(block: Block, start: int, end: int, figure: str) -> bool:
    return any(
        span.mark is Mark.REF and span.target == figure and start <= span.start < end
        for span in block.spans
    )


def _said(label: str) -> re.Pattern[str] | None:
    """“Figure 3” as texts write it: Fig. 3, Figs. 3, Figure 3a."""
    number = _NUMBER.search(label)
    if number is None:
        return None
    word = r"tab(?:le|\.)s?" if label.lower().startswith("tab") else r"fig(?:ure)?s?\.?"
    return re.compile(rf"\b{word}\s*{re.escape(number[0])}(?![\d.]\d)", re.IGNORECASE)
