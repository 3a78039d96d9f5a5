"""Asking for a full text that is not here yet, and whether it has come."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from bookwheel.access import paper_read
from bookwheel.actions.fetch_texts import want_text
from bookwheel.config import config
from bookwheel.core.licences import may_show
from bookwheel.errors import InputError
from bookwheel.models import FullText
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import posted
from bookwheel.web.visit import Visit


@require_POST
def want(request: Visit) -> HttpResponse:
    """Have the newest version fetched, if it may be shown here."""
    paper = paper_read(posted(request, "paper"))
    if not may_show(paper.license, config().served_licences):
        raise InputError(_("The licence of this paper does not let this site show its text."))
    want_text(paper)
    tell(request, _("The full text will be here soon."))
    return back(request)


@require_safe
def here(request: Visit, arxiv_id: str) -> HttpResponse:
    """Say nothing as long as a text is on its way; then have the page loaded again."""
    paper = paper_read(arxiv_id)
    waiting = FullText.objects.filter(paper=paper, state=FullText.State.WANTED)
    return HttpResponse(status=204) if waiting.exists() else HttpResponseClientRefresh()
