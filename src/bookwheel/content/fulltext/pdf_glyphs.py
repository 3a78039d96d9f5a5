"""What stands on a page of a PDF: runs of characters with their places, and pictures and lines.

The only file that speaks PDFium's own language. Places are points from the top left corner of the
page as it is shown. Leaves out: what the runs mean together (`pdf_lines.py` and after it).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bookwheel.content.fulltext.pdf_fonts import PICTURES, Font, character, font

MOST_CHARACTERS = 60_000  # of a page; an ordinary page has 4,000
MOST_OBJECTS = 20_000  # of a page; plots drawn point by point have more
_HYPHEN = 2  # what PDFium says for a hyphen at the end of a line
_SPACE = 0.17  # of the size: a gap that parts words (TeX's word space shrinks to 0.22)
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "ft", "\ufb06": "st",
}  # fmt: skip
_RECODED = frozenset({"omx", "pictures"})
_SPACES = frozenset(" \t\u00a0\u2002\u2003\u2009\u200a\u202f\u3000")


@dataclass(slots=True)
class Run:
    """Characters that were drawn at once: one font, one size, one baseline.

    `lefts` and `rights` are the places of the characters; a space has the gap's.
    """

    text: str
    lefts: list[float]
    rights: list[float]
    base: float
    size: float
    font: Font

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.lefts[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.rights[-1]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something on a page that is no text: `kind` is image, path, shading or form."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Page:
    """A page as it is shown: its size in points, its text in the order in which it was drawn."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    turned: int = 0  # characters that stand upright or upside down, left out of the runs
    full: bool = True  # all of it was read


class _Frame:
    """From a page's own coordinates to those of the page as shown, quarter turns included."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = (page.get_rotation() // 90) % 4
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (wide, high) if self.turn % 2 == 0 else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def span(self, left: float, bottom: float, right: float, top: float) -> tuple[float, ...]:
        (one, two), (three, four) = self.point(left, bottom), self.point(right, top)
        return min(one, three), min(two, four), max(one, three), max(two, four)

    def upright(self, a: float, b: float) -> bool:
        """Whether text along (a, b) runs from left to right."""
        along, up = ((a, b), (b, -a), (-a, -b), (-b, a))[self.turn]
        return along > 0 and abs(up) < 0.1 * along


def read_page(page: pdfium.PdfPage, number: int) -> Page:
    """Take everything from a page. Raises pdfium.PdfiumError where it cannot be read."""
    frame = _Frame(page)
    found = Page(number, frame.width, frame.height)
    text = page.get_textpage()
    try:
        _take_runs(text, frame, found)
    finally:
        text.close()
    found.drawn = list(_drawn(page, frame))
    return found


def _take_runs(text: pdfium.PdfTextPage, frame: _Frame, found: Page) -> None:
    handle = text.raw
    count = raw.FPDFText_CountChars(handle)
    found.full = count <= MOST_CHARACTERS
    known: dict[int, Font] = {}
    start, before = 0, 0
    address = ctypes.addressof
    get_object = raw.FPDFText_GetTextObject
    for index in range(min(count, MOST_CHARACTERS)):
        got = get_object(handle, index)
        now = address(got.contents) if got else 0
        if now == before:
            continue
        if before:
            _take_run(handle, range(start, index), frame, found, known)
        start, before = index, now
    if before:
        _take_run(handle, range(start, min(count, MOST_CHARACTERS)), frame, found, known)


def _take_run(
    handle: Any, places: range, frame: _Frame, found: Page, fonts: dict[int, Font]
) -> None:
    """Read one object of text, from its first character to its last."""
    first = places[0]
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, first, matrix):
        return
    if not frame.upright(matrix.a, matrix.b):
        found.turned += len(places)
        return
    across = (matrix.c**2 + matrix.d**2) ** 0.5
    size = float(raw.FPDFText_GetFontSize(handle, first)) * across
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, first, x, y)
    base = frame.point(x.value, y.value)[1]
    used = _font_of(raw.FPDFText_GetTextObject(handle, first), fonts)
    if not used.name and _wordy(handle, places):
        used = PICTURES
    run = Run("", [], [], base, size or 1.0, used)
    run.text = "".join(_characters(handle, places, frame, run))
    if run.text and not run.text.isspace():
        found.runs.append(run)


def _wordy(handle: Any, places: range) -> bool:
    """Whether there are small letters enough for a word."""
    codes = [int(raw.FPDFText_GetUnicode(handle, one)) for one in places]
    return sum(0x61 <= code <= 0x7A for code in codes) > 1


def _characters(handle: Any, places: range, frame: _Frame, run: Run) -> Iterator[str]:
    """Characters with spaces where gaps are; their places go into the run."""
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    get_box, get_code = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetUnicode
    lefts, rights = run.lefts, run.rights
    gap = _SPACE * run.size
    used = run.font
    plain = frame.turn == 0
    for index in places:
        code = get_code(handle, index)
        char = (
            chr(code)
            if 0x20 < code < 0x7F and used.encoding not in _RECODED
            else _read(handle, index, code, used)
        )
        if not char:
            continue
        get_box(handle, index, reference)
        if plain:
            left, right = box.left - frame.left, box.right - frame.left
        else:
            left, _, right, _ = frame.span(box.left, box.bottom, box.right, box.top)
        if char == " ":
            if not rights:
                continue
        elif rights and left - rights[-1] > gap:
            lefts.append(rights[-1])
            rights.append(left)
            yield " "
        for part in _LIGATURES.get(char, char):
            lefts.append(left)
            rights.append(right)
            yield part


def _read(handle: Any, index: int, code: int, used: Font) -> str:
    if code in (0x0A, 0x0D) and raw.FPDFText_IsGenerated(handle, index) == 1:
        return ""  # PDFium's own line end
    if code == _HYPHEN and raw.FPDFText_IsHyphen(handle, index) == 1:
        return "-"
    char = character(code, used)
    return " " if char in _SPACES else char


def _font_of(drawn: Any, fonts: dict[int, Font]) -> Font:
    handle = raw.FPDFTextObj_GetFont(drawn)
    if not handle:
        return font("")
    key = ctypes.addressof(handle.contents)
    if key not in fonts:
        buffer = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
        name = buffer.value.decode("utf-8", "replace")
        fonts[key] = font(name, raw.FPDFFont_GetWeight(handle))
    return fonts[key]


_KINDS = {
    raw.FPDF_PAGEOBJ_PATH: "path",
    raw.FPDF_PAGEOBJ_IMAGE: "image",
    raw.FPDF_PAGEOBJ_SHADING: "shading",
    raw.FPDF_PAGEOBJ_FORM: "form",
}


def _drawn(page: pdfium.PdfPage, frame: _Frame) -> Iterator[Drawn]:
    """Pictures, lines and figures that stand on the page, without what is off it."""
    handle = page.raw
    sides = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(side) for side in sides]
    for index in range(min(raw.FPDFPage_CountObjects(handle), MOST_OBJECTS)):
        got = raw.FPDFPage_GetObject(handle, index)
        kind = _KINDS.get(raw.FPDFPageObj_GetType(got))
        if kind is None or not raw.FPDFPageObj_GetBounds(got, *references):
            continue
        left, top, right, bottom = frame.span(*(side.value for side in sides))
        if right < 0 or bottom < 0 or left > frame.width or top > frame.height:
            continue
        yield Drawn(
            kind, max(left, 0), max(top, 0), min(right, frame.width), min(bottom, frame.height)
        )
