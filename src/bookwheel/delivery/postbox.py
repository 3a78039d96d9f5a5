"""One connection to the mail server, kept over many mails; says for each what became of it.

SMTP leaves one moment in which nobody can know: from the last byte of a mail to the server's reply
(RFC 1047). So whoever sends is called just before that byte, and can write it down.
"""

from __future__ import annotations

import contextlib
import re
import selectors
import smtplib
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Self

from bookwheel.config import SMTPS, config
from bookwheel.errors import (
    MailDelayedError,
    MailError,
    MailRefusedError,
    MailServerError,
    MailUnsureError,
)

TIMEOUT = 30.0  # seconds for each step
LISTEN = 0.0  # seconds for which it is heard whether the line broke, before the last byte
EACH = 100  # mails over one connection; servers end longer ones
_DOT = re.compile(rb"(?m)^\.")
_GONE = (OSError, smtplib.SMTPException)


class Postbox:
    """Hands mails over. A context manager: the connection ends with it."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._sent = 0

    def __enter__(self) -> Self:
        """Connect when there is something to send."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            with contextlib.suppress(*_GONE):
                self._smtp.quit()
        self._drop()

    def send(self, to: str, content: bytes, handing: Callable[[], None]) -> None:
        """Hand one mail over; `handing` is called before its last byte and may raise.

        Raises:
            MailDelayedError: the server wants it later, or the line broke before the end.
            MailRefusedError: the address is none, or takes nothing.
            MailUnsureError: the line broke, or nothing was said, after the end.
            MailServerError: no mail can be sent at all.
        """
        smtp = self._smtp or self._connect()
        try:
            self._envelope(smtp, to)
            smtp.send(_DOT.sub(b"..", content).removesuffix(b"\r\n"))
            _must_be_there(smtp)
        except _GONE as error:
            self._drop()
            raise MailDelayedError(_said(error)) from error
        try:
            handing()
        except BaseException:
            self._drop()  # without its last byte the server forgets the mail
            raise
        self._end(smtp)

    def _end(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.send(b"\r\n.\r\n")
        except _GONE as error:  # so the last byte never left
            self._drop()
            raise MailDelayedError(_said(error)) from error
        try:
            code, said = smtp.getreply()
        except _GONE as error:
            self._drop()
            raise MailUnsureError(_said(error)) from error
        self._sent += 1
        if code == 421 or self._sent >= EACH:
            self._drop()
        _check(code, said)

    def _envelope(self, smtp: smtplib.SMTP, to: str) -> None:
        """Everything before the mail itself."""
        smtp.rset()
        self._must(MailServerError, *smtp.mail(config().mail_from))
        code, said = smtp.rcpt(to)
        if code == 421:
            self._drop()
        _check(code, said)
        smtp.putcmd("data")
        code, said = smtp.getreply()
        if code == 421:
            self._drop()
        if code != 354:
            _check(code, said)
            raise MailDelayedError(_text(code, said))

    def _must(self, problem: type[MailError], code: int, said: bytes) -> None:
        if 200 <= code < 300:
            return
        self._drop()
        raise (MailDelayedError if code < 500 else problem)(_text(code, said))

    def _connect(self) -> smtplib.SMTP:
        chosen = config()
        if not chosen.smtp_host:
            raise MailServerError("No mail server is set (BOOKWHEEL_SMTP_HOST).")
        try:
            smtp = self._opened()
            if chosen.smtp_user:
                smtp.login(chosen.smtp_user, chosen.smtp_password)
        except _GONE as error:
            raise MailServerError(_said(error)) from error
        self._smtp, self._sent = smtp, 0
        return smtp

    def _opened(self) -> smtplib.SMTP:
        chosen, safe = config(), ssl.create_default_context()
        if chosen.smtp_tls and chosen.smtp_port == SMTPS:
            return smtplib.SMTP_SSL(
                chosen.smtp_host, chosen.smtp_port, timeout=TIMEOUT, context=safe
            )
        smtp = smtplib.SMTP(chosen.smtp_host, chosen.smtp_port, timeout=TIMEOUT)
        if chosen.smtp_tls:
            smtp.starttls(context=safe)
        smtp.ehlo_or_helo_if_needed()
        return smtp

    def _drop(self) -> None:
        """Close without a word."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _must_be_there(smtp: smtplib.SMTP) -> None:
    """A server that says something in the middle of a mail has ended it."""
    if smtp.sock is None:
        return
    # Not select(), which knows no descriptor above 1023: a busy server has more.
    with selectors.DefaultSelector() as listening:
        listening.register(smtp.sock, selectors.EVENT_READ)
        if listening.select(LISTEN):
            raise smtplib.SMTPServerDisconnected(
                "The mail server broke off in the middle of the mail."
            )


def _check(code: int, said: bytes) -> None:
    """Raise what an answer means. 5.7 is about us, not about the address (RFC 3463)."""
    if 200 <= code < 300:
        return
    if code >= 500 and not said.startswith(b"5.7."):
        raise MailRefusedError(_text(code, said))
    raise MailDelayedError(_text(code, said))


def _text(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"[:400]


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
        return _text(code, said if isinstance(said, bytes) else said.encode())
    return (str(error) or type(error).__name__)[:400]
