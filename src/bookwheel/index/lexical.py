"""The words of every paper, in Tantivy: BM25 over title, abstract and authors.

Holds any word, also those that the encoder does not know, with positions for phrases. Every answer
is of one generation: documents that a killed build left over and rows that died are not in it, and
all filters hold. Leaves out: how a search becomes a query (`lookup.py`) and writing
(`lexical_writer.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import FieldType, Query

from bookwheel.index.columns import Columns
from bookwheel.index.conditions import fulfilling
from bookwheel.index.lookup import Conditions, any_of, wishes
from bookwheel.index.query import Filters
from bookwheel.index.syntax import AllOf, AnyOf, Dated, InCategory, Node, Search
from bookwheel.index.words import WITHDRAWN, open_words, row_of, schema, stems

FEW = 3000  # rows up to which one term for each is faster than a set of terms


class Lexical:
    """The words of all papers of one generation, for reading. Safe to use from many threads."""

    def __init__(self, folder: Path, columns: Columns, *, purged: int) -> None:
        """Open. The first `purged` dead rows have no documents any more."""
        self._searcher = open_words(folder).searcher()
        self._columns = columns
        self._not_in_force = list(self._strays(columns.dead[purged:]))

    def _strays(self, dead: NDArray[np.int32]) -> Iterable[Query]:
        """What finds the documents that are none of this generation."""
        if len(dead):
            yield _rows_query(dead)
        beyond = Query.range_query(
            schema(), "row", FieldType.Unsigned, lower_bound=len(self._columns)
        )
        if self._searcher.search(beyond, 1).hits:
            yield beyond

    def best(
        self, search: Search, filters: Filters, limit: int
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Rows that fulfil a wish with the highest BM25, and their scores."""
        query = self._conditions(search, filters).with_wishes(wishes(search))
        found = self._searcher.search(query, limit, count=False)
        return self._rows(found.hits), np.array([score for score, _ in found.hits], np.float32)

    def latest(self, search: Search, filters: Filters, limit: int) -> tuple[NDArray[np.intp], int]:
        """Rows that have every word, newest first, and how many there are in all."""
        conditions = self._conditions(search, filters)
        conditions.add(AllOf(search.wanted))
        query = conditions.with_wishes(None)
        found = self._searcher.search(query, max(limit, 1), order_by_field="moment")
        rows = np.fromiter((row_of(moment) for moment, _ in found.hits), np.intp, len(found.hits))
        total: int = found.count  # type: ignore[attr-defined]  # forgotten in the stubs
        return rows[:limit], total

    def fulfilling(self, search: Search) -> NDArray[np.bool_]:
        """Which live rows fulfil a search's conditions, bool [rows]."""
        if search.required is None:
            return self._columns.live
        return fulfilling(search.required, self._columns, self._found) & self._columns.live

    def _found(self, node: Node) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._columns), np.bool_)
        conditions = Conditions(nots=list(self._not_in_force))
        conditions.add(node)
        limit = max(self._searcher.num_docs, 1)
        found = self._searcher.search(conditions.with_wishes(None), limit, count=False)
        mask[self._rows(found.hits)] = True
        return mask

    def scores(
        self, search: Search, rows: NDArray[np.intp]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """For given rows: whether the conditions hold, and the BM25 of the wishes."""
        conditions = self._conditions(search, Filters())
        conditions.musts.append(_rows_query(rows))
        query = conditions.with_wishes(wishes(search), optional=True)
        found = self._searcher.search(query, max(len(rows), 1), count=False)
        position = {row: place for place, row in enumerate(rows.tolist())}
        holds, scores = np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.float32)
        for row, (score, _) in zip(self._rows(found.hits).tolist(), found.hits, strict=True):
            holds[position[row]] = True
            scores[position[row]] = score
        return holds, scores

    def documents(self) -> NDArray[np.intp]:
        """How many documents each row has, [rows]; one for each live row if all is well."""
        query = Conditions(nots=self._not_in_force).with_wishes(None)
        found = self._searcher.search(query, max(self._searcher.num_docs, 1), count=False)
        return np.bincount(self._rows(found.hits), minlength=len(self._columns))

    def frequency(self, word: str) -> int:
        """In how many papers a word's stem stands, title or abstract."""
        return max(
            (
                int(self._searcher.doc_freq(field, stem))
                for stem in stems(word)
                for field in ("title", "abstract")
            ),
            default=0,
        )

    def _conditions(self, search: Search, filters: Filters) -> Conditions:
        """All that must hold, the filters included."""
        found = Conditions(nots=list(self._not_in_force))
        found.add(search.required)
        if filters.categories:
            found.add(AnyOf(tuple(map(InCategory, filters.categories))))
        if filters.first_day is not None or filters.last_day is not None:
            found.add(Dated(filters.first_day, filters.last_day))
        if filters.first_versions:
            found.nots.append(Query.term_query(schema(), "replaced", True))
        if filters.standing:
            found.nots.append(Query.term_query(schema(), "category", WITHDRAWN))
        if filters.only is not None:
            found.musts.append(_rows_query(self._columns.rows_of(filters.only)))
        if filters.without is not None:
            found.nots.append(_rows_query(self._columns.rows_of(filters.without)))
        return found

    def _rows(self, hits: Iterable[tuple[float, tantivy.DocAddress]]) -> NDArray[np.intp]:
        addresses = [address for _, address in hits]
        return np.array(self._searcher.fast_field_values("row", addresses), np.intp)


def _rows_query(rows: NDArray[np.intp] | NDArray[np.int32]) -> Query:
    """Documents of some rows; those below 0 are none."""
    wanted = rows[rows >= 0].tolist()
    if len(wanted) <= FEW:
        return any_of([Query.term_query(schema(), "row", row) for row in wanted])
    return Query.term_set_query(schema(), "row", wanted)
