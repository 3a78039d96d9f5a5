"""Papers in one line: a title that leads to its page, with or without who and when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from bookwheel.content.html import text_to_html
from bookwheel.content.plain import to_text
from bookwheel.models import Paper
from bookwheel.web.authors import full_name
from bookwheel.web.faces import short_date
from bookwheel.web.rendering import about

_TITLE_LENGTH = 60
_LINK = Markup('<a href="{}" lang="en">{}</a>')


@dataclass(frozen=True)
class Line:
    """A paper in one line."""

    title: Markup  # a link
    by: str
    date: str


def line(paper: Paper) -> Line:
    """Give title, first author and day of a paper."""
    first = full_name(paper.authors[0][0]) if paper.authors else ""
    by = _("%(name)s and others") % {"name": first} if len(paper.authors) > 1 else first
    return Line(title_link(paper), by, short_date(paper.first_date))


def title_link(paper: Paper) -> Markup:
    """The title, leading to the paper's page."""
    return _LINK.format(about("paper", paper.arxiv_id), text_to_html(paper.title, links=False))


def short_title(title: str) -> str:
    """A title in plain letters, cut where it is long."""
    plain = to_text(title)
    if len(plain) <= _TITLE_LENGTH:
        return plain
    return plain[:_TITLE_LENGTH].rpartition(" ")[0] + "…"
