"""How long pages take with 20 readers at once, measured with wrk (Debian package `wrk`).

    python bench/pages_load.py --data FOLDER [--seconds 10] [--readers 20] [--json]

Starts `bookwheel serve` on a copy-free data folder that `bookwheel import` has made, gives its
local reader three tags and some likes, and asks for each kind of list page in two ways: by readers
who look at a page for about a second before the next, and by clients that ask again at once (a
stress that no twenty readers make: it shows how many pages a second the machine renders). Addresses
differ from one request to the next (other searches, other papers), so that few answers come from
memory. wrk and the server share the machine's cores.
"""

from __future__ import annotations

import argparse
import atexit
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

PORT = 8799
BASE = f"http://127.0.0.1:{PORT}"
LUA = """
local paths = {}
for line in io.lines("%(paths)s") do paths[#paths + 1] = line end
local think = %(think)s
function init(args) math.randomseed(os.time()) end
function request()
  return wrk.format("GET", paths[math.random(#paths)], {["Cookie"] = "%(cookie)s"})
end
function delay() if think then return math.random(500, 1500) else return 0 end end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %%f %%f %%f %%d %%d\\n", latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000, summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


@dataclass(frozen=True)
class Result:
    """Milliseconds, and requests a second, of one kind of page."""

    page: str
    readers: str
    p50: float
    p95: float
    p99: float
    requests: int
    per_second: float
    errors: int


def main() -> None:
    """Measure every kind of list page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", required=True)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--only", nargs="*", help="kinds of page, as the table names them")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with serving(options.data) as site:
        results = [
            load(page, paths, site.cookie, options.seconds, options.readers, think=think)
            for think in (True, False)
            for page, paths in site.pages().items()
            if page in (options.only or [page])
        ]
    if options.json:
        print(json.dumps([asdict(result) for result in results]))
        return
    print(
        f"{'page':<22}{'readers':<10}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}"
        f"{'req/s':>8}{'errors':>8}"
    )
    for one in results:
        print(
            f"{one.page:<22}{one.readers:<10}{one.p50:8.1f}{one.p95:8.1f}{one.p99:8.1f}"
            f"{one.per_second:8.1f}{one.errors:8}"
        )


class serving:  # noqa: N801  (reads as a context)
    """A running server with its local reader logged in."""

    def __init__(self, data: str) -> None:
        self._environment = os.environ | {"BOOKWHEEL_DATA": data}

    def __enter__(self) -> serving:
        command = [sys.executable, "-m", "bookwheel", "serve", "--port", str(PORT)]
        started = time.perf_counter()
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        atexit.register(self._process.terminate)
        self._jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        while True:
            try:
                self.get("/new")
                break
            except urllib.error.HTTPError:
                raise
            except OSError:
                if time.perf_counter() - started > 60:
                    raise
                time.sleep(0.05)
        print(f"first page {time.perf_counter() - started:.1f} s after `bookwheel serve`")
        self._give_tastes()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def cookie(self) -> str:
        """The session, as a header."""
        return "; ".join(f"{one.name}={one.value}" for one in self._jar)

    def get(self, path: str) -> str:
        """A page."""
        return self._open.open(BASE + path).read().decode()

    def _give_tastes(self) -> None:
        """Three tags of five papers each, through the same forms that a reader uses."""
        for tag, words in (
            ("graphs", "graph+neural+networks"),
            ("vision", "object+detection"),
            ("strings", "string+theory"),
        ):
            page = self.get(f"/search?q={words}")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
            for paper in list(dict.fromkeys(re.findall(r'href="/abs/([^"#?/]+)"', page)))[:5]:
                self._post("/do/tag", {"paper": paper, "tag": tag, "csrfmiddlewaretoken": token})

    def _post(self, path: str, fields: dict[str, str]) -> None:
        data = urllib.parse.urlencode(fields).encode()
        self._open.open(urllib.request.Request(BASE + path, data, {"Referer": BASE + "/"}))

    def pages(self) -> dict[str, list[str]]:
        """Addresses of each kind of list."""
        newest = [f"/new?page={number}" for number in range(1, 200)]
        papers = sorted(
            {
                p
                for n in range(1, 40, 4)
                for p in re.findall(r'href="/abs/([^"#?/]+)"', self.get(f"/new?page={n}"))
            }
        )
        titles = re.findall(
            r"<h\d[^>]*>\s*<a[^>]*href=\"/abs/[^>]*>([^<]{20,})</a>",
            "".join(self.get(f"/new?page={n}") for n in range(1, 30)),
        )
        words = [" ".join(re.findall(r"[A-Za-z]{3,}", title)[:6]) for title in titles]
        return {
            "newest": newest,
            "for you": [f"/?page={number}" for number in range(1, 20)],
            "by tag": [
                f"/tag/{tag}?page={n}"
                for tag in ("graphs", "vision", "strings")
                for n in range(1, 10)
            ],
            "search, six words": [f"/search?q={text.replace(' ', '+')}" for text in words],
            "similar": [f"/similar/{paper}" for paper in papers],
            "random": [f"/random?seed={seed}" for seed in range(1000)],
            "library": ["/library"],
        }


def load(
    page: str, paths: list[str], cookie: str, seconds: int, readers: int, *, think: bool
) -> Result:
    """Run wrk over some addresses."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paths").write_text("\n".join(paths))
        script = Path(folder) / "load.lua"
        script.write_text(
            LUA
            % {"paths": f"{folder}/paths", "cookie": cookie, "think": "true" if think else "false"}
        )
        command = [
            "wrk",
            "-t1",
            f"-c{readers}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            str(script),
            BASE,
        ]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    p50, p95, p99, requests, errors = re.search(r"RESULT (.*)", out)[1].split()
    return Result(
        page,
        "thinking" if think else "at once",
        float(p50),
        float(p95),
        float(p99),
        int(requests),
        int(requests) / seconds,
        int(errors),
    )


if __name__ == "__main__":
    main()
