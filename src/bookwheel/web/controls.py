"""The buttons of one card: like, hide, later, read, tag.

Most cards of a list were never touched, and their buttons differ only in the identifier; those
are made once, with marks where identifier and token against forged requests go.
"""

from __future__ import annotations

from functools import cache

from django.middleware.csrf import get_token
from django.utils.translation import get_language
from markupsafe import Markup, escape

from bookwheel.models import Paper
from bookwheel.queries.cards import Card
from bookwheel.web.rendering import rendered
from bookwheel.web.visit import Visit

_TOKEN, _IDENTIFIER = "{token}", "{identifier}"
_INPUT = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')


class Controls:
    """Makes the controls of the cards of one page."""

    def __init__(self, request: Visit) -> None:
        self._csrf = _INPUT.format(get_token(request))
        self._language = get_language()

    def __call__(self, card: Card, *, swap: bool = False) -> Markup:
        """Draw the controls; with `swap` they replace those that stand on the page."""
        if swap or card.liked or card.hidden or card.tags or card.read or card.later:
            return rendered("_controls.html", state=card, csrf=self._csrf, swap=swap)
        fresh = _fresh(self._language).replace(_IDENTIFIER, str(escape(card.paper.arxiv_id)))
        return Markup(fresh.replace(_TOKEN, self._csrf))  # noqa: S704 - both are escaped


@cache
def _fresh(_language: str | None) -> str:
    state = Card(paper=Paper(arxiv_id=_IDENTIFIER))
    return str(rendered("_controls.html", state=state, csrf=_TOKEN, swap=False))
