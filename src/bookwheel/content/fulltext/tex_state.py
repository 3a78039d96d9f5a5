"""What is known while TeX is read: counters, labels, the line and the block that are open.

Leaves out: what commands do (`tex_commands.py`, `tex_environments.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bookwheel.content.fulltext.build import Builder, Draft
from bookwheel.content.fulltext.html_flow import Mode
from bookwheel.content.fulltext.inline import Line, Text
from bookwheel.content.fulltext.tex_expand import Expander
from bookwheel.content.fulltext.tex_source import Sources
from bookwheel.core.document import Image, Kind, Source

LEVELS = {
    "\\chapter": 0,
    "\\section": 1,
    "\\subsection": 2,
    "\\subsubsection": 3,
    "\\paragraph": 4,
    "\\subparagraph": 5,
}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Known:
    """What the first reading of a paper finds out for the second."""

    numbers: dict[str, str] = field(default_factory=dict)  # label -> number as printed
    kinds: dict[str, str] = field(default_factory=dict)  # label -> "Figure"
    cites: dict[str, str] = field(default_factory=dict)  # key -> "3" or "Smith et al., 2017"
    cited: dict[str, None] = field(default_factory=dict)  # keys in the order of their citing


@dataclass(slots=True)
class Theorem:
    """A kind of theorem: its printed name, its counter, and the counter that resets it."""

    name: str
    counter: str
    within: str = ""


@dataclass(slots=True)
class State:
    """Everything about one reading."""

    sources: Sources
    mouth: Expander
    known: Known
    folder: Path | None = None
    builder: Builder = field(default_factory=lambda: Builder(Source.TEX))
    line: Line = field(default_factory=Line)
    mode: Mode = field(default_factory=Mode)
    notes: list[Draft] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)
    resets: dict[str, list[str]] = field(default_factory=dict)  # by what counters begin anew
    theorems: dict[str, Theorem] = field(default_factory=dict)
    current: tuple[str, str] = ("", "")  # number and kind that a \\label takes
    appendix: bool = False
    captured: int = 0
    lists: list[tuple[str, int]] = field(default_factory=list)  # environment and number
    list_forms: list[tuple[str, list[str]]] = field(default_factory=list)  # counter and label
    images: list[Image] | None = None
    float_key: str = ""
    float_kind: str = ""
    captions: list[Text] = field(default_factory=list)
    begun: bool = False  # \\begin{document} was met
    depth: int = 0
    author_text: list[list[str]] = field(default_factory=list)
    has_chapters: bool = False
    has_title: bool = False  # \\maketitle is in the main file

    def flush(self) -> None:
        """End the line; it becomes a block."""
        if self.captured:
            self.line.write(" ")
            return
        if text := self.line.take():
            mode = self.mode
            draft = Draft(mode.kind, text, label=mode.label, title=mode.title, level=mode.level)
            self.mode = Mode(mode.kind, level=mode.level)
            self.add(draft)
        self.flush_notes()

    def flush_notes(self) -> None:
        """Put the footnotes behind the block that called them."""
        notes, self.notes = self.notes, []
        for note in notes:
            self.builder.add(note)

    def add(self, draft: Draft) -> None:
        """Add a block."""
        draft.keys = [*draft.keys, *self.keys]
        draft.part_of = draft.part_of or self.float_key
        self.keys = []
        self.builder.add(draft)

    @contextmanager
    def within(self, mode: Mode) -> Iterator[None]:
        """Let paragraphs become something else."""
        self.flush()
        before, self.mode = self.mode, mode
        yield
        self.flush()
        self.mode = before

    def step(self, counter: str) -> int:
        """Count on."""
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return self.counters[counter]

    def label(self, key: str) -> None:
        """A `\\label`: it names what was numbered last."""
        self.known.numbers[key], self.known.kinds[key] = self.current
        self.keys.append(key)

    def section_number(self, command: str) -> str:
        """Count a section; "2.1" or "A.1"."""
        names = list(LEVELS)[0 if self.has_chapters else 1 : 4]
        if command not in names:
            return ""
        place = names.index(command)
        self.step(command)
        for below in names[place + 1 :]:
            self.counters[below] = 0
        for below in names[place:]:
            for counter in self.resets.get(below.lstrip("\\"), ()):
                self.counters[counter] = 0
        for theorem in self.theorems.values():
            if theorem.within in {name.lstrip("\\") for name in names[place:]}:
                self.counters[f"theorem {theorem.counter}"] = 0
        return self.printed_section(names[: place + 1])

    def printed_section(self, names: list[str]) -> str:
        """The number of the section that is open, to this depth."""
        parts = [str(self.counters.get(name, 0)) for name in names]
        if self.appendix and parts:
            parts[0] = _LETTERS[(int(parts[0]) - 1) % len(_LETTERS)]
        return ".".join(parts)

    def theorem_number(self, theorem: Theorem) -> str:
        """Count a theorem; "2.1" where it is counted within sections."""
        number = str(self.step(f"theorem {theorem.counter}"))
        if theorem.within:
            names = list(LEVELS)[0 if self.has_chapters else 1 : 4]
            depth = [name.lstrip("\\") for name in names]
            place = depth.index(theorem.within) + 1 if theorem.within in depth else 1
            number = f"{self.printed_section(names[:place])}.{number}"
        return number

    def equation(self, keys: list[str], tex: str, tag: str | None) -> None:
        """Add a displayed equation; it is counted unless it has a tag or none is wanted."""
        self.add(
            Draft(Kind.EQUATION, Text(f"$${tex}$$"), label=f"({tag})" if tag else "", keys=keys)
        )
        for key in keys:
            self.known.numbers[key], self.known.kinds[key] = tag or "", "Equation"
