"""What a digest is about: papers of some listings for one reader, by what brought them.

Leaves out: when one is due (`digest_due.py`) and its words (`delivery/`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from bookwheel.index.dates import day_number
from bookwheel.index.engine import Engine
from bookwheel.models import Alert, DigestPlan, Reader, SavedSearch, Tag
from bookwheel.queries import announced, lacks
from bookwheel.queries.announced import REPLACED, Contents
from bookwheel.queries.arranged import arrange
from bookwheel.queries.cards import Card
from bookwheel.queries.clock import Clock, clock
from bookwheel.queries.engine import engine
from bookwheel.queries.feed_cards import listed
from bookwheel.queries.judged import BANNED, Judged, judge
from bookwheel.queries.lacks import Lack

MOST_DAYS = 7  # listings of one digest; what is older is at Catch up
MOST_ALERTED = 50  # papers of one alert


@dataclass(frozen=True)
class Section:
    """Papers that one thing brought. kind: "authors", "tag", "likes", "search" or "all"."""

    kind: str
    tag: Tag | None
    search: SavedSearch | None
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class DigestContents:
    """All that a digest says. `mine` papers are for the reader, so many as fit are shown."""

    days: tuple[date, ...]  # oldest first
    left_out: int  # listings that are too old for it
    announced: int
    mine: int
    best: float  # chance of the surest paper of all
    line: float
    ranked: bool
    sections: tuple[Section, ...]
    lacks: tuple[Lack, ...]
    clock: Clock

    @property
    def papers(self) -> int:
        """How many are shown."""
        return sum(len(section.cards) for section in self.sections)


def digest_contents(
    reader: Reader, plan: DigestPlan, since: date | None, now: datetime
) -> DigestContents:
    """What was announced after a day; without one, in the last listing that is here.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    days, left_out = days_after(opened, since)
    judged = _unmuted(judge(opened, reader, papers_of_days(opened, days)), plan)
    mask = _brought(judged, (Alert.DIGEST,)) | _liked(judged)
    if not judged.ranked:
        mask[:] = True
    mask &= ~judged.done & ~judged.hidden
    return _made(opened, reader, judged, mask, (days, left_out, plan.most, now))


def alert_contents(reader: Reader, since: date | None, now: datetime) -> DigestContents:
    """Only what authors and searches brought of which the reader is told at once.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    days, left_out = days_after(opened, since)
    judged = judge(opened, reader, papers_of_days(opened, days))
    mask = _brought(judged, (Alert.MAIL,)) & ~judged.hidden
    return _made(opened, reader, judged, mask, (days, left_out, MOST_ALERTED, now))


def days_after(opened: Engine, since: date | None) -> tuple[list[date], int]:
    """Listings after a day, oldest first, the last few; and how many are left out."""
    if since is None:
        return [announced.day_of(number) for number in announced.days_held(opened)[:1]], 0
    days = announced.days_since(opened, since)
    return days[-MOST_DAYS:], max(len(days) - MOST_DAYS, 0)


def papers_of_days(opened: Engine, days: list[date]) -> Contents:
    """New papers and cross-lists of the days, each paper once."""
    parts = [announced.contents(opened, day) for day in days]
    rows = np.concatenate([np.empty(0, np.intp), *(part.rows for part in parts)])
    sections = np.concatenate([np.empty(0, np.int8), *(part.sections for part in parts)])
    kept = np.flatnonzero(sections != REPLACED)
    _, first = np.unique(rows[kept], return_index=True)
    chosen = kept[np.sort(first)]
    key = ("digest", *announced.generation(opened), *(part.key for part in parts))
    span = tuple(days) or (announced.day_of(announced.days_held(opened)[0]),)
    return Contents(span, rows[chosen], sections[chosen], key)


def _unmuted(judged: Judged, plan: DigestPlan) -> Judged:
    """As if the tags that the plan leaves out were not there."""
    kept_out = DigestPlan.without.through.objects.filter(digestplan_id=plan.pk)
    muted = set(kept_out.values_list("tag_id", flat=True))
    out = [
        place
        for place, (interest, _) in enumerate(judged.sources)
        if (interest.tag.pk in muted if interest.tag else not plan.likes)
    ]
    if not out:
        return judged
    chances = judged.chances.copy()
    chances[out] = BANNED
    return replace(judged, chances=chances, best=chances.argmax(axis=0))


def _liked(judged: Judged) -> NDArray[np.bool_]:
    if not judged.sources:
        return np.zeros(len(judged.papers), np.bool_)
    liked: NDArray[np.bool_] = judged.chances.max(axis=0) >= judged.line
    return liked


def _brought(judged: Judged, alerts: tuple[str, ...]) -> NDArray[np.bool_]:
    """Papers by followed authors, or found by saved searches, that are told of in this way."""
    followed = judged.followed
    found = [
        paper
        for by in (followed.authors, followed.searches)
        for paper, things in by.items()
        if any(thing.alert in alerts for thing in things)
    ]
    return np.isin(judged.papers, found)


def _made(
    opened: Engine,
    reader: Reader,
    judged: Judged,
    mask: NDArray[np.bool_],
    facts: tuple[list[date], int, int, datetime],
) -> DigestContents:
    days, left_out, most, now = facts
    arranged = arrange(opened, judged, mask)
    shown = listed(opened, reader, judged, arranged.first(most), size=most)
    newest = announced.day_of(announced.days_held(opened)[0])
    return DigestContents(
        days=tuple(days),
        left_out=left_out,
        announced=len(judged.papers),
        mine=len(arranged.places),
        best=float(judged.chance[mask].max(initial=0.0)),
        line=judged.line,
        ranked=judged.ranked,
        sections=tuple(_sections(shown.cards, ranked=judged.ranked)),
        lacks=tuple(_lacks(opened, judged, days, len(shown.cards), now)),
        clock=clock(announced.newest_listing(opened) or newest, now),
    )


def _lacks(
    opened: Engine, judged: Judged, days: list[date], shown: int, now: datetime
) -> list[Lack]:
    """Why it is short or empty."""
    newest = announced.day_of(announced.days_held(opened)[0])
    found: list[Lack] = []
    if len(days) == 1:
        count = len(opened.columns.listed(day_number(days[0])))
        usual = announced.usual(opened, days[0])
        found = lacks.of_day(days[0], announced=count, usual=usual, newest=newest, now=now)
    return [*found, *(lacks.of_list(judged, shown=shown) if days else [])]


def _sections(cards: tuple[Card, ...], *, ranked: bool) -> list[Section]:
    """Each paper once: under whom one follows, else its tag, else likes, else its search."""
    found: dict[tuple[str, int], Section] = {}
    for card in cards:
        made = _section(card, ranked)
        thing = made.tag or made.search
        key = (made.kind, thing.pk if thing else 0)
        earlier = found.get(key, made)
        found[key] = replace(made, cards=(*earlier.cards, card))
    order = ("authors", "tag", "likes", "search", "all")
    return sorted(found.values(), key=lambda section: order.index(section.kind))


def _section(card: Card, ranked: bool) -> Section:
    if not ranked:
        return Section("all", None, None, ())
    if card.authors:
        return Section("authors", None, None, ())
    if card.ranked_for:
        return Section("tag", card.ranked_for[0], None, ())
    if card.searches:
        return Section("search", None, card.searches[0], ())
    return Section("likes", None, None, ())
