"""Text of several lines of a PDF as one, with the way back from each character to its place.

A hyphen at the end of a line goes if the paper writes the word without it elsewhere, or if nothing
speaks for it. Leaves out: which lines belong together (`pdf_blocks.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.content.fulltext.pdf_math import Marked, marked
from bookwheel.core.document import Box

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"((?:[^\W\d_]+-)*[^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What stands before a hyphen in words that keep it, unless the paper writes them together.
_KEEPING = (
    "self non cross well state high low real large small fine long short end one two three multi "
    "so co data time pre task domain model user human first second zero few single class image "
    "text object token sentence word pixel machine open closed full half near ground higher lower "
    "top bottom best free error noise energy rank gradient point off on out in semi quasi anti "
    "inter intra sub super post ill general special"
)
_PREFIXES = frozenset(_KEEPING.split())
_ADDRESS = re.compile(r"(?:https?:/|www\.|doi\.org|github\.com|arxiv\.org)\S*$", re.IGNORECASE)


class Words:
    """Words that a paper writes, to decide about hyphens at line ends."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._seen: Counter[str] = Counter()
        for line in lines:
            found = _WORD.findall(line.text.lower())
            if found and line.text.endswith("-"):
                found = found[:-1]
            self._seen.update(found)

    def keeps(self, before: str, after: str) -> bool:
        """Whether `before-` at a line's end and `after` on the next are one word with a hyphen."""
        if not after[:1].islower() or not before[-1:].islower():
            return True
        small, next_ = before.lower(), after.lower()
        together, apart = self._seen[small + next_], self._seen[f"{small}-{next_}"]
        if together or apart:
            return apart > together
        if "-" in small or "-" in next_:
            return self._seen[next_] > 0 and "-" in small and small not in self._seen
        last = small.rsplit("-", 1)[-1]
        if last.endswith("ly") and len(last) > 4 and self._seen[next_] > 0:  # newly-made
            return True
        return last in _PREFIXES and self._seen[next_] > 0


@dataclass(slots=True)
class Joined:
    """A text made of lines; `starts` says where in it each line's part begins."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[Sequence[int]] = field(default_factory=list)  # each character's in its line
    formulas: list[tuple[int, int]] = field(default_factory=list)  # with their dollar signs

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where `text[start:end]` stands: a rectangle for each line that it touches."""
        found = []
        ends = [*self.starts[1:], len(self.text) + 1]
        for line, begin, stop, places in zip(
            self.lines, self.starts, ends, self.places, strict=True
        ):
            touched = places[max(start - begin, 0) : max(min(end, stop) - begin, 0)]
            if touched:
                found.append(_box(line, touched[0], touched[-1] + 1))
        return tuple(found)

    def add(self, line: Line, part: Marked, words: Words) -> None:
        """Go on with another line; a formula that goes on over the line's end stays one."""
        goes_on = (
            bool(self.formulas and part.formulas)
            and part.formulas[0][0] == 0
            and self.formulas[-1][1] == len(self.text)
        )
        if goes_on:  # without the two dollar signs between
            self.text = f"{self.text[:-1]} "
            moved = [(max(start - 1, 0), end - 1) for start, end in part.formulas]
            part = Marked(part.text[1:], part.places[1:], moved)
        else:
            self.text = _ended(self.text, part.text, words)
        begin = len(self.text)
        self.starts.append(begin)
        self.lines.append(line)
        self.places.append(part.places)
        found = [(begin + start, begin + end) for start, end in part.formulas]
        if goes_on:
            self.formulas[-1] = (self.formulas[-1][0], found.pop(0)[1])
        self.formulas += found
        self.text += part.text


def _box(line: Line, start: int, end: int) -> Box:
    left, right = min(line.lefts[start:end]), max(line.rights[start:end])
    return Box(line.page, *(round(side, 1) for side in (left, line.top, right, line.bottom)))


def join(lines: Sequence[Line], words: Words, cut: int = 0, *, math: bool = False) -> Joined:
    """Put lines together; `cut` characters at the beginning are left out.

    With `math` formulas become TeX between dollar signs.
    """
    made = Joined()
    for number, line in enumerate(lines):
        skipped = cut if number == 0 else 0
        if len(line.text) <= skipped:
            continue
        plain = Marked(line.text[skipped:], range(skipped, len(line.text)), [])
        made.add(line, marked(line, skipped) if math else plain, words)
    return made


def _ended(before: str, after: str, words: Words) -> str:
    """The text so far, as it goes on to the next line."""
    if not before:
        return ""
    hyphenated = _LAST.search(before[-60:])
    following = _FIRST.match(after)
    if hyphenated and following:
        return before if words.keeps(hyphenated[1], following[0]) else before[:-1]
    if before.endswith("-") and after[:1].isalnum() and before[-2:-1].isalnum():
        return before
    if before[-1:] in "/_-." and _ADDRESS.search(before) and not after[:1].isupper():
        return before
    return before if before.endswith(("—", "–")) and after[:1].isalnum() else f"{before} "
