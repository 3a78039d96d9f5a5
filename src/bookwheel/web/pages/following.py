"""Following: authors and saved searches, which come into the feed beside the tags."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import author_write, paper_read, search_write
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.save_search import save_search
from bookwheel.actions.unfollow_author import unfollow_author
from bookwheel.actions.unsave_search import unsave_search
from bookwheel.queries.following import authors_of, searches_of
from bookwheel.web.answers import back, tell
from bookwheel.web.authors import Author, author_search, full_name, search_address
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.visit import Visit


@require_safe
def following(request: Visit) -> HttpResponse:
    """Show them, each with the way to its papers and to leave it."""
    authors = [
        (one.pk, Author(full_name(one.family, one.given), author_search(str(one))))
        for one in authors_of(request.user)
    ]
    searches = [
        (one.pk, Author(one.text, f"{search_address(one.text)}&sort=date"))
        for one in searches_of(request.user)
    ]
    context = {"heading": _("Following"), "authors": authors, "searches": searches}
    return render(request, "following.html", context)


@require_POST
def follow(request: Visit) -> HttpResponse:
    """Follow an author of a paper; the form says "place-among-its-authors identifier"."""
    place, _space, arxiv_id = posted(request, "author").partition(" ")
    authors = paper_read(arxiv_id).authors
    if number(place) >= len(authors):
        raise Http404(f"no author {place} of {arxiv_id}")
    family, given = authors[number(place)][:2]
    change = follow_author(request.user, family, given)
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
