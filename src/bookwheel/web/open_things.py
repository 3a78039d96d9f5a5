"""The line of a paper that says where it appeared and where its code, data and pages are.

Leaves out: finding them (`core/open_links.py`, `core/venues.py`).
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from markupsafe import Markup

from bookwheel.core.open_links import Opens, open_links
from bookwheel.core.venues import venue, withdrawn
from bookwheel.models import Paper
from bookwheel.web.rendering import rendered

SHOWN = 6  # links of one paper


def open_things(paper: Paper) -> Markup:
    """The line, empty where the paper says nothing of the kind."""
    links = open_links([paper.abstract, paper.comments])
    appeared = venue(paper.comments, paper.journal_ref)
    gone = withdrawn(paper.comments, paper.abstract)
    if not (links or appeared or gone):
        return Markup("")
    named = {
        Opens.CODE: _("Code"),
        Opens.DATA: _("Data"),
        Opens.MODEL: _("Model"),
        Opens.DEMO: _("Demo"),
        Opens.PROJECT: _("Project page"),
    }
    return rendered(
        "_open.html",
        venue=appeared,
        withdrawn=gone,
        links=[(named[link.kind], link.url, link.name) for link in links[:SHOWN]],
    )
