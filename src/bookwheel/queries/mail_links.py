"""Addresses in mails: of pages, and signed ones that need no login.

Each signed address does one thing, for one reader, and says so on a page before a button does it.
Nothing of it is stored; whoever has a mail can press what stands in it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.core import signing
from django.urls import reverse

from bookwheel.config import config
from bookwheel.models import MailAddress, Paper, Reader

GESTURES = ("like", "hide", "later")
LISTS = ("digest", "alert")
GESTURE_FOR = timedelta(days=30)
CONFIRM_FOR = timedelta(days=3)


@lru_cache(maxsize=4096)
def _path(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def page(name: str, *args: Any) -> str:
    """The whole address of a page."""
    return config().home + _path(name, *args)


def paper_page(paper: Paper) -> str:
    """The whole address of the page of a paper."""
    return f"{config().home}{_path('paper', 'IDENTIFIER').replace('IDENTIFIER', paper.arxiv_id)}"


def _signer(what: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"bookwheel.mail.{what}")


def _linked(name: str, token: str) -> str:
    return f"{config().home}{_path(name, 'TOKEN').replace('TOKEN', token)}"


def gesture_links(reader: Reader, paper: Paper) -> dict[str, str]:
    """For each gesture the address that does it with one paper."""
    sign = _signer("gesture").sign
    return {
        gesture: _linked("mail_gesture", sign(f"{gesture}.{reader.pk}.{paper.pk}"))
        for gesture in GESTURES
    }


def read_gesture(token: str) -> tuple[str, int, int]:
    """Gesture, reader and paper of an address. Raises BadSignature, also when it has expired."""
    gesture, reader, paper = _signer("gesture").unsign(token, max_age=GESTURE_FOR).split(".")
    return gesture, int(reader), int(paper)


def stop_link(reader: Reader, what: str) -> str:
    """The address that ends digests or alerts. It does not expire: leaving must always work."""
    return _linked("mail_stop", _signer("stop").sign(f"{what}.{reader.pk}"))


def read_stop(token: str) -> tuple[str, int]:
    """What is to end, and the reader. Raises BadSignature."""
    what, reader = _signer("stop").unsign(token).split(".")
    return what, int(reader)


def confirm_link(address: MailAddress) -> str:
    """The address that confirms a reader's mail address, as long as it is still the same."""
    said = _signer("confirm").sign_object([address.reader_id, address.address])
    return _linked("mail_confirm", said)


def read_confirm(token: str) -> tuple[int, str]:
    """The reader and the mail address. Raises BadSignature, also when it has expired."""
    reader, address = _signer("confirm").unsign_object(token, max_age=CONFIRM_FOR)
    return int(reader), str(address)
