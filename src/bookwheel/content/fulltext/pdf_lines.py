"""Lines of text on a page of a PDF, put together from the runs in which they were drawn.

Raised and lowered characters, accents and small fractions join the line that they belong to. A gap
wider than any space in a sentence parts lines, as between columns or the cells of a table.
Leaves out: what a line is (`pdf_layout.py`, `pdf_blocks.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from bookwheel.content.fulltext.pdf_glyphs import Run

_GAP = 1.9  # of the size: wider gaps part lines
_SPACE = 0.17
_ACCENTS = dict(zip("`´ˆ˜¨ˇ˘¯˙˚", "\u0300\u0301\u0302\u0303\u0308\u030c\u0306\u0304\u0307\u030a",
                    strict=True))  # fmt: skip
_ACCENTED = re.compile(r"[`´ˆ˜¨ˇ˘¯˙˚] ?[A-Za-zı]")
_LOOK_BACK = 8  # lines that a run may still join, as after a fraction


@dataclass(slots=True)
class Part:
    """A stretch of a line in one font; level 1 is raised, -1 lowered."""

    start: int
    end: int
    run: Run
    level: int = 0


@dataclass(slots=True)
class Line:
    """A line, or a piece of one; places are points from the page's top left corner."""

    page: int
    base: float
    size: float
    text: str = ""
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    reach: float = 0.0  # how far right it goes

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.lefts[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.reach

    @property
    def top(self) -> float:
        """Upper edge of its letters."""
        return self.base - 0.78 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its letters."""
        return self.base + 0.24 * self.size

    @property
    def height(self) -> float:
        """Its size; of capitals and small capitals, which are two sizes, the larger one."""
        letters = [char for char in self.text if char.isalpha()]
        if sum(map(str.isupper, letters)) <= 0.8 * len(letters):
            return self.size
        return max(part.run.size for part in self.parts)

    @property
    def width(self) -> float:
        """From its first character to its last."""
        return self.right - self.left

    def share(self, kind: str) -> float:
        """How much of it is `bold`, `italic`, `mono`, `math` or `caps`, from 0 to 1."""
        fonts = [(part.end - part.start, part.run.font) for part in self.parts]
        return sum(count for count, font in fonts if getattr(font, kind)) / max(len(self.text), 1)

    def lead(self, kind: str, start: int = 0) -> int:
        """Where the characters end that are `bold`, `italic` or `caps` from `start` on."""
        end = start
        for part in self.parts:
            if part.end <= start:
                continue
            if not getattr(part.run.font, kind) and part.run.text.strip(".:–—- "):
                break
            end = part.end
        return end

    def _add(self, run: Run, level: int) -> None:
        gap = run.left - self.rights[-1] if self.rights else 0.0
        small = min(run.size, self.parts[-1].run.size) if self.parts else run.size
        if self.text and gap > _SPACE * small and not self.text.endswith(" "):
            self.text += " "
            self.lefts.append(self.rights[-1])
            self.rights.append(run.left)
        start = len(self.text)
        self.text += run.text
        self.lefts += run.lefts
        self.rights += run.rights
        self.reach = max(self.reach, run.right)
        self.parts.append(Part(start, len(self.text), run, level))


def lines_of(runs: list[Run], page: int) -> list[Line]:
    """Lines in the order in which their first characters were drawn."""
    found: list[Line] = []
    for run in runs:
        line = next((line for line in reversed(found[-_LOOK_BACK:]) if _takes(line, run)), None)
        if line is None:
            line = Line(page, run.base, run.size)
            found.append(line)
        elif run.size > 1.1 * line.size and len(line.text) < len(run.text):
            line.base, line.size = run.base, run.size  # it began with something small
        line._add(run, _level(line, run))
    for line in found:
        _settle(line)
        if _ACCENTED.search(line.text):
            _compose(line)
    return [line for line in found if line.text]


def _takes(line: Line, run: Run) -> bool:
    """Whether a run goes on with a line."""
    size = max(line.size, run.size)
    last = line.parts[-1].run
    gap = run.left - line.reach
    if gap > _GAP * size or run.size > 3 * line.size:
        return False
    off = abs(run.base - line.base)
    if off < 0.08 * size:
        return gap > -0.6 * size
    if run.size < 0.92 * line.size:  # raised, lowered, or part of a small fraction
        return off < 0.62 * size and gap > -2.5 * size
    if last.size < 0.92 * run.size and len(line.text) <= 3:  # a mark before a line
        return off < 0.62 * size and gap > -0.6 * size
    accent = len(run.text) == 1 and run.left >= line.left
    return accent and off < 0.75 * size and -1.2 * size < gap < 0.6 * size


def _level(line: Line, run: Run) -> int:
    if run.size > 0.92 * line.size:
        return 0
    rise = (line.base - run.base) / line.size
    return 1 if rise > 0.12 else -1 if rise < -0.06 else 0


def _settle(line: Line) -> None:
    """Take its size and baseline from most of its characters; fold spaces at its ends."""
    sizes: Counter[tuple[float, float]] = Counter()
    for part in line.parts:
        sizes[(round(part.run.size, 2), round(part.run.base, 2))] += part.end - part.start
    (line.size, line.base), _ = sizes.most_common(1)[0]
    for part in line.parts:
        part.level = _level(line, part.run)
    if line.text.endswith(" "):
        kept = len(line.text.rstrip())
        line.text = line.text[:kept]
        del line.lefts[kept:], line.rights[kept:]
        line.parts = [part for part in line.parts if part.start < kept]
        if line.parts:
            line.parts[-1].end = min(line.parts[-1].end, kept)


def _compose(line: Line) -> None:
    """Put accents that were drawn before their letters onto them: `Poincar´e`."""
    for match in reversed(list(_ACCENTED.finditer(line.text))):
        place, last = match.start(), match.end() - 1
        middle = (line.lefts[place] + line.rights[place]) / 2
        if not line.lefts[last] - 1 <= middle <= line.rights[last] + 1:
            continue
        letter = line.text[last].replace("ı", "i")
        made = unicodedata.normalize("NFC", letter + _ACCENTS[line.text[place]])
        if len(made) > 1:
            continue
        gone = last - place
        line.text = line.text[:place] + made + line.text[last + 1 :]
        del line.lefts[place:last], line.rights[place:last]
        for part in line.parts:
            part.start -= min(gone, max(0, part.start - place))
            part.end -= min(gone, max(0, part.end - place))
    line.parts = [part for part in line.parts if part.start < part.end]
