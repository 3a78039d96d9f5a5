"""The text of one block while it is read: white space folded, spans kept in step.

Leaves out: what becomes of it (`build.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bookwheel.content.clean import clean
from bookwheel.core.document import Mark, Span

_SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u2009\u200a]+")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A finished text and its spans, whose targets are still keys of the source."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(slots=True)
class Line:
    """Collects a text."""

    parts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    length: int = 0
    spaced: bool = True  # nothing, or white space, stands at the end
    taken: int = 0  # how many texts were finished

    def write(self, text: str) -> None:
        """Add text; runs of white space become one space."""
        folded = _SPACE.sub(" ", clean(text))
        if self.spaced:
            folded = folded.removeprefix(" ")
        if folded:
            self.raw(folded)

    def raw(self, text: str) -> None:
        """Add text as it is."""
        self.parts.append(text)
        self.length += len(text)
        self.spaced = text[-1].isspace()

    def unspace(self) -> None:
        """Take back one space at the end."""
        if self.parts and self.parts[-1].endswith(" "):
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
            self.spaced = False

    def math(self, tex: str) -> None:
        """Add a formula that stands in the line."""
        if tex := clean_tex(tex):
            start = self.length
            self.raw(f"${tex}$")
            self.spans.append(Span(start, self.length, Mark.MATH))

    def note(self, target: str) -> None:
        """Call a footnote here."""
        self.unspace()
        self.spans.append(Span(self.length, self.length, Mark.NOTE, target))

    def copy(self, text: Text) -> None:
        """Add a finished text with its spans."""
        if not text:
            return
        start = self.length
        self.raw(text.text)
        self.spans += [Span(start + s.start, start + s.end, s.mark, s.target) for s in text.spans]

    @contextmanager
    def span(self, mark: Mark, target: str = "") -> Iterator[None]:
        """Mark what is added inside."""
        start, place = self.length, len(self.spans)
        yield
        self.wrap(start, place, mark, target)

    def wrap(self, start: int, place: int, mark: Mark, target: str = "") -> None:
        """Mark what was added since the text had `start` characters and `place` spans."""
        self.spans.insert(place, Span(start, self.length, mark, target))

    def take(self) -> Text:
        """Finish: the text without white space around it; the line is empty again."""
        text = "".join(self.parts)
        found = Text(text.rstrip(), tuple(_fitting(text, self.spans)))
        self.parts, self.spans, self.length, self.spaced = [], [], 0, True
        self.taken += 1
        return found

    def __bool__(self) -> bool:
        return any(part.strip() for part in self.parts)


def _fitting(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Spans without white space at their ends; empty ones are left out, but for calls of notes."""
    for span in spans:
        start, end = span.start, min(span.end, len(text))
        while start < end and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end or span.mark is Mark.NOTE:
            yield Span(start, end, span.mark, span.target)


def clean_tex(tex: str) -> str:
    """TeX of a formula on one line: comments and line ends out, no dollar sign that ends it."""
    tex = _SPACE.sub(" ", _COMMENT.sub("", clean(tex))).strip()
    return tex.removeprefix("\\displaystyle").lstrip() if _is_displayed(tex) else tex


def _is_displayed(tex: str) -> bool:
    return tex.startswith("\\displaystyle") and not tex[13:14].isalpha()
