"""Draw a page of a kept PDF, once: the picture stays beside the text, and counts in the quota."""

from __future__ import annotations

from pathlib import Path

from django.db.models import F
from filelock import FileLock, Timeout

from bookwheel.config import config
from bookwheel.content.fulltext.pictured import ORIGINAL, page_picture
from bookwheel.errors import QuotaError, UnreadableError
from bookwheel.models import FullText
from bookwheel.shelf import files

WIDTH = 1400  # pixels: sharp at twice the width of a column of text
_PATIENCE = 60  # seconds in the queue; one page is drawn at a time, and takes about one


def draw_page(text: FullText, page: int) -> Path:
    """The picture of a page, which counts from 1.

    Raises:
        UnreadableError: there is no such page, or it cannot be drawn.
        QuotaError: too many pages are being drawn.
        DataFolderError: it cannot be stored.
    """
    root, name = config().full_texts, f"page-{page}.webp"
    original = files.picture(root, text.folder, ORIGINAL)
    if original is None or not 1 <= page <= len(files.page_sizes(root, text.folder)):
        raise UnreadableError(f"There is no page {page} of {text}.")
    if (known := files.picture(root, text.folder, name)) is not None:
        return known
    try:
        with FileLock(root / "pages.lock", timeout=_PATIENCE):
            if (known := files.picture(root, text.folder, name)) is not None:
                return known  # drawn while we waited
            drawn = page_picture(original.read_bytes(), page - 1, WIDTH)
            files.add(root, text.folder, name, drawn)
    except Timeout as error:
        raise QuotaError("Many pages are being drawn. Try again in a minute.") from error
    FullText.objects.filter(pk=text.pk).update(size=F("size") + len(drawn))
    return root / text.folder / name
