"""Captions on the pages of a PDF: "Figure 3: ...", "Table II. ...", with all their lines.

Leaves out: the figure or table that a caption belongs to (`pdf_floats.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookwheel.content.fulltext.pdf_layout import Sheet
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.core.document import Kind

_LABEL = re.compile(
    r"(?P<label>(?P<name>(?:Supplementary |Supp\. |Extended Data )?"
    r"(?:Fig(?:ure|\.)?|FIG(?:URE|\.)?|Tab(?:le|\.)?|TAB(?:LE|\.)?|Table|Algorithm|ALGORITHM|"
    r"Listing|LISTING|Scheme|Plate|Box|Chart))\s*"
    r"(?P<number>[A-Z]{0,2}[.-]?\d{1,3}(?:[.-]\d{1,3})*(?:\([a-z]\)|[a-z])?|[IVXL]{1,6}|[A-Z]\b))"
    r"(?P<end>\s*[:.|–—-]+(?=\s|$|[A-Z(])|\s*$|\s+(?=[A-Z(“\"$]))"
)
MOST = 60  # of a page
_KINDS = {"t": Kind.TABLE, "a": Kind.CODE, "l": Kind.CODE}
_GOES_ON = re.compile(
    r"\b(?:in|see|and|of|from|by|to|the|with|also|cf|e\.g|on|both|or|as)\W*$", re.I
)


@dataclass(slots=True)
class Caption:
    """A caption: its lines, its label as printed, and where its text begins in the first line."""

    kind: Kind
    label: str
    cut: int
    lines: list[Line]

    @property
    def left(self) -> float:
        """Left edge of all its lines."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Right edge of all its lines."""
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(line.bottom for line in self.lines)


def captions(sheet: Sheet) -> list[Caption]:
    """The captions of a page, in order."""
    found: list[Caption] = []
    taken: set[int] = set()
    for place, line in enumerate(sheet.lines):
        if len(found) == MOST:
            break
        if place in taken or not (match := _begins(sheet, place)):
            continue
        places = _extent(sheet, place)
        taken.update(places)
        found.append(
            Caption(
                kind=_KINDS.get(match["name"].split()[-1][0].lower(), Kind.FIGURE),
                label=" ".join(match["label"].split()),
                cut=match.end() + (line.text[match.end() :][:1] == " "),
                lines=[sheet.lines[one] for one in places],
            )
        )
    return found


def _begins(sheet: Sheet, place: int) -> re.Match[str] | None:
    """The label, if a caption begins with this line rather than a sentence that names a figure."""
    line = sheet.lines[place]
    match = _LABEL.match(line.text)
    if match is None:
        return None
    alone = match["name"].isupper() and match.end() == len(line.text)  # IEEE's "TABLE II"
    if match["number"].isalpha() and not match["end"].strip() and not alone:
        return None
    if _LABEL.match(line.text[match.end() :].strip()):
        return None  # labels of panels side by side
    before = sheet.lines[place - 1] if place else None
    if before is None or _apart(before, line):
        return match if match["end"].strip() or _differs(sheet, line, before) else None
    strong = ":" in match["end"] or "|" in match["end"]
    return match if strong and not _GOES_ON.search(before.text) else None


def _apart(before: Line, line: Line) -> bool:
    """Whether a line does not simply follow the one before."""
    gap = line.base - before.base
    if abs(line.size - before.size) > 0.4 or gap > 1.45 * line.size:
        return True
    if gap < -1:  # the next column or a float drawn out of order
        return not _GOES_ON.search(before.text)
    return line.left > before.right or line.right < before.left


def _differs(sheet: Sheet, line: Line, before: Line | None) -> bool:
    """Whether a label without a sign after it looks like one: other type, or centred."""
    first = line.parts[0].run.font
    rest = line.parts[-1].run.font
    centred = line.left > sheet.edges(line)[0] + 2 * line.size
    return first.bold != rest.bold or first.caps or centred or first.bold or before is None


def _extent(sheet: Sheet, place: int) -> list[int]:
    """Places of the lines of the caption that begins there."""
    lines = sheet.lines
    first = lines[place]
    places, left, right = [place], first.left, first.right
    for index in range(place + 1, min(place + 60, len(lines))):
        line, last = lines[index], lines[places[-1]]
        gap = line.base - last.base
        if abs(gap) < 0.3 * first.size and line.left > last.right - 2:
            places.append(index)  # the rest of a line after a wide gap
            right = max(right, line.right)
            continue
        if _LABEL.match(line.text) and gap > 1.2 * first.size or _ruled(sheet, last, line):
            break
        inside = line.left >= left - 2.5 * first.size and line.right <= right + 2.5 * first.size
        inside = inside or (len(places) == 1 and _centred_under(first, line))
        close = 0.5 * first.size < gap <= _leading(lines, places) * 1.22
        if not (close and inside) or abs(line.height - first.height) > 0.45:
            break
        places.append(index)
        left, right = min(left, line.left), max(right, line.right)
    return places


def _centred_under(first: Line, line: Line) -> bool:
    """Whether a wider line has its middle under a label that stands alone."""
    middles = (first.left + first.right) / 2 - (line.left + line.right) / 2
    return bool(_LABEL.fullmatch(first.text)) and abs(middles) < 3


def _ruled(sheet: Sheet, last: Line, line: Line) -> bool:
    """Whether a line is drawn between two lines of text, as above a table."""
    return any(
        one.bottom - one.top < 2.5
        and one.right - one.left > 40
        and last.base - 1 < one.top < line.base - 0.5 * line.size
        and one.left < line.right
        and one.right > line.left
        for one in sheet.page.drawn
    )


def _leading(lines: list[Line], places: list[int]) -> float:
    """Distance of the caption's baselines; before there are two, what lines have at most."""
    if len(places) < 2:
        return 1.22 * lines[places[0]].size
    return max(lines[places[1]].base - lines[places[0]].base, lines[places[0]].size)
