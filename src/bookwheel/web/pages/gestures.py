"""What a reader does with a paper in a list: like, hide, tag, and back.

Each is a POST. With script the answer is the paper's controls and a toast; without, the browser
goes back to where it was.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookwheel.access import paper_read, tag_write
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.unmark_paper import unmark_paper
from bookwheel.actions.untag_paper import untag_paper
from bookwheel.errors import InputError
from bookwheel.models import Mark
from bookwheel.web.answers import answer_gesture
from bookwheel.web.posted import number, posted
from bookwheel.web.visit import Visit


@require_POST
def like(request: Visit) -> HttpResponse:
    """Like a paper."""
    paper = paper_read(posted(request, "paper"))
    change = mark_paper(request.user, paper, Mark.Kind.LIKE)
    return answer_gesture(request, paper, _("Liked."), change)


@require_POST
def unlike(request: Visit) -> HttpResponse:
    """Take a like back."""
    paper = paper_read(posted(request, "paper"))
    change = unmark_paper(request.user, paper, Mark.Kind.LIKE)
    return answer_gesture(request, paper, _("No longer liked."), change)


@require_POST
def hide(request: Visit) -> HttpResponse:
    """Hide a paper from all lists."""
    paper = paper_read(posted(request, "paper"))
    change = mark_paper(request.user, paper, Mark.Kind.HIDE)
    return answer_gesture(request, paper, _("Hidden."), change)


@require_POST
def unhide(request: Visit) -> HttpResponse:
    """Show a hidden paper again."""
    paper = paper_read(posted(request, "paper"))
    change = unmark_paper(request.user, paper, Mark.Kind.HIDE)
    return answer_gesture(request, paper, _("Shown again."), change)


@require_POST
def tag(request: Visit) -> HttpResponse:
    """Put a paper under a tag, which is made if there is none of this name."""
    paper = paper_read(posted(request, "paper"))
    names = [name for name in request.POST.getlist("tag") if name.strip()]
    if not names:
        raise InputError(_("A tag needs a name."))
    change = tag_paper(request.user, paper, names[-1])
    return answer_gesture(request, paper, _("Tagged."), change)


@require_POST
def untag(request: Visit) -> HttpResponse:
    """Take a paper out of a tag; the form says "number-of-tag identifier"."""
    which, _space, arxiv_id = posted(request, "tagging").partition(" ")
    paper = paper_read(arxiv_id)
    change = untag_paper(request.user, paper, tag_write(request.user, number(which)))
    return answer_gesture(request, paper, _("Tag removed."), change)
