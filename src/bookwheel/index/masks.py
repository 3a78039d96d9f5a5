"""Filters as masks over rows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bookwheel.core import categories
from bookwheel.index.columns import REPLACED, WITHDRAWN, Columns
from bookwheel.index.query import Filters


def allowed(columns: Columns, filters: Filters) -> NDArray[np.bool_]:
    """Which rows may be answered, bool [n]. Do not write to the result: it may be shared."""
    parts = list(_parts(columns, filters))
    if not parts:
        return columns.live
    mask = columns.live.copy()
    for part in parts:
        mask &= part
    return mask


def _parts(columns: Columns, filters: Filters) -> Iterable[NDArray[np.bool_]]:
    if filters.first_day is not None:
        yield columns.days >= filters.first_day
    if filters.last_day is not None:
        yield columns.days <= filters.last_day
    if filters.categories:
        yield in_categories(columns, filters.categories)
    if filters.first_versions:
        yield (columns.flags & REPLACED) == 0
    if filters.standing:
        yield (columns.flags & WITHDRAWN) == 0
    if filters.only is not None:
        yield _rows(columns, filters.only)
    if filters.without is not None:
        yield ~_rows(columns, filters.without)
    if filters.never is not None:
        yield np.unpackbits(filters.never, count=len(columns)) == 0


def in_categories(columns: Columns, codes: tuple[str, ...]) -> NDArray[np.bool_]:
    """Rows in any of some categories; an archive means all its classes."""
    wanted = np.array(categories.bits(" ".join(codes), archives=True), np.uint64)
    sets, of_row = columns.sets
    found = np.asarray((sets & wanted).any(axis=1))
    return found[of_row]


def _rows(columns: Columns, papers: NDArray[np.int64]) -> NDArray[np.bool_]:
    rows = columns.rows_of(papers)
    mask = np.zeros(len(columns), np.bool_)
    mask[rows[rows >= 0]] = True
    return mask
