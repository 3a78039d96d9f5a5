"""Fetch the full text of a version of a paper from arXiv: HTML, else TeX, else PDF.

Every file is asked for by the polite client and read in a process of its own. What failed is kept
with its reason, and tried again later and later. Leaves out: when (`fetch_texts.py`).
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.make_room import make_room
from bookwheel.arxiv.client import READER_WAITS, Answer, Client
from bookwheel.config import config
from bookwheel.content.fulltext.sandbox import read_bytes
from bookwheel.core.document import Block, Document
from bookwheel.core.paper_ids import home_of, is_arxiv
from bookwheel.errors import AbsentError, FullTextError, SourceError
from bookwheel.models import FullText, Paper
from bookwheel.shelf.files import is_name

FIRST_RETRY, LONGEST_RETRY = timedelta(hours=1), timedelta(days=30)
PICTURES = 40  # of one page of HTML, each a request of its own
_NOT_IN_NAME = re.compile(r"[^\w.-]", re.ASCII)
_PICTURE_BYTES = 12 << 20
_SOURCES = ("html", "src", "pdf")
_log = logging.getLogger(__name__)


def fetch_document(
    client: Client, paper: Paper, version: int | None = None, *, patience: float = READER_WAITS
) -> FullText:
    """Fetch and keep a version, the newest if none is named; `patience` is for each request.

    Raises:
        NotNowError: arXiv is not to be asked yet; nothing is noted.
        OfflineError: the operator keeps Bookwheel off the internet.
        SourceError, FullTextError: it failed, which is noted with the reason.
        DataFolderError: it cannot be stored.
    """
    number = version or paper.versions[-1][0]
    if not is_arxiv(paper.arxiv_id):
        raise AbsentError(f"{home_of(paper.arxiv_id).name} gives texts to no program.")
    try:
        text = _fetch(client, paper, number, patience)
    except (AbsentError, FullTextError) as error:
        _note_failure(paper, number, str(error))
        raise
    make_room()
    return text


def _fetch(client: Client, paper: Paper, version: int, patience: float) -> FullText:
    why: list[str] = []
    for source in _SOURCES:
        address = f"{config().arxiv_site}/{source}/{paper.arxiv_id}v{version}"
        try:
            answer = client.get(address, patience=patience)
        except AbsentError:
            continue
        with tempfile.TemporaryDirectory(prefix="bookwheel-text-") as folder:
            try:
                document = read_bytes(answer.body, folder=Path(folder))
                return _keep(client, paper, version, document, Path(folder), answer)
            except FullTextError as error:
                why.append(f"{source.upper()}: {error}")
    if why:
        raise FullTextError(" ".join(why))
    raise AbsentError(f"arXiv has no text of {paper.arxiv_id}v{version}.")


def _keep(
    client: Client, paper: Paper, version: int, document: Document, folder: Path, answer: Answer
) -> FullText:
    if not any(True for _ in document.blocks()):
        raise FullTextError(" ".join(document.warnings) or "There is no text in it.")
    here = pictures_in(folder)
    if document.source == "html":  # the text can be read while its pictures come
        keep_document(paper, version, flat(document), here)
        here |= dict(_pictures(client, document, set(here), answer.url))
    original = answer.body if document.source == "pdf" else b""
    return keep_document(paper, version, flat(document), here, original=original)


def _pictures(
    client: Client, document: Document, here: set[str], address: str
) -> Iterator[tuple[str, bytes]]:
    names = [image.name for _section, block in document.blocks() for image in block.images]
    missing = [name for name in dict.fromkeys(names) if flat_name(name) not in here]
    for name in missing[:PICTURES]:
        try:
            found = client.get(
                f"{address.rstrip('/')}/{name}",
                limit_bytes=_PICTURE_BYTES,
                patience=600,
                defer=True,
            )
        except SourceError as error:
            _log.info("%s: %s", name, error)
            continue
        yield flat_name(name), found.body


def pictures_in(folder: Path) -> dict[str, bytes]:
    """The files that the reading of a document wrote, by names without folders."""
    return {
        flat_name(str(path.relative_to(folder))): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def flat(document: Document) -> Document:
    """The same with the names that its pictures are kept under."""
    return replace(
        document,
        sections=tuple(
            replace(section, blocks=tuple(map(_flat_block, section.blocks)))
            for section in document.sections
        ),
    )


def _flat_block(block: Block) -> Block:
    images = tuple(replace(image, name=flat_name(image.name)) for image in block.images)
    return replace(block, images=images) if images else block


def flat_name(name: str) -> str:
    """A name without folders; empty when no file may be called so."""
    made = _NOT_IN_NAME.sub("_", name)[-100:].lstrip(".")
    return made if is_name(made) else ""


def _note_failure(paper: Paper, version: int, reason: str) -> None:
    """Unless the version is here, from before: that is still good."""
    known = FullText.objects.filter(paper=paper, version=version).first()
    if known and known.state == FullText.State.HERE:
        return
    tries = min(known.tries if known else 0, 20) + 1
    now = timezone.now()
    FullText.objects.update_or_create(
        paper=paper,
        version=version,
        defaults={
            "state": FullText.State.FAILED,
            "fetched": now,
            "opened": now,
            "tries": tries,
            "again": now + min(FIRST_RETRY * 4 ** (tries - 1), LONGEST_RETRY),
            "error": reason,
        },
    )
    _log.info("%sv%d: %s", paper.arxiv_id, version, reason)
