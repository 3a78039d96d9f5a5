"""How fast papers come in: from compressed dumps to the point where each can be found and ranked.

Runs `bookwheel import` twice over the same files in a fresh folder and prints papers a second, the
seconds of processor time, the peak of memory over all its processes together, and how much faster
the second time is.

    python bench/import_speed.py ../shared/data/arxiv-metadata/*.jsonl.zst
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson

_LOOK = 0.1  # seconds between looks at memory
_PAGE = os.sysconf("SC_PAGE_SIZE")


def main(files: list[str]) -> None:
    """Import twice and print what it took."""
    with tempfile.TemporaryDirectory(prefix="bookwheel-bench-") as folder:
        environment = os.environ | {"BOOKWHEEL_DATA": folder}
        first = measured("first ", files, environment)
        second = measured("second", files, environment)
        print(f"the second is {first / second:.1f} times faster")
        subprocess.run([sys.executable, "-m", "bookwheel", "status"], env=environment, check=True)


def measured(name: str, files: list[str], environment: dict[str, str]) -> float:
    """Run one import; returns seconds."""
    start, cpu = time.monotonic(), processor_time()
    with tempfile.TemporaryFile() as answer:
        command = [sys.executable, "-m", "bookwheel", "import", "--json", *files]
        process = subprocess.Popen(command, env=environment, stdout=answer)
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(map(memory, family(process.pid))))
            time.sleep(_LOOK)
        seconds = time.monotonic() - start
        answer.seek(0)
        counts = orjson.loads(answer.read())
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    records = sum(counts[key] for key in ("new", "changed", "same", "filtered", "bad"))
    print(
        f"{name}: {records:,} records in {seconds:.1f} s = {records / seconds:,.0f}/s, "
        f"{processor_time() - cpu:.1f} s of processor time, peak {peak / 1e9:.2f} GB; {counts}",
        flush=True,
    )
    return seconds


def processor_time() -> float:
    """Seconds spent by all processes that were started here and have ended, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pid: int) -> int:
    """Bytes that are the process's own: resident, without the pages of mapped files."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * _PAGE


if __name__ == "__main__":
    main(sys.argv[1:])
