"""The one ranking engine: a `Query` in, `Hits` out.

Candidates come from the words (`lexical.py`), from the sparse features and from the signs of the
vectors; then one exact scoring of their union, in which the part of each signal is kept. When few
rows are allowed, all of them are scored exactly. Scores of features are linear, so a part can be
split further into its words, authors and categories (`explain.py`).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Examples, Taste, fit
from bookwheel.errors import IndexDamagedError
from bookwheel.index import background, candidates, columns, encoders, manifest, masks, scoring
from bookwheel.index.explain import Cause, causes
from bookwheel.index.lexical import Lexical
from bookwheel.index.manifest import Manifest
from bookwheel.index.query import Filters, Hits, Query
from bookwheel.index.remembered import Remembered
from bookwheel.index.segment import Rows, Segment, take_all
from bookwheel.index.settled import settled
from bookwheel.index.syntax import Search

DEPTH = 1000  # how far a ranked list can be paged
CANDIDATES = 500  # from the words and from the meaning of a search, each (`candidates.py`)
STEP = 65_536  # rows of an order looked at together
EXACT = 20_000  # up to so many allowed rows are all scored exactly
REMEMBERED = 512  # answers kept, so that the next page and the same question cost nothing
TASTES = 1024  # fitted tastes kept
FEW = 4  # likes up to which a taste is fitted again with what it ranks highest, ...
ECHOES = 20  # ... so many papers, ...
ECHOES_OF = 1000  # ... each one of so many, so that a small collection has none
EXPLAINED = 512  # pages of reasons kept


class Engine:
    """One generation of the index, open for reading. Safe to use from many threads."""

    def __init__(self, folder: Path, found: Manifest) -> None:
        self.manifest = found
        self.encoder = encoders.of(folder, found)
        self.columns = columns.read(folder / found.columns)
        self.segments = [Segment(folder / entry.name, entry.start) for entry in found.segments]
        self.settled = settled(found.rows, found.background_rows)  # rows that all tastes share
        self.background = background.read(folder / found.background, self.columns, self.settled)
        self.lexical = Lexical(folder / found.lexical, self.columns, purged=found.purged)
        # Kept here and not beside the class, so that they go when the engine goes.
        self._answers: Remembered[Hits] = Remembered(REMEMBERED)
        self._tastes: Remembered[Taste] = Remembered(TASTES)
        self._causes: Remembered[list[list[Cause]]] = Remembered(EXPLAINED)
        stop = self.segments[-1].stop if self.segments else 0
        if not stop == len(self.columns) == found.rows:
            raise IndexDamagedError(
                "Segments and columns of the index disagree. "
                "`bookwheel index --rebuild` makes it anew."
            )

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """Open what the manifest names.

        Raises:
            IndexMissingError: nothing was built yet.
            IndexDamagedError: files are missing, or the encoder that they were made with.
        """
        while True:
            found = manifest.load(folder)
            try:
                return cls(folder, found)
            except IndexDamagedError:
                # A writer may have swapped the manifest and removed the files in between.
                if manifest.load(folder).generation == found.generation:
                    raise

    @property
    def rows(self) -> int:
        """Rows, dead ones included."""
        return len(self.columns)

    @cached_property
    def yardstick(self) -> bytes:
        """Equal for engines that fit equal tastes to equal rows."""
        told = (self.manifest.encoder, self.manifest.background, self.settled)
        made = hashlib.sha256(repr(told).encode())
        made.update(self.background.mean.tobytes() + self.background.word_means.tobytes())
        return made.digest()

    def search(self, query: Query) -> Hits:
        """Answer a query. `took` is the time of this call."""
        started = time.perf_counter()
        ranked = query.taste is not None or (query.search is not None and query.search.text)
        if query.search is not None and (query.sort == "date" or not ranked):
            hits = self._latest(query, query.search)
        elif ranked or query.sort == "random":
            hits = self._answers.get(query.key(), lambda: self._ranked(query))
            hits = hits.pick(slice(query.offset, query.offset + query.k))
        else:
            hits = self._newest(query)
        return replace(hits, took=time.perf_counter() - started)

    def _ranked(self, query: Query) -> Hits:
        search, taste = query.search, query.taste
        if taste is not None and not (search and search.wanted):
            return self._by_taste(query, taste)
        return self._shuffled(query) if search is None else self._hybrid(query, search)

    # Lists without ranking

    def _newest(self, query: Query) -> Hits:
        order = self.columns.newest
        mask = masks.allowed(self.columns, query.filters)
        if mask is self.columns.live:
            return self.listed(order[query.offset : query.offset + query.k], total=len(order))
        total = int(np.count_nonzero(mask))
        rows = self._first(order, mask, min(query.offset + query.k, total))
        return self.listed(rows[query.offset :], total=total)

    def _first(
        self, order: NDArray[np.intp], mask: NDArray[np.bool_], count: int
    ) -> NDArray[np.intp]:
        """The first `count` rows of an order that a mask, which has as many, lets through."""
        found = list[NDArray[np.intp]]()
        held, at = 0, 0
        while held < count:
            part = order[at : at + STEP]
            found.append(part[mask[part]])
            held, at = held + len(found[-1]), at + STEP
        return np.concatenate([*found, order[:0]])[:count]

    def _latest(self, query: Query, search: Search) -> Hits:
        rows, total = self.lexical.latest(search, query.filters, query.offset + query.k)
        return self.listed(rows[query.offset :], total=total)

    def _shuffled(self, query: Query) -> Hits:
        rows = np.flatnonzero(masks.allowed(self.columns, query.filters))
        count = min(len(rows), DEPTH)
        chosen = np.random.default_rng(abs(query.seed)).choice(len(rows), count, replace=False)
        return self.listed(rows[chosen], total=count)

    def listed(self, rows: NDArray[np.intp], *, total: int) -> Hits:
        """Rows in an order that somebody else made, as hits without scores."""
        papers = self.columns.papers[rows]
        return Hits(papers, rows, np.zeros(len(rows), np.float32), {}, total, 0.0)

    # Ranked lists

    def _hybrid(self, query: Query, search: Search) -> Hits:
        mask = masks.allowed(self.columns, query.filters)
        meaning = scoring.meaning(search, self.encoder, self.background)
        search = scoring.telling(search, self.lexical, self.rows)
        rows, bm25 = self.lexical.best(search, query.filters, CANDIDATES)
        if meaning.vector is not None:
            near = candidates.near(self.segments, meaning.vector, mask, CANDIDATES)
            others = np.setdiff1d(near, rows)
            holds, theirs = self.lexical.scores(search, others)
            rows = np.concatenate([rows, others[holds]])
            bm25 = np.concatenate([bm25, theirs[holds]])
        ascending = np.argsort(rows)  # as they lie in the segments
        rows, bm25 = rows[ascending], bm25[ascending]
        lexical = bm25 * scoring.lexical_scale(search, self.lexical, self.rows)
        parts = {"lexical": lexical} | scoring.parts(
            meaning, self.take(rows), self.columns.facts(rows)
        )
        if query.taste is not None:  # sorted by a taste: found by the search, scored by the taste
            parts = scoring.parts(query.taste, self.take(rows), self.columns.facts(rows))
        return self._best(rows, parts, total=len(rows))

    def _by_taste(self, query: Query, taste: Taste) -> Hits:
        mask = masks.allowed(self.columns, query.filters)
        if query.search is not None:  # a search without wishes is a filter like any other
            mask = mask & self.lexical.fulfilling(query.search)
        total = int(np.count_nonzero(mask))
        if total > EXACT:
            rows = candidates.by_taste(self.segments, self.columns, taste, mask)
        else:
            rows = np.flatnonzero(mask)
        parts = self._parts(taste, rows)
        return self._best(rows, parts, total=total)

    def _parts(self, taste: Taste, rows: NDArray[np.intp]) -> dict[str, NDArray[np.float32]]:
        return scoring.parts(taste, self.take(rows), self.columns.facts(rows))

    def _best(
        self, rows: NDArray[np.intp], parts: dict[str, NDArray[np.float32]], *, total: int
    ) -> Hits:
        scores = sum(parts.values(), np.zeros(len(rows), np.float32))
        # Of equal scores the newest first; rows are in order of arrival.
        order = np.lexsort((-rows, -scores))[:DEPTH]
        return Hits(
            papers=self.columns.papers[rows[order]],
            rows=rows[order],
            scores=scores[order],
            parts={name: part[order] for name, part in parts.items()},
            total=min(total, DEPTH),
            took=0.0,
        )

    def causes(self, taste: Taste, rows: NDArray[np.intp]) -> list[list[Cause]]:
        """For each row all that added to its score or took from it (`explain.py`)."""
        return self._causes.get(
            Query(taste=taste).key() + rows.tobytes(),
            lambda: causes(taste, self.take(rows), self.columns.facts(rows), self.encoder),
        )

    # Features of rows

    def missing_words(self) -> int:
        """How many live rows have no words, or have them twice; 0 when all is well."""
        return int((self.columns.live & (self.lexical.documents() != 1)).sum())

    def take(self, rows: NDArray[np.intp]) -> Rows:
        """Features of some rows."""
        return take_all(self.segments, rows, self.encoder.dimensions)

    def examples(self, papers: NDArray[np.int64]) -> Examples:
        """Features of papers, as `core.taste` wants them, each once; unknown ones are left out."""
        rows = np.unique(self.columns.rows_of(papers))
        rows = rows[rows >= 0]
        return scoring.examples(self.take(rows), self.columns.facts(rows))

    def taste(self, likes: Iterable[int], hides: Iterable[int] = ()) -> Taste:
        """What liked papers share that hidden ones and others do not; papers by their numbers."""
        liked, hidden = tuple(likes), tuple(hides)
        return self._tastes.get((liked, hidden), lambda: self._fit(liked, hidden))

    def _fit(self, likes: tuple[int, ...], hides: tuple[int, ...]) -> Taste:
        liked, hidden = (self.examples(np.array(some, np.int64)) for some in (likes, hides))
        first = fit(liked, hidden, self.background)
        echoes = min(ECHOES, self.settled // ECHOES_OF)
        if not 0 < len(liked) <= FEW or not echoes:
            return first
        others = Filters(without=np.array(likes + hides, np.int64))
        mask = masks.allowed(self.columns, others).copy()
        mask[self.settled :] = False
        rows = candidates.near(self.segments, np.asarray(first.vector), mask, CANDIDATES)
        best = self._best(rows, self._parts(first, rows), total=len(rows)).papers[:echoes]
        return fit(liked, hidden, self.background, echoes=self.examples(best))
