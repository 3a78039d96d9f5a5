"""Following: authors and saved searches, which come into the feed beside the tags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import author_write, paper_read, search_write
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_seen import mark_seen
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_alerts import set_alerts
from bookwheel.actions.unfollow_author import unfollow_author
from bookwheel.actions.unsave_search import unsave_search
from bookwheel.config import config
from bookwheel.models import Alert, FollowedAuthor, SavedSearch
from bookwheel.queries.digest_plan import address_of
from bookwheel.queries.following import authors_of, searches_of
from bookwheel.queries.new_since import new_since, seen_until
from bookwheel.web.answers import back, tell
from bookwheel.web.authors import author_search, full_name, search_address
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.visit import Visit


@dataclass(frozen=True)
class Thing:
    """An author or a search on the page."""

    pk: int
    name: str
    href: str
    new: int
    new_href: str
    alert: str


@require_safe
def following(request: Visit) -> HttpResponse:
    """Show them, each with what is new, the way to its papers and to leave it."""
    new, address = new_since(request.user), address_of(request.user)
    authors = [_author(one, new.authors) for one in authors_of(request.user)]
    searches = [_search(one, new.searches) for one in searches_of(request.user)]
    wants_mail = any(one.alert == Alert.MAIL for one in (*authors, *searches))
    context = {
        "heading": _("Following"),
        "authors": authors,
        "searches": searches,
        "new": new.total,
        "alerts": Alert.choices,
        "unheard": wants_mail and not (address and address.takes_mail and config().smtp_host),
    }
    return render(request, "following.html", context)


def _author(one: FollowedAuthor, new: dict[int, int]) -> Thing:
    search = author_search(str(one))
    name = full_name(one.family, one.given)
    return Thing(one.pk, name, search, new.get(one.pk, 0), _since(search, one), one.alert)


def _search(one: SavedSearch, new: dict[int, int]) -> Thing:
    search = f"{search_address(one.text)}&sort=date"
    return Thing(one.pk, one.text, search, new.get(one.pk, 0), _since(search, one), one.alert)


def _since(address: str, thing: FollowedAuthor | SavedSearch) -> str:
    return f"{address}&since={seen_until(thing) + timedelta(days=1)}"


@require_POST
def alerts(request: Visit) -> HttpResponse:
    """Set where each is told of; fields are `author-NUMBER` and `search-NUMBER`."""
    chosen: dict[str, dict[int, str]] = {"author": {}, "search": {}}
    for name, value in request.POST.items():
        kind, _dash, which = name.partition("-")
        if kind in chosen:
            thing = number(which)
            (author_write if kind == "author" else search_write)(request.user, thing)
            chosen[kind][thing] = str(value)
    set_alerts(request.user, chosen["author"], chosen["search"])
    tell(request, _("Alerts set."))
    return back(request)


@require_POST
def seen(request: Visit) -> HttpResponse:
    """Note that all, or one author or search, was looked through."""
    kind, _space, which = request.POST.get("which", "").partition(" ")
    thing: FollowedAuthor | SavedSearch | None = None
    if kind:
        find = author_write if kind == "author" else search_write
        thing = find(request.user, number(which))
    mark_seen(request.user, thing)
    tell(request, _("Marked as seen."))
    return back(request)


@require_POST
def follow(request: Visit) -> HttpResponse:
    """Follow an author of a paper; the form says "place-among-its-authors identifier"."""
    place, _space, arxiv_id = posted(request, "author").partition(" ")
    paper = paper_read(arxiv_id)
    if number(place) >= len(paper.authors):
        raise Http404(f"no author {place} of {arxiv_id}")
    family, given = paper.authors[number(place)][:2]
    change = follow_author(request.user, family, given, paper=paper)
    tell(request, _("You follow %(name)s.") % {"name": full_name(family, given)}, change)
    return back(request)


@require_POST
def unfollow(request: Visit) -> HttpResponse:
    """Follow an author no longer."""
    author = author_write(request.user, posted_number(request, "which"))
    change = unfollow_author(request.user, author)
    name = full_name(author.family, author.given)
    tell(request, _("You no longer follow %(name)s.") % {"name": name}, change)
    return back(request)


@require_POST
def save(request: Visit) -> HttpResponse:
    """Save a search."""
    change = save_search(request.user, posted(request, "search"))
    tell(request, _("Search saved. What it finds in each day's papers comes into For you."), change)
    return back(request)


@require_POST
def unsave(request: Visit) -> HttpResponse:
    """Take a saved search away."""
    search = search_write(request.user, posted_number(request, "which"))
    tell(request, _("Saved search taken away."), unsave_search(request.user, search))
    return back(request)
