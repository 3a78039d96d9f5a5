"""What the way into Django costs: one logged-in page with three queries, behind four servers.

    pip install a2wsgi
    python bench/serving.py --seconds 6

Prints a table: requests a second, milliseconds of half and of 99 % of them, and milliseconds of
processor time a request, server process only, one process each, 20 connections of `wrk`. The last
row is `bookwheel serve` with two workers: there the figure is of both.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PORT = 8771
ADDRESS = f"http://127.0.0.1:{PORT}/help"
PASSWORD = "correct horse battery staple"
SERVERS = {
    "Django's ASGI handler": ["-m", "uvicorn", "bench.serving:asgi"],
    "Django's WSGI handler in a2wsgi": ["-m", "uvicorn", "bench.serving:wsgi"],
    "ours, h11 and asyncio": ["-m", "uvicorn", "bookwheel.asgi:application"],
    "bookwheel serve, two workers": ["-m", "bookwheel", "serve", "--workers", "2"],
}


def __getattr__(name: str) -> Any:
    """The applications that were not chosen, made only in the process that serves them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"
    if name == "asgi":
        from django.core.asgi import get_asgi_application

        return get_asgi_application()
    if name == "wsgi":
        from a2wsgi import WSGIMiddleware
        from django.core.wsgi import get_wsgi_application

        return WSGIMiddleware(get_wsgi_application(), workers=4)
    raise AttributeError(name)


def prepare() -> str:
    """Make an account with ten tags, log it in, and give its cookie."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"
    django.setup()
    from django.test import Client

    from bookwheel.actions.add_reader import add_reader
    from bookwheel.actions.create_tag import create_tag
    from bookwheel.actions.prepare_data_folder import prepare as prepare_data_folder
    from bookwheel.models import Paper

    prepare_data_folder()
    reader = add_reader("bench", PASSWORD)
    for number in range(10):
        create_tag(reader, f"tag {number}")
    Paper.objects.create(  # so that `bookwheel serve` does not load the sample
        arxiv_id="2501.00001",
        changed=1,
        authors=[],
        versions=[],
        first_date="2025-01-01",
        last_date="2025-01-01",
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/account/login", {"login": "bench", "password": PASSWORD})
    return f"bookwheel={client.cookies['bookwheel'].value}"


@contextmanager
def serving(command: list[str]) -> Iterator[None]:
    """Run a server until the page can be had."""
    options = [] if "serve" in command else ["--no-access-log", "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, *command, "--port", str(PORT), *options], stdout=subprocess.DEVNULL
    )
    try:
        while subprocess.run(["curl", "-so", os.devnull, ADDRESS], check=False).returncode:
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def load(cookie: str, seconds: float) -> tuple[float, str, str, int]:
    """Ask for the page from 20 connections: rate, p50, p99, number of answers."""
    done = subprocess.run(
        ["wrk", "-t1", "-c20", f"-d{seconds:g}s", "--latency", "-H", f"Cookie: {cookie}", ADDRESS],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Non-2xx" not in done, done
    found = {
        key: re.search(pattern, done)[1]  # type: ignore[index]
        for key, pattern in {
            "rate": r"Requests/sec: +([\d.]+)",
            "p50": r"50% +(\S+)",
            "p99": r"99% +(\S+)",
            "count": r"(\d+) requests in",
        }.items()
    }
    return float(found["rate"]), found["p50"], found["p99"], int(found["count"])


def used() -> float:
    """Seconds of processor time of all servers that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(command: list[str], cookie: str, seconds: float) -> str:
    """Measure one server; its start and the load tool are measured apart and left out."""
    idle = used()
    with serving(command):
        pass
    idle = used() - idle
    before = used()
    tool = 0.0
    with serving(command):
        start = used()
        rate, p50, p99, count = load(cookie, seconds)
        tool = used() - start
    cost = (used() - before - idle - tool) / count * 1000
    return f"{rate:.0f} | {p50} | {p99} | {cost:.2f}"


def main() -> None:
    """Measure all and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=6)
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BOOKWHEEL_DATA"] = folder
        os.environ["PYTHONPATH"] = f"{Path.cwd()}:{Path.cwd() / 'src'}"
        cookie = prepare()
        print("| server | requests/s | p50 | p99 | CPU ms/request |\n|---|---|---|---|---|")
        for name, command in SERVERS.items():
            print(f"| {name} | {measure(command, cookie, seconds)} |", flush=True)


if __name__ == "__main__":
    main()
