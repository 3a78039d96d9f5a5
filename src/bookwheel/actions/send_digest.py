"""Send one digest: claim it, make it, hand it to the mail server, note what became of it.

A mail leaves at most once for each row, whoever dies when. Before anything leaves, the row is won
by compare-and-set; before the last byte leaves it becomes `HANDED`, again by compare-and-set, so
that one who was thought dead and replaced stops there. What is found `HANDED` later, or broke off
after the last byte, is not sent again: its papers come with the next digest instead.
"""

from __future__ import annotations

import logging
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from bookwheel.delivery.made import DIGEST, Made, made
from bookwheel.delivery.mail import mail_of
from bookwheel.delivery.postbox import Postbox
from bookwheel.errors import (
    IndexDamagedError,
    IndexMissingError,
    MailDelayedError,
    MailRefusedError,
    MailServerError,
    MailUnsureError,
    StoppedError,
)
from bookwheel.models import Digest, DigestPlan, MailAddress
from bookwheel.queries.digest_due import zone_of

_log = logging.getLogger(__name__)

State = Digest.State
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=5), timedelta(hours=2)
TRIES = 16  # over a day
LONGEST = 500  # characters of what is noted


def send_digest(digest: Digest, post: Postbox, now: datetime) -> str:
    """Send it, unless somebody else does; the state in which it is left, empty if not ours.

    Raises:
        MailServerError: the mail server takes nothing from us; the digest waits.
    """
    claim = _claim(digest)
    if not claim:
        return ""
    mine = Digest.objects.filter(pk=digest.pk, claim=claim)
    address = MailAddress.objects.filter(reader=digest.reader).first()
    if address is None or not address.takes_mail:
        return _settle(mine, State.NOTHING, "There is no confirmed address that takes mail.")
    plan, _new = DigestPlan.objects.get_or_create(reader=digest.reader)
    try:
        with translation.override(plan.language or "en"), timezone.override(zone_of(digest.reader)):
            found = made(digest, plan, now)
            content = mail_of(found.letter, address.address, digest) if found.letter else b""
    except (IndexMissingError, IndexDamagedError) as error:
        return _later(mine, digest, str(error))
    except Exception as error:  # noqa: BLE001  (one reader's must not keep the others from theirs)
        _log.exception("The digest %s of reader %s failed.", digest.slot, digest.reader_id)
        return _later(mine, digest, f"{type(error).__name__}: {error}")
    if not content:
        return _through(mine, digest, found, State.NOTHING)
    return _hand_over(mine, digest, found, (post, address, content))


def _claim(digest: Digest) -> str:
    """Win the row: a word that only we know, or nothing."""
    claim = secrets.token_hex(16)
    waiting = Digest.objects.filter(pk=digest.pk, state=State.WAITING)
    won = waiting.update(
        state=State.CLAIMED, claim=claim, claimed=timezone.now(), attempts=F("attempts") + 1
    )
    digest.attempts += won
    return claim if won else ""


def _hand_over(
    mine: QuerySet[Digest], digest: Digest, found: Made, what: tuple[Postbox, MailAddress, bytes]
) -> str:
    post, address, content = what

    def handing() -> None:
        if not mine.filter(state=State.CLAIMED).update(state=State.HANDED, claimed=timezone.now()):
            raise StoppedError("Another process took this digest over.")

    try:
        post.send(address.address, content, handing)
    except StoppedError:
        return ""
    except MailUnsureError as error:
        return _settle(mine, State.UNSURE, str(error))
    except MailRefusedError as error:
        MailAddress.objects.filter(pk=address.pk).update(paused=str(error)[:LONGEST])
        return _settle(mine, State.REFUSED, str(error))
    except MailDelayedError as error:
        return _later(mine, digest, str(error))
    except MailServerError as error:
        _later(mine, digest, str(error))
        raise
    return _through(mine, digest, found, State.SENT)


@transaction.atomic
def _through(mine: QuerySet[Digest], digest: Digest, found: Made, state: str) -> str:
    """Note that its listings were dealt with."""
    _settle(mine, state, found.told, papers=found.papers, until=found.until)
    if found.until and digest.slot.startswith(DIGEST):
        _advance(digest, found.until)
    return state


def _advance(digest: Digest, until: date) -> None:
    plans = DigestPlan.objects.filter(reader=digest.reader)
    plans.filter(Q(covered=None) | Q(covered__lt=until)).update(covered=until)


def _settle(mine: QuerySet[Digest], state: str, told: str, **fields: object) -> str:
    mine.update(state=state, told=told[:LONGEST], ended=timezone.now(), **fields)
    return state


def _later(mine: QuerySet[Digest], digest: Digest, told: str) -> str:
    """Try again, ever later; after a day it is given up."""
    if digest.attempts >= TRIES:
        return _settle(mine, State.FAILED, told)
    pause = min(FIRST_RETRY * 2 ** min(digest.attempts - 1, 10), LONGEST_RETRY)
    mine.update(state=State.WAITING, told=told[:LONGEST], again=timezone.now() + pause)
    return State.WAITING
