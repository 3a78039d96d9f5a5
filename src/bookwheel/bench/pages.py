"""Pages of a running `bookwheel serve`, asked for one after the other by one reader."""

from __future__ import annotations

import http.client
import re
import time
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

from bookwheel.bench.progress import Tell, counted
from bookwheel.bench.report import Row
from bookwheel.bench.times import WARM_UP, timed, told
from bookwheel.bench.usage import NO_SETTINGS, Peak, memory_of, running
from bookwheel.errors import BookwheelError

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)/")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PAPER = re.compile(r'href="/abs/([^"#?]+?)"')
_STYLE = re.compile(r'href="(/static/[^"]+\.css)"')
TAG = "bench-speed"
TAGGED = 5  # papers under the tag
_IDLE = 3.0  # seconds after which the site may hang up
_ALL_DAYS = 15_000  # more than arXiv has


class Browser:
    """One reader's connection to the site, with cookies."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: SimpleCookie = SimpleCookie(cookie)
        self._used = 0.0

    def get(self, path: str) -> str:
        """A page.

        Raises:
            BookwheelError: the site answered with an error.
        """
        return self._ask("GET", path, None)[0]

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form, as `get` does otherwise, and give the address that follows."""
        return self._ask("POST", path, urllib.parse.urlencode(fields))[1]

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> tuple[str, str]:
        headers = {"Cookie": "; ".join(f"{k}={v.value}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self._used > _IDLE:
            self._connection.close()  # it opens again by itself
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        self._used = time.monotonic()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        if answer.status >= 400:
            raise BookwheelError(f"The site answered {path} with status {answer.status}.")
        return text, answer.headers.get("Location", "").partition("#")[0]


def measure(data: Path, questions: Sequence[str], count: int, tell: Tell) -> tuple[list[Row], Peak]:
    """Times of each kind of page, and the memory of the server's processes together."""
    start = time.perf_counter()
    with serving(data) as (port, peak, _), closing(Browser(port)) as browser:
        newest = browser.get("/new")
        rows: list[Row] = [
            {
                "method": "ours",
                "step": "page, first after the start",
                "seconds": time.perf_counter() - start,
            }
        ]
        _tag_some(browser, questions[0])
        for kind, paths in _paths(browser, questions, count + WARM_UP).items():
            times = timed(browser.get, counted(paths, len(paths), step=f"page: {kind}", tell=tell))
            rows.append(told("ours", f"page, {kind}", times))
        static = re.findall(_STYLE, newest)[:1] * (count + WARM_UP)
        rows.append(told("static file", "page", timed(browser.get, static)))
    return rows, peak


def _paths(browser: Browser, questions: Sequence[str], count: int) -> dict[str, list[str]]:
    """Addresses of each kind of page, no two of which have the same answer."""
    papers = _papers(browser, count)
    return {
        "newest": [f"/new?page={number}" for number in range(1, count + 1)],
        "search": [f"/search?q={urllib.parse.quote(text)}" for text in questions[:count]],
        # Spans that all hold every paper: ranked anew each time, as after a new like.
        "tag": [f"/tag/{TAG}?days={_ALL_DAYS + more}" for more in range(count)],
        "similar": [f"/similar/{paper}" for paper in papers],
        "paper": [f"/abs/{paper}" for paper in papers],
    }


@contextmanager
def serving(
    data: Path, settings: Mapping[str, str] = NO_SETTINGS
) -> Iterator[tuple[int, Peak, int]]:
    """A server with its port, the memory that it takes, and the number of its process."""
    command = ("bookwheel", "serve", "--host", "127.0.0.1", "--port", "0")
    with (
        running(*command, data=data, settings=settings) as process,
        memory_of(process.pid) as peak,
    ):
        assert process.stdout
        for line in process.stdout:
            if found := _ADDRESS.search(line):
                yield int(found[1]), peak, process.pid
                return
        raise BookwheelError("The measurement stopped: `bookwheel serve` did not open.")


def _tag_some(browser: Browser, question: str) -> None:
    """Give the reader a tag with papers on it, through the form that people use."""
    page = browser.get(f"/search?q={urllib.parse.quote(question)}")
    token = TOKEN.search(page)
    if token is None:
        raise BookwheelError("The measurement stopped: the search page has no form to tag with.")
    for paper in list(dict.fromkeys(_PAPER.findall(page)))[:TAGGED]:
        form = {"paper": paper, "tag": TAG, "csrfmiddlewaretoken": token[1]}
        browser.post("/do/tag", form)


def _papers(browser: Browser, count: int) -> list[str]:
    """Identifiers of papers from all over the list of the newest."""
    found: dict[str, None] = {}
    for page in range(1, count + 1):
        if len(found) >= count:
            break
        found |= dict.fromkeys(_PAPER.findall(browser.get(f"/random?seed={page}")))
    return list(found)[:count]
