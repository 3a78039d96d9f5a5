r"""Lists in TeX, and the labels of their items.

Leaves out: counting (`tex_counters.py`).
"""

from __future__ import annotations

import re

from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.html_flow import Mode
from bookwheel.content.fulltext.tex_commands import with_mark
from bookwheel.content.fulltext.tex_macros import END
from bookwheel.content.fulltext.tex_state import State
from bookwheel.content.fulltext.tex_tokens import Tokens, source
from bookwheel.core.document import Kind, Mark

_COUNTED = re.compile(r"\\usecounter\s*\{\s*([^{}]+?)\s*\}")


def items(state: State, name: str) -> None:
    """A list."""
    body = state.mouth.environment(name)
    state.flush()
    state.lists.append((name.rstrip("*").replace("compact", ""), 0))
    before = state.mode
    state.mouth.push([*body, END])
    while state.mouth.peek() == "[":
        state.mouth.optional()
    state.list_forms.append(_form(state) if name == "list" else ("", []))
    with state.within(Mode(before.kind)):
        walk.walk(state)
    state.lists.pop()
    state.list_forms.pop()


def _form(state: State) -> tuple[str, Tokens]:
    r"""What `\begin{list}{label}{settings}` says: the counter of its items, and their label."""
    label, settings = state.mouth.argument(), source(state.mouth.argument())
    counter = _COUNTED.search(settings)
    return counter[1] if counter else "", label


def item(state: State, token: str) -> None:
    """An item of a list."""
    del token
    told = state.mouth.optional()
    state.flush()
    kind, number = state.lists[-1] if state.lists else ("itemize", 0)
    if state.lists:
        state.lists[-1] = (kind, number + (told is None))
    state.mode.kind, state.mode.level = Kind.ITEM, max(1, len(state.lists))
    if kind == "description" and told is not None:
        state.mode.label = ""
        with_mark(state, told, Mark.STRONG)
        state.line.write(" ")
    elif told is not None:
        state.mode.label = walk.text_of(state, told).text
    elif state.list_forms and state.list_forms[-1][1]:
        counter, form = state.list_forms[-1]
        state.step(f"counter {counter}")
        state.mode.label = walk.text_of(state, form).text
    else:
        state.mode.label = f"{number + 1}." if kind == "enumerate" else "•"
    state.current = (str(number + 1), "item")
