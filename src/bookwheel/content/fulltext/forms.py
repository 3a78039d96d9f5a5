"""Tells by its content what a file is; names and media types are not trusted.

Leaves out: reading it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bookwheel.errors import UnreadableError

_LOOKED_AT = 65_536  # bytes; a paper's first comments may be long
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|h1|p|div|meta|title|script|style)[\s>/]", re.I
)
_TEX = re.compile(
    rb"\\(?:document(?:class|style)|begin\s*\{|input\b|bye\b|magnification|section\b|def\b|title\b"
    rb"|newcommand\b|usepackage\b|chapter\b|end\b|cite\b|emph\b|textbf\b|include\b|font\b)"
    rb"|^\s*%&?\s*(?:la)?tex\b",
    re.I | re.M,
)
_OTHERS = (
    (b"%!PS", "PostScript"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\xfd7zXZ", "an xz file"),
)


class Form(StrEnum):
    """What a file is."""

    HTML = "html"
    TEX = "tex"
    PDF = "pdf"
    GZIP = "gzip"
    TAR = "tar"
    ZIP = "zip"


def form_of(data: bytes) -> Form:
    """Look at the first bytes; raises UnreadableError for what is empty or not known."""
    head = data[:_LOOKED_AT]
    if not head.strip(b"\x00 \t\r\n"):
        raise UnreadableError("This file is empty.")
    if b"%PDF-" in head[:1024]:
        return Form.PDF
    if head.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if head[257:262] == b"ustar":
        return Form.TAR
    if head.startswith(b"PK\x03\x04"):
        return Form.ZIP
    for start, what in _OTHERS:
        if head.startswith(start):
            raise UnreadableError(
                f"This file is {what}. Bookwheel reads HTML, PDF and TeX, also packed as gz, "
                "tar.gz or zip."
            )
    return _text_form(head)


def _text_form(head: bytes) -> Form:
    html, tex = _HTML.search(head), _TEX.search(head)
    if html and (not tex or html.start() < tex.start()):
        return Form.HTML
    if tex and head.count(b"\x00") == 0:
        return Form.TEX
    raise UnreadableError(
        "This file is neither HTML nor TeX nor a PDF, as far as its content tells."
    )
