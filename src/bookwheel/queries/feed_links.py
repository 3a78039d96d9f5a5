"""What a private feed holds: the papers of a list, as its page shows them."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core import signing
from django.utils.translation import gettext as _

from bookwheel.models import FeedLink, Paper
from bookwheel.queries import lists
from bookwheel.queries.cards import Listing
from bookwheel.queries.lists import Choices

_SALT = "bookwheel.feed"
DAYS = 14  # of a ranked feed: what is good among the papers of the last days


def token(link: FeedLink) -> str:
    """The secret part of its address."""
    return signing.Signer(salt=_SALT).sign(str(link.pk))


def number_in(token: str) -> int | None:
    """The number of the link whose address holds this; None when nobody signed it."""
    try:
        return int(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def title(link: FeedLink) -> str:
    """What a feed is called."""
    names = {
        FeedLink.Kind.FOR_YOU: _("For you"),
        FeedLink.Kind.LIBRARY: _("Library"),
        FeedLink.Kind.TAG: link.tag.name if link.tag else "",
        FeedLink.Kind.SEARCH: link.text,
    }
    return str(names[FeedLink.Kind(link.kind)])


def papers(link: FeedLink) -> list[Paper]:
    """The papers of a feed, at most a page of a list.

    Raises:
        QueryError: a search that was saved when the language was another.
    """
    return [card.paper for card in _listing(link).cards]


def _listing(link: FeedLink) -> Listing:
    if link.kind == FeedLink.Kind.TAG and link.tag and link.tag.deleted is None:
        return lists.by_tags(link.reader, [link.tag], Choices(days=DAYS))
    if link.kind == FeedLink.Kind.SEARCH:
        return lists.search(link.reader, link.text, Choices(), sort="date")
    if link.kind == FeedLink.Kind.LIBRARY:
        return lists.library(link.reader, Choices())
    if link.kind == FeedLink.Kind.FOR_YOU:
        return lists.for_you(link.reader, Choices(days=DAYS))
    return Listing(cards=(), page=1, pages=0, total=0, took_ms=0.0)


def moment(iso: str) -> datetime:
    """The time of a version."""
    return datetime.fromisoformat(iso).astimezone(UTC)
