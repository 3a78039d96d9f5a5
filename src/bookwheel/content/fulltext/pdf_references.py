"""The list of references of a PDF, split into its entries.

Entries begin with a printed label, or where a line is not indented under them, or after room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bookwheel.content.fulltext.pdf_layout import Sheet
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.content.fulltext.pdf_text import Words, join

_SQUARE = re.compile(r"(?P<label>\[[^\[\]]{1,24}\])\s*")
_NUMBERED = re.compile(r"(?P<label>\(?\d{1,3}[.)])\s*(?=\D)")


def entries(lines: Sequence[Line], sheets: Sequence[Sheet], words: Words) -> list[tuple[str, str]]:
    """Label and text of each entry; the label is empty where none is printed."""
    if not lines:
        return []
    for pattern in (_SQUARE, _NUMBERED):
        starts = _labelled(lines, pattern)
        if len(starts) >= max(2, len(lines) // 12):
            return [_entry(part, words, pattern) for part in _split(lines, starts)]
    starts = _outdented(lines, sheets) or _after_room(lines)
    return [_entry(part, words, None) for part in _split(lines, starts)]


def _labelled(lines: Sequence[Line], pattern: re.Pattern[str]) -> list[int]:
    """Places of lines that begin with a label; numbers must go up by one or so."""
    starts: list[int] = []
    number = 0
    for place, line in enumerate(lines):
        match = pattern.match(line.text)
        if match is None:
            continue
        digits = re.sub(r"\D", "", match["label"])
        if pattern is _NUMBERED:
            if not number < int(digits) <= number + 3:
                continue
            number = int(digits)
        starts.append(place)
    return starts


def _outdented(lines: Sequence[Line], sheets: Sequence[Sheet]) -> list[int]:
    """Places of lines at the left edge, if a good part of the lines is indented under them."""
    edges: dict[tuple[int, int], float] = {}
    keys = []
    for line in lines:
        sheet = sheets[line.page]
        key = line.page, sheet.column(line)
        keys.append(key)
        edges[key] = min(edges.get(key, line.left), line.left)
    at_edge = [
        line.left <= edges[key] + 0.45 * line.size for line, key in zip(lines, keys, strict=True)
    ]
    indented = at_edge.count(False)
    if not 0.2 * len(lines) <= indented < len(lines):
        return []
    return [place for place, first in enumerate(at_edge) if first and not _same_line(lines, place)]


def _same_line(lines: Sequence[Line], place: int) -> bool:
    return (
        place > 0
        and abs(lines[place].base - lines[place - 1].base) < 2
        and (lines[place].page == lines[place - 1].page)
    )


def _after_room(lines: Sequence[Line]) -> list[int]:
    """Places of lines that stand apart from the one before."""
    gaps = sorted(
        two.base - one.base
        for one, two in zip(lines, lines[1:], strict=False)
        if two.page == one.page and two.base > one.base
    )
    usual = gaps[len(gaps) // 3] if gaps else 12.0
    starts = [0]
    for place in range(1, len(lines)):
        gap = lines[place].base - lines[place - 1].base
        ended = lines[place - 1].text.endswith((".", ")"))
        if gap > 1.15 * usual or (gap < 0 and ended):
            starts.append(place)
    return starts


def _split(lines: Sequence[Line], starts: Sequence[int]) -> list[list[Line]]:
    ends = [*starts[1:], len(lines)]
    return [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _entry(lines: Sequence[Line], words: Words, pattern: re.Pattern[str] | None) -> tuple[str, str]:
    text = join(lines, words).text
    match = pattern.match(text) if pattern else None
    return (match["label"], text[match.end() :].strip()) if match else ("", text)
