"""Readers who use the site side by side: they read, search, keep and ask, and think in between.

Each has a session of their own and draws what to do next, with a fixed seed. What an answer takes
from the question to its last event is told apart from pages. Leaves out the server (`load.py`).
"""

from __future__ import annotations

import http.client
import random
import re
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

from bookwheel.bench.pages import TOKEN, Browser
from bookwheel.errors import BookwheelError

# What readers do, and how often out of a hundred times.
SHARES = {"feed": 25, "search": 20, "paper": 20, "tag": 15, "keep": 10, "ask": 10}
ANSWER = "answer, whole"
_PAPER = re.compile(r'href="/abs/([\d.]+|[a-z.-]+/\d{7})["#?]')
_WORD = re.compile(r"[^\W\d_]{2,}")
_TAG = re.compile(r'href="/tag/([^"/?#]+)"')
_RUNNING = re.compile(r'data-stream="/ask/answer/(\d+)/events"')
_MEANWHILE = 0.5, 1.5  # times the mean that a reader thinks


@dataclass
class Seen:
    """Milliseconds of each kind of visit, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)


@dataclass
class Visitor:
    """One reader, with what they have seen so far."""

    browser: Browser
    titles: Sequence[str]
    chance: random.Random
    seen: Seen
    tags: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    token: str = ""

    def arrive(self) -> None:
        """Open the first page, which is not counted: the reader's tags are learned for it."""
        self.tags = list(dict.fromkeys(_TAG.findall(self._look("/tags"))))
        self._look("/")
        if not self.papers:
            self._look("/new")

    def visit(self, kind: str) -> None:
        """Do one thing and note how long it took, or what went wrong."""
        started = time.perf_counter()
        try:
            self._do(kind)
        except (BookwheelError, OSError, http.client.HTTPException) as error:
            self.seen.failures.append(f"{kind}: {error}")
            self.browser.close()  # it connects again by itself
        else:
            self.seen.times[kind].append(1000 * (time.perf_counter() - started))

    def _do(self, kind: str) -> None:
        words = " ".join(_WORD.findall(self.chance.choice(self.titles))[:6])
        if kind == "feed":
            self._look("/")
        elif kind == "search":
            self._look(f"/search?q={urllib.parse.quote(words)}")
        elif kind == "paper":
            self._look(f"/abs/{self.chance.choice(self.papers)}")
        elif kind == "tag":
            self._look(f"/tag/{self.chance.choice(self.tags)}" if self.tags else "/tags")
        elif kind == "keep":
            self._send("/do/like", paper=self.chance.choice(self.papers))
        else:
            self._ask(f"What is known about {words}?")

    def _ask(self, text: str) -> None:
        started = time.perf_counter()
        page = self.browser.get(self._send("/do/ask", text=text))
        for number in _RUNNING.findall(page)[-1:]:
            self.browser.get(f"/ask/answer/{number}/events")
        self.seen.times[ANSWER].append(1000 * (time.perf_counter() - started))

    def _look(self, path: str) -> str:
        page = self.browser.get(path)
        if found := TOKEN.search(page):
            self.token = found[1]
        self.papers = list(dict.fromkeys([*_PAPER.findall(page), *self.papers]))[:200]
        return page

    def _send(self, path: str, **fields: str) -> str:
        return self.browser.post(path, {**fields, "csrfmiddlewaretoken": self.token})


def together(
    visitors: Sequence[Visitor], *, seconds: float, think: float, each: Callable[[float], None]
) -> None:
    """Let all of them use the site at once for so long; `each` second is told."""
    stop = Event()
    with ThreadPoolExecutor(len(visitors)) as pool:
        list(pool.map(Visitor.arrive, visitors))
        started = time.monotonic()
        done = [pool.submit(_stay, visitor, think, stop) for visitor in visitors]
        try:
            while (gone := time.monotonic() - started) < seconds:
                each(gone)
                time.sleep(1)
        finally:
            stop.set()
        for one in done:
            one.result()


def _stay(visitor: Visitor, think: float, stop: Event) -> None:
    kinds, weights = list(SHARES), list(SHARES.values())
    low, high = _MEANWHILE
    while not stop.wait(think * visitor.chance.uniform(low, high)):
        visitor.visit(visitor.chance.choices(kinds, weights)[0])
