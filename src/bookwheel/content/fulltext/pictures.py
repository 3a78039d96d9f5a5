"""Looks at the pictures of a paper, in the process that reads strangers' files.

Pictures lie in the folder under the names that the request says; small ones, and pictures of PDF
drawings for browsers, are written beside them. One that cannot be read is left out of the answer.
Leaves out: what a figure is (`content/figures.py`), limits (`worker.py`), keeping (`actions`).
"""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image as Pictures

from bookwheel.content.figures import look, on_white
from bookwheel.content.fulltext.pdf_images import encoded, render
from bookwheel.content.fulltext.pdf_pages import page_image, page_sizes
from bookwheel.errors import BookwheelError, InputError, UnreadableError

SMALL = (480, 192)  # pixels of a small picture at most, for 240 x 96 on dense screens
_DRAWING = 1400  # pixels of the longer side of what is made of a PDF drawing
_LARGEST = 60_000_000  # pixels
_LEAST = 16  # pixels; less is a mark, not a figure
_WRONG = (BookwheelError, OSError, ValueError, SyntaxError, pdfium.PdfiumError,
          Pictures.DecompressionBombError)  # fmt: skip


def describe(wanted: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Looks of the pictures asked for, each {"name", "caption"}; for {"name", "pages": true}
    the first page of a PDF is made small and the sizes of all its pages are told.
    """
    Pictures.MAX_IMAGE_PIXELS = _LARGEST
    seen = []
    for one in wanted:
        try:
            data = (folder / one["name"]).read_bytes()
            made = _first_page if one.get("pages") else _described
            seen.append({"name": one["name"]} | made(data, one, folder))
        except _WRONG:
            continue
    return {"pictures": seen}


def draw(data: bytes, folder: Path, page: int, width: int) -> dict[str, Any]:
    """Write one page of a PDF as `page.webp`. Raises UnreadableError."""
    try:
        (folder / "page.webp").write_bytes(page_image(data, page, width))
    except InputError as error:
        raise UnreadableError(str(error)) from error
    return {"drawn": page}


def _first_page(data: bytes, one: dict[str, Any], folder: Path) -> dict[str, Any]:
    picture = Pictures.open(io.BytesIO(page_image(data, 0, SMALL[1] * 2)))
    return _small(picture.convert("RGB"), one["name"], folder) | {"sizes": page_sizes(data)}


def _described(data: bytes, one: dict[str, Any], folder: Path) -> dict[str, Any]:
    shown = one["name"]
    if data.startswith(b"%PDF-"):
        picture, shown = _drawing(data), f"{shown[:100]}.png"
        (folder / shown).write_bytes(encoded(picture, "PNG"))
    else:
        picture = on_white(Pictures.open(io.BytesIO(data)))
    if min(picture.size) < _LEAST:
        raise InputError("This is too small to be a figure.")
    seen = look(picture, one.get("caption", ""))
    return _small(picture, one["name"], folder) | {
        "shown": shown,
        "kind": seen.kind.value,
        "colours": seen.colours,
        "width": seen.width,
        "height": seen.height,
        "look": base64.b64encode(seen.packed()).decode(),
    }


def _drawing(data: bytes) -> Pictures.Image:
    document = pdfium.PdfDocument(data)
    try:
        page = document[0]
        return render(page, _DRAWING / max(*page.get_size(), 1.0))
    finally:
        document.close()


def _small(picture: Pictures.Image, name: str, folder: Path) -> dict[str, Any]:
    made = picture.copy()
    made.thumbnail(SMALL, Pictures.Resampling.LANCZOS)
    small = f"small-{name[:100]}.webp"
    (folder / small).write_bytes(encoded(made))
    return {"small": small, "small_width": made.width, "small_height": made.height}
