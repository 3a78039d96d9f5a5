"""XML from strangers, read piece by piece into small trees; nothing but elements and text.

A document type is refused before anything in it is read: with it go entities of one's own, which
can blow up in memory or name files. Names lose their namespaces, which tell nothing apart here.
Leaves out: what elements mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from bookwheel.errors import SourceError

MEDIA_TYPES = ("text/xml", "application/xml", "application/rss+xml", "application/atom+xml")
DEEPEST = 32  # elements within elements; ours have eight
_PIECE = 1 << 16


@dataclass(slots=True)
class Element:
    """An element: its own text (all pieces of it joined) and what is in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def first(self, name: str) -> Element | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Element]:
        """All children of a name."""
        return [child for child in self.children if child.name == name]

    def told(self, name: str) -> str:
        """Text of the first child of a name; empty when there is none."""
        found = self.first(name)
        return found.text if found else ""


def elements(body: bytes, *wanted: str) -> Iterator[Element]:
    """Each element of a wanted name, with all in it, as soon as it ends; within one of them none.

    Raises:
        SourceError: it is no XML, is cut off, has a document type, or is nested beyond reason.
    """
    reading = _Reading(frozenset(wanted))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reading.refuse
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    try:
        for at in range(0, len(body), _PIECE):
            parser.Parse(body[at : at + _PIECE], False)
            yield from reading.found
            reading.found.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise SourceError(f"the answer is no whole XML: {error}") from error
    yield from reading.found


class _Reading:
    """What is open at the moment, and what has ended."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.found: list[Element] = []
        self._wanted = wanted
        self._open: list[Element] = []
        self._depth = 0

    def refuse(self, *_: object) -> None:
        raise SourceError("the answer has a document type, which is not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise SourceError("the answer is nested too deeply")
        local = name.rpartition(" ")[2]
        if not self._open and local not in self._wanted:
            return
        element = Element(local, attributes)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.found.append(element)

    def characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
