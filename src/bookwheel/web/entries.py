"""A card of a list, ready for the template: each address, number and word already made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from markupsafe import Markup, escape

from bookwheel.queries.cards import Card, Listing, Reason
from bookwheel.web import faces
from bookwheel.web.authors import author_search, full_name, search_address
from bookwheel.web.contexts import Frame
from bookwheel.web.controls import Controls
from bookwheel.web.lines import short_title, title_link
from bookwheel.web.rendering import about
from bookwheel.web.shading import shaded
from bookwheel.web.strips import strips_of
from bookwheel.web.visit import Visit

_LINKED = Markup('{} <a href="{}">{}</a>')


@dataclass(frozen=True)
class Entry:
    """One card. Fields are empty where there is nothing to show."""

    card: Card
    anchor: str
    face: faces.Face  # all that is the same for every reader
    controls: Markup
    score: str
    reasons: tuple[Reason, ...]
    why: str  # address of the whole sum
    day: str  # heading before this card
    brought: list[Markup]  # what else brought it: authors, searches, other readers
    folded: list[Markup]  # titles of papers that say nearly the same
    strip: Markup  # first page and figures, where the paper's text is here


def entries(
    request: Visit, listing: Listing, why: Callable[[Card], str] | None = None
) -> list[Entry]:
    """Prepare a page of a list; `why` gives the address of a card's sum, where there is one."""
    density, controls = Frame(request).density, Controls(request)
    shown = request.user.figures and density != "titles"
    strips = strips_of([card.paper for card in listing.cards]) if shown else {}
    made = []
    for place, card in enumerate(listing.cards):
        face = _face(card, density)
        address = why(card) if why else ""
        entry = _entry(card, face, controls(card), address, _heading(listing.days.get(place)))
        made.append(replace(entry, strip=strips.get(card.paper.pk, Markup())))
    return made


def _face(card: Card, density: str) -> faces.Face:
    if card.shades is None:
        return faces.face(card.paper, density, card.matched)
    title, abstract = card.shades
    largest = max((abs(share.share) for share in (*title, *abstract)), default=0.0)
    return faces.shaded_face(
        card.paper,
        density,
        shaded(card.paper.title, title, largest),
        shaded(card.paper.abstract, abstract, largest),
    )


def _entry(card: Card, face: faces.Face, controls: Markup, why: str, day: str) -> Entry:
    return Entry(
        card=card,
        anchor=anchor(card.paper.arxiv_id),
        face=face,
        controls=controls,
        score="" if card.score is None else f"{card.score:.2f}",
        reasons=tuple(map(_said, card.reasons)),
        why=why,
        day=day,
        brought=brought(card),
        folded=[title_link(paper) for paper in card.folded],
        strip=Markup(),
    )


def brought(card: Card) -> list[Markup]:
    """What brought a paper besides the interests."""
    said = [
        _LINKED.format(
            _("you follow"), author_search(str(author)), full_name(author.family, author.given)
        )
        for author in card.authors
    ]
    said += [
        _LINKED.format(_("your search"), search_address(search.text), search.text)
        for search in card.searches
    ]
    if card.explored:
        said.append(escape(_("to explore: beyond your line, unlike the rest")))
    if card.kept_by:
        readers = ngettext("kept by %(n)s reader", "kept by %(n)s readers", card.kept_by)
        said.append(escape(readers % {"n": card.kept_by}))
    return said


def anchor(arxiv_id: str) -> str:
    """Name of a paper's place on a page of a list."""
    return f"p-{arxiv_id}"


def why_tag(card: Card) -> str:
    """Address of the sum of a paper that is ranked for a tag, or for all likes."""
    address = about("why", card.paper.arxiv_id)
    return (
        f"{address}?{urlencode({'tag': card.ranked_for[0].name})}" if card.ranked_for else address
    )


def _said(reason: Reason) -> Reason:
    return replace(reason, label=short_title(reason.label)) if reason.kind == "paper" else reason


def _heading(day: str | None) -> str:
    return day_name(date.fromisoformat(day)) if day else ""


def day_name(day: date) -> str:
    """Thursday 12 November, with the year when it is another one than this."""
    if day.year == timezone.now().year:
        return date_format(day, pgettext("date format of a heading this year", "l j F"))
    return date_format(day, pgettext("date format of a heading", "l j F Y"))
