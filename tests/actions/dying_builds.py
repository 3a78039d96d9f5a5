"""Build an index in small commits and die at a chosen place, again and again.

Reads one job a line, {"folder", "place", "when", "times", "rebuild", "encoder"}, and does each in
a process of its own, forked so that Python starts and the encoder is read only once. `when` is
"before" or "after" the call of the function `place` that is the `times`-th one; or it is "seconds",
and the process is killed from outside after `times` of them. With the file of an encoder, the index
is made again with that one instead. Answers each job with how its process ended.
"""

from __future__ import annotations

import json
import os
import pkgutil
import signal
import sys
import time
from pathlib import Path

import django

COMMIT, BATCH = 60, 20  # papers


def deadly(place: str, when: str, times: int) -> None:
    """Make a function kill the process."""
    owner, _, name = place.rpartition(".")
    home = pkgutil.resolve_name(owner)
    function, calls = getattr(home, name), 0

    def call(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if (calls, when) == (times, "before"):
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        if (calls, when) == (times, "after"):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(home, name, call)


def build(job: dict) -> None:
    """Do a job in this process."""
    from django.db import connections

    from bookwheel.actions import build_index, reencode_index
    from bookwheel.config import override
    from bookwheel.index import reencoder, writer

    override(data=job["folder"], encoder=job["encoder"])
    connections.databases["default"]["NAME"] = Path(job["folder"]) / "bookwheel.sqlite3"
    build_index.BATCH, build_index.FULL, writer.FULL = BATCH, COMMIT, COMMIT
    reencoder.BATCH, reencoder.LATE = BATCH, COMMIT
    if job["when"] != "seconds":
        deadly(job["place"], job["when"], job["times"])
    if job["encoder"]:
        reencode_index.reencode_index()
    else:
        build_index.build_index(rebuild=job["rebuild"])


def status_of(job: dict) -> int:
    """Fork, do the job there, and tell how it ended."""
    child = os.fork()
    if not child:
        try:
            build(job)
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    if job["when"] == "seconds":
        time.sleep(job["times"])
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"
    django.setup()
    from bookwheel.core.encoder import Encoder

    Encoder.shipped()
    for line in sys.stdin:
        print(status_of(json.loads(line)), flush=True)  # noqa: T201
