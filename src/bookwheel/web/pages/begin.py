"""To begin an interest: papers pasted or found by their author, a sentence, or cards to choose."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import paper_read, tag_read, tag_write
from bookwheel.actions.begin_interest import begin_interest
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.core.steering import Turn
from bookwheel.errors import InputError
from bookwheel.models import Paper, Tag
from bookwheel.queries import lists
from bookwheel.queries.cards_to_choose import ENOUGH, next_pair
from bookwheel.queries.lists import Choices
from bookwheel.queries.recognised import papers_by, recognised
from bookwheel.queries.steering import steering_of
from bookwheel.web.answers import tell
from bookwheel.web.choices import read_choices
from bookwheel.web.faces import face
from bookwheel.web.jinja import url
from bookwheel.web.lines import line
from bookwheel.web.listing import grouped
from bookwheel.web.posted import posted, posted_number
from bookwheel.web.visit import Visit

_TICKED = 40  # papers by one name; of more, several people are likely to have it
_LIKE_IT = 5  # papers shown that are ranked best so far


@require_safe
def begin(request: Visit) -> HttpResponse:
    """Show the ways to begin; with `author`, that person's papers."""
    return render(request, "begin.html", _ways(request, tag=None))


@require_safe
def go_on(request: Visit, name: str) -> HttpResponse:
    """Show the same for a tag that has begun: two cards, and what it finds so far."""
    return _go_on(request, tag_read(request.user, name))


def _go_on(request: Visit, tag: Tag, **said: Any) -> HttpResponse:
    context = _ways(request, tag) | _cards(request, tag)
    found = lists.by_tags(request.user, [tag], Choices(hide_mine=True))
    context |= {
        "best": [line(card.paper) for card in found.cards[:_LIKE_IT]],
        "awaited": list(tag.awaited.order_by("pk").values_list("arxiv_id", flat=True)),
        "unknown": (),
    }
    return render(request, "begin.html", context | said)


def _ways(request: Visit, tag: Tag | None) -> dict[str, Any]:
    author = request.GET.get("author", "").strip()
    try:
        theirs = papers_by(author) if author else []
    except ValueError:
        theirs = []
    return {
        "tag": tag,
        "author": author,
        "theirs": [(paper.arxiv_id, line(paper)) for paper in theirs],
        "ticked": len(theirs) <= _TICKED,
        "name": tag.name if tag else request.GET.get("name", ""),
        "sentence": steering_of(tag)[0].sentence if tag else "",
        "pair": None,
        "best": [],
        "awaited": [],
        "unknown": (),
        "pasted": "",
        "refused": "",
    }


def _cards(request: Visit, tag: Tag) -> dict[str, Any]:
    skip = read_choices(request.GET).page - 1
    pair = next_pair(tag, skip)
    answered = len(steering_of(tag)[0].choices)
    return {
        "pair": [(paper, face(paper, "sentences")) for paper in pair or ()],
        "skip": f"{url('go_on', tag.name)}?page={skip + 2}#cards",
        "answered": _("%(n)s of %(enough)s") % {"n": grouped(answered), "enough": ENOUGH},
        "enough": answered >= ENOUGH,
    }


@require_POST
def do_begin(request: Visit) -> HttpResponse:
    """Make the interest, or add to it, and say what became of each thing that was pasted."""
    text, sentence = request.POST.get("papers", ""), request.POST.get("sentence", "").strip()
    ticked = request.POST.getlist("paper")
    found = recognised(text)
    papers = [*found.papers, *Paper.objects.filter(arxiv_id__in=ticked)]
    name = request.POST.get("name", "").strip()
    try:
        chosen = name or _named_after(sentence, papers)
        tag, change = begin_interest(request.user, chosen, papers, found.awaited)
    except InputError as error:
        said = {"name": name, "sentence": sentence, "pasted": text, "refused": str(error)}
        return render(request, "begin.html", _ways(request, None) | said, status=400)
    if sentence and sentence != steering_of(tag)[0].sentence:
        change = steer_tag(request.user, tag, Turn("sentence", "", sentence)) or change
    count = ngettext("%(n)s paper is under it.", "%(n)s papers are under it.", tag.taggings.count())
    tell(request, count % {"n": grouped(tag.taggings.count())}, change)
    if not found.unknown:
        return redirect("go_on", tag.name)
    return _go_on(request, tag, unknown=found.unknown)


def _named_after(sentence: str, papers: list[Paper]) -> str:
    """A name for an interest that was given none."""
    if sentence:
        return (
            sentence.replace("/", " ").replace("\\", " ")[:48].rpartition(" ")[0] or sentence[:48]
        )
    if not papers:
        raise InputError(_("Name the interest, or say in a sentence what it is about."))
    return _("new interest")


@require_POST
def choose(request: Visit) -> HttpResponse:
    """Take one card, both or neither; the form says "this", "that", "both" or "neither"."""
    tag = tag_write(request.user, posted_number(request, "which"))
    this, that = (paper_read(posted(request, side)) for side in ("this", "that"))
    one, other = str(this.pk), str(that.pk)
    turns = {
        "this": [(one, other)],
        "that": [(other, one)],
        "both": [(one, "0"), (other, "0")],
        "neither": [("0", one), ("0", other)],
    }.get(posted(request, "choice"))
    if turns is None:
        raise InputError(_("There is no such choice."))
    change = steer_tag(request.user, tag, *(Turn("choice", *turn) for turn in turns))
    tell(request, _("Noted."), change)
    return redirect(f"{url('go_on', tag.name)}#cards")
