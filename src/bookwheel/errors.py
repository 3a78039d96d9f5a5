"""Every error that Bookwheel raises on purpose, as one tree.

    BookwheelError                 what went wrong and what to do about it
    ├── SettingError               a setting has a value that cannot be used
    ├── DataFolderError            the data folder cannot be read or written, or the disk is full
    ├── PaperError                 a record is not a usable paper (carries a short reason)
    │   └── IdentifierError        a string is not an arXiv identifier
    ├── QueryError                 a search that cannot be understood (carries the position)
    ├── IndexMissingError          there is no index yet: `bookwheel index` builds it
    ├── IndexDamagedError          index files do not fit together: `bookwheel index --rebuild`
    ├── FullTextError              a file or a stored document cannot be read as a paper
    │   ├── UnreadableError        it is empty, damaged, encrypted or of a form that is not known
    │   └── TooLargeError          reading it needs more time, memory or disk than is allowed
    ├── ModelError                 a language model cannot be used (carries a code)
    ├── MailError                  the mail server did not take a mail
    │   ├── MailDelayedError       it wants this mail later, or the line broke before its end
    │   ├── MailRefusedError       it will never take mail for this address
    │   ├── MailUnsureError        the line broke after the end: nobody knows if it was taken
    │   └── MailServerError        no mail can be sent at all
    ├── WebhookError               a webhook did not take a message (carries the HTTP status)
    ├── SourceError                a server of papers gave nothing that can be used; later it may
    │   ├── OfflineError           the operator keeps Bookwheel off the internet
    │   ├── NotNowError            that server is not to be asked yet (carries until when)
    │   └── AbsentError            the server has no such thing
    ├── StoppedError               somebody asked to stop; the same work goes on later
    ├── NotFoundError              no such paper, tag or reader (or it is not yours)
    ├── KeyRefusedError            no such key for programs, or it has expired
    │   └── ScopeError             the key is good, but not for this
    ├── ForeignFormError           a change that was not sent from a page of ours
    ├── ThrottledError             too many requests (carries the seconds to wait)
    ├── QuotaError                 a reader or a program asked too much in too short a time
    └── InputError                 a value typed by a reader is not acceptable
        └── NameTakenError         the reader already has a tag of this name

The message of each is shown to people: it says what happened and what to do, in one or two
sentences.
"""

from __future__ import annotations


class BookwheelError(Exception):
    """Something that a person can do something about."""


class SettingError(BookwheelError):
    """A setting has a value that cannot be used."""


class DataFolderError(BookwheelError):
    """The data folder cannot be read or written."""


class PaperError(BookwheelError):
    """A record is not a usable paper."""


class IdentifierError(PaperError):
    """A string is not an arXiv identifier."""


class QueryError(BookwheelError):
    """A search text that cannot be understood; `position` is a character offset into it."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class IndexMissingError(BookwheelError):
    """No index has been built yet."""


class IndexDamagedError(BookwheelError):
    """Index files are missing or do not fit together."""


class FullTextError(BookwheelError):
    """A file or a stored document cannot be read as a paper."""


class UnreadableError(FullTextError):
    """It is empty, damaged, encrypted or of a form that is not known."""


class TooLargeError(FullTextError):
    """Reading it needs more time, memory or disk than is allowed."""


class ModelError(BookwheelError):
    """A language model cannot be reached, refuses, or fails.

    `code`: unknown, missing, unreachable, slow, refused, context, died or failed.
    """

    def __init__(self, message: str, code: str = "failed") -> None:
        super().__init__(message)
        self.code = code


class MailError(BookwheelError):
    """The mail server did not take a mail."""


class MailDelayedError(MailError):
    """This mail was not taken now; later it may be."""


class MailRefusedError(MailError):
    """The server will never take mail for this address."""


class MailUnsureError(MailError):
    """The whole mail was handed over and no answer came."""


class MailServerError(MailError):
    """The mail server cannot be reached, or takes nothing from us at all."""


class WebhookError(BookwheelError):
    """A webhook did not take a message; `status` is the answer's, None without an answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class SourceError(BookwheelError):
    """A server of papers gave nothing that can be used; a normal day, later it may."""


class OfflineError(SourceError):
    """The operator keeps Bookwheel off the internet."""


class NotNowError(SourceError):
    """A server is not to be asked yet; `until` is in seconds since 1970."""

    def __init__(self, message: str, until: float) -> None:
        super().__init__(message)
        self.until = until


class AbsentError(SourceError):
    """The server has no such thing."""


class StoppedError(BookwheelError):
    """Somebody asked to stop."""


class NotFoundError(BookwheelError):
    """The thing asked for does not exist or is not visible to the asker."""


class KeyRefusedError(BookwheelError):
    """A program's key is not known, or it has expired."""


class ScopeError(KeyRefusedError):
    """A program's key does not allow this."""


class ForeignFormError(BookwheelError):
    """A change came with a reader's session, but not from a page of ours."""


class ThrottledError(BookwheelError):
    """Too many requests; `wait` is after how many seconds to come again."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class QuotaError(BookwheelError):
    """Too much was asked in too short a time; the message says when to come back."""


class InputError(BookwheelError):
    """A value given by a reader is not acceptable."""


class NameTakenError(InputError):
    """The reader already has a tag of this name; merging the two may be what is wanted."""
