"""The first figure of papers, small, as a part of a mail: what may be shown, and not too much.

JPEG, because some mail programs know no WebP; inside the mail, because one that fetches pictures
tells when it is read. Leaves out: figures themselves (`shelf/`, `queries/figures.py`).
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from bookwheel.access import texts_read
from bookwheel.config import config
from bookwheel.content.plain import to_text
from bookwheel.models import Figure
from bookwheel.queries.figures import strips
from bookwheel.shelf import files

MOST = 10  # pictures in one mail
WIDE, HIGH = 360, 240  # pixels at most, for screens with two to a point
LARGEST = 40_000  # bytes of one
_QUALITY = 75
_WORDS = 120  # characters of a caption


@dataclass(frozen=True)
class Picture:
    """One picture; `name` is its address within the mail."""

    name: str
    content: bytes
    width: int  # as it is shown
    height: int
    words: str

    @property
    def data(self) -> str:
        """An address that holds the picture itself, for a page that shows the mail."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.content).decode()}"


def pictures_of(papers: Iterable[int]) -> dict[int, Picture]:
    """The first figure of each paper whose text is here and may be shown; two queries."""
    texts = texts_read(papers)
    figures = strips(texts.values(), 1)
    found: dict[int, Picture] = {}
    for number, text in texts.items():
        for figure in figures.get(text.pk, []):
            made = _made(text.folder, figure)
            if made and len(found) < MOST:
                found[number] = made
    return found


def _made(folder: str, figure: Figure) -> Picture | None:
    """None where the file is gone or is no picture: a mail does without."""
    path = files.picture(config().full_texts, folder, figure.small)
    if path is None:
        return None
    try:
        with Image.open(path) as opened:
            opened.draft("RGB", (WIDE, HIGH))
            shown = Image.new("RGB", opened.size, "white")
            layer = opened.convert("RGBA")
            shown.paste(layer, mask=layer.getchannel("A"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    shown.thumbnail((WIDE, HIGH))
    file = io.BytesIO()
    shown.save(file, "JPEG", quality=_QUALITY, optimize=True)
    content = file.getvalue()
    words = to_text(f"{figure.label}: {figure.caption}" if figure.label else figure.caption)
    size = max(shown.width // 2, 1), max(shown.height // 2, 1)
    picture = Picture(f"figure-{figure.pk}", content, *size, words[:_WORDS])
    return picture if len(content) <= LARGEST else None
