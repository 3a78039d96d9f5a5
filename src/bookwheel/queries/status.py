"""What is there: papers, days, index, disk; and whether database and index agree."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from django.db.models import Count, Max

from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.errors import BookwheelError, IndexDamagedError, IndexMissingError
from bookwheel.index import encoders
from bookwheel.index.engine import Engine
from bookwheel.index.manifest import Manifest
from bookwheel.index.reencoder import progress
from bookwheel.models import Paper, Reader
from bookwheel.queries.engine import engine

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Status:
    """The state of a data folder. Sizes are bytes, days ISO; None where there is nothing yet."""

    data: str
    papers: int
    last_day: str | None
    indexed: int  # papers that can be found
    waiting: int  # papers written and not yet searchable
    generation: int
    database_bytes: int
    index_bytes: int
    free_bytes: int
    readers: int
    encoder: str  # fingerprint of the encoder that made the index, empty without an index
    encoder_wanted: str  # the one that it should be made with
    encoded: tuple[int, int] | None  # papers done and to do, when one is being made with it


def status() -> Status:
    """Count and measure; reads no paper."""
    wanted = encoders.wanted()  # first: it is most often the index's own, and then read once
    folder, opened = config().data, _opened()
    found = opened.manifest if opened else Manifest()
    counts = Paper.objects.aggregate(papers=Count("id"), last=Max("changed"))
    return Status(
        data=str(folder),
        papers=counts["papers"],
        last_day=_last_day(opened) if opened else None,
        indexed=len(opened.columns.newest) if opened else 0,
        waiting=max((counts["last"] or 0) - found.changed, 0),
        generation=found.generation,
        database_bytes=_size(folder.glob("bookwheel.sqlite3*")),
        index_bytes=_size(_files(config().index)),
        free_bytes=shutil.disk_usage(folder).free,
        readers=Reader.objects.count(),
        encoder=found.encoder,
        encoder_wanted=wanted.fingerprint,
        encoded=progress(config().index),
    )


def _opened() -> Engine | None:
    try:
        return engine()
    except (IndexMissingError, IndexDamagedError):
        return None


def _last_day(opened: Engine) -> str | None:
    newest = opened.columns.newest
    if not len(newest):
        return None
    return (_EPOCH + timedelta(days=int(opened.columns.days[newest[0]]))).isoformat()


def _files(folder: Path) -> Iterator[Path]:
    return (Path(place, name) for place, _, names in os.walk(folder) for name in names)


def _size(paths: Iterable[Path]) -> int:
    """Bytes in files; a build may remove some meanwhile."""
    total = 0
    for path in paths:
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def problems() -> list[str]:
    """Where database and index disagree, each with what to do; empty when all is well."""
    try:
        wanted = encoders.wanted()
        opened = engine()
    except BookwheelError as error:
        return [str(error)]
    return [*_of_papers(opened), *_of_words(opened), *_of_encoders(opened.encoder, wanted)]


def _of_papers(opened: Engine) -> Iterator[str]:
    kept = Paper.objects.filter(deleted=None)
    rows = kept.order_by("id").values_list("id", "changed").iterator()
    held = np.fromiter(rows, [("id", np.int64), ("changed", np.int64)])
    indexed = opened.columns.papers[opened.columns.live]
    last = opened.manifest.changed
    missing = held[~np.isin(held["id"], indexed)]["changed"]
    if passed_over := int((missing <= last).sum()):
        yield (
            f"Papers not in the index, which takes them for done: {passed_over:,}. "
            "`bookwheel index --rebuild` makes it anew."
        )
    if waiting := len(missing) - passed_over:
        yield f"Papers not in the index yet: {waiting:,}. `bookwheel index` adds them."
    elif held["changed"].max(initial=0) > last:
        yield "Papers changed since the index was built. `bookwheel index` updates it."
    if stray := int((~np.isin(indexed, held["id"])).sum()):
        yield (
            f"Papers in the index that are not in the database: {stray:,}. "
            "`bookwheel index --rebuild` makes the index anew."
        )
    if twice := len(indexed) - len(np.unique(indexed)):
        yield f"Papers in the index twice: {twice:,}. `bookwheel index --rebuild` makes it anew."


def _of_encoders(own: Encoder, wanted: Encoder) -> Iterator[str]:
    if own is not wanted:
        yield (
            f"The index was made with the encoder {own.fingerprint}, and {wanted.fingerprint} is "
            "wanted. `bookwheel index` makes it with that one; so does `bookwheel serve`."
        )


def _of_words(opened: Engine) -> Iterator[str]:
    if lost := opened.missing_words():
        yield (
            f"Papers whose words are missing or there twice: {lost:,}. "
            "`bookwheel index --rebuild` makes them anew."
        )
