"""One request at a time to a server, none too soon, over all processes of an installation.

A lock in the data folder is held while a request runs; a file beside it says when the last one was
and until when the server is to be left alone, so neither is forgotten by a restart. Source of the
rule: arXiv's terms of use, one connection and one request in three seconds.
Leaves out: what is asked and what answers mean (`client.py`).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from bookwheel.arxiv.clock import Clock
from bookwheel.errors import NotNowError

LONGEST = 24 * 3600.0  # seconds that a server is left alone at most, whatever it says
DEFERENCE = 0.5  # seconds for which bulk work leaves a free turn to a reader who waits
_BUSY = 10.0  # seconds after which to try again what found the server busy with another request
_JITTER = 0.25  # share by which waits differ, so that installations do not come back together


@dataclass(frozen=True)
class Trouble:
    """How long to leave a server alone: so many seconds at first, doubled each time, to a limit."""

    first: float
    most: float

    def wait(self, times: int) -> float:
        """Seconds after so many failures in a row."""
        seconds = min(self.first * 2.0 ** min(times - 1, 30), self.most)
        return seconds * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311  (no secret)


REFUSED = Trouble(60, 6 * 3600)  # the server said that we are too much
FAILED = Trouble(5, 600)  # it is not well


@dataclass(frozen=True)
class State:
    """What is known of a server. Times are seconds since 1970."""

    last: float = 0.0  # when the last request began, or ended
    until: float = 0.0  # before this it is left alone
    failures: int = 0  # in a row
    why: str = ""  # of the last one


class Pace:
    """The turns of one server."""

    def __init__(self, folder: Path, name: str, interval: float, clock: Clock) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._interval = interval
        self._clock = clock
        self._file = folder / f"{name}.json"
        self._lock = FileLock(folder / f"{name}.lock")

    @property
    def state(self) -> State:
        """As it is now."""
        told, now = self._read(), self._clock.now()
        if told and told.last <= now and told.until <= now + LONGEST:
            return told
        # Damaged, or the clock was set back: perhaps we have just asked, so wait once more.
        mended = replace(told or State(), last=now, until=min(told.until if told else 0.0, now))
        self._write(mended)
        return mended

    def _read(self) -> State | None:
        try:
            told = State(**orjson.loads(self._file.read_bytes()))
            numbers = (told.last, told.until, told.failures)
            return told if all(map(math.isfinite, numbers)) and told.failures >= 0 else None
        except FileNotFoundError:
            return State()
        except (ValueError, TypeError):
            return None

    @contextmanager
    def turn(self, patience: float, *, defer: bool = False) -> Iterator[None]:
        """Wait for our turn and have it while the block runs; `patience` is seconds to wait.

        Raises:
            NotNowError: it would take longer.
        """
        end = self._clock.now() + patience
        while True:
            self._wait(end, DEFERENCE if defer else 0.0)
            self._acquire(max(end - self._clock.now(), 0.0))
            try:
                if self._due() <= self._clock.now():
                    self._write(replace(self.state, last=self._clock.now()))
                    yield
                    return
            finally:
                self._lock.release()

    def ended(self) -> None:
        """The request is over, well or not: from now on the interval counts."""
        self._write(replace(self.state, last=self._clock.now()))

    def succeeded(self) -> None:
        """The answer was of use: earlier failures are forgotten."""
        state = self.state
        if state.failures or state.until:
            self._write(State(last=state.last))

    def failed(self, why: str, trouble: Trouble, *, retry_after: float | None = None) -> None:
        """Leave the server alone for as long as it asked, and else the longer the oftener."""
        state = self.state
        times = state.failures + 1
        wait = trouble.wait(times) if retry_after is None else min(retry_after, LONGEST)
        until = max(state.until, self._clock.now() + wait)
        self._write(State(last=state.last, until=until, failures=times, why=why))

    def _due(self) -> float:
        state = self.state
        return max(state.last + self._interval, state.until)

    def _wait(self, end: float, defer: float) -> None:
        while (left := self._due() + defer - self._clock.now()) > 0:
            if self._due() > end:
                raise self._not_now()
            self._clock.sleep(left)

    def _acquire(self, seconds: float) -> None:
        try:
            self._lock.acquire(timeout=seconds)
        except Timeout:
            raise NotNowError(
                "Bookwheel is fetching something else from this server just now. Try again in a "
                "minute.",
                self._clock.now() + _BUSY,
            ) from None

    def _not_now(self) -> NotNowError:
        state = self.state
        at = datetime.fromtimestamp(self._due(), UTC).strftime("%H:%M UTC")
        why = f" ({state.why})" if state.why else ""
        return NotNowError(f"The server is left alone until {at}{why}.", self._due())

    def _write(self, state: State) -> None:
        draft = self._file.with_suffix(".part")
        draft.write_bytes(orjson.dumps(asdict(state)))
        draft.replace(self._file)
