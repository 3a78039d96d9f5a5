"""Which of all rows fulfil a condition of a search, as a mask.

Categories and days are read off the columns, and what a search does not want is looked up and taken
away: Tantivy would hand over millions of documents one by one. Leaves out: words and phrases, which
only Tantivy knows (`lexical.py`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bookwheel.index import masks
from bookwheel.index.columns import Columns
from bookwheel.index.syntax import AllOf, AnyOf, Dated, InCategory, Node, Not

Mask = NDArray[np.bool_]
LookUp = Callable[[Node], Mask]


def fulfilling(node: Node, columns: Columns, look_up: LookUp) -> Mask:
    """Rows that fulfil a node, bool [rows], those that are dead or not; `look_up` finds words."""
    match node:
        case InCategory(category=code):
            return masks.in_categories(columns, (code,))
        case Dated(first=first, last=last):
            since = columns.days >= max(first or 0, 0)
            return since if last is None else since & (columns.days <= last)
        case Not(node=inner):
            return ~fulfilling(inner, columns, look_up)
        case AllOf(nodes=nodes):
            return _all(nodes, columns, look_up)
        case AnyOf(nodes=nodes):
            either = [fulfilling(inner, columns, look_up) for inner in nodes]
            return np.logical_or.reduce(either) if either else np.zeros(len(columns), np.bool_)
        case _:
            return look_up(node)


def _all(nodes: tuple[Node, ...], columns: Columns, look_up: LookUp) -> Mask:
    """Words are looked up together: fewer documents have all of them."""
    others = tuple(inner for inner in nodes if isinstance(inner, _COMBINED))
    words = tuple(inner for inner in nodes if not isinstance(inner, _COMBINED))
    held = [fulfilling(inner, columns, look_up) for inner in others]
    held += [look_up(AllOf(words))] if words else []
    return np.logical_and.reduce(held) if held else np.ones(len(columns), np.bool_)


_COMBINED = (InCategory, Dated, Not, AllOf, AnyOf)
