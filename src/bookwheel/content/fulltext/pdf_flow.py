"""The running text of a PDF as pieces: headings, paragraphs, items, formulas, footnotes.

A paragraph ends where the next line is indented, stands apart, or begins something else, and goes
on over columns and pages. Leaves out: the document (`pdf.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bookwheel.content.fulltext.pdf_equations import NUMBER, is_formula
from bookwheel.content.fulltext.pdf_floats import Float
from bookwheel.content.fulltext.pdf_headings import (
    Heading,
    heading,
    is_references,
    run_in,
    theorem,
)
from bookwheel.content.fulltext.pdf_layout import Sheet
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.core.document import Kind

_ITEM = re.compile(
    r"(?P<label>[•◦▪■□►▶‣⁃∙·✓◆★*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\(\d{1,2}\))\s+(?=\S)"
)
_STOPS = re.compile(r"[.!?:;]['\"”’)\]]*(?:\s*\d{1,2})?$")
_NOTE = re.compile(r"(?P<label>\d{1,2}|[∗*†‡§¶#]{1,2}|[a-z](?=\s?[A-Z]))\s*(?=\S)")


@dataclass(slots=True)
class Piece:
    """One thing in the text; `heading` is set for headings, `float` for figures and tables."""

    kind: Kind = Kind.PARAGRAPH
    lines: list[Line] = field(default_factory=list)
    cut: int = 0  # characters of the first line that are its label or heading
    label: str = ""
    heading: Heading | None = None
    float: Float | None = None
    begins: bool = True  # False where it goes on after a formula


class Flow:
    """Reads pages in order; `pieces` is what was found so far."""

    def __init__(self, body: float, sheets: Sequence[Sheet]) -> None:
        self.body = body
        self.leading = _leading(sheets, body)
        self.indents = _indents(sheets, body)
        self.pieces: list[Piece] = []
        self._sheet = sheets[0] if sheets else None
        self._text: Piece | None = None  # the paragraph that may go on
        self._last: Line | None = None
        self.references = False  # inside the list of references

    def read(self, sheet: Sheet, floats: Sequence[Float]) -> None:
        """Add what stands on a page."""
        self._sheet = sheet
        lines = _merged(sheet)
        notes = _footnotes(sheet, lines, self.body)
        noted = {id(line) for note in notes for line in note.lines}
        for line in lines:
            if id(line) not in noted:
                self._line(line)
        self.pieces += [Piece(one.caption.kind, float=one) for one in floats]
        self.pieces += notes

    def _line(self, line: Line) -> None:
        assert self._sheet is not None
        left, right = self._sheet.edges(line)
        room = self._room(line)
        found = heading(line, self.body, room, right - left) or self._title_goes_on(line)
        if found and not (self.references and not _ends_references(found)):
            self._heading(line, found)
        elif not self.references and is_formula(line, left, right, self.body):
            self._formula(line)
        else:
            self._words(line, left, right)
        self._last = line

    def _title_goes_on(self, line: Line) -> Heading | None:
        """The second line of a bold or large heading, which may begin with a small letter."""
        last = self.pieces[-1] if self.pieces else None
        if last is None or last.heading is None or self._last is not last.lines[-1]:
            return None
        before = last.lines[-1]
        large = min(line.size, before.size) > 1.12 * self.body
        alike = large or (line.share("bold") > 0.9 and before.share("bold") > 0.9)
        near = 0 < line.base - before.base < 1.45 * line.size and line.page == before.page
        if alike and near and last.heading.size and abs(before.size - line.size) < 0.3:
            return Heading(line.text.strip(" .:"), size=line.size)
        return None

    def _room(self, line: Line) -> float:
        """Space above a line in line heights; much at the top of a column."""
        last = self._last
        if last is None or last.page != line.page or line.base <= last.base - 1:
            return 3.0
        if line.left > last.right or line.right < last.left:
            return 2.0
        return (line.base - last.base) / self.leading

    def _heading(self, line: Line, found: Heading) -> None:
        last = self.pieces[-1] if self.pieces else None
        goes_on = (
            last is not None
            and last.heading is not None
            and not found.number
            and not found.known
            and self._last is last.lines[-1]
            and abs(last.lines[-1].size - line.size) < 0.3
            and 0 < line.base - last.lines[-1].base < 1.45 * line.size
            and (last.lines[-1].share("bold") > 0.5) == (line.share("bold") > 0.5)
        )
        if goes_on and last is not None and last.heading is not None:
            before = last.heading
            title = _joined(before.title, found.title)
            last.heading = Heading(title, before.number, before.known, before.size)
            last.lines.append(line)
            return
        self.pieces.append(Piece(lines=[line], heading=found))
        self._text = None
        self.references = found.is_references

    def _formula(self, line: Line) -> None:
        last = self.pieces[-1] if self.pieces else None
        near = (
            last is not None
            and last.kind is Kind.EQUATION
            and last.lines
            and last.lines[-1].page == line.page
            and -3 * self.leading < line.base - last.lines[-1].base < 1.9 * self.leading
            and not (NUMBER.search(last.lines[-1].text) and line.base > last.lines[-1].base + 8)
        )
        if near and last is not None:
            last.lines.append(line)
        else:
            self.pieces.append(Piece(Kind.EQUATION, [line]))
        if match := NUMBER.search(line.text):
            self.pieces[-1].label = match[0]
        self._text = None

    def _words(self, line: Line, left: float, right: float) -> None:
        text = self._text
        if text is not None and not self._breaks(text, line, left, right):
            text.lines.append(line)
            return
        after = self.pieces[-1] if self.pieces else None
        made = Piece(lines=[line])
        made.begins = not (after is not None and after.kind is Kind.EQUATION)
        if not self.references:
            self._begin(made, line, left)
        self.pieces.append(made)
        self._text = made

    def _begin(self, made: Piece, line: Line, left: float) -> None:
        """See what begins with this line: an item, a theorem, or a heading in the line."""
        if found := theorem(line):
            made.kind, made.label, made.cut = Kind.THEOREM, *found
        elif titled := run_in(line):
            title, made.cut = titled
            self.pieces.append(Piece(lines=[line], heading=title))
        elif (item := _ITEM.match(line.text)) and (
            line.left > left + 0.3 * self.body or not item["label"].isalnum()
        ):
            made.kind, made.label, made.cut = Kind.ITEM, item["label"], item.end()
        elif line.share("mono") > 0.8:
            made.kind = Kind.CODE

    def _breaks(self, text: Piece, line: Line, left: float, right: float) -> bool:
        last = text.lines[-1]
        if abs(line.size - last.size) > 0.08 * self.body + 0.3:
            return True
        if text.kind is Kind.CODE:
            return line.share("mono") <= 0.6
        if line.page != last.page or line.base < last.base - 2 * self.leading:
            return self._breaks_over(last, line, left)
        if self.references:
            return False
        if abs(line.base - last.base) < 0.4 * line.size:
            return False  # the rest of the same line
        if line.base - last.base > 1.32 * self.leading or self._is_code(last, line):
            return True
        if _ITEM.match(line.text) and self._is_item(line, last, left):
            return True
        return self._indented(text, last, line, right)

    def _is_code(self, last: Line, line: Line) -> bool:
        """Whether lines of a program begin, rather than the rest of an address."""
        return line.share("mono") > 0.8 and bool(_STOPS.search(last.text))

    def _is_item(self, line: Line, last: Line, left: float) -> bool:
        bullet = not line.text[0].isalnum() and line.text[0] not in "(–—-*"
        return bullet or (line.left > left + 0.3 * self.body and bool(_STOPS.search(last.text)))

    def _indented(self, text: Piece, last: Line, line: Line, right: float) -> bool:
        indent = line.left - last.left
        first = last is text.lines[0]
        if indent > 0.8 * line.size:
            return not (first and text.kind is Kind.ITEM)
        if indent < -0.8 * line.size and not first:
            return True
        if indent < -3.5 * line.size:
            return True
        short = last.right < right - 2.5 * line.size
        return short and bool(_STOPS.search(last.text)) and not first

    def _breaks_over(self, last: Line, line: Line, left: float) -> bool:
        """Whether a new paragraph begins at the top of a column or page."""
        if self.references:
            return False
        if _ITEM.match(line.text) and not line.text[0].isalnum() and line.text[0] != "(":
            return True
        if not _STOPS.search(last.text):
            return False
        if run_in(line) or theorem(line):
            return True
        indented = line.left > left + 0.8 * line.size
        return indented or not self.indents


def _joined(title: str, rest: str) -> str:
    """The two lines of a heading; a word that is parted between them is one again."""
    parted = title.endswith("-") and rest[:1].islower()
    return title[:-1] + rest if parted else f"{title} {rest}"


def _ends_references(found: Heading) -> bool:
    """Whether a heading ends the list of references, rather than being a part of an entry."""
    return (
        bool(found.number and not found.number[0].isdigit())
        or found.known
        or found.is_appendix
        or found.size > 11.4
    )


def _leading(sheets: Sequence[Sheet], body: float) -> float:
    """The distance of most lines from the one before."""
    gaps: Counter[float] = Counter()
    for sheet in sheets:
        for one, two in zip(sheet.lines, sheet.lines[1:], strict=False):
            gap = two.base - one.base
            plain = abs(one.size - body) < 0.3 and abs(two.size - body) < 0.3
            if plain and 0.9 * body < gap < 2.6 * body and len(one.text) > 25:
                gaps[round(gap * 2) / 2] += 1
    return gaps.most_common(1)[0][0] if gaps else 1.2 * body


def _indents(sheets: Sequence[Sheet], body: float) -> bool:
    """Whether paragraphs begin with an indent rather than after room.

    Told by the lines after short ones that end a sentence.
    """
    indented = plain = 0
    for sheet in sheets:
        for one, two in zip(sheet.lines, sheet.lines[1:], strict=False):
            left, right = sheet.edges(two)
            if one.right > right - 4 * body or len(two.text) < 30 or not _STOPS.search(one.text):
                continue
            if abs(two.left - left) < 0.3 * body and len(one.text) > 8:
                plain += abs(one.left - left) < 0.3 * body
            indented += 0.8 * body < two.left - left < 2.6 * body
    return indented > plain


def _merged(sheet: Sheet) -> list[Line]:
    """Lines without strays: small signs that stand inside the room of another line."""
    kept: list[Line] = []
    for place, line in enumerate(sheet.lines):
        around = sheet.lines[max(0, place - 3) : place + 4]
        if len(line.text) <= 6 and any(_swallows(other, line) for other in around):
            continue
        kept.append(line)
    return kept


def _swallows(other: Line, line: Line) -> bool:
    letters = sum(char.isalpha() for char in line.text)
    return (
        other is not line
        and len(other.text) > 30
        and other.left - 1 <= line.left
        and line.right <= other.right + 1
        and abs(other.base - line.base) < 0.95 * other.size
        and letters <= 3
    )


def _footnotes(sheet: Sheet, lines: Sequence[Line], body: float) -> list[Piece]:
    """Lines in small type at the foot of a column, from the first with a mark."""
    found: list[Piece] = []
    for column in range(len(sheet.columns)):
        here = [
            line for line in lines if sheet.column(line) in (column, -1 if column == 0 else column)
        ]
        here.sort(key=lambda line: line.base)
        start = len(here)
        while start and here[start - 1].size < 0.94 * body:
            start -= 1
        small = here[start:]
        if not small or small[0].top < 0.45 * sheet.page.height:
            continue
        if start and is_references(here[start - 1].text):
            continue
        found += _split_notes(small)
    return found


def _split_notes(lines: Sequence[Line]) -> list[Piece]:
    notes: list[Piece] = []
    for line in lines:
        match = _NOTE.match(line.text)
        raised = bool(line.parts) and (line.parts[0].level == 1 or line.text[0] in "∗*†‡§¶")
        if match and raised:
            notes.append(Piece(Kind.FOOTNOTE, [line], match.end(), match["label"]))
        elif notes and line.base - notes[-1].lines[-1].base < 1.6 * line.size:
            notes[-1].lines.append(line)
        elif not notes or line.size < 9.5:
            notes.append(Piece(Kind.FOOTNOTE, [line]))
    return notes
