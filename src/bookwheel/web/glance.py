"""What a paper's page shows of its full text: if it is here, its figures, how far one is."""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.access import document_read
from bookwheel.models import Paper, Reader
from bookwheel.queries.annotations import notes_on, place_in
from bookwheel.queries.cited import papers_citing
from bookwheel.web.leaves import picture_base, strip
from bookwheel.web.lines import Line, line
from bookwheel.web.reading_address import reading_address

_FIGURES = 8


@dataclass(frozen=True)
class Glance:
    """The parts, in their order."""

    is_full: bool
    href: str
    percent: int  # read; 0 when nothing is known
    notes: int
    strip: tuple[tuple[str, str, str], ...]  # address in the text, address of the picture, label
    citing: list[Line]


def glance(reader: Reader, paper: Paper) -> Glance:
    """Look at it."""
    held = document_read(paper)
    href = reading_address(paper.arxiv_id)
    place = place_in(reader, paper)
    base = picture_base(paper.arxiv_id, held.version) if held.text else ""
    return Glance(
        is_full=held.text is not None,
        href=href,
        percent=round(100 * place.share) if place else 0,
        notes=notes_on(reader, paper),
        strip=tuple(
            (f"{href}#{name}", address, label)
            for name, address, label in strip(held.document, base)[:_FIGURES]
        ),
        citing=[line(found) for found in papers_citing(paper)],
    )
