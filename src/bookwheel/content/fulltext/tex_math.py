r"""Formulas of TeX: in the line, and displayed with their numbers.

Leaves out: what a formula means; it is kept as TeX with the paper's macros expanded.
"""

from __future__ import annotations

import re

from bookwheel.content.fulltext.inline import clean_tex
from bookwheel.content.fulltext.tex_macros import END
from bookwheel.content.fulltext.tex_state import State
from bookwheel.content.fulltext.tex_tokens import PAR, Tokens, source

_ALIGNED = ("align", "eqnarray", "flalign", "alignat", "IEEEeqnarray")
_ROWS = (*_ALIGNED, "gather")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
# A formula that is only a word in a box.
_WORDS = re.compile(
    r"\\(?:mbox|text|textrm|hbox|textit|textsc)\s*\{(?:\\(?:it|rm|bf|sc|em)\s*)?([^\\{}]*)(?:\\/)?\}"
)
_NO_NUMBER = re.compile(r"\\(?:nonumber|notag)(?![a-zA-Z])")


def dollar(state: State, token: str) -> None:
    """`$…$` or `$$…$$`."""
    follows = state.mouth.raw()
    if follows == "$":
        display(state, _until(state, "$"), numbered=False)
        closing = state.mouth.raw()
        if closing not in ("$", None):
            state.mouth.push([closing])
        return
    if follows is not None:
        state.mouth.push([follows])
    _inline(state, _until(state, token))


def parenthesis(state: State, token: str) -> None:
    """`\\(…\\)`."""
    del token
    _inline(state, _until(state, "\\)"))


def bracket(state: State, token: str) -> None:
    """`\\[…\\]`."""
    del token
    display(state, _until(state, "\\]"), numbered=False)


def _inline(state: State, parts: Tokens) -> None:
    if not state.begun:
        return
    tex = source(parts).replace("$", "")
    if words := _WORDS.fullmatch(tex.strip()):
        state.line.write(words[1])
    else:
        state.line.math(tex)


def _until(state: State, closing: str) -> Tokens:
    """Expanded tokens before the closing one, which may not stand in braces."""
    found: Tokens = []
    depth = 0
    while (token := state.mouth.next()) is not None:
        if token == END or (token == PAR and closing == "$"):
            state.mouth.push([token])
            break
        if token == closing and (depth <= 0 or closing != "$"):
            break
        depth += (token == "{") - (token == "}")
        found.append(token)
    return found


def environment(state: State, name: str) -> None:
    """`equation`, `align` and their kin."""
    parts = state.mouth.environment(name)
    if name.startswith(("alignat", "IEEEeqnarray", "xalignat")):
        state.mouth.push([*parts, END])
        state.mouth.optional()
        state.mouth.argument()
        parts = []
        while (token := state.mouth.raw()) is not None and token != END:
            parts.append(token)
    expanded = state.mouth.expanded(parts)
    numbered = not name.endswith("*") and name not in ("displaymath", "math")
    if name == "math":
        _inline(state, expanded)
    elif name.rstrip("*") in _ROWS:
        _rows(state, expanded, numbered=numbered)
    else:
        if name.startswith("multline"):
            expanded = [
                "\\begin",
                "{",
                "gathered",
                "}",
                " ",
                *expanded,
                "\\end",
                "{",
                "gathered",
                "}",
            ]
        display(state, expanded, numbered=numbered)


def display(state: State, parts: Tokens, *, numbered: bool) -> None:
    """One displayed formula."""
    if state.captured:
        _inline(state, parts)
        return
    state.flush()
    _add(state, [source(parts)], numbered=numbered)


def _rows(state: State, parts: Tokens, *, numbered: bool) -> None:
    """Lines of which each may have a number; lines without one belong to the next that has."""
    if state.captured:
        _inline(state, [part for part in parts if part != "&"])
        return
    state.flush()
    waiting: list[str] = []
    for row in split_rows(parts):
        waiting.append(source(part for part in row if part != "&"))
        if numbered and not _NO_NUMBER.search(waiting[-1]):
            _add(state, waiting, numbered=True)
            waiting = []
    if any(row.strip() for row in waiting):
        _add(state, waiting, numbered=False)


def split_rows(parts: Tokens) -> list[Tokens]:
    """Cut at the `\\\\`s that stand in no group and no inner environment."""
    rows: list[Tokens] = [[]]
    depth = 0
    for place, token in enumerate(parts):
        depth += (token in ("{", "\\begin")) - (token in ("}", "\\end"))
        if token in ("\\\\", "\\cr", "\\tabularnewline") and depth <= 0:
            rows.append([])
        elif token == "*" and not rows[-1] and place and parts[place - 1] == "\\\\":
            continue
        else:
            rows[-1].append(token)
    if len(rows) > 1 and not source(rows[-1]).strip():
        rows.pop()
    return [_without_gap(row) if place else row for place, row in enumerate(rows)]


def _without_gap(row: Tokens) -> Tokens:
    """Without the `[2pt]` behind a `\\\\`."""
    start = next((place for place, token in enumerate(row) if token != " "), 0)
    if row[start : start + 1] == ["["] and "]" in row[start : start + 8]:
        return row[row.index("]", start) + 1 :]
    return row


def _add(state: State, rows: list[str], *, numbered: bool) -> None:
    keys = [key for row in rows for key in _LABEL.findall(row)]
    tags = [tag for row in rows for tag in _TAG.findall(row)]
    shown = [clean_tex(_NO_NUMBER.sub("", _TAG.sub("", _LABEL.sub("", row)))) for row in rows]
    shown = [row for row in shown if row]
    if not shown:
        return
    body = shown[0]
    if len(shown) > 1:
        body = "\\begin{gathered} " + " \\\\ ".join(shown) + " \\end{gathered}"
    tag: str | None = tags[-1] if tags else None
    if tag is None and numbered and not any(_NO_NUMBER.search(row) for row in rows[-1:]):
        tag = str(state.step("equation"))
    state.equation(keys, body, tag)
