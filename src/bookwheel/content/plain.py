"""Untrusted text as plain characters: for the title of a page, a terminal, an e-mail, a file."""

from __future__ import annotations

from bookwheel.content.math import formula_text
from bookwheel.content.texread import read


def to_text(text: str) -> str:
    r"""One line without TeX: `Erd\H{o}s on $O(n^2)$` is Erdős on O(n²).

    It is text, not HTML: `<` may be in it, so it still has to be escaped for a page.
    """
    parts = (formula_text(piece.text) if piece.math else piece.text for piece in read(text))
    return " ".join("".join(parts).split())
