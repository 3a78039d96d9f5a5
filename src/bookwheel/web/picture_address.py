"""Where the pictures of a full text are served. They never change under one address."""

from __future__ import annotations

from urllib.parse import quote

from bookwheel.models import FullText
from bookwheel.web.rendering import about


def picture_address(arxiv_id: str, text: FullText, name: str) -> str:
    """Address of a picture of a text by its file's name."""
    place = f"{about('paper', arxiv_id)}/v{text.version}/file/{quote(name)}"
    return f"{place}?k={stamp(text)}"


def stamp(text: FullText) -> str:
    """What differs when the version was read anew: the end of its folder's name."""
    return text.folder.rpartition("-")[2]
