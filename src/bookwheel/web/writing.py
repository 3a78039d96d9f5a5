"""Starts the writing of answers in threads of their own, and tells their events to a file.

An answer goes on when nobody listens: a reader who reloads, or whose connection broke, hears the
rest. Leaves out: what is written (`actions/write_answer.py`), who listens (`pages/ask_stream.py`).
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bookwheel.actions.title_conversation import title_conversation
from bookwheel.actions.write_answer import keep_failure, write_answer
from bookwheel.assistant.events import Failed
from bookwheel.assistant.models import Stop
from bookwheel.models import Message
from bookwheel.web import events_file
from bookwheel.web.answer_events import EventsHtml
from bookwheel.web.events_file import END, TOLD, EventsFile

MOST = 4  # answers that a process writes at the same time; others wait
_GRACE = timedelta(seconds=10)  # between storing an answer and beginning to write it
_room = threading.BoundedSemaphore(MOST)
log = logging.getLogger(__name__)


def start(told: Message) -> None:
    """Begin to write an answer, and return at once."""
    file = EventsFile(told.pk)
    language = translation.get_language() or "en"
    threading.Thread(
        target=_write, args=(told, file, language), name=f"answer-{told.pk}", daemon=True
    ).start()


def _write(told: Message, file: EventsFile, language: str) -> None:
    try:
        with _room, translation.override(language):
            write(told, file)
    finally:
        connection.close()


def write(told: Message, file: EventsFile) -> None:
    """Write an answer to its end, telling a file what happens."""
    sign = events_file.stop_sign(told.pk)
    html = EventsHtml(told)
    try:
        for event in write_answer(told, Stop(also=sign.exists)):
            for kind, data in html.pieces(event):
                file.add(kind, data)
    except Exception:  # the edge of a thread: nobody else would hear of it
        log.exception("An answer could not be written.")
        keep_failure(
            told, Failed(_("Bookwheel made a mistake and wrote it to its log. Try again."))
        )
    finally:
        file.add(TOLD, html.whole())
        file.add(END, _title(told, sign))
        file.close()


def _title(told: Message, sign: Path) -> str:
    try:
        return title_conversation(told, Stop(also=sign.exists))
    except Exception:  # the edge of a thread; a title is not worth an answer
        log.exception("A conversation could not be titled.")
        return ""


def stop(told: Message) -> None:
    """Ask whoever writes an answer, in whichever process, to stop."""
    if events_file.is_written(told.pk):
        events_file.stop_sign(told.pk).touch()
    else:
        settle(told)


def settle(told: Message) -> None:
    """Give up on an answer that is to be written and that nobody writes any more."""
    if told.state != Message.State.RUNNING or events_file.is_written(told.pk):
        return
    if timezone.now() - told.created < _GRACE:
        return
    told.refresh_from_db()
    if told.state == Message.State.RUNNING:
        keep_failure(told, Failed(_broken()))


def _broken() -> str:
    return _("The answer broke off: the server was stopped while it was written. Try again.")
