"""What stands at the beginning of a PDF: title, authors, abstract.

Leaves out: affiliations and addresses; for papers that are held, arXiv's own record is better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bookwheel.content.fulltext.pdf_flow import Piece
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.core.document import Kind

_RUN_IN = re.compile(r"(?:Abstract|ABSTRACT|Summary)\s*[.:—–-]*\s*(?=\S)")
_AFTER = re.compile(
    r"(?:(?:index terms|key ?words|ccs concepts|acm reference|pacs|msc|subject)\b.*)", re.I
)
_MARKS = re.compile(r"[\d∗*†‡§¶⋆#,\s]+$|(?<=\w)[\d∗*†‡§¶⋆#]+")
_NO_NAME = re.compile(
    r"@|\d|https?:|universi|institut|depart|school|college|laborator|\blab\b|research|academy|"
    r"\binc\b|google|microsoft|facebook|deepmind|openai|center|centre|faculty|street|\busa\b|"
    r"abstract|corporation|équipe|hospital|division|amazon|nvidia|meta\b|preprint|under review",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:,|;|\band\b|&|·|•)\s*")


@dataclass(slots=True)
class Front:
    """The title, the authors, their notes, the abstract's paragraphs and the rest."""

    title: str = ""
    authors: tuple[str, ...] = ()
    notes: list[Piece] = field(default_factory=list)  # thanks and addresses at the page's foot
    abstract: list[Piece] = field(default_factory=list)
    rest: list[Piece] = field(default_factory=list)


def front(pieces: Sequence[Piece], body: float) -> Front:
    """Part what stands before the text from the text."""
    found = Front(notes=[piece for piece in pieces if _is_thanks(piece)])
    pieces = found.rest = [piece for piece in pieces if not _is_thanks(piece)]
    top = [line for piece in pieces for line in piece.lines if line.page == 0]
    title = _title(top, body)
    titled = {id(line) for line in title}
    found.title = _joined(title)
    begin, end = _abstract_place(pieces, titled)
    if begin is None:
        found.rest = [piece for piece in pieces if not _all_in(piece, titled)]
        return found
    found.abstract = [piece for piece in pieces[begin:end] if _is_text(piece)]
    before = [piece for piece in pieces[:begin] if not _all_in(piece, titled)]
    found.authors = _authors(
        [line for piece in before for line in piece.lines if id(line) not in titled]
    )
    aside = [piece for piece in before if piece.float or piece.kind is Kind.FOOTNOTE]
    others = [piece for piece in pieces[begin:end] if not _is_text(piece) and not piece.heading]
    found.rest = [*aside, *others, *pieces[end:]]
    return found


def _is_thanks(piece: Piece) -> bool:
    """Whether it is a footnote of the title or the authors, which have signs or none."""
    first_page = piece.kind is Kind.FOOTNOTE and piece.lines[0].page == 0
    return first_page and not piece.label.isalnum()


def _all_in(piece: Piece, lines: set[int]) -> bool:
    return bool(piece.lines) and all(id(line) in lines for line in piece.lines)


def _is_text(piece: Piece) -> bool:
    return piece.heading is None and piece.float is None and piece.kind is not Kind.FOOTNOTE


def _title(lines: Sequence[Line], body: float) -> list[Line]:
    """The lines in the largest type in the upper part of the first page."""
    upper = [line for line in lines if line.base < 420 and len(line.text) > 2]
    if not upper:
        return []
    largest = max((line.size for line in upper if len(line.text) > 6), default=0.0)
    if largest < 1.08 * body:
        bold = [line for line in upper if line.share("bold") > 0.8 and line.base < 250]
        return bold[:1] and _together(bold)
    return _together([line for line in upper if line.size > 0.93 * largest])


def _together(lines: Sequence[Line]) -> list[Line]:
    kept = [lines[0]]
    for line in lines[1:]:
        if 0 <= line.base - kept[-1].base < 2.2 * line.size:
            kept.append(line)
    return kept


def _joined(lines: Sequence[Line]) -> str:
    text = " ".join(line.text for line in lines)
    return (
        " ".join(_MARKS.sub("", text, count=0).split())
        if text.endswith("∗")
        else " ".join(text.split())
    )


def _abstract_place(pieces: Sequence[Piece], titled: set[int]) -> tuple[int | None, int]:
    """Where the abstract begins among the pieces, and where the text after it does."""
    early = [
        place for place, piece in enumerate(pieces) if not piece.lines or piece.lines[0].page <= 1
    ]
    for place in early:
        piece = pieces[place]
        marked = piece.heading is not None and piece.heading.is_abstract
        if not marked and piece.heading is None and (cut := _run_in(piece)):
            piece.cut, marked = cut, True
        if marked:
            return place, _end(pieces, place + 1)
    return _unmarked(pieces, titled)


def _run_in(piece: Piece) -> int:
    """How many characters "Abstract." takes at the beginning of a paragraph; 0 for none."""
    match = _RUN_IN.match(piece.lines[0].text) if piece.lines else None
    if match is None:
        return 0
    line = piece.lines[0]
    marked = line.lead("bold") or line.lead("italic") or not match[0].strip().isalpha()
    return match.end() if marked else 0


def _unmarked(pieces: Sequence[Piece], titled: set[int]) -> tuple[int | None, int]:
    """The paragraphs before the first heading, if there are any long ones."""
    for place, piece in enumerate(pieces):
        if _all_in(piece, titled):
            continue
        if piece.heading and (piece.heading.number or piece.heading.known):
            return None, 0
        long = sum(len(line.text) for line in piece.lines) > 250 and len(piece.lines) > 2
        if _is_text(piece) and long:
            following = next(
                (n for n in range(place, len(pieces)) if pieces[n].heading is not None), None
            )
            if following is None or pieces[following].lines[0].page > 1:
                return None, 0
            return place, _end(pieces, place + 1)
    return None, 0


def _end(pieces: Sequence[Piece], place: int) -> int:
    """The first piece that is no more of the abstract."""
    for number in range(place, len(pieces)):
        piece = pieces[number]
        if piece.heading is not None and not piece.heading.is_abstract:
            return number
        if piece.lines and _AFTER.match(piece.lines[0].text):
            return number
    return place


def _authors(lines: Sequence[Line]) -> tuple[str, ...]:
    names: list[str] = []
    for line in sorted(lines, key=lambda line: (round(line.base / 3), line.left)):
        plain = "".join(
            line.text[part.start : part.end] if part.level != 1 else "," for part in line.parts
        )
        for text in _cells(line) if plain == line.text else [plain]:
            names += [name for name in map(_name, _SEVERAL.split(text)) if name]
    return tuple(dict.fromkeys(names))


def _cells(line: Line) -> list[str]:
    parts, start = [], 0
    for place, char in enumerate(line.text):
        if char == " " and line.rights[place] - line.lefts[place] > 0.9 * line.size:
            parts.append(line.text[start:place])
            start = place + 1
    return [*parts, line.text[start:]]


def _name(text: str) -> str:
    text = " ".join(_MARKS.sub("", text).split())
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 45 or _NO_NAME.search(text):
        return ""
    capital = sum(word[0].isupper() for word in words)
    return text if capital >= 2 and all(word[0].isalpha() for word in words) else ""
