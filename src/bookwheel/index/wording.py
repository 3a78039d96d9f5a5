"""A search said back to the reader in plain words, so that a misunderstanding shows.

    any of: graph, neural · must: title has “message passing”, category cs.LG · not: survey

Leaves out: translation; the words are English.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bookwheel.index.dates import EPOCH
from bookwheel.index.tree import (
    AllOf,
    AnyOf,
    Dated,
    HasId,
    InCategory,
    Node,
    Not,
    Phrase,
    Withdrawn,
    Word,
)

_PLACES = {"": "", "ti": "title has ", "au": "author ", "abs": "abstract has "}


def in_words(wanted: tuple[Word, ...], required: Node | None) -> str:
    """Say what a search asks for; empty if it asks for nothing."""
    conditions = _parts(required)
    wishes = ", ".join(word.text for word in wanted)
    musts = [node for node in conditions if not isinstance(node, Not | Dated)]
    nots = [node.node for node in conditions if isinstance(node, Not)]
    said = [
        f"any of: {wishes}" if len(wanted) > 1 else wishes,
        _listed("must: ", musts),
        _listed("not: ", nots),
        *(_said(node) for node in conditions if isinstance(node, Dated)),
    ]
    return " · ".join(part for part in said if part)


def _parts(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.nodes if isinstance(node, AllOf) else (node,)


def _listed(label: str, nodes: Iterable[Node]) -> str:
    said = ", ".join(map(_said, nodes))
    return label + said if said else ""


def _said(node: Node) -> str:
    match node:
        case Word(text=text, field=field):
            return _PLACES[field] + text
        case Phrase(words=words, field=field):
            return f"{_PLACES[field]}“{' '.join(words)}”"
        case InCategory(category=category):
            return f"category {category}"
        case HasId(arxiv_id=arxiv_id):
            return f"paper {arxiv_id}"
        case Withdrawn():
            return "withdrawn"
        case Dated(first=first, last=last):
            return _period(first, last)
        case Not(node=inner):
            return f"not {_said(inner)}"
        case AllOf(nodes=nodes):
            return f"({' and '.join(map(_said, nodes))})"
        case AnyOf(nodes=nodes):
            return f"({' or '.join(map(_said, nodes))})"


def _period(first: int | None, last: int | None) -> str:
    if first == last and first is not None:
        return f"on {_day(first)}"
    ends = [("from ", first), ("to " if first is not None else "until ", last)]
    return " ".join(word + _day(end) for word, end in ends if end is not None)


def _day(number: int) -> str:
    return date.fromordinal(number + EPOCH).isoformat()
