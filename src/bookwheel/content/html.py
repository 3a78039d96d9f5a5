"""The door through which untrusted text becomes HTML.

`Markup` is the type of what is safe to show; templates escape everything else. Text is read into
pieces, which hold no HTML, and each piece is escaped between tags that are written in this file.
Leaves out: text that is HTML to begin with; there is none yet.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup, escape

from bookwheel.content.gate import passed
from bookwheel.content.highlight import Marker, marker
from bookwheel.content.math import formula_html
from bookwheel.content.pieces import Piece
from bookwheel.content.texread import read

# arXiv begins a paragraph with a blank or an indented line.
_PARAGRAPH = re.compile(r"\n\s+")


def text_to_html(text: str, words: Collection[str] = (), *, links: bool = True) -> Markup:
    """A title, a name or a comment on one line, with the words of a search marked.

    Without `links`, addresses are only text, for what stands in a link itself.
    """
    marked = marker(frozenset(words))
    pieces = read(text) if links else (piece._replace(link="") for piece in read(text))
    return passed("".join(_html(piece, marked) for piece in pieces))


def abstract_to_html(text: str, words: Collection[str] = ()) -> Markup:
    """An abstract as paragraphs, with the words of a search marked; empty for an empty one."""
    marked = marker(frozenset(words))
    paragraphs: list[list[str]] = [[]]
    for piece in read(text):
        first, *more = [piece] if piece.math else _split(piece)
        paragraphs[-1].append(_html(first, marked))
        paragraphs += ([_html(part, marked)] for part in more)
    whole = filter(str.strip, map("".join, paragraphs))
    return passed("".join(f"<p>{paragraph}</p>" for paragraph in whole))


def _split(piece: Piece) -> list[Piece]:
    return [piece._replace(text=part) for part in _PARAGRAPH.split(piece.text)]


def _html(piece: Piece, marked: Marker) -> str:
    if piece.math:
        html = formula_html(piece.text, display=piece.math == "display")
    elif piece.link == piece.text:
        html = str(escape(piece.text))
    else:
        html = marked.html(piece.text)
    for style in reversed(piece.styles):
        html = f"<{style}>{html}</{style}>"
    if piece.link:
        html = f'<a href="{escape(piece.link)}" rel="noopener nofollow">{html}</a>'
    return html
