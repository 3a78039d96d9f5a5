"""Documents for tests: one with a bit of everything."""

from __future__ import annotations

from dataclasses import replace

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

# The smallest PNG that browsers show: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def paragraph(name: str, text: str, *spans: Span, kind: Kind = Kind.PARAGRAPH) -> Block:
    """A block with its sentences worked out."""
    found = tuple(Sentence(start, end) for start, end in sentences(text))
    return Block(name, kind, text, sentences=found, spans=spans)


def span(text: str, part: str, mark: Mark, target: str = "") -> Span:
    """A span over the first place of `part`."""
    start = text.index(part)
    return Span(start, start + len(part), mark, target)


_FIRST = "Radium glows, as $E=mc^2$ says [1]. See Figure 1 and a note 1."
_SECOND = "We weigh pitchblende. The residue is more active than the ore by far."


def document(**fields: object) -> Document:
    """A document with sections, mathematics, a figure, a table, a footnote and references."""
    first = paragraph(
        "s1.p1",
        _FIRST,
        span(_FIRST, "$E=mc^2$", Mark.MATH),
        span(_FIRST, "[1]", Mark.CITE, "r1"),
        span(_FIRST, "Figure 1", Mark.REF, "f1"),
        Span(len(_FIRST) - 2, len(_FIRST) - 1, Mark.NOTE, "n1"),
    )
    figure = Block(
        "f1", Kind.FIGURE, "A dish of radium.", label="Figure 1", images=(Image("dish.png", 1, 1),)
    )
    table = Block(
        "t1", Kind.TABLE, "Weights.", label="Table 1", heads=1, rows=(("ore", "g"), ("a", "$2$"))
    )
    equation = Block("e1", Kind.EQUATION, "$$a<b$$", spans=(Span(0, 7, Mark.MATH),), label="(1)")
    note = Block("n1", Kind.FOOTNOTE, "Measured at night.", label="1")
    made = Document(
        source=Source.HTML,
        title="On radium",
        authors=("Marie Curie",),
        abstract=(paragraph("a.p1", "We find radium."),),
        sections=(
            Section("s1", "Introduction", number="1", blocks=(first, figure, equation, note)),
            Section("s2", "Method", number="2", blocks=(paragraph("s2.p1", _SECOND), table)),
        ),
        references=(
            Reference("r1", "A. Einstein. Inertia. 1905.", "[1]", arxiv_ids=("2501.00001",)),
            Reference("r2", "H. Becquerel. Rays.", "[2]", dois=("10.1000/Rays",)),
        ),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def texts() -> tuple[str, str]:
    """The two paragraphs of the document's body."""
    return _FIRST, _SECOND
