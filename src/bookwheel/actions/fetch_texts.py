"""Fetch the full texts that readers wait for, then those of papers that they keep."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.fetch_document import fetch_document
from bookwheel.arxiv.client import Client
from bookwheel.errors import BookwheelError, InputError, NotNowError, OfflineError
from bookwheel.models import FullText, Paper
from bookwheel.queries.texts_to_fetch import kept_without_text, wanted_texts

_log = logging.getLogger(__name__)
MOST_WAITING = 100
AT_ONCE = 20  # papers before whoever calls looks at other work


def want_text(paper: Paper) -> bool:
    """Note that a reader waits for the newest version; false when it is here already.

    Raises:
        InputError: too many are waiting.
    """
    if FullText.objects.filter(state=FullText.State.WANTED).count() >= MOST_WAITING:
        raise InputError(_("Many full texts are waiting to be fetched. Try again later."))
    now = timezone.now()
    version = paper.versions[-1][0]
    text, new = FullText.objects.get_or_create(
        paper=paper,
        version=version,
        defaults={"state": FullText.State.WANTED, "fetched": now, "opened": now},
    )
    if not new and text.state != FullText.State.HERE:
        FullText.objects.filter(pk=text.pk).update(state=FullText.State.WANTED, opened=now)
    return new or text.state != FullText.State.HERE


def fetch_texts(client: Client, stop: Callable[[], bool], *, kept: bool) -> int:
    """Fetch some, and with `kept` of papers that nobody waits for too; returns how many came."""
    done = 0
    for _turn in range(AT_ONCE):
        found = wanted_texts(1) or (kept_without_text(1) if kept else [])
        if not found or stop():
            break
        try:
            fetch_document(client, found[0], patience=600)
            done += 1
        except (NotNowError, OfflineError):
            break
        except BookwheelError as error:
            _log.info("%s: %s", found[0], error)
            if not FullText.objects.filter(paper=found[0], state=FullText.State.FAILED).exists():
                break  # nothing was noted, so it would come up again at once
    return done
