"""Figures ready for a grid: picture, caption, paper, and why it is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from bookwheel.content.passage import passage_html
from bookwheel.core.document import Mark, Span
from bookwheel.core.formulas import formulas
from bookwheel.models import Figure
from bookwheel.queries.figure_search import FigureHit
from bookwheel.web.jinja import url
from bookwheel.web.lines import title_link
from bookwheel.web.picture_address import picture_address
from bookwheel.web.reading_address import reading_address
from bookwheel.web.strips import said

_LONGEST = 220  # characters of a caption in a grid


@dataclass(frozen=True)
class Plate:
    """One figure in a grid."""

    href: str  # its own page
    place: str  # where it stands in the text
    small: str
    width: int
    height: int
    words: str  # what it shows, for who cannot see it
    label: str
    caption: Markup
    whole: Markup
    title: Markup
    kind: str
    large: str
    why: str


def plates(hits: Iterable[FigureHit]) -> list[Plate]:
    """A grid of what was found."""
    return [plate(hit.figure, _why(hit)) for hit in hits]


def plate(figure: Figure, why: str = "") -> Plate:
    """One figure."""
    paper, text = figure.paper, figure.text
    caption = figure.caption
    short = caption if len(caption) <= _LONGEST else caption[:_LONGEST].rpartition(" ")[0] + "…"
    return Plate(
        href=figure_address(paper.arxiv_id, text.version, figure.block),
        place=reading_address(paper.arxiv_id, text.version) + f"#at-{figure.block}",
        small=picture_address(paper.arxiv_id, text, figure.small) if figure.small else "",
        width=figure.small_width,
        height=figure.small_height,
        words=said(figure),
        label=figure.label,
        caption=caption_html(short),
        whole=caption_html(caption),
        title=title_link(paper),
        kind=kind_name(figure.kind),
        large=picture_address(paper.arxiv_id, text, figure.picture) if figure.picture else "",
        why=why,
    )


def figure_address(arxiv_id: str, version: int, block: str) -> str:
    """Address of a figure's own page."""
    return url("figure", arxiv_id, version, block)


def caption_html(text: str) -> Markup:
    """A caption or a sentence with its formulas."""
    return passage_html(text, [Span(each.start, each.end, Mark.MATH) for each in formulas(text)])


def _why(hit: FigureHit) -> str:
    parts = []
    if hit.alike is not None:
        parts.append(_("looks alike: %(n)d %%") % {"n": round(100 * hit.alike)})
    if hit.words and hit.alike is not None:
        parts.append(_("both say %(words)s") % {"words": ", ".join(hit.words)})
    return " · ".join(parts)


def kind_name(kind: str) -> str:
    """The kind of a figure as readers call it."""
    names = {
        "plot": _("plot"),
        "diagram": _("diagram"),
        "photograph": _("photograph"),
        "table": _("table"),
        "screenshot": _("screenshot"),
        "map": _("map"),
    }
    return names.get(kind, "")


def swatches(figure: Figure) -> list[str]:
    """Its main colours, as "#rrggbb"."""
    return figure.colours.split()
