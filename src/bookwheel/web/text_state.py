"""Why a page shows as much of a paper's text as it does, and where the rest can be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookwheel.config import config
from bookwheel.core.licences import may_show
from bookwheel.core.paper_ids import is_arxiv
from bookwheel.models import FullText, Paper
from bookwheel.queries.documents import Held

_SOURCES = {"html": "HTML", "tex": "TeX", "pdf": "PDF"}


@dataclass(frozen=True)
class TextState:
    """What is said about the text."""

    is_full: bool
    source: str  # "HTML", "TeX" or "PDF"
    newer: int  # a version that arXiv has and that is not here; 0 if this is the newest
    allowed: bool  # whether the licence lets this site show it
    waiting: bool  # whether it is being fetched
    can_fetch: bool  # whether it can be asked for
    error: str  # why fetching failed last


def text_state(paper: Paper, held: Held) -> TextState:
    """Say it."""
    newest: int = paper.versions[-1][0]
    here = held.text is not None
    licence = held.text.licence if held.text else paper.license
    told = FullText.objects.filter(paper=paper, version=newest).first()
    return TextState(
        is_full=here,
        source=_SOURCES.get(held.document.source.value, ""),
        newer=newest if here and held.version < newest else 0,
        allowed=may_show(licence, config().served_licences),
        waiting=told is not None and told.state == FullText.State.WANTED,
        can_fetch=not config().offline and is_arxiv(paper.arxiv_id),
        error="" if here else _error(told),
    )


def _error(told: FullText | None) -> str:
    if told is None or told.state != FullText.State.FAILED:
        return ""
    return told.error or _("The full text could not be read.")
