"""A letter as a mail: HTML and plain text, with the headers that mail programs go by.

Styles stand in the tags, because many programs drop sheets; the one sheet only makes it dark.
Leaves out: sending (`postbox.py`).
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

from django.core import signing
from django.template.loader import get_template
from django.utils import timezone

from bookwheel.config import config
from bookwheel.content.clean import clean
from bookwheel.delivery.letter import Item, Letter
from bookwheel.delivery.pictures import Picture
from bookwheel.models import Digest

WIDTH = 72  # columns of the plain text
_POLICY = SMTP.clone(cte_type="7bit")  # servers without 8BITMIME take it as well


def html_of(letter: Letter, *, alone: bool = True) -> str:
    """The letter as a page; `alone` it holds its pictures, else they are parts of the mail."""
    context = {"letter": letter, "alone": alone, "host": _host()}
    html: str = get_template("mail/letter.html", using="jinja2").render(context)
    return html


def text_of(letter: Letter) -> str:
    """The letter in plain characters, lines no longer than addresses make them."""
    return "\n".join(_lines(letter)) + "\n"


def mail_of(letter: Letter, to: str, digest: Digest) -> bytes:
    """The letter as a mail, ready for a server. The same digest has the same Message-ID."""
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = header(letter.subject)
    mail["From"] = Address("Bookwheel", addr_spec=config().mail_from)
    mail["To"] = Address(addr_spec=to)
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = message_id(digest)
    mail["List-Id"] = f"Bookwheel <digest.{_host()}>"
    mail["List-Unsubscribe"] = f"<{letter.stop}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    mail.set_content(text_of(letter), cte="quoted-printable")
    mail.add_alternative(html_of(letter, alone=False), subtype="html", cte="quoted-printable")
    html = mail.get_body(("html",))
    for picture in _pictures(letter):
        if isinstance(html, EmailMessage):
            name = f"<{picture.name}@{_host()}>"
            html.add_related(picture.content, "image", "jpeg", cid=name, disposition="inline")
    return mail.as_bytes()


def _pictures(letter: Letter) -> list[Picture]:
    return [item.picture for group in letter.groups for item in group.items if item.picture]


def note_of(subject: str, text: str, to: str) -> bytes:
    """A few lines of plain text as a mail."""
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = header(subject)
    mail["From"] = Address("Bookwheel", addr_spec=config().mail_from)
    mail["To"] = Address(addr_spec=to)
    mail["Date"] = format_datetime(timezone.now())
    mail["Message-ID"] = make_msgid(domain=_host())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    return mail.as_bytes()


def header(text: str) -> str:
    """Text for a header: one line, nothing that cannot be seen, not too long."""
    return textwrap.shorten(" ".join(clean(text).split()), 150, placeholder="…")


def message_id(digest: Digest) -> str:
    """The same for each attempt, and not to be guessed."""
    signed = signing.Signer(salt="bookwheel.mail.id").signature(f"{digest.reader_id}.{digest.slot}")
    return f"<digest.{hashlib.sha256(signed.encode()).hexdigest()[:32]}@{_host()}>"


def _host() -> str:
    return urlsplit(config().home).hostname or "localhost"


def _lines(letter: Letter) -> Iterator[str]:
    yield from _wrapped(letter.lead)
    for note in letter.notes:
        yield from ("", *_wrapped(note))
    for group in letter.groups:
        yield from ("", "", group.heading, "-" * min(len(group.heading), WIDTH))
        for item in group.items:
            yield ""
            yield from _item_lines(item)
    yield ""
    for name, address in letter.more:
        yield f"{name}: {address}"
    yield from ("", "-- ", *_wrapped(letter.footer), letter.settings, letter.stop)


def _item_lines(item: Item) -> Iterator[str]:
    yield from _wrapped(item.title)
    yield from _wrapped(item.authors, "  ")
    yield from _wrapped(item.about, "  ")
    yield from _wrapped(item.text, "  ")
    if item.why:
        yield from _wrapped("; ".join(item.why), "  > ")
    yield f"  {item.home[1]}"
    for name, address in item.does:
        yield f"  {name}: {address}"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
