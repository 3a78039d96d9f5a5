"""The search language for figures: `fig: confusion matrix cat:cs.CV tag:vision kind:plot`.

Words and phrases that stand for themselves are looked for in captions; whatever names a field of
papers narrows the papers. Leaves out: looking it up (`queries/figure_search.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bookwheel.core.figure_kinds import FigureKind
from bookwheel.errors import QueryError
from bookwheel.index.syntax import AllOf, AnyOf, HasId, Node, Not, Phrase, Search, Word, parse

_FIG = re.compile(r"(?:^|(?<=\s))fig(?:ure|ures)?:\s*", re.IGNORECASE)
_OWN = re.compile(r'(?:^|(?<=\s))(tag|kind):\s?("[^"]*"|\S+)', re.IGNORECASE)


@dataclass(frozen=True)
class FigureSearch:
    """What is wanted: words (wishes), phrases (musts) and others (must nots) of captions, a kind,
    tags of the reader, and a condition on papers."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    kind: str = ""
    tags: tuple[str, ...] = ()
    papers: Search | None = None


def is_for_figures(text: str) -> bool:
    """Whether a search says that it is for figures."""
    return _FIG.search(text) is not None


def parse_figures(text: str, *, today: date | None = None) -> FigureSearch:
    """Read a search for figures, with or without its `fig:`.

    Raises:
        QueryError: with the position of what cannot be understood.
    """
    # Blanks in place of what is taken out, so that positions stay.
    plain = _FIG.sub(lambda found: " " * len(found[0]), text)
    tags, kind = [], ""
    for found in _OWN.finditer(plain):
        value = found[2].strip('"')
        if found[1].lower() == "tag":
            tags.append(value)
        else:
            kind = _kind(value, found.start(2))
    plain = _OWN.sub(lambda found: " " * len(found[0]), plain)
    read = parse(plain, today=today)
    words, phrases, without = [word.text for word in read.wanted], list[str](), list[str]()
    others = []
    for node in _all(read.required):
        inner = node.node if isinstance(node, Not) else node
        own = _own_words(inner)
        if not own:
            others.append(node)
        elif isinstance(node, Not):
            without += own
        elif isinstance(inner, AnyOf):
            words += own
        else:
            phrases += own
    papers = Search(required=HasId(read.paper)) if read.paper else _narrowed(others)
    return FigureSearch(tuple(words), tuple(phrases), tuple(without), kind, tuple(tags), papers)


def _kind(text: str, position: int) -> str:
    known = [kind.value for kind in FigureKind]
    if text.lower() not in known:
        raise QueryError(f"There is no such kind of figure. Use {', '.join(known)}.", position)
    return text.lower()


def _all(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.nodes if isinstance(node, AllOf) else (node,)


def _own_words(node: Node) -> list[str]:
    """The words of a condition that names no field; none if it is about something else."""
    match node:
        case Word(text, ""):
            return [text]
        case Phrase(words, ""):
            return [" ".join(words)]
        case AnyOf(nodes):
            each = [_own_words(one) for one in nodes]
            return [word for some in each for word in some] if all(each) else []
    return []


def _narrowed(nodes: list[Node]) -> Search | None:
    if not nodes:
        return None
    return Search(required=nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes)))
