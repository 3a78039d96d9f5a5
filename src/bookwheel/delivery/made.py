"""From a digest that is due to its letter, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from bookwheel.arxiv import schedule
from bookwheel.delivery.letter import Letter, alert_letter, digest_letter
from bookwheel.delivery.wording import holiday
from bookwheel.models import Digest, DigestPlan
from bookwheel.queries.digest import DigestContents, alert_contents, digest_contents

DIGEST, ALERT, NOW = "digest", "alert", "now"  # how slots begin


@dataclass(frozen=True)
class Made:
    """A letter, or None and why; and the last listing that it is about."""

    letter: Letter | None
    until: date | None
    papers: int = 0
    told: str = ""


def made(digest: Digest, plan: DigestPlan, now: datetime) -> Made:
    """Make the letter of a digest, in the language and time zone in force.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    kind = digest.slot.partition(" ")[0]
    if kind == ALERT:
        contents = alert_contents(digest.reader, digest.since, now)
        return _said(contents, alert_letter(digest.reader, contents))
    if kind == NOW:
        contents = digest_contents(digest.reader, plan, None, now)
        return _said(contents, digest_letter(digest.reader, contents))
    return _digest(digest, plan, now)


def _digest(digest: Digest, plan: DigestPlan, now: datetime) -> Made:
    contents = digest_contents(digest.reader, plan, plan.covered, now)
    always = plan.when == DigestPlan.When.ALWAYS
    if not contents.days:
        return _without_listing(digest, contents, always=always)
    if plan.when == DigestPlan.When.LEAST and contents.best < plan.least:
        told = _("Nothing scored %(least).2f; the best was %(best).2f.")
        return _said(contents, None, told % {"least": plan.least, "best": contents.best})
    if not contents.papers and not always:
        return _said(contents, None, _("Nothing was for you."))
    before = digest.reader.digests.filter(slot__startswith=DIGEST, pk__lt=digest.pk)
    last = before.exclude(state=Digest.State.NOTHING).order_by("pk").last()
    again = last is not None and last.state == Digest.State.UNSURE
    return _said(contents, digest_letter(digest.reader, contents, again=again))


def _without_listing(digest: Digest, contents: DigestContents, *, always: bool) -> Made:
    """Nothing has come since: a weekend says nothing, a holiday and a late harvest do."""
    day = date.fromisoformat(digest.slot.partition(" ")[2])
    closed = not schedule.is_listing(day)
    if contents.clock.behind == 0 and (not closed or day.weekday() > 4):
        return _said(contents, None, _("No listing has come since the last digest."))
    if not always:
        return _said(contents, None, _("The papers of this day were not here yet."))
    letter = digest_letter(digest.reader, contents)
    if closed and contents.clock.behind == 0:
        letter = replace(letter, notes=(*letter.notes, holiday()))
    return _said(contents, letter)


def _said(contents: DigestContents, letter: Letter | None, told: str = "") -> Made:
    until = contents.days[-1] if contents.days else None
    return Made(letter, until, contents.papers if letter else 0, told)
