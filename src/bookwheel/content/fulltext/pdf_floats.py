"""Figures, tables and algorithms of a PDF: the part of the page that each caption belongs to.

A figure is what is drawn, with its labels, between its caption and the nearest text. A table ends
with its rules, or with what is no row any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bookwheel.content.fulltext.pdf_captions import Caption, captions
from bookwheel.content.fulltext.pdf_glyphs import Drawn
from bookwheel.content.fulltext.pdf_layout import Sheet
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.core.document import Box, Kind

_CELL = 0.9  # of the size: a gap that parts cells
_MARGIN = 3.0  # points around what is cut out


@dataclass(slots=True)
class Float:
    """A caption with its lines of content and the place of both; `box` is None if none is found."""

    caption: Caption
    box: Box | None
    lines: list[Line]


def floats(sheet: Sheet, body: float) -> list[Float]:
    """The floats of a page; their lines, captions included, are taken out of the sheet."""
    found = captions(sheet)
    of_captions = {id(line) for caption in found for line in caption.lines}
    rest = [line for line in sheet.lines if id(line) not in of_captions]
    prose = _prose(sheet, rest, body)
    made = []
    for caption in found:
        others = [other for other in found if other is not caption]
        box = _region(sheet, caption, others, rest, prose)
        inside = [line for line in rest if box and _within(line, box)]
        if caption.kind is not Kind.FIGURE and not inside:
            box = None
        made.append(Float(caption, box, inside))
        gone = {id(line) for line in inside}
        rest = [line for line in rest if id(line) not in gone]
    sheet.lines = rest
    return made


def rows(lines: Sequence[Line]) -> tuple[tuple[str, ...], ...]:
    """Lines of a table as rows of cells."""
    made: list[list[tuple[float, str]]] = []
    base = float("-inf")
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        if line.base - base > 0.45 * line.size:
            made.append([])
            base = line.base
        made[-1] += _cells(line)
    return tuple(tuple(text for _, text in sorted(row)) for row in made)


def _cells(line: Line) -> Iterable[tuple[float, str]]:
    start = 0
    for place, char in enumerate(line.text):
        if char == " " and line.rights[place] - line.lefts[place] > _CELL * line.size:
            yield line.lefts[start], line.text[start:place]
            start = place + 1
    yield line.lefts[start], line.text[start:]


def _prose(sheet: Sheet, lines: Sequence[Line], body: float) -> list[Line]:
    """Lines of running text, and the short last lines of their paragraphs."""
    found: list[Line] = []
    last: Line | None = None
    for line in lines:
        if _in_picture(sheet, line):
            continue
        left, right = sheet.edges(line)
        wide = line.width > 0.62 * (right - left) and len(line.text) > 25
        plain = abs(line.size - body) < 0.12 * body and line.share("mono") < 0.5
        if plain and wide and not _has_cells(line) and _is_wordy(line):
            found.append(line)
            last = line
        elif last is not None and plain and 0 < line.base - last.base < 1.5 * body:
            if abs(line.left - last.left) < 2.5 * body and _is_wordy(line):
                found.append(line)
                last = line
        elif line.size > 1.05 * body and line.share("bold") > 0.7 and line.left < left + body:
            found.append(line)  # a heading
            last = None
        else:
            last = None
    return found


def _in_picture(sheet: Sheet, line: Line) -> bool:
    """Whether a line is part of a picture that was put into the page as a whole."""
    return any(
        one.kind == "form"
        and not _is_background(sheet, one)
        and one.left <= (line.left + line.right) / 2 <= one.right
        and one.top - 1 <= line.base <= one.bottom + 1
        for one in sheet.page.drawn
    )


def _is_wordy(line: Line) -> bool:
    letters = sum(char.isalpha() for char in line.text)
    return letters > 0.6 * len(line.text.replace(" ", "")) and line.text.count(" ") >= 1


def _has_cells(line: Line) -> bool:
    return sum(1 for _ in _cells(line)) > 1


def _region(
    sheet: Sheet,
    caption: Caption,
    others: Sequence[Caption],
    lines: Sequence[Line],
    prose: Sequence[Line],
) -> Box | None:
    """The part of the page that belongs to a caption, above or below it."""
    if caption.kind is not Kind.FIGURE and (ruled := _ruled(sheet, caption, others, lines)):
        return ruled
    span = _span(sheet, caption, others)
    sides = []
    for up in (True, False):
        edge = _edge(sheet, caption, others, prose, span, up)
        band = (edge, caption.top) if up else (caption.bottom, edge)
        sides.append(_content(sheet, caption, lines, prose, span, band))
    above, below = sides
    if caption.kind is Kind.FIGURE:
        chosen = above if _weight(above) >= 0.5 * _weight(below) else below
    else:
        chosen = _nearer(caption, above, below)
    if chosen is None or chosen.right - chosen.left < 12 or chosen.bottom - chosen.top < 6:
        return None
    return chosen


def _ruled(
    sheet: Sheet, caption: Caption, others: Sequence[Caption], lines: Sequence[Line]
) -> Box | None:
    """The nearest part of the page between horizontal rules of one length."""
    tops = sorted([caption.top, *(other.top for other in others)])
    groups: dict[tuple[int, int, int], list[Drawn]] = {}
    for one in sheet.page.drawn:
        if one.bottom - one.top < 2.5 and one.right - one.left > 40:
            after = sum(top < one.top for top in tops)
            key = round(one.left / 4), round(one.right / 4), after
            groups.setdefault(key, []).append(one)
    found = []
    for rules in groups.values():
        top, bottom = min(one.top for one in rules), max(one.bottom for one in rules)
        left, right = min(one.left for one in rules), max(one.right for one in rules)
        distance = max(caption.top - bottom, top - caption.bottom)
        beside = left > caption.right or right < caption.left
        if len(rules) < 2 or beside or bottom - top < 8 or not -4 < distance < 40:
            continue
        between = [
            line
            for line in lines
            if min(line.bottom, caption.bottom) > 0
            and min(caption.bottom, bottom) < line.base < max(caption.top, top)
            and line.left < right
            and line.right > left
        ]
        if len(between) <= 2:
            box = Box(sheet.page.number, left - 1, top - 1, right + 1, bottom + 1)
            found.append((distance, -(bottom - top), box))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _weight(box: Box | None) -> float:
    return (box.right - box.left) * (box.bottom - box.top) if box else 0.0


def _nearer(caption: Caption, above: Box | None, below: Box | None) -> Box | None:
    if above is None or below is None:
        return above or below
    return above if caption.top - above.bottom < below.top - caption.bottom else below


def _span(sheet: Sheet, caption: Caption, others: Sequence[Caption]) -> tuple[float, float]:
    """How far left and right a float may go: its column, up to captions beside it."""
    left, right = caption.left, caption.right
    for edges in sheet.columns:
        if left < edges[1] and right > edges[0]:
            left, right = min(left, edges[0]), max(right, edges[1])
    left, right = left - 20, right + 20
    if len(sheet.columns) == 1 or sheet.column(caption.lines[0]) < 0:
        left, right = min(left, 20.0), max(right, sheet.page.width - 20)
    for other in others:
        if other.top < caption.bottom + 4 and other.bottom > caption.top - 4:
            if other.left >= caption.right:
                right = min(right, (other.left + caption.right) / 2)
            elif other.right <= caption.left:
                left = max(left, (other.right + caption.left) / 2)
    return left, right


def _edge(
    sheet: Sheet,
    caption: Caption,
    others: Sequence[Caption],
    prose: Sequence[Line],
    span: tuple[float, float],
    up: bool,
) -> float:
    """Where the next text or caption stands, upwards or downwards."""
    barriers = [
        (line.top, line.bottom)
        for line in prose
        if line.left < caption.right and line.right > caption.left
    ]
    barriers += [
        (other.top, other.bottom)
        for other in others
        if other.left < span[1] and other.right > span[0]
    ]
    if up:
        return max((bottom for _, bottom in barriers if bottom <= caption.top + 1), default=0.0)
    return min((top for top, _ in barriers if top >= caption.bottom - 1), default=sheet.page.height)


def _content(
    sheet: Sheet,
    caption: Caption,
    lines: Sequence[Line],
    prose: Sequence[Line],
    span: tuple[float, float],
    band: tuple[float, float],
) -> Box | None:
    """The box around everything drawn and written in a band, within a span."""
    running = {id(line) for line in prose}
    boxes: list[tuple[float, float, float, float]] = []
    beside = [line for line in prose if line.bottom > band[0] and line.top < band[1]]
    for one in sheet.page.drawn:
        middle = (one.left + one.right) / 2
        if not (span[0] <= middle <= span[1]) or _is_background(sheet, one):
            continue
        if one.bottom <= band[0] + 1 or one.top >= band[1] - 1:
            continue
        inside = one.top >= band[0] - 12 and one.bottom <= band[1] + 12
        if inside or one.kind in ("image", "form"):
            top, bottom = max(one.top, band[0]), min(one.bottom, band[1])
            boxes.append((one.left, top, one.right, bottom))
    drawn = list(boxes)
    for line in lines:
        if id(line) in running or line.bottom > band[1] + 1 or line.top < band[0] - 1:
            continue
        if span[0] <= line.left and line.right <= span[1] and _belongs(line, drawn):
            boxes.append((line.left, line.top, line.right, line.bottom))
    if not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    left, right = _beside(caption, beside, left, right)
    return Box(
        sheet.page.number,
        max(left - _MARGIN, 0), max(top - _MARGIN, band[0]),
        min(right + _MARGIN, sheet.page.width), min(bottom + _MARGIN, band[1]),
    )  # fmt: skip


def _belongs(line: Line, drawn: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a line is near something drawn, or near the caption of a table."""
    if not drawn:  # a table without rules, or a figure that is all text
        return True
    near = 3 * line.size
    return any(
        line.left < right + near
        and line.right > left - near
        and line.top < bottom + near
        and line.bottom > top - near
        for left, top, right, bottom in drawn
    )


def _beside(
    caption: Caption, prose: Sequence[Line], left: float, right: float
) -> tuple[float, float]:
    """Sides of a figure that text flows around."""
    for line in prose:
        if line.right <= caption.left + 2:
            left = max(left, min(line.right + 4, caption.left))
        elif line.left >= caption.right - 2:
            right = min(right, max(line.left - 4, caption.right))
    return left, right


def _is_background(sheet: Sheet, one: Drawn) -> bool:
    area = (one.right - one.left) * (one.bottom - one.top)
    return area > 0.75 * sheet.page.width * sheet.page.height


def _within(line: Line, box: Box) -> bool:
    middle, height = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return box.left <= middle <= box.right and box.top <= height <= box.bottom
