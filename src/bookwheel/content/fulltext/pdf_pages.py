"""Pictures of whole pages of a PDF, and the strip of small ones that a card shows.

Leaves out: keeping them (`actions`), and the limits of the process that reads strangers' files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image as Pictures

from bookwheel.content.fulltext.pdf_images import encoded, render
from bookwheel.errors import InputError

NARROWEST, WIDEST = 32, 2400  # pixels of a page's picture
_PAPER = (255, 255, 255)


def page_image(data: bytes, page: int, width: int, *, form: str = "WEBP") -> bytes:
    """A page as a picture, `width` pixels wide; pages count from 0; form is WEBP or PNG.

    Raises:
        InputError: there is no such page, or the file cannot be read.
    """
    with _opened(data) as document:
        return encoded(_drawn(document, page, width), form)


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points. Raises InputError."""
    with _opened(data) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def thumbnails(data: bytes, *, pages: int = 8, width: int = 110) -> bytes:
    """The first pages side by side as one WebP picture, each `width` pixels wide.

    Raises:
        InputError: the file cannot be read.
    """
    with _opened(data) as document:
        drawn = [_drawn(document, page, width) for page in range(min(pages, len(document)))]
    if not drawn:
        raise InputError("The PDF has no pages.")
    height = max(picture.height for picture in drawn)
    strip = Pictures.new("RGB", (width * len(drawn), height), _PAPER)
    for place, picture in enumerate(drawn):
        strip.paste(picture, (place * width, 0))
    return encoded(strip)


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise InputError("This PDF cannot be opened, so its pages cannot be shown.") from error
    try:
        yield document
    finally:
        document.close()


def _drawn(document: pdfium.PdfDocument, number: int, width: int) -> Pictures.Image:
    if not 0 <= number < len(document):
        raise InputError(f"There is no page {number + 1}: the PDF has {len(document)}.")
    width = min(max(width, NARROWEST), WIDEST)
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise InputError(f"Page {number + 1} is damaged and cannot be shown.") from error
    try:
        picture = render(page, width / max(page.get_width(), 1.0))
    finally:
        page.close()
    height = min(max(round(picture.height * width / picture.width), 1), 4 * WIDEST)
    return picture if picture.width == width else picture.resize((width, height))
