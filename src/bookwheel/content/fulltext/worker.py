"""The process in which a file is read: little memory, little time, no network, one folder.

Started by `sandbox.py` as `python -m bookwheel.content.fulltext.worker LIMITS FOLDER TASK` with the
file on standard input; answers with JSON on standard output: a document, what pictures look like, a
page that was drawn, or what is wrong.
Leaves out: the limit on waiting, which the parent holds.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

import orjson

from bookwheel.content.fulltext.limits import Limits
from bookwheel.errors import FullTextError, TooLargeError

# What Python code could do besides reading; libraries are loaded before this is forbidden.
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.kill",
    "ctypes.dlopen",
    "shutil.",
    "ftplib.",
    "urllib.",
    "webbrowser.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DEEPEST = 5_000  # Python's own stack; what is nested deeper is refused by the readers


def main(arguments: list[str]) -> None:
    """Read one file."""
    limits = Limits(**orjson.loads(arguments[0]))
    folder = Path(arguments[1]).resolve() if arguments[1] else None
    _limit(limits)
    task = orjson.loads(arguments[2])
    answer = _answer(task, sys.stdin.buffer.read(limits.file + 1), folder, limits)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)  # without freeing a gigabyte piece by piece


def _answer(task: dict[str, Any], data: bytes, folder: Path | None, limits: Limits) -> bytes:
    try:
        if len(data) > limits.file:
            raise TooLargeError(f"This file is larger than {limits.file >> 20} MB.")
        return _done(task, data, folder, limits)
    except FullTextError as error:
        return _refusal(type(error).__name__, str(error))
    except MemoryError:
        return _refusal("TooLargeError", "Reading this file takes more memory than is allowed.")
    except RecursionError:
        return _refusal("UnreadableError", "This file is nested too deeply to be read.")
    except Exception as error:  # noqa: BLE001 - the edge of a process; the parent reports it
        return _refusal("UnreadableError", f"This file cannot be read ({type(error).__name__}).")


def _read(data: bytes, folder: Path | None, limits: Limits) -> bytes:
    from bookwheel.content.fulltext.extract import extract, load
    from bookwheel.core.document_json import document_to_json

    load(data)
    _confine(folder)
    answer = orjson.dumps({"document": document_to_json(extract(data, folder))})
    if len(answer) > limits.result:
        raise TooLargeError("The text in this file is longer than any paper's.")
    return answer


def _done(task: dict[str, Any], data: bytes, folder: Path | None, limits: Limits) -> bytes:
    if task["do"] == "read" or folder is None:
        return _read(data, folder, limits)
    from bookwheel.content.fulltext import pictures

    _confine(folder)
    if task["do"] == "draw":
        return orjson.dumps(pictures.draw(data, folder, task["page"], task["width"]))
    return orjson.dumps(pictures.describe(orjson.loads(data), folder))


def _refusal(kind: str, message: str) -> bytes:
    return orjson.dumps({"error": kind, "message": message})


def _limit(limits: Limits) -> None:
    """Bound memory, time and files, as far as the system can."""
    sys.setrecursionlimit(_DEEPEST)
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains
        return
    for name, value in (
        ("RLIMIT_AS", limits.memory),
        ("RLIMIT_CPU", limits.seconds),
        ("RLIMIT_FSIZE", limits.file),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):  # macOS does not bound address space
            continue


def _confine(folder: Path | None) -> None:
    """No network, no programs, no writing but into the folder."""
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)  # refused in some containers
    inside = f"{folder}{os.sep}" if folder else None

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _may_open(arguments, inside)
        elif event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is not allowed while a paper is read")

    sys.addaudithook(audit)


def _may_open(arguments: tuple[Any, ...], inside: str | None) -> None:
    path, mode, flags = arguments
    if not (flags & _WRITING if isinstance(flags, int) else set(mode or "r") & set("wax+")):
        return
    if isinstance(path, int):  # a descriptor that is open already
        return
    real = os.path.realpath(os.fsdecode(path))
    if inside is None or not real.startswith(inside):
        raise PermissionError("a paper may write only into its own folder")


if __name__ == "__main__":
    main(sys.argv[1:])
