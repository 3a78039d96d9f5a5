"""A text as pieces: words with their styles, links, formulas. All that is shown is made of these.

A piece holds text, never HTML, so whoever writes it out has only to escape it.
Leaves out: how TeX becomes pieces (`texread.py`) and how they become HTML (`html.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

# Only web addresses with a plain host; no user name before it, which would disguise the host.
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?:[/?#][^\s\\<>\"]*)?", re.IGNORECASE)


class Piece(NamedTuple):
    """A run of text."""

    text: str  # of a formula: its TeX, without delimiters
    styles: tuple[str, ...] = ()  # names of HTML elements, outermost first, each once
    link: str = ""  # an http or https address
    math: str = ""  # "", "inline" or "display"


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that differ in nothing but their text become one; empty ones go."""
    made: list[Piece] = []
    for kind, alike in groupby(filter(itemgetter(0), pieces), key=itemgetter(1, 2, 3)):
        if kind[-1]:  # a formula stays alone
            made.extend(alike)
        else:
            made.append(Piece("".join(piece.text for piece in alike), *kind))
    return made


def safe_address(text: str) -> str:
    """The address, if it is one that a page may link to; else ""."""
    text = text.strip()
    return text if _ADDRESS.fullmatch(text) else ""
