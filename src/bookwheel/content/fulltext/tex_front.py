r"""What stands before the text of a paper in TeX: title, authors, abstract, affiliations.

Leaves out: the text (`tex_commands.py`).
"""

from __future__ import annotations

from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.tex_state import State
from bookwheel.core.document import Kind


def title(state: State, token: str) -> None:
    """The title."""
    del token
    state.mouth.optional()
    text = walk.text_of(state, state.mouth.argument())
    if text and not state.builder.title:
        state.builder.title = text.text


def author(state: State, token: str) -> None:
    """Authors, perhaps with addresses; told apart when all is read."""
    del token
    state.mouth.optional()
    state.author_text.append(walk.lines_of(state, state.mouth.argument()))


def front(state: State, token: str) -> None:
    """Affiliations, dates, keywords."""
    del token
    state.mouth.optional()
    if text := walk.text_of(state, state.mouth.argument()):
        state.builder.front(Draft(Kind.PARAGRAPH, text))


def abstract(state: State, token: str) -> None:
    """`\\abstract{…}`."""
    del token
    parts = state.mouth.argument()
    state.flush()
    state.builder.divert("abstract")
    walk.here(state, parts)
    state.flush()
    state.builder.divert("")


def make_title(state: State, token: str) -> None:
    """The text begins."""
    del token
    state.flush()
    state.builder.divert("")
