"""Take in a file that a reader brought, and read it in a process of its own.

Two steps, because reading takes seconds: `add_own_text` notes that it is there, `read_own_text`
reads, keeps and indexes it. Leaves out: where the second one runs (`web/own_reading.py`).
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from datetime import timedelta
from pathlib import Path, PurePath

from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions.fetch_document import flat, pictures_in
from bookwheel.config import config
from bookwheel.content.clean import clean
from bookwheel.content.fulltext.limits import LIMITS
from bookwheel.content.fulltext.sandbox import read_bytes
from bookwheel.content.plain_text import plain_document
from bookwheel.core.document import Document
from bookwheel.core.passages import passages
from bookwheel.errors import BookwheelError, InputError, UnreadableError
from bookwheel.models import OwnText, Reader
from bookwheel.queries.own_texts import ORIGINAL, own_index, room_taken, texts_folder
from bookwheel.shelf import files

log = logging.getLogger(__name__)
LARGEST = 50 << 20  # bytes of a file
AT_ONCE = 5  # files of a reader that wait to be read
GIVEN_UP = timedelta(seconds=LIMITS.waiting * AT_ONCE)  # whoever was to read it is gone
_PLAIN = (".txt", ".md", ".text")
_SUFFIXES = (".pdf", ".html", ".htm", ".tex", ".zip", ".gz", ".tar", *_PLAIN)


def add_own_text(reader: Reader, name: str, data: bytes, *, temporary: bool = False) -> OwnText:
    """Note a file; `state` of what comes back says whether it is still to be read.

    Raises:
        InputError: it is empty or too large, or there is no room for it.
    """
    name = " ".join(clean(PurePath(name.replace("\\", "/")).name).split())[-255:] or _("file")
    _check(reader, data)
    digest = hashlib.sha256(data).hexdigest()
    same = reader.own_texts.filter(digest=digest).exclude(state=OwnText.State.FAILED)
    if known := same.filter(temporary=temporary).first():
        return known
    return OwnText.objects.create(
        reader=reader, name=name, title=name, digest=digest, temporary=temporary
    )


def _check(reader: Reader, data: bytes) -> None:
    if not data:
        raise InputError(_("This file is empty."))
    if len(data) > LARGEST:
        raise InputError(_("A file may have %(most)d MB.") % {"most": LARGEST >> 20})
    waiting = reader.own_texts.filter(
        state=OwnText.State.READING, created__gt=timezone.now() - GIVEN_UP
    )
    if waiting.count() >= AT_ONCE:
        raise InputError(_("%(count)d of your files are being read. Wait.") % {"count": AT_ONCE})
    most = int(config().own_texts_quota * 1e9)
    if most and room_taken(reader) + len(data) > most:
        raise InputError(
            _("Your own files may take %(most)s MB, and there is no room for this one. Delete one.")
            % {"most": most // 1_000_000}
        )


def read_own_text(own: OwnText, data: bytes) -> None:
    """Read a file, keep it and index it; why that failed is kept too."""
    try:
        with tempfile.TemporaryDirectory(prefix="bookwheel-own-") as folder:
            document = _document(own, data, Path(folder))
            pictures = pictures_in(Path(folder))
        _keep(own, flat(document), pictures, data)
    except BookwheelError as error:
        _fail(own, str(error))
    except Exception:  # whoever waits for it must hear of it
        log.exception("A reader's file could not be read.")
        _fail(own, _("This file could not be read."))


def _document(own: OwnText, data: bytes, folder: Path) -> Document:
    if own.name.lower().endswith(_PLAIN):
        document = plain_document(data.decode("utf-8", "replace"), "")
    else:
        document = read_bytes(data, folder=folder)
    if not any(block.text.strip() for _section, block in document.blocks()):
        told = " ".join(document.warnings)
        raise UnreadableError(told or _("There is no text in this file. Is it a scan?"))
    return document


def _keep(own: OwnText, document: Document, pictures: dict[str, bytes], data: bytes) -> None:
    suffix = PurePath(own.name).suffix.lower()
    packed = files.packed(document, pictures)
    packed[ORIGINAL + (suffix if suffix in _SUFFIXES else "")] = data
    folder = files.write(texts_folder(own.reader_id), own.own_name, 1, packed)
    title = " ".join(clean(document.title).split()) or own.name
    own_index(own.reader_id).put(own.pk, 1, title, passages(document))
    size = sum(map(len, packed.values()))
    kept = OwnText.objects.filter(pk=own.pk).update(
        state=OwnText.State.HERE, title=title, folder=folder, size=size
    )
    if not kept:  # deleted meanwhile
        files.remove(texts_folder(own.reader_id), folder)
        own_index(own.reader_id).drop(own.pk)


def _fail(own: OwnText, why: str) -> None:
    OwnText.objects.filter(pk=own.pk).update(state=OwnText.State.FAILED, error=why)


def settle(own: OwnText) -> None:
    """Give up on a file that nobody reads any more."""
    if own.state == OwnText.State.READING and timezone.now() - own.created > GIVEN_UP:
        _fail(own, _("The server was stopped while this file was read. Bring it again."))
        own.refresh_from_db()
