"""Reads a PDF into the structure of `core/document.py`.

It guesses from places and types what a PDF does not say; the measures are in bench/LOG.md.
Leaves out: reading pictures of text (a page that is only a picture is named in the warnings), and
limits of time and memory: whoever reads strangers' files does so in a process of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from bookwheel.content.fulltext.pdf_blocks import Assembler
from bookwheel.content.fulltext.pdf_floats import floats
from bookwheel.content.fulltext.pdf_flow import Flow
from bookwheel.content.fulltext.pdf_glyphs import Page, read_page
from bookwheel.content.fulltext.pdf_layout import body_size, sheets
from bookwheel.content.fulltext.pdf_line_numbers import take_out
from bookwheel.content.fulltext.pdf_lines import lines_of
from bookwheel.content.fulltext.pdf_text import Words
from bookwheel.core.document import Document
from bookwheel.errors import FullTextError

MOST_PAGES = 600  # that are read; a thesis has 300


def read_pdf(data: bytes, *, folder: Path | None) -> Document:
    """Read a PDF; figures are cut out as PNG files into `folder`, if there is one.

    Pages and parts that cannot be read are said in the document's warnings.

    Raises:
        FullTextError: the file is empty, damaged, encrypted, or no PDF.
    """
    if not data.strip():
        raise FullTextError("The file is empty.")
    try:
        opened = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise FullTextError(_why(error)) from error
    try:
        return _read(opened, folder)
    finally:
        opened.close()


def _why(error: pdfium.PdfiumError) -> str:
    if "assword" in str(error):
        return "The PDF is encrypted: it cannot be read without its password."
    return "The file is not a PDF that can be read: it is damaged or something else."


def _read(opened: pdfium.PdfDocument, folder: Path | None) -> Document:
    count = len(opened)
    warnings: list[str] = []
    if count > MOST_PAGES:
        warnings.append(f"The PDF has {count:,} pages; the first {MOST_PAGES} were read.")
    pages = _pages(opened, min(count, MOST_PAGES), warnings)
    take_out(pages)
    lines = [lines_of(page.runs, page.number) for page in pages]
    body = body_size(lines)
    words = Words(line for page in lines for line in page)
    found = sheets(pages, lines, body)
    flow = Flow(body, found)
    for sheet in found:
        flow.read(sheet, floats(sheet, body))
    made = Assembler(opened, found, words, folder).document(flow.pieces, body)
    return replace(made, pages=count, warnings=(*warnings, *made.warnings))


def _pages(opened: pdfium.PdfDocument, count: int, warnings: list[str]) -> list[Page]:
    pages: list[Page] = []
    broken: list[int] = []
    for number in range(count):
        try:
            page = opened[number]
            try:
                pages.append(read_page(page, number))
            finally:
                page.close()
        except pdfium.PdfiumError:
            broken.append(number + 1)
            pages.append(Page(number, 612.0, 792.0))
    _say(warnings, broken, "could not be read: damaged")
    pictures = [p.number + 1 for p in pages if not p.runs and not p.turned and p.drawn]
    if len(pictures) == len(pages):
        warnings.append("The pages are pictures: there is no text in this PDF.")
    else:
        _say(warnings, pictures, "only a picture, without text")
    turned = [p.number + 1 for p in pages if p.turned > 400 and not p.runs]
    _say(warnings, turned, "written sideways; the text was left out")
    _say(
        warnings,
        [p.number + 1 for p in pages if not p.full],
        "too long; only its beginning was read",
    )
    return pages


def _say(warnings: list[str], pages: Sequence[int], what: str) -> None:
    if len(pages) == 1:
        warnings.append(f"Page {pages[0]}: {what}.")
    elif pages:
        named = ", ".join(map(str, pages[:8])) + (" and more" if len(pages) > 8 else "")
        warnings.append(f"Pages {named}: {what}.")
