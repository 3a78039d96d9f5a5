"""Make a private address for a feed reader."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.index.syntax import parse
from bookwheel.models import FeedLink, Reader, Tag

MOST = 200  # of a reader


@transaction.atomic
def make_feed_link(
    reader: Reader, kind: str, *, tag: Tag | None = None, text: str = ""
) -> FeedLink:
    """Make one; the same list again gives one more, so that each program can have its own.

    Raises:
        InputError: there is no such list, or there are too many.
        QueryError: the search cannot be understood.
    """
    text = " ".join(text.split())
    if kind not in FeedLink.Kind.values or (kind == FeedLink.Kind.TAG and tag is None):
        raise InputError(_("There is no such list to make a feed of."))
    if kind == FeedLink.Kind.SEARCH:
        parsed = parse(text)
        if parsed.paper or not (parsed.wanted or parsed.required):
            raise InputError(_("There is nothing to look for in new papers in this search."))
    if reader.feed_links.count() >= MOST:
        raise InputError(
            _("You have %(count)d feeds, as many as there can be. Take one back first.")
            % {"count": MOST}
        )
    return FeedLink.objects.create(
        reader=reader, kind=kind, tag=tag, text=text if kind == FeedLink.Kind.SEARCH else ""
    )
