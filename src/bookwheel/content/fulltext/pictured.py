"""What the pictures of a paper look like, found out in the process for strangers' files.

Leaves out: the looking itself (`pictures.py`, which runs there).
"""

from __future__ import annotations

import base64
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bookwheel.content.fulltext.sandbox import asked
from bookwheel.errors import FullTextError

MOST = 80  # pictures of one paper
ORIGINAL = "original.pdf"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pictured:
    """One picture: what browsers show of it, its small form, and its look (`figures.Look`)."""

    shown: str
    small: str
    small_width: int
    small_height: int
    kind: str
    colours: tuple[str, ...]
    width: int
    height: int
    look: bytes


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first page of a PDF made small, and the sizes of all pages in points."""

    small: str
    width: int
    height: int
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Of the pictures of a paper by their names; `files` are those that were made on the way."""

    pictures: Mapping[str, Pictured]
    first_page: FirstPage | None
    files: Mapping[str, bytes]


def see(captions: Mapping[str, str], files: Mapping[str, bytes], original: bytes = b"") -> Seen:
    """Look at pictures by their names, with the captions above or below them, and at a PDF.

    What cannot be read is missing from the answer; that is told in the log.
    """
    wanted: list[dict[str, Any]] = [
        {"name": name, "caption": captions[name]} for name in list(captions)[:MOST] if name in files
    ]
    if original:
        wanted.append({"name": ORIGINAL, "pages": True})
    if not wanted:
        return Seen({}, None, {})
    with tempfile.TemporaryDirectory(prefix="bookwheel-pictures-") as name:
        folder = Path(name)
        given = {one["name"] for one in wanted}
        for each in given:
            (folder / each).write_bytes(original if each == ORIGINAL else files[each])
        try:
            answer = asked({"do": "describe"}, orjson.dumps(wanted), folder)["pictures"]
        except FullTextError as error:
            _log.warning("The pictures of a paper could not be looked at: %s", error)
            return Seen({}, None, {})
        new = {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in given}
    found = {one.pop("name"): one for one in answer}
    page = found.pop(ORIGINAL, None)
    return Seen({name: _pictured(one) for name, one in found.items()}, _page(page), new)


def _pictured(one: dict[str, Any]) -> Pictured:
    values = one | {"colours": tuple(one["colours"]), "look": base64.b64decode(one["look"])}
    return Pictured(**values)


def _page(one: dict[str, Any] | None) -> FirstPage | None:
    if one is None:
        return None
    sizes = tuple((float(width), float(height)) for width, height in one["sizes"])
    return FirstPage(one["small"], one["small_width"], one["small_height"], sizes)


def page_picture(original: bytes, page: int, width: int) -> bytes:
    """A page of a PDF as WebP; pages count from 0. Raises FullTextError."""
    with tempfile.TemporaryDirectory(prefix="bookwheel-page-") as name:
        asked({"do": "draw", "page": page, "width": width}, original, Path(name))
        return (Path(name) / "page.webp").read_bytes()
