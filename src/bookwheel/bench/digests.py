"""How long it takes to make all readers' digests of a day and to hand them to a mail server.

The server listens on this machine, takes every mail, opens it and counts. Leaves out options
(`cli/bench_digests.py`) and the work itself (`digests_inside.py`).
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import orjson

from bookwheel.bench import installation
from bookwheel.bench.progress import Tell
from bookwheel.bench.report import Row, Value
from bookwheel.bench.usage import GIGABYTE, measured, memory_of, processor_time, running
from bookwheel.config import override
from bookwheel.errors import BookwheelError

_INSIDE = "bookwheel.bench.digests_inside"
_FEEDS = "bookwheel.bench.feeds_inside"
_PATIENCE = 30.0  # seconds until the mail server listens


def of_installation(
    data: Path, *, readers: int, tags: int, papers: int, processes: int, tell: Tell
) -> list[Row]:
    """Measure on a copy of an installation. Raises InputError when it has no index."""
    port = _free_port()
    override(smtp_host="127.0.0.1", smtp_port=port, smtp_tls=False, offline=True)
    override(smtp_user="", site="https://papers.example.org", mail_from="bench@example.org")
    with installation.copied(data) as folder:
        measured("bookwheel", "status", data=folder)
        tell("making readers, learning their tags", 0, 1)
        measured(_FEEDS, "make", str(readers), str(tags), data=folder)
        measured(_FEEDS, "learn", str(papers), "0", "1", data=folder)
        measured(_INSIDE, "plan", data=folder)
        tell("making readers, learning their tags", 1, 1)
        with _server(port, folder) as counted:
            tell("all digests sent", 0, 1)
            row = _send(folder, papers, processes)
            tell("all digests sent", 1, 1)
        return [{"method": "ours", "step": "all digests sent", **row, **counted}]


def _send(folder: Path, papers: int, processes: int) -> dict[str, Value]:
    """Have several processes send what is due, start included."""
    started, processor = time.monotonic(), processor_time()
    with ExitStack() as stack:
        sending = [
            stack.enter_context(running(_INSIDE, "send", str(papers), data=folder))
            for _ in range(processes)
        ]
        peaks = [stack.enter_context(memory_of(process.pid)) for process in sending]
        outputs = [process.communicate()[0] for process in sending]
        seconds = time.monotonic() - started
        if any(process.returncode for process in sending):
            raise BookwheelError("The measurement stopped: a process that sends failed.")
    sent = sum(orjson.loads(output)["sent"] for output in outputs)
    return {
        "digests": sent,
        "processes": processes,
        "seconds": seconds,
        "processor seconds": processor_time() - processor,
        "ms a digest": 1000 * seconds / max(sent, 1),
        "memory GB": sum(peak.memory for peak in peaks) / GIGABYTE,
    }


@contextmanager
def _server(port: int, folder: Path) -> Iterator[dict[str, Value]]:
    """A mail server; what it has counted is filled in when the block ends."""
    counted: dict[str, Value] = {}
    with running(_INSIDE, "serve", str(port), data=folder) as process:
        _wait_for(port)
        yield counted
        process.terminate()
        output, _ = process.communicate()
        counted.update(orjson.loads(output))


def _wait_for(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BookwheelError("The measurement stopped: its mail server did not start.")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
