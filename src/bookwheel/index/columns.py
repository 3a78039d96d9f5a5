"""One value a row: which paper, which days, which categories, alive or not.

Rows are only ever appended. A paper that changed gets a new row and its old one dies; dead rows are
masked here and leave the files at the next rebuild.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.categories import WORDS
from bookwheel.index import arrays

REPLACED = 1  # flag: the paper has more than one version
WITHDRAWN = 4  # flag: its authors took it back
DELETED = 2  # flag: arXiv took the paper away; the row is dead from the start

# Odd numbers that make one key out of the words of a set.
_MIX = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64
)

_YEAR_ZERO = 1970  # of days, and of numpy's years

_NAMES = ("papers", "days", "categories", "flags", "dead")


@dataclass(frozen=True)
class Facts:
    """What the columns say of n rows, as scores need it."""

    categories: NDArray[np.uint64]  # [n, WORDS]
    years: NDArray[np.int16]  # [n]

    def __len__(self) -> int:
        return len(self.years)


@dataclass(frozen=True)
class Columns:
    """All rows' values. Days are counted from 1970-01-01."""

    papers: NDArray[np.int64]  # [n] paper number in the database
    days: NDArray[np.int32]  # [n] announced, or by arXiv's clock where that is not known
    categories: NDArray[np.uint64]  # [n, WORDS] a bit a category, by `core.categories`
    flags: NDArray[np.uint8]  # [n]
    dead: NDArray[np.int32]  # rows that died, in order of death

    def __len__(self) -> int:
        return len(self.papers)

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which rows may be answered, bool [n]."""
        live = np.ones(len(self), np.bool_)
        live[self.dead] = False
        return live

    @cached_property
    def years(self) -> NDArray[np.int16]:
        """Year of each row's day, int16 [n]."""
        since = self.days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int16)
        return since + np.int16(_YEAR_ZERO)

    def facts(self, rows: NDArray[np.intp]) -> Facts:
        """Categories and years of some rows."""
        return Facts(self.categories[rows], self.years[rows])

    @cached_property
    def sets(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Distinct sets of categories, uint64 [m, 3], and the place among them of each row's, [n].

        There are some ten thousand, so what depends on categories only is computed for each of
        them and then handed out to the rows.
        """
        keys = self.categories @ _MIX
        _, first, of_row = np.unique(keys, return_index=True, return_inverse=True)
        sets = self.categories[first]
        if (sets[of_row] != self.categories).any():  # two sets with one key: likely never
            sets, of_row = np.unique(self.categories, axis=0, return_inverse=True)
        return sets, of_row.astype(np.int32)

    @cached_property
    def newest(self) -> NDArray[np.intp]:
        """Live rows, last announced first; among one day the last arrived first."""
        order = np.argsort(self.days, kind="stable")[::-1]
        return order[self.live[order]]

    @cached_property
    def _listings(self) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """All days, newest first, and where the rows of each begin in `newest`, with the end."""
        days = self.days[self.newest]
        starts = np.flatnonzero(np.diff(days, prepend=days[:1] + 1))
        return days[starts], np.append(starts, len(days))

    @property
    def listings(self) -> NDArray[np.int32]:
        """The days that have any live row, newest first."""
        return self._listings[0]

    def listed(self, day: int) -> NDArray[np.intp]:
        """Live rows of one day, the last arrived first."""
        days, starts = self._listings
        place = int(np.searchsorted(-days, -day))
        if place == len(days) or days[place] != day:
            return self.newest[:0]
        return self.newest[starts[place] : starts[place + 1]]

    @cached_property
    def _row_of(self) -> NDArray[np.int32]:
        table = np.full(int(self.papers.max(initial=0)) + 1, -1, np.int32)
        alive = np.flatnonzero(self.live)
        table[self.papers[alive]] = alive
        return table

    def rows_of(self, papers: NDArray[np.int64]) -> NDArray[np.intp]:
        """Rows of papers, -1 where a paper is not in the index."""
        known = (papers >= 0) & (papers < len(self._row_of))
        rows = np.full(len(papers), -1, np.intp)
        rows[known] = self._row_of[papers[known]]
        return rows


def empty() -> Columns:
    """Columns of no rows."""
    return Columns(
        papers=np.empty(0, np.int64),
        days=np.empty(0, np.int32),
        categories=np.empty((0, WORDS), np.uint64),
        flags=np.empty(0, np.uint8),
        dead=np.empty(0, np.int32),
    )


def join(parts: Sequence[Columns]) -> Columns:
    """Rows one after the other, none of them dead."""
    together = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in _NAMES
        if name != "dead"
    }
    return Columns(**together, dead=np.empty(0, np.int32))


def append(old: Columns, new: Columns) -> Columns:
    """Add rows; earlier rows of the same papers die, among the new ones too."""
    joined = join([old, new])
    latest = np.full(int(joined.papers.max(initial=0)) + 1, -1, np.int64)
    latest[joined.papers] = np.arange(len(joined))  # the last assignment wins
    touched = np.flatnonzero(np.isin(joined.papers, new.papers))
    gone = (joined.flags[touched] & DELETED) != 0
    died = touched[gone | (latest[joined.papers[touched]] != touched)]
    died = died[~np.isin(died, old.dead)]
    return replace(joined, dead=np.concatenate([old.dead, died.astype(np.int32)]))


def write(folder: Path, columns: Columns) -> None:
    """Write all columns."""
    arrays.write(folder, {name: getattr(columns, name) for name in _NAMES})


def read(folder: Path) -> Columns:
    """Map columns into memory. Raises IndexDamagedError."""
    held = arrays.read(folder, _NAMES)
    held["categories"] = _widened(held["categories"])
    return Columns(**held)


def _widened(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sets of categories as wide as now; older files have fewer words until the next build."""
    missing = WORDS - bits.shape[1]
    return np.pad(bits, ((0, 0), (0, missing))) if missing > 0 else bits
