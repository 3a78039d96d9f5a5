"""A reader's highlights and notes, ready for the page of a full text and for the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from bookwheel.content.markdown import markdown_to_html
from bookwheel.content.passage import PREFIX, Drawn, passage_html
from bookwheel.core.document import Mark, Span
from bookwheel.core.formulas import formulas
from bookwheel.models import Annotation
from bookwheel.models.annotation import HIGHLIGHTS
from bookwheel.queries.annotations import Placed
from bookwheel.queries.documents import Held
from bookwheel.web.faces import short_date
from bookwheel.web.leaves import Leaves, block_html
from bookwheel.web.reading_address import reading_address

_LONGEST = 400  # characters of a quotation in a list


@dataclass(frozen=True)
class Note:
    """One annotation in the margin or in a list."""

    number: int
    name: str  # its id on the page
    colour: str
    quote: Markup
    href: str  # where its passage is; empty when it is nowhere
    orphaned: str  # why it is nowhere
    html: Markup
    source: str  # its Markdown
    date: str
    has_quote: bool


def colours() -> list[tuple[int, str, str]]:
    """Number, name in the stylesheet and name for readers of each colour."""
    names = (_("yellow"), _("green"), _("blue"), _("red"))
    return [(n, css, name) for n, (css, name) in enumerate(zip(HIGHLIGHTS, names, strict=True))]


def note(placed: Placed, held: Held | None = None) -> Note:
    """Prepare one; `held` is the version that is looked at, if one is."""
    one = placed.annotation
    if placed.spot:
        href = f"#m{one.pk}"
    elif one.quote:
        href = reading_address(one.paper.arxiv_id, one.version, one.block, one.start, one.end)
    else:
        href = ""
    return Note(
        number=one.pk,
        name=f"note-{one.pk}",
        colour=HIGHLIGHTS[one.colour],
        quote=_quoted(one),
        href=href,
        orphaned=_orphaned(placed, held),
        html=markdown_to_html(one.note) if one.note else Markup(),
        source=one.note,
        date=short_date(one.changed.date()),
        has_quote=bool(one.quote),
    )


def _orphaned(placed: Placed, held: Held | None) -> str:
    if held is None or not placed.orphaned:
        return ""
    return _("Marked in version %(then)d; not found in version %(now)d.") % {
        "then": placed.annotation.version,
        "now": held.version,
    }


def _quoted(one: Annotation) -> Markup:
    text = one.quote
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rpartition(" ")[0] + "…"
    return passage_html(text, [Span(each.start, each.end, Mark.MATH) for each in formulas(text)])


def drawn(placed: Iterable[Placed]) -> dict[str, list[Drawn]]:
    """What is to be marked in each block."""
    made: dict[str, list[Drawn]] = {}
    for each in placed:
        if each.spot:
            css = f"hl {HIGHLIGHTS[each.annotation.colour]}" + " noted" * bool(each.annotation.note)
            one = Drawn(each.spot.start, each.spot.end, css, f"m{each.annotation.pk}")
            made.setdefault(each.spot.block, []).append(one)
    return made


def redrawn(
    leaves: Leaves, base: str, marks: Mapping[str, list[Drawn]], *, swap: bool = False
) -> dict[str, Markup]:
    """The blocks in which something is marked."""
    return {
        name: block_html(leaves.blocks[name], base, drawn, swap=swap)
        for name, drawn in marks.items()
        if name in leaves.blocks
    }


def block_name(block: str) -> str:
    """Id of a block on the page."""
    return PREFIX + block
