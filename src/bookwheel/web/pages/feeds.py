"""Feeds for feed readers: private addresses, made and taken back, and what they give."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import feed_link_shown, feed_link_write, tag_read
from bookwheel.actions.make_feed_link import make_feed_link
from bookwheel.content.feeds import Feed, Item, to_atom, to_json, to_rss
from bookwheel.core.paper_ids import home_of
from bookwheel.errors import QueryError
from bookwheel.models import FeedLink, Paper
from bookwheel.queries import feed_links
from bookwheel.web.answers import back, tell
from bookwheel.web.authors import full_name, search_address
from bookwheel.web.jinja import url
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.rendering import about
from bookwheel.web.visit import Visit

_FORMS: dict[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (to_atom, "application/atom+xml; charset=utf-8"),
    "rss": (to_rss, "application/rss+xml; charset=utf-8"),
    "json": (to_json, "application/feed+json; charset=utf-8"),
}


@require_safe
def feeds(request: Visit) -> HttpResponse:
    """Show all feeds with their addresses."""
    held = request.user.feed_links.select_related("tag").order_by("pk")
    context = {
        "heading": _("Feeds"),
        "feeds": [(link, feed_links.title(link), _addresses(request, link)) for link in held],
        "tags": request.user.tags.filter(deleted=None).order_by("name"),
    }
    return render(request, "feeds.html", context)


def _addresses(request: HttpRequest, link: FeedLink) -> list[tuple[str, str]]:
    token = feed_links.token(link)
    names = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
    return [
        (name, request.build_absolute_uri(url("feed", token, form))) for form, name in names.items()
    ]


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """Give a feed to whoever has its address; unchanged, only say so."""
    link = feed_link_shown(token)
    if form not in _FORMS:
        raise Http404(f"no feed as {form}")
    write, kind = _FORMS[form]
    try:
        papers = feed_links.papers(link)
    except QueryError as error:
        raise Http404("this search is none any more") from error
    made = Feed(
        title=f"{feed_links.title(link)} · Bookwheel",
        address=request.build_absolute_uri(request.path),
        home=request.build_absolute_uri(_home(link)),
        items=tuple(_item(request, paper) for paper in papers),
    )
    content = write(made)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
    response = HttpResponse(content, content_type=kind, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


def _home(link: FeedLink) -> str:
    if link.kind == FeedLink.Kind.SEARCH:
        return f"{search_address(link.text)}&sort=date"
    if link.kind == FeedLink.Kind.TAG and link.tag:
        return url("tag", link.tag.name)
    return url("library" if link.kind == FeedLink.Kind.LIBRARY else "for_you")


def _item(request: HttpRequest, paper: Paper) -> Item:
    return Item(
        address=home_of(paper.arxiv_id).page(),
        link=request.build_absolute_uri(about("paper", paper.arxiv_id)),
        title=paper.title,
        abstract=paper.abstract,
        authors=tuple(full_name(*name) for name in paper.authors),
        categories=tuple(paper.categories.split()),
        published=feed_links.moment(paper.versions[0][1]),
        updated=feed_links.moment(paper.versions[-1][1]),
    )


@require_POST
def make(request: Visit) -> HttpResponse:
    """Make a feed; the form says "for_you", "library", "tag NUMBER" or "search" and a text."""
    kind, _space, which = posted(request, "list").partition(" ")
    tag = tag_read(request.user, number(which)) if kind == FeedLink.Kind.TAG else None
    make_feed_link(request.user, kind, tag=tag, text=request.POST.get("search", ""))
    tell(request, _("Feed made. Give its address to your feed reader and to nobody else."))
    return back(request)


@require_POST
def revoke(request: Visit) -> HttpResponse:
    """Take a feed's address back."""
    feed_link_write(request.user, posted_number(request, "which")).delete()
    tell(request, _("The feed is taken back; its address leads nowhere any more."))
    return back(request)
