"""What a search says, as a tree. `syntax.py` makes it from text and is where to import it from.

Leaves out: how a tree is looked up (`lexical.py`) and said in words (`wording.py`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word, in one field or in any."""

    text: str
    field: str = ""  # "", "ti", "au" or "abs"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; at least two."""

    words: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class InCategory:
    """`cat:cs.LG`, or a whole archive: `cat:math`."""

    category: str


@dataclass(frozen=True, slots=True)
class HasId:
    """`id:1706.03762`; the identifier without its version."""

    arxiv_id: str


@dataclass(frozen=True, slots=True)
class Dated:
    """`date:2025`, `date:2025-01..2025-03`: days since 1970-01-01, both included."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """`is:withdrawn`."""


@dataclass(frozen=True, slots=True)
class Not:
    """The papers that `node` does not find."""

    node: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every node must hold."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one node must hold."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | InCategory | HasId | Dated | Withdrawn | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Search:
    """A parsed search."""

    wanted: tuple[Word, ...] = ()  # wishes: ranked by, not required
    required: Node | None = None  # the condition, if there is any
    text: str = ""  # words to encode for meaning: all positive words, in order
    understood: str = ""  # the search said back to the reader in plain words
    paper: str = ""  # set when the whole text is one arXiv id or link: go to that paper
