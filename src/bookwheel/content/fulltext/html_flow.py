"""Walks an article of HTML: every text goes into a block, none twice.

An element is met with the handler of one of its classes, else of its tag, else its inside is walked
in the line that is open. Elements that stand as blocks end the line before and after them.
Leaves out: the handlers of floats, equations, front matter and references (`html_*.py`), which are
entered into `HANDLERS` by `html.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bookwheel.content.fulltext.build import Builder, Draft
from bookwheel.content.fulltext.html_parse import Element, classes, tex_of
from bookwheel.content.fulltext.inline import Line, Text
from bookwheel.core.document import Image, Kind, Mark, Source

DEEPEST = 150  # levels of elements; below that only the text is taken

# Pretty-printed pages break lines where no space was meant.
_BROKEN_BEFORE = re.compile(r"^\n[ \t]*(?=[,.;:!?)\]’”])")
_BROKEN_AFTER = re.compile(r"(?<=[(\[“‘])\n[ \t]*$")
_ORDINAL = re.compile(r"\s*(?:st|nd|rd|th|[A-Za-z]{4,}.*)\s*", re.DOTALL)

Handler = Callable[["Page", Element], None]
HANDLERS: dict[str, Handler] = {}  # by class
TAGS: dict[str, Handler] = {}


@dataclass(slots=True)
class Mode:
    """What a paragraph becomes; label and title are for the first one only."""

    kind: Kind = Kind.PARAGRAPH
    label: str = ""
    title: str = ""
    level: int = 1


@dataclass(slots=True)
class Page:
    """What is known while one page is read."""

    ids: frozenset[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)  # id of a reference -> its printed label
    folder: Path | None = None
    is_latexml: bool = True
    chapters: bool = False  # sections stand in chapters
    pictures: int = 0  # written into the folder
    taken: set[Element] = field(default_factory=set)  # elements that were read already
    builder: Builder = field(default_factory=lambda: Builder(Source.HTML))
    line: Line = field(default_factory=Line)
    mode: Mode = field(default_factory=Mode)
    notes: list[Draft] = field(default_factory=list)  # called in what is not ended yet
    keys: list[str] = field(default_factory=list)  # of elements begun since the last block
    images: list[Image] | None = None  # of the float that is open
    part_of: str = ""
    float_label: str = ""
    lists: int = 0
    appendix: bool = False
    captured: int = 0  # inside a cell, a title, a caption: there are no blocks
    depth: int = 0

    def write(self, text: str | None) -> None:
        """Add text of the page to the line."""
        if not text:
            return
        if broken := _BROKEN_BEFORE.match(text):
            self.line.unspace()
            text = text[broken.end() :]
        self.line.write(_BROKEN_AFTER.sub("", text))

    def flush(self) -> None:
        """End the line; it becomes a block."""
        if self.captured:
            self.line.write(" ")
            return
        if text := self.line.take():
            mode = self.mode
            self.add(Draft(mode.kind, text, label=mode.label, title=mode.title, level=mode.level))
            self.mode = replace(mode, label="", title="")
        self.flush_notes()

    def flush_notes(self) -> None:
        """Put the footnotes behind the block that called them."""
        notes, self.notes = self.notes, []
        for note in notes:
            self.builder.add(note)

    def add(self, draft: Draft) -> None:
        """Add a block."""
        draft.keys = [*draft.keys, *self.keys]
        draft.part_of = draft.part_of or self.part_of
        self.keys = []
        self.builder.add(draft)

    def capture(self, element: Element) -> Text:
        """The text in an element, apart from the line that is open."""
        kept, self.line = self.line, Line()
        self.captured += 1
        inside(self, element)
        self.captured -= 1
        text, self.line = self.line.take(), kept
        return text

    @contextmanager
    def within(self, mode: Mode) -> Iterator[None]:
        """Let paragraphs become something else."""
        self.flush()
        before, self.mode = self.mode, mode
        yield
        self.flush()
        self.mode = before


def inside(page: Page, element: Element) -> None:
    """Walk what is in an element."""
    page.depth += 1
    if page.depth > DEEPEST:
        page.write("".join(element.itertext()))
    else:
        page.write(element.text)
        for one in element:
            visit(page, one)
            page.write(one.tail)
    page.depth -= 1


def visit(page: Page, element: Element) -> None:
    """Handle one element; what follows it is the caller's."""
    if not isinstance(element.tag, str) or element in page.taken:  # a comment, or read already
        return
    names = (element.get("class") or "").split()
    found = next((HANDLERS[name] for name in names if name in HANDLERS), None)
    (found or TAGS.get(element.tag, styled))(page, element)


def block(page: Page, element: Element) -> None:
    """Something that stands on lines of its own."""
    page.flush()
    if key := element.get("id"):
        page.keys.append(key)
    inside(page, element)
    page.flush()


def skip(page: Page, element: Element) -> None:
    """Something that is not the paper's."""


def styled(page: Page, element: Element) -> None:
    """Text in the line, perhaps bold, slanted or of equal width."""
    names = classes(element)
    mark = next((mark for name, mark in _FONTS.items() if name in names), None)
    with_mark(page, element, mark or _ELEMENTS.get(element.tag))


_FONTS = {
    "ltx_font_typewriter": Mark.CODE,
    "ltx_font_bold": Mark.STRONG,
    "ltx_font_italic": Mark.EMPHASIS,
    "ltx_font_slanted": Mark.EMPHASIS,
    "ltx_emph": Mark.EMPHASIS,
}
_ELEMENTS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Mark.EMPHASIS),
    **dict.fromkeys(("b", "strong"), Mark.STRONG),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), Mark.CODE),
}


def with_mark(page: Page, element: Element, mark: Mark | None, target: str = "") -> None:
    """Walk an element's inside; mark it if it stays in one line."""
    if mark is None:
        inside(page, element)
        return
    line = page.line
    start, place, taken = line.length, len(line.spans), line.taken
    inside(page, element)
    if line.taken == taken:
        line.wrap(start, place, mark, target)


def math(page: Page, element: Element) -> None:
    """A formula in the line."""
    page.line.math(tex_of(element))


def raised(page: Page, element: Element) -> None:
    """Superscripts and subscripts: 10<sup>5</sup> must not be read as 105."""
    text = "".join(element.itertext()).strip()
    if not text or _ORDINAL.fullmatch(text) or len(text) > 12 or len(element):
        inside(page, element)
        return
    page.line.math(f"{'^' if element.tag == 'sup' else '_'}{{{text}}}")


def space(page: Page, element: Element) -> None:
    """A line end, or the end of a cell, inside a block."""
    inside(page, element)
    page.line.write(" ")
