"""Pictures of a PDF's pages, whole or in part.

Annotations (highlights of whoever had the file) are not drawn.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image as Pictures

from bookwheel.core.document import Box, Image

WIDEST = 2400  # pixels
_SCALE = 2.5  # pixels a point, for figures: sharp on dense screens
_WHITE = 250
_AROUND = 4  # pixels of white left around


def render(page: pdfium.PdfPage, scale: float, crop: Box | None = None) -> Pictures.Image:
    """Draw a page, or the part of it in a box, in colour on white."""
    width, height = page.get_size()
    sides = (0.0, 0.0, 0.0, 0.0)
    if crop is not None:
        sides = (crop.left, height - crop.bottom, width - crop.right, crop.top)
        width, height = crop.right - crop.left, crop.bottom - crop.top
    scale = min(scale, WIDEST / max(width, height, 1))
    bitmap = page.render(
        scale=scale,
        crop=tuple(max(side, 0) for side in sides),
        may_draw_forms=False,
        draw_annots=False,
    )
    try:
        picture: Pictures.Image = bitmap.to_pil().convert("RGB")
        return picture
    finally:
        bitmap.close()


def cut_out(page: pdfium.PdfPage, box: Box, folder: Path, name: str) -> tuple[Image, Box] | None:
    """Write what a box holds as a PNG, without the white around it; None if it is all white.

    The box comes back as it was cut.
    """
    picture = render(page, _SCALE, box)
    dark = np.asarray(picture.convert("L")) < _WHITE
    if not dark.any():
        return None
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, bottom = max(rows[0] - _AROUND, 0), min(rows[-1] + _AROUND + 1, picture.height)
    left, right = max(columns[0] - _AROUND, 0), min(columns[-1] + _AROUND + 1, picture.width)
    scale = picture.width / (box.right - box.left)
    kept = picture.crop((left, top, right, bottom))
    kept.save(folder / name, optimize=False, compress_level=4)
    cut = Box(
        box.page,
        *(
            round(float(value), 1)
            for value in (
                box.left + left / scale, box.top + top / scale,
                box.left + right / scale, box.top + bottom / scale,
            )
        ),
    )  # fmt: skip
    return Image(name, kept.width, kept.height), cut


def encoded(picture: Pictures.Image, form: str = "WEBP") -> bytes:
    """A picture as the bytes of a file."""
    buffer = io.BytesIO()
    if form == "PNG":
        picture.save(buffer, "PNG", compress_level=6)
    else:
        picture.save(buffer, form, quality=82, method=4)
    return buffer.getvalue()
