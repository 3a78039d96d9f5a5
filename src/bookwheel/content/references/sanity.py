"""The tags of arXiv Sanity Lite: `dict.db`, a table of pickles in an SQLite file.

A pickle can run anything, so these are read by one that knows sets of text and nothing else.
Source: karpathy/arxiv-sanity-lite, `aslite/db.py`, and sqlitedict.
"""

from __future__ import annotations

import io
import pickle  # noqa: S403  (nothing but plain sets gets through, see below)
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bookwheel.content.references import identify
from bookwheel.content.references.reference import Problem, Reference, References, one_line

LARGEST = 16 * 1024 * 1024  # bytes of one reader's pickle


class _Plain(pickle.Unpickler):
    """Knows dictionaries, lists, text and sets; refuses whatever else a pickle asks for."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in (("builtins", "set"), ("__builtin__", "set")):
            return set
        raise pickle.UnpicklingError(f"it asks for {module}.{name}")


def read_sanity(path: Path, user: str = "") -> References:
    """Read the tags of one user, or of all. Papers are known by their identifiers alone."""
    tags: dict[str, list[str]] = {}
    problems: list[Problem] = []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            rows = opened.execute("SELECT key, value FROM tags").fetchall()
    except sqlite3.Error as error:
        return References("sanity", (), (Problem(0, f"no database with tags: {error}"),))
    for number, (name, value) in enumerate(rows, 1):
        if user and name != user:
            continue
        try:
            _collect(value, tags)
        except Exception as error:  # noqa: BLE001  (a broken pickle raises whatever it likes)
            problems.append(Problem(number, f"the tags of {one_line(str(name), 60)}: {error}"))
    return References("sanity", tuple(_references(tags)), tuple(problems))


def _collect(value: object, tags: dict[str, list[str]]) -> None:
    if not isinstance(value, bytes) or len(value) > LARGEST:
        raise ValueError("this is no table of tags")
    held = _Plain(io.BytesIO(value)).load()
    if not isinstance(held, dict):
        raise ValueError("this is no table of tags")
    for tag, papers in held.items():
        for paper in papers if isinstance(papers, set | list | tuple) else ():
            if isinstance(tag, str) and isinstance(paper, str):
                tags.setdefault(paper, []).append(one_line(tag, 64))


def _references(tags: dict[str, list[str]]) -> list[Reference]:
    return [
        Reference(arxiv_id=arxiv_id, tags=tuple(dict.fromkeys(filter(None, theirs))))
        for paper, theirs in sorted(tags.items())
        if (arxiv_id := identify.arxiv_id([paper], bare=True))
    ]
