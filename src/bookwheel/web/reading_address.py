"""The address of a full text, or of a passage in it, which is then marked: for citations too."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.utils.translation import gettext as _

from bookwheel.content.passage import PREFIX
from bookwheel.core.own_names import own_number
from bookwheel.web.jinja import url
from bookwheel.web.rendering import about

_PASSAGE = re.compile(r"(?P<block>.{1,64}):(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")

_VERSION_DIGITS = 4


def reading_address(
    arxiv_id: str, version: int | None = None, block: str = "", start: int = 0, end: int = 0
) -> str:
    """Where `[start, end)` of a block of a version is read; without a block the whole text."""
    wanted = [f"v={version}"] if version else []
    if block:
        wanted.append(f"at={quote(block)}:{start}-{end}")
    own = own_number(arxiv_id)
    address = about("read", arxiv_id) if own is None else url("own", own)
    if wanted:
        address += "?" + "&".join(wanted)
    return f"{address}#{quote(PREFIX + block)}" if block else address


def paper_address(name: str) -> str:
    """The page of a paper, or of a reader's own text, by its name."""
    own = own_number(name)
    return about("paper", name) if own is None else url("own", own)


def edition_text(name: str, version: int) -> str:
    """What is read, for people: "1706.03762v7", or that it is a file of theirs."""
    return f"{name}v{version}" if own_number(name) is None else _("your own file")


def version_of(text: str) -> int | None:
    """The number of a version as such an address says it; None if it is none."""
    if text.isascii() and text.isdigit() and len(text) <= _VERSION_DIGITS:
        return int(text)
    return None


def passage_of(text: str) -> tuple[str, int, int] | None:
    """Block, start and end as such an address says them."""
    found = _PASSAGE.fullmatch(text)
    return (found["block"], int(found["start"]), int(found["end"])) if found else None
