"""The layout of a PDF: what repeats on its pages, its columns, and the order in which it is read.

Text is drawn in reading order by TeX and by most other programs, so that order is kept unless a
page shows that it was not. Leaves out: figures and tables (`pdf_floats.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bookwheel.content.fulltext.pdf_glyphs import Page
from bookwheel.content.fulltext.pdf_lines import Line

_PAGE_NUMBER = re.compile(
    r"[^\w()\[\]]*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d+)?[^\w()\[\]]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.15  # of the page's height: where headers and footers stand
_LONG = 28  # characters: a line of text rather than a label


@dataclass(slots=True)
class Sheet:
    """A page with its lines, in reading order, and its columns."""

    page: Page
    lines: list[Line]
    columns: list[tuple[float, float]] = field(default_factory=list)  # left and right edges

    def column(self, line: Line) -> int:
        """Which column a line stands in; -1 for one that stands across both."""
        if len(self.columns) == 1:
            return 0
        middle = (self.columns[0][1] + self.columns[1][0]) / 2
        if line.right <= middle + 4:
            return 0
        return 1 if line.left >= middle - 4 else -1

    def edges(self, line: Line) -> tuple[float, float]:
        """Left and right edge of the column that a line stands in."""
        place = self.column(line)
        if place < 0:
            return self.columns[0][0], self.columns[-1][1]
        return self.columns[place]


def sheets(pages: Sequence[Page], lines: Sequence[list[Line]], body: float) -> list[Sheet]:
    """Pages without what repeats on them, their lines in reading order."""
    repeated = _repeated(pages, lines)
    heads = _heads(pages, lines)
    made = []
    for page, found in zip(pages, lines, strict=True):
        kept = [
            line
            for line in found
            if id(line) not in heads and not _is_furniture(page, line, found, repeated)
        ]
        made.append(Sheet(page, kept))
    everywhere = _is_double([(sheet.page, sheet.lines) for sheet in made], body)
    for sheet in made:
        here = _is_double([(sheet.page, sheet.lines)], body)
        sheet.columns = _columns(sheet, bool(everywhere if here is None else here), body)
        sheet.lines = _ordered(sheet)
    return made


def body_size(lines: Sequence[list[Line]]) -> float:
    """The size of most of the text; 10 where there is none."""
    sizes: Counter[float] = Counter()
    for page in lines:
        for line in page:
            if len(line.text) >= _LONG:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text.lower()).strip(), round(line.base / 6)


def _repeated(pages: Sequence[Page], lines: Sequence[list[Line]]) -> set[tuple[str, int]]:
    """What stands at the same height near an edge of several pages, whatever its numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, found in zip(pages, lines, strict=True):
        seen.update({_key(line) for line in found if _near_edge(page, line)})
    return {key for key, count in seen.items() if count >= max(3, len(pages) / 4)}


def _heads(pages: Sequence[Page], lines: Sequence[list[Line]]) -> set[int]:
    """Head lines that name the section: at one height on most pages, with room under them."""
    tops: dict[int, list[Line]] = {}
    for page, found in zip(pages, lines, strict=True):
        if not found:
            continue
        top = min(line.base for line in found)
        first = [line for line in found if line.base < top + 3]
        under = min((line.base for line in found if line.base >= top + 3), default=page.height)
        if page.number and top < _EDGE * page.height and under - top > 1.6 * first[0].size:
            tops.setdefault(round(top / 3), []).extend(first)
    often = max(3, 0.6 * (len(pages) - 1))
    return {
        id(line) for at in tops.values() if len({line.page for line in at}) >= often for line in at
    }


def _near_edge(page: Page, line: Line) -> bool:
    return line.base < _EDGE * page.height or line.base > (1 - _EDGE) * page.height


def _is_furniture(
    page: Page, line: Line, found: list[Line], repeated: set[tuple[str, int]]
) -> bool:
    if not _near_edge(page, line):
        return False
    if _key(line) in repeated:
        return True
    if not _PAGE_NUMBER.fullmatch(line.text):
        return False
    others = [other.base for other in found if other is not line and len(other.text) >= _LONG]
    return not others or line.base > max(others) + 4 or line.base < min(others) - 4


def _is_double(sheets: list[tuple[Page, list[Line]]], body: float) -> bool | None:
    """Whether the text stands in two columns; None if there is too little to tell."""
    one = left = right = 0
    for page, lines in sheets:
        middle = page.width / 2
        for line in lines:
            if len(line.text) < _LONG or line.size < 0.75 * body:
                continue
            crosses = line.left < middle - 12 and line.right > middle + 12
            one += crosses
            left += not crosses and line.right < middle + 12
            right += not crosses and line.left > middle - 12
    if one + left + right < 12:
        return None
    return left + right > one and min(left, right) > 0.15 * (left + right)


def _columns(sheet: Sheet, double: bool, body: float) -> list[tuple[float, float]]:
    long = [line for line in sheet.lines if len(line.text) >= _LONG and line.size > 0.75 * body]
    width = sheet.page.width
    if not double:
        return [_edges(long, width * 0.12, width * 0.88)]
    middle = width / 2
    lefts = [line for line in long if line.right < middle + 12]
    rights = [line for line in long if line.left > middle - 12]
    return [
        _edges(lefts, width * 0.1, middle - 8),
        _edges(rights, middle + 8, width * 0.9),
    ]


def _edges(lines: list[Line], left: float, right: float) -> tuple[float, float]:
    """Where most lines begin, and as far as nearly all go."""
    if not lines:
        return left, right
    begins = Counter(round(line.left) for line in lines)
    often = max(begins.values())
    ends = sorted(line.right for line in lines)
    return (
        float(min(place for place, count in begins.items() if count >= 0.3 * often)),
        ends[int(0.9 * (len(ends) - 1))],
    )


def _ordered(sheet: Sheet) -> list[Line]:
    """The lines as drawn, or by their places if they were drawn in disorder."""
    long = [line for line in sheet.lines if len(line.text) >= _LONG]
    pairs = list(zip(long, long[1:], strict=False))
    back = sum(
        sheet.column(one) == sheet.column(two) and two.base < one.base - 1 for one, two in pairs
    )
    if len(pairs) < 6 or back <= 0.2 * len(pairs):
        return sheet.lines
    return _by_place(sheet)


def _by_place(sheet: Sheet) -> list[Line]:
    """Bands between lines that stand across; in each band one column after the other."""
    across = sorted(line.base for line in sheet.lines if sheet.column(line) < 0)

    def place(line: Line) -> tuple[int, int, float, float]:
        column = sheet.column(line)
        above = sum(base < line.base for base in across)
        return 2 * above + (column >= 0), max(column, 0), round(line.base, 0), line.left

    return sorted(sheet.lines, key=place)
