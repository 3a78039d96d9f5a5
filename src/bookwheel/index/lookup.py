"""A search, or a part of one, as a query to Tantivy.

Words and phrases score by BM25; everything else only has to hold. What stands in several fields
counts by the best of them: a sum would count a title's words twice, and a word that is rare among
titles or names (*first*, *work*) more than what a question is about.
Leaves out: filters that need to know rows (`lexical.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tantivy import FieldType, Occur, Query

from bookwheel.core import text
from bookwheel.index.syntax import (
    AllOf,
    AnyOf,
    Dated,
    HasId,
    InCategory,
    Node,
    Not,
    Phrase,
    Search,
    Withdrawn,
    Word,
)
from bookwheel.index.words import WITHDRAWN, analyzer, moment, schema

_FIELDS = {"ti": "title", "abs": "abstract", "au": "authors"}  # of the search language -> here
_OTHERS = 0.3  # share of their BM25 that the other fields add to the best one
_LAST_DAY = 2**31 - 1


@dataclass
class Conditions:
    """What must hold and what must not, neither of them scoring."""

    musts: list[Query] = field(default_factory=list)
    nots: list[Query] = field(default_factory=list)

    def add(self, node: Node | None) -> None:
        """Take a condition in."""
        match node:
            case None:
                return
            case AllOf(nodes=nodes):
                self.musts += _each([inner for inner in nodes if not isinstance(inner, Not)])
                self.nots += _each([inner.node for inner in nodes if isinstance(inner, Not)])
            case Not(node=inner):
                self.nots.append(_node(inner))
            case _:
                self.musts.append(_node(node))

    def with_wishes(self, wishes: Query | None, *, optional: bool = False) -> Query:
        """One query, scored by the wishes, one of which must be met unless they are optional."""
        if wishes is not None and not (self.musts or self.nots or optional):
            return wishes  # bare: Tantivy then passes over what cannot be among the best
        parts = [(Occur.Must, _holds(must)) for must in self.musts]
        parts += [(Occur.MustNot, query) for query in self.nots]
        if wishes is not None:
            parts.append((Occur.Should if optional else Occur.Must, wishes))
        elif not self.musts:
            parts.append((Occur.Must, _holds(Query.all_query())))
        return Query.boolean_query(parts)


def wishes(search: Search) -> Query | None:
    """What scores: the plain words; without any, the words in the conditions."""
    if search.wanted:
        return any_of(_each(search.wanted))
    return None if search.required is None else _node(search.required)


def any_of(queries: Sequence[Query]) -> Query:
    """At least one of some queries; nothing when there are none."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _each(nodes: Sequence[Node]) -> list[Query]:
    """Queries of some nodes, each once, however it is spelt: Tantivy would walk through both."""
    found = map(_node, nodes)
    return list({repr(query): query for query in found}.values())  # its repr is all there is to it


def _node(node: Node) -> Query:
    match node:
        case Word() | Phrase():
            return _in_fields(node)
        case InCategory(category=code):
            return _holds(Query.term_query(schema(), "category", code))
        case HasId(arxiv_id=identifier):
            return _holds(Query.term_query(schema(), "arxiv_id", identifier))
        case Withdrawn():
            return _holds(Query.term_query(schema(), "category", WITHDRAWN))
        case Dated(first=first, last=last):
            return _holds(_dated(first, last))
        case Not(node=inner):
            return Query.boolean_query(
                [(Occur.Must, _holds(Query.all_query())), (Occur.MustNot, _node(inner))]
            )
        case AllOf(nodes=nodes):
            return Query.boolean_query([(Occur.Must, query) for query in _each(nodes)])
        case AnyOf(nodes=nodes):
            return any_of(_each(nodes))


def _holds(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _dated(first: int | None, last: int | None) -> Query:
    start = min(max(first or 0, 0), _LAST_DAY)
    end = _LAST_DAY if last is None else min(last, _LAST_DAY)
    if end < start:
        return Query.empty_query()
    return Query.range_query(
        schema(),
        "moment",
        FieldType.Unsigned,
        lower_bound=moment(start, 0),
        upper_bound=moment(end + 1, 0),
        include_upper=False,
    )


def _in_fields(node: Word | Phrase) -> Query:
    """Words side by side in one field, or in any; a word that is all punctuation finds nothing."""
    words = text.plain(node.text if isinstance(node, Word) else " ".join(node.words))
    fields = [_FIELDS[node.field]] if node.field else list(_FIELDS.values())
    found = [query for field in fields if (query := _in_field(words, field)) is not None]
    return Query.disjunction_max_query(found, _OTHERS) if found else Query.empty_query()


def _in_field(words: str, field: str) -> Query | None:
    tokens = analyzer(stemmed=field != "authors").analyze(words)
    if len(tokens) > 1:
        return Query.phrase_query(schema(), field, list(tokens))
    return Query.term_query(schema(), field, tokens[0]) if tokens else None
