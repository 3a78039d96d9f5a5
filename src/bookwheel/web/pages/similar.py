"""Papers like one paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.access import paper_read
from bookwheel.queries import lists
from bookwheel.web.choices import read_choices
from bookwheel.web.lines import title_link
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit


@require_safe
def similar(request: Visit, arxiv_id: str) -> HttpResponse:
    """Show them, most alike first."""
    paper = paper_read(arxiv_id)
    choices = read_choices(request.GET)
    return show_list(
        request,
        lists.similar(request.user, paper, choices),
        choices,
        heading=_("Similar papers"),
        like=title_link(paper),
    )
