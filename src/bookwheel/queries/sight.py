"""A figure with all that a question about it needs.

Leaves out: whether it may be shown (`access.py`), who is asked (`queries/asking.py`).
"""

from __future__ import annotations

from bookwheel.assistant.sight import Sight
from bookwheel.config import config
from bookwheel.content.plain import to_text
from bookwheel.core.quotes import Edition, blocks, cut, places
from bookwheel.errors import UnreadableError
from bookwheel.models import Figure
from bookwheel.queries.documents import held
from bookwheel.queries.figure_text import mentions
from bookwheel.shelf import files

MOST = 4_000_000  # bytes of a picture that are sent; of larger ones the small form is


def named(figure: Figure) -> str:
    """A figure as forms and questions name it; `access.figure_asked` reads it."""
    return f"{figure.paper.arxiv_id}:{figure.text.version}:{figure.block}"


def sight_of(figure: Figure) -> Sight:
    """Its picture, its caption and what the text says of it.

    Raises:
        UnreadableError: the picture, or the text, is not here any more.
    """
    paper, version = figure.paper, figure.text.version
    found = held(paper, version)
    if found.text is None:
        raise UnreadableError("The text of this figure is not here any more.")
    names = tuple(" ".join(filter(None, (given, last))) for last, given, *_ in paper.authors)
    title = to_text(paper.title)
    edition = Edition(paper.arxiv_id, version, found.document, title, authors=names)
    known = {block.id: (section, block) for section, block in blocks(edition)}
    section, block = known[figure.block]
    quotes = [cut(edition, section, block, *place) for place in places(block)]
    for name, start, end, _said in mentions(found.document, figure.block):
        quotes.append(cut(edition, *known[name], start, end))
    return Sight(edition, figure.label, tuple(quotes), _picture(figure))


def _picture(figure: Figure) -> bytes:
    root, folder = config().full_texts, figure.text.folder
    for name in (figure.picture, figure.small):
        path = files.picture(root, folder, name) if name else None
        if path is not None and (name == figure.small or path.stat().st_size <= MOST):
            return path.read_bytes()
    raise UnreadableError("The picture of this figure is not here.")
