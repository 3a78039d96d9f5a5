"""Reads a paper's file in a process of its own, with limits: the door for all that is fetched.

A hostile or broken file costs that process, never this one.
Leaves out: what is done with the file (`extract.py`) and how it is held (`worker.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from bookwheel.content.fulltext.limits import LIMITS, Limits
from bookwheel.core.document import Document
from bookwheel.core.document_json import document_from_json
from bookwheel.errors import FullTextError, TooLargeError, UnreadableError

_ERRORS = {error.__name__: error for error in (FullTextError, TooLargeError, UnreadableError)}


def read_file(path: Path, *, folder: Path | None = None, limits: Limits = LIMITS) -> Document:
    """Read HTML, TeX (also packed) or a PDF; pictures are written into the folder.

    Raises FullTextError, or OSError if the file cannot be opened.
    """
    if path.stat().st_size > limits.file:
        raise TooLargeError(f"{path.name} is larger than {limits.file >> 20} MB.")
    return read_bytes(path.read_bytes(), folder=folder, limits=limits)


def read_bytes(data: bytes, *, folder: Path | None = None, limits: Limits = LIMITS) -> Document:
    """As `read_file`, for what was fetched."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    answer = asked({"do": "read"}, data, folder, limits)
    return document_from_json(answer["document"])


def asked(
    task: dict[str, Any], data: bytes, folder: Path | None, limits: Limits = LIMITS
) -> dict[str, Any]:
    """What the process says to a task that `worker.py` knows. Raises FullTextError."""
    answer = _said(task, data, folder, limits)
    if "error" in answer or not answer:
        raise _ERRORS.get(str(answer.get("error")), UnreadableError)(str(answer.get("message")))
    return answer


def _said(task: dict[str, Any], data: bytes, folder: Path | None, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-m", f"{__package__}.worker"]
    command += [orjson.dumps(asdict(limits)).decode(), str(folder.resolve()) if folder else ""]
    command.append(orjson.dumps(task).decode())
    with tempfile.TemporaryDirectory(prefix="bookwheel-read-") as empty:
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=limits.waiting,
                check=False,
                cwd=empty,
                env=_environment(empty),
            )
        except subprocess.TimeoutExpired as error:
            raise _too_long() from error
    if done.returncode < 0:  # by a signal, which is how limits end a process
        raise _ended(-done.returncode)
    try:
        answer = orjson.loads(done.stdout)
    except orjson.JSONDecodeError as error:
        raise UnreadableError(
            "Reading this file broke off: it is damaged, or needs more memory than is allowed."
        ) from error
    return answer if isinstance(answer, dict) else {}


def _environment(home: str) -> dict[str, str]:
    """Nothing of ours but where the code is: no keys, no settings."""
    return {
        "PATH": os.defpath,
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        **({"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}),
    }


def _too_long() -> TooLargeError:
    return TooLargeError("Reading this file takes more time than is allowed.")


def _ended(signal: int) -> FullTextError:
    """24 is SIGXCPU, 9 the kernel's or the hard limit's."""
    if signal in (9, 24):
        return _too_long()
    return UnreadableError("This file makes its reader crash. It is damaged or made to do so.")
