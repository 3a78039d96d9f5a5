"""What a paper's page shows of its full text: if it is here, its figures, how far one is."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bookwheel.access import document_read
from bookwheel.models import Paper, Reader
from bookwheel.queries.annotations import notes_on, place_in
from bookwheel.queries.cited import papers_citing
from bookwheel.web.lines import Line, line
from bookwheel.web.reading_address import reading_address
from bookwheel.web.strips import strip_of


@dataclass(frozen=True)
class Glance:
    """The parts, in their order."""

    is_full: bool
    href: str
    percent: int  # read; 0 when nothing is known
    notes: int
    strip: Markup  # its first page and figures, small
    citing: list[Line]


def glance(reader: Reader, paper: Paper) -> Glance:
    """Look at it."""
    held = document_read(paper)
    href = reading_address(paper.arxiv_id)
    place = place_in(reader, paper)
    return Glance(
        is_full=held.text is not None,
        href=href,
        percent=round(100 * place.share) if place else 0,
        notes=notes_on(reader, paper),
        strip=strip_of(paper, held.text) if held.text and reader.figures else Markup(),
        citing=[line(found) for found in papers_citing(paper)],
    )
