"""The polite client: the only way in which Bookwheel asks arXiv, and servers like it, for anything.

    with arxiv_client() as client:
        answer = client.get("https://arxiv.org/pdf/1706.03762v7", accept=("application/pdf",))

One request at a time and one in three seconds over all processes, cool-downs that a restart does
not forget, Retry-After, conditional requests, a user agent that says who asks, limits on size and
time, redirects only among the same servers. It tries once: what went wrong is a `SourceError`, and
whoever wants to try again calls again and is made to wait.
Leaves out: what answers mean.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpx2 as httpx

from bookwheel import __version__
from bookwheel.arxiv import manners
from bookwheel.arxiv.clock import Clock, SystemClock
from bookwheel.arxiv.manners import Manners
from bookwheel.arxiv.pace import FAILED, REFUSED, Pace
from bookwheel.arxiv.unpacking import Unpacking
from bookwheel.config import config
from bookwheel.errors import AbsentError, OfflineError, SourceError

READER_WAITS = 20.0  # seconds that somebody in front of a page waits for a turn
USUAL_LIMIT = 64 << 20  # bytes; a page of OAI-PMH has about 3 MB, a long PDF 30
_REDIRECTS = 5
_SECONDS = 300.0  # for one answer, however slowly it drips
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)
_ERRNO = re.compile(r"^\[Errno -?\d+\] ")
_OK, _UNCHANGED = 200, 304
_ABSENT = (404, 410)
_REFUSALS = (403, 406, 429, 503)  # arXiv's ways to say: too much


@dataclass(frozen=True)
class Known:
    """By what a server can tell that we have its answer already: two headers of that answer."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Answer:
    """What a server gave."""

    url: str  # where it came from in the end
    status: int
    body: bytes  # unpacked; empty when unchanged
    content_type: str  # in lower case, without parameters
    known: Known = field(default_factory=Known)  # to ask again only for what changed

    @property
    def unchanged(self) -> bool:
        """Whether it is still what was known."""
        return self.status == _UNCHANGED


@dataclass(frozen=True)
class _Wish:
    accept: tuple[str, ...]
    limit: int
    also: tuple[int, ...]
    headers: dict[str, str]

    @property
    def conditional(self) -> bool:
        return len(self.headers) > 1


class Client:
    """Asks the servers of some manners. Several clients and processes share their turns."""

    def __init__(self, kind: Manners, *, clock: Clock | None = None) -> None:
        self._manners = kind
        self._clock = clock or SystemClock()
        self.pace = Pace(config().data / "polite", kind.name, kind.interval, self._clock)
        agent = {"User-Agent": user_agent(), "Accept-Encoding": "gzip"}
        self._http = httpx.Client(headers=agent, timeout=_TIMEOUT, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(
        self,
        url: str,
        *,
        accept: tuple[str, ...] = (),
        limit_bytes: int = USUAL_LIMIT,
        known: Known | None = None,
        patience: float = READER_WAITS,
        defer: bool = False,
        also: tuple[int, ...] = (),
    ) -> Answer:
        """Fetch an address, following redirects among the same servers.

        `accept` are the media types that will do; none means any. `patience` is seconds to wait
        for a turn; with `defer` readers who wait go first. `also` are statuses besides 200 whose
        body is wanted.

        Raises:
            OfflineError: the setting `offline` is on.
            NotNowError: the turn would come later than that.
            AbsentError: there is nothing at this address.
            SourceError: nothing that can be used came back.
        """
        if config().offline:
            raise OfflineError(
                "Bookwheel is kept off the internet by its operator (BOOKWHEEL_OFFLINE)."
            )
        wish = _Wish(accept, limit_bytes, also, _headers(accept, known))
        end = self._clock.now() + patience
        target = httpx.URL(url)
        for _ in range(_REDIRECTS + 1):
            self._refuse_strangers(target)
            with self.pace.turn(max(end - self._clock.now(), 0.0), defer=defer):
                found = self._ask(target, wish)
            if isinstance(found, Answer):
                return found
            target = found
        raise SourceError(f"{url} leads from one address to the next without end.")

    def unusable(self, why: str) -> SourceError:
        """An error to raise over an answer that came but is damaged; the server gets some rest."""
        self.pace.failed(why, FAILED)
        return SourceError(why)

    def _refuse_strangers(self, url: httpx.URL) -> None:
        if not self._manners.cover(url):
            raise SourceError(f"{url.host} is not one of the servers of {self._manners.name}.")

    def _ask(self, url: httpx.URL, wish: _Wish) -> Answer | httpx.URL:
        """One request: an answer, or where it is to be found."""
        try:
            with self._http.stream("GET", url, headers=wish.headers) as response:
                found = self._read(response, wish)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            # No server was reached, so none needs rest.
            reason = _ERRNO.sub("", str(error)) or "no answer"
            raise SourceError(f"{url.host} cannot be reached: {reason}.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise self.unusable(f"{url.host} broke off: {reason}.") from error
        finally:
            self.pace.ended()
        self.pace.succeeded()
        return found

    def _read(self, response: httpx.Response, wish: _Wish) -> Answer | httpx.URL:
        status, host = response.status_code, response.url.host
        if response.has_redirect_location:
            return _secured(response.url.join(response.headers["location"]))
        if status in _ABSENT and status not in wish.also:
            self.pace.succeeded()
            raise AbsentError(f"{host} has nothing at {response.url.path}.")
        if status in _REFUSALS:
            wait = retry_after(response.headers.get("retry-after", ""), self._clock.now())
            why = f"{host} asked for less (status {status})"
            self.pace.failed(why, REFUSED, retry_after=wait)
            raise SourceError(f"{why}.")
        if status not in (_OK, *wish.also) and not (status == _UNCHANGED and wish.conditional):
            raise self.unusable(f"{host} is not well (status {status}).")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if wish.accept and kind not in wish.accept and status != _UNCHANGED:
            raise self.unusable(f"{host} gave {kind or 'nothing'} instead of {wish.accept[0]}.")
        return Answer(
            url=str(response.url),
            status=status,
            body=self._body(response, wish.limit),
            content_type=kind,
            known=Known(
                response.headers.get("etag", ""), response.headers.get("last-modified", "")
            ),
        )

    def _body(self, response: httpx.Response, limit: int) -> bytes:
        end, real_end = self._clock.now() + _SECONDS, time.monotonic() + _SECONDS
        try:
            unpacking = Unpacking(response.headers.get("content-encoding", ""), limit)
            for chunk in response.iter_raw():
                unpacking.add(chunk)
                if self._clock.now() > end or time.monotonic() > real_end:
                    raise SourceError("the answer took too long")  # noqa: TRY301
            return unpacking.whole()
        except SourceError as error:
            raise self.unusable(f"{response.url.host}: {error}.") from error


def arxiv_client(*, clock: Clock | None = None) -> Client:
    """A client for arXiv's servers."""
    return Client(manners.arxiv(), clock=clock)


def user_agent() -> str:
    """Who asks, and whom to write to."""
    contact = config().contact
    return f"Bookwheel/{__version__} ({contact})" if contact else f"Bookwheel/{__version__}"


def retry_after(text: str, now: float) -> float | None:
    """Seconds to wait by a header, which holds seconds or a date; None when it says nothing."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        told = parsedate_to_datetime(text)
        at = told if told.tzinfo else told.replace(tzinfo=UTC)
        return max(at.timestamp() - now, 0.0)
    except (ValueError, OverflowError):
        return None


def _headers(accept: tuple[str, ...], known: Known | None) -> dict[str, str]:
    told = {
        "Accept": ", ".join(accept) or "*/*",
        "If-None-Match": known.etag if known else "",
        "If-Modified-Since": known.modified if known else "",
    }
    return {name: value for name, value in told.items() if value}


def _secured(url: httpx.URL) -> httpx.URL:
    """arXiv's own redirects sometimes name HTTP; there is no reason to follow them there."""
    if url.scheme == "http" and (url.host == "arxiv.org" or url.host.endswith(".arxiv.org")):
        return url.copy_with(scheme="https", port=None)
    return url
