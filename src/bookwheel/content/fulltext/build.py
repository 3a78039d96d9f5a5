"""Puts a document together: gives ids, cuts sentences, resolves what points to what.

Readers hand in sections and blocks in order, each with the keys that the source knows it by (an
HTML id, a TeX label); targets of spans may name keys that come later.
Leaves out: reading any source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bookwheel.content.fulltext.inline import Text
from bookwheel.core.document import (
    Block,
    Document,
    Image,
    Kind,
    Mark,
    Reference,
    Section,
    Sentence,
    Source,
    Span,
)
from bookwheel.core.sentences import sentences

_PROSE = frozenset(Kind) - {Kind.EQUATION, Kind.CODE}
_POINTERS = {Mark.CITE, Mark.REF, Mark.NOTE}


@dataclass(slots=True)
class Draft:
    """A block without id; `keys` are what the source knows it by."""

    kind: Kind
    content: Text = field(default_factory=Text)
    label: str = ""
    title: str = ""
    level: int = 1
    part_of: str = ""  # a key
    heads: int = 0
    rows: Sequence[Sequence[str]] = ()
    images: Sequence[Image] = ()
    keys: Collection[str] = ()


class Builder:
    """Collects one document."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.title = ""
        self.authors: list[str] = []
        self.warnings: list[str] = []
        self.references: list[Reference] = []
        self._front: list[Draft] = []
        self._abstract: list[Draft] = []
        self._sections: list[tuple[Section, list[Draft]]] = []
        self._ids: dict[str, str] = {}  # key -> id
        self._into: list[Draft] | None = None

    @property
    def begun(self) -> bool:
        """Whether the text proper has begun."""
        return bool(self._sections)

    def section(  # noqa: PLR0913
        self,
        title: str,
        *,
        level: int = 1,
        number: str = "",
        appendix: bool = False,
        keys: Iterable[str] = (),
    ) -> None:
        """Begin a section; what follows belongs to it."""
        made = Section(f"s{len(self._sections) + 1}", title, level, number, appendix)
        self._sections.append((made, []))
        self.alias(made.id, keys)

    def alias(self, identifier: str, keys: Iterable[str]) -> None:
        """Let keys of the source mean an id; the first meaning of a key stays."""
        for key in keys:
            if key:
                self._ids.setdefault(key, identifier)

    def here(self, keys: Iterable[str]) -> None:
        """Let keys mean the section that is open."""
        if self._sections:
            self.alias(self._sections[-1][0].id, keys)

    def divert(self, place: str) -> None:
        """Let blocks go to "front" or "abstract", or with "" to the text again."""
        self._into = {"front": self._front, "abstract": self._abstract}.get(place)

    def front(self, draft: Draft) -> None:
        """Add a block to what stands around the title."""
        self._front.append(draft)

    def add(self, draft: Draft) -> None:
        """Add a block to where blocks go now."""
        if self._into is not None:
            self._into.append(draft)
            return
        if not self._sections:
            self.section("")
        self._sections[-1][1].append(draft)

    def join_tables(self) -> None:
        """Put cells and caption of a table together that came one after the other."""
        drafts = self._sections[-1][1][-2:] if self._sections and self._into is None else []
        if len(drafts) == 2 and all(draft.kind is Kind.TABLE for draft in drafts):
            bare = next((draft for draft in drafts if draft.rows and not draft.label), None)
            named = next((draft for draft in drafts if draft.label and not draft.rows), None)
            if bare and named:
                named.rows, named.heads = bare.rows, bare.heads
                named.keys = [*named.keys, *bare.keys]
                self._sections[-1][1][-2:] = [named]

    def last_of(self, key: str, kind: Kind) -> Draft | None:
        """The first block of this kind that is part of a float, to be put into it."""
        drafts = self._sections[-1][1] if self._sections and self._into is None else []
        return next((one for one in drafts if one.part_of == key and one.kind is kind), None)

    def drop(self, draft: Draft) -> None:
        """Take a block out of the section that is open."""
        self._sections[-1][1].remove(draft)

    def reference(self, reference: Reference, keys: Iterable[str] = ()) -> None:
        """Add an entry of the list of references; its id is given here."""
        made = replace(reference, id=f"b{len(self.references) + 1}")
        self.references.append(made)
        self.alias(made.id, keys)

    def finish(self) -> Document:
        """The document, with every span's target an id of it, or empty."""
        self._move_abstract()
        parts = [("front", self._front), ("abstract", self._abstract)]
        parts += [(section.id, drafts) for section, drafts in self._sections]
        named = {prefix: self._named(prefix, drafts) for prefix, drafts in parts}
        blocks = {
            prefix: tuple(self._block(identifier, draft) for identifier, draft in drafts)
            for prefix, drafts in named.items()
        }
        return Document(
            source=self.source,
            title=self.title,
            authors=tuple(self.authors),
            front=blocks["front"],
            abstract=blocks["abstract"],
            sections=tuple(
                replace(section, blocks=blocks[section.id]) for section, _ in self._sections
            ),
            references=tuple(self.references),
            warnings=tuple(dict.fromkeys(self.warnings)),
        )

    def _move_abstract(self) -> None:
        """An abstract that stands under a heading like a section's is one all the same."""
        for place, (section, drafts) in enumerate(self._sections[:3]):
            if not self._abstract and section.title.strip(" .:").lower() == "abstract":
                self._abstract = drafts
                del self._sections[place]
                return

    def _named(self, prefix: str, drafts: Sequence[Draft]) -> list[tuple[str, Draft]]:
        named = [(f"{prefix}.{number}", draft) for number, draft in enumerate(drafts, 1)]
        for identifier, draft in named:
            self.alias(identifier, draft.keys)
        return named

    def _block(self, identifier: str, draft: Draft) -> Block:
        text, spans = draft.content.text, draft.content.spans
        found = sentences(text, math_places(spans)) if draft.kind in _PROSE else []
        return Block(
            id=identifier,
            kind=draft.kind,
            text=text,
            sentences=tuple(Sentence(start, end) for start, end in found),
            spans=tuple(_resolved(span, self._ids) for span in spans),
            label=draft.label,
            title=draft.title,
            level=draft.level,
            part_of=self._ids.get(draft.part_of, ""),
            heads=draft.heads,
            rows=tuple(map(tuple, draft.rows)),
            images=tuple(draft.images),
        )


def math_places(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Where the formulas stand."""
    return [(span.start, span.end) for span in spans if span.mark is Mark.MATH]


def _resolved(span: Span, ids: Mapping[str, str]) -> Span:
    if span.mark not in _POINTERS:
        return span
    return replace(span, target=ids.get(span.target, ""))
