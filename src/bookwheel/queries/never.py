"""Hard filters of a tag as rows: what it must not show, however well it scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.steering import Steering, author_parts
from bookwheel.core.text import author_hashes
from bookwheel.index import exact, masks
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters
from bookwheel.index.remembered import Remembered
from bookwheel.index.syntax import parse
from bookwheel.queries.announced import generation
from bookwheel.queries.interests import Interest

_packed: Remembered[NDArray[np.uint8]] = Remembered(256)  # a bit a row


def never(opened: Engine, steering: Steering) -> NDArray[np.bool_] | None:
    """Rows that a tag's filters keep away, bool [rows]; None where it has no filters."""
    bits = _bits(opened, steering)
    return None if bits is None else np.unpackbits(bits, count=opened.rows).astype(np.bool_)


def filtered(opened: Engine, interest: Interest, filters: Filters) -> Filters:
    """The filters of a list with those of an interest."""
    return replace(filters, never=_bits(opened, interest.steering))


def _bits(opened: Engine, steering: Steering) -> NDArray[np.uint8] | None:
    parts = steering.never_words, steering.never_authors, steering.never_categories
    if not any(parts):
        return None
    key = (*generation(opened), *map(frozenset, parts))
    return _packed.get(key, lambda: np.packbits(_mask(opened, steering)))


def _mask(opened: Engine, steering: Steering) -> NDArray[np.bool_]:
    mask = np.zeros(opened.rows, np.bool_)
    for part in _parts(opened, steering):
        mask |= part
    return mask


def _parts(opened: Engine, steering: Steering) -> Iterator[NDArray[np.bool_]]:
    for phrase in steering.never_words:  # each part a search of its own: of many, any may hold
        yield opened.lexical.fulfilling(parse(f'"{phrase}"'))
    if steering.never_authors:
        names = [author_parts(label) for label in steering.never_authors]
        by_them = np.zeros(opened.rows, np.bool_)
        by_them[exact.by_authors(opened, author_hashes(names))] = True
        yield by_them
    if steering.never_categories:
        yield masks.in_categories(opened.columns, steering.never_categories)
