"""Running a command and seeing what it takes: seconds, processor time, memory of all its processes.

Memory is known where there is a /proc (Linux) and 0 elsewhere.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from bookwheel.config import PREFIX
from bookwheel.errors import BookwheelError

_LOOK = 0.1  # seconds between looks at memory
# Settings of a site for many, which would ask for a login.
_FOR_OTHERS = frozenset(f"{PREFIX}{name}" for name in ("HOST", "HOSTS", "HTTPS", "TRUSTED_PROXIES"))
_PATIENCE = 30.0  # seconds that a process may take to end when asked to
GIGABYTE = 1e9
NO_SETTINGS: Mapping[str, str] = {}


class Peak:
    """The most memory seen of a process and all that it started, in bytes."""

    memory = 0  # their own
    mapped = 0  # pages of mapped files included

    def look(self, pid: int) -> None:
        """Look at a process and all that it started."""
        seen = [_resident(one) for one in _family(pid)]
        self.memory = max(self.memory, sum(own for own, _ in seen))
        # Processes that map one file share its pages, so they are counted where most are mapped.
        files = max((shared for _, shared in seen), default=0)
        self.mapped = max(self.mapped, sum(own for own, _ in seen) + files)


@dataclass(frozen=True)
class Usage:
    """What a command took, and what it printed."""

    seconds: float
    processor_seconds: float
    peak: Peak
    output: bytes


def measured(*arguments: str, data: Path, settings: Mapping[str, str] = NO_SETTINGS) -> Usage:
    """Run `python -m ARGUMENTS` on a data folder to its end.

    What it says on standard error is shown.

    Raises:
        BookwheelError: it failed.
    """
    start, processor = time.monotonic(), processor_time()
    with (
        running(*arguments, data=data, settings=settings) as process,
        memory_of(process.pid) as peak,
    ):
        output, _ = process.communicate()
    if process.returncode:
        told = " ".join(arguments)
        raise BookwheelError(f"The measurement stopped: {told} ended with {process.returncode}.")
    seconds, used = time.monotonic() - start, processor_time() - processor
    return Usage(seconds, used, peak, output)


@contextmanager
def running(
    *arguments: str, data: Path, settings: Mapping[str, str] = NO_SETTINGS
) -> Iterator[subprocess.Popen[bytes]]:
    """Have `python -m ARGUMENTS` run while the block does; it ends with the block."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOR_OTHERS}
    environment = {**kept, **settings} | {f"{PREFIX}DATA": str(data)}
    command = [sys.executable, "-m", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def memory_of(pid: int) -> Iterator[Peak]:
    """Watch memory while the block runs."""
    peak, done = Peak(), Event()

    def watch() -> None:
        while not done.wait(_LOOK):
            peak.look(pid)

    thread = Thread(target=watch, daemon=True)
    peak.look(pid)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def processor_time() -> float:
    """Seconds spent by all processes that were started here and have ended, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _resident(pid: int) -> tuple[int, int]:
    """Bytes that are a process's own, and those of files that it maps."""
    try:
        _, resident, shared, *_ = map(int, Path(f"/proc/{pid}/statm").read_text().split())
    except (OSError, ValueError):
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return (resident - shared) * page, shared * page
