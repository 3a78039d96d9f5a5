r"""What TeX's environments mean: floats, tables, lists, theorems, the abstract.

Leaves out: mathematics (`tex_math.py`), references (`tex_references.py`).
"""

from __future__ import annotations

import re

from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.html_flow import Mode
from bookwheel.content.fulltext.inline import Text
from bookwheel.content.fulltext.tex_macros import END
from bookwheel.content.fulltext.tex_math import split_rows
from bookwheel.content.fulltext.tex_state import State, Theorem
from bookwheel.content.fulltext.tex_tokens import Tokens, source
from bookwheel.content.pieces import safe_address
from bookwheel.core.document import Image, Kind, Mark

WIDEST = 200
FLOATS = {
    "figure": "figure", "figure*": "figure", "wrapfigure": "figure", "SCfigure": "figure",
    "table": "table", "table*": "table", "wraptable": "table", "sidewaystable": "table",
    "sidewaysfigure": "figure", "algorithm": "algorithm", "algorithm*": "algorithm",
    "figwindow": "figure", "longtable": "table", "subfigure": "part", "subtable": "part",
    "algorithm2e": "algorithm",
}  # fmt: skip
_PRINTED = {"figure": "Figure", "table": "Table", "algorithm": "Algorithm"}
_KINDS = {"figure": Kind.FIGURE, "table": Kind.TABLE, "algorithm": Kind.CODE}
_RULE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|hhline|specialrule)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def begin(state: State, token: str) -> None:
    """`\\begin{…}`."""
    del token
    name = state.mouth.name()
    if name in walk.ENVIRONMENTS:
        walk.ENVIRONMENTS[name](state, name)
    elif not state.mouth.own_environment("\\begin", name) and name in state.theorems:
        theorem(state, name)


def end(state: State, token: str) -> None:
    """`\\end{…}` of what was not read as a whole."""
    name = state.mouth.name()
    if not state.mouth.own_environment(token, name):
        state.flush()


def document(state: State, name: str) -> None:
    """The text proper begins."""
    del name
    state.begun = True
    state.line.take()
    if state.has_title:
        state.builder.divert("front")  # what stands before the title is not the text


def transparent(state: State, name: str) -> None:
    """An environment that only changes how things look."""
    state.mouth.optional()
    if name in ("minipage", "adjustbox", "multicols", "spacing", "adjustwidth", "tcolorbox"):
        state.mouth.optional()
        if name != "tcolorbox":
            state.mouth.argument()
    state.flush()


def inner(state: State, name: str, mode: Mode) -> None:
    """Read an environment's body in a mode."""
    body = state.mouth.environment(name)
    if state.captured:
        walk.here(state, body)
        return
    with state.within(mode):
        walk.here(state, body)


def abstract(state: State, name: str) -> None:
    """The abstract."""
    body = state.mouth.environment(name)
    state.flush()
    begun, state.begun = state.begun, True
    state.builder.divert("abstract" if "abstract" in name.lower() else "front")
    walk.here(state, body)
    state.flush()
    state.builder.divert("")
    state.begun = begun


def quote(state: State, name: str) -> None:
    """A block quotation."""
    inner(state, name, Mode(Kind.QUOTE))


def theorem(state: State, name: str) -> None:
    """A theorem, definition or the like."""
    known = state.theorems[name]
    number = state.theorem_number(known) if known.counter else ""
    body = state.mouth.environment(name)
    state.flush()
    state.current = (number, known.name)
    state.mouth.push([*body, END])
    told = state.mouth.optional()
    title = walk.text_of(state, told).text if told else ""
    with state.within(Mode(Kind.THEOREM, f"{known.name} {number}".strip(), title)):
        walk.walk(state)


def proof(state: State, name: str) -> None:
    """A proof."""
    body = state.mouth.environment(name)
    state.flush()
    state.mouth.push([*body, END])
    told = state.mouth.optional()
    label = walk.text_of(state, told).text if told else "Proof"
    with state.within(Mode(Kind.THEOREM, label)):
        walk.walk(state)


def float_(state: State, name: str) -> None:
    """A figure, table or algorithm with its caption."""
    body = state.mouth.environment(name)
    if state.captured:
        walk.here(state, body)
        return
    state.flush()
    kind = FLOATS[name]
    if kind == "part":
        part(state, body)
        return
    outer = (state.images, state.float_key, state.float_kind, state.captions, state.keys)
    key = f"float {kind} {state.step('floats')}"
    images: list[Image] = []
    state.images, state.float_key, state.float_kind = images, key, kind
    state.captions, state.keys = [], []
    state.counters["parts"] = 0
    state.mouth.push(_arguments(name, body))
    walk.walk(state)
    state.flush()
    captions, keys = state.captions, state.keys
    number = state.current[0] if captions else ""
    kind = state.float_kind
    state.images, state.float_key, state.float_kind, state.captions, state.keys = outer
    if not captions and not images:
        return
    label = f"{_PRINTED.get(kind, 'Figure')} {number}" if captions else ""
    text = captions[-1] if captions else Text()
    draft = Draft(
        _KINDS.get(kind, Kind.FIGURE), text, label=label, images=images, keys=[key, *keys]
    )
    _with_table(state, draft, key)
    state.builder.add(draft)
    state.flush_notes()


def _arguments(name: str, body: Tokens) -> Tokens:
    """The body without the arguments that say where a float may stand."""
    rest = list(body)
    while rest and rest[0] == " ":
        rest.pop(0)
    if rest[:1] == ["["] and "]" in rest[:12]:
        rest = rest[rest.index("]") + 1 :]
    for _ in range({"wrapfigure": 2, "wraptable": 2}.get(name, 0)):
        if rest[:1] == ["{"] and "}" in rest:
            rest = rest[rest.index("}") + 1 :]
    if name == "longtable":
        rest = ["\\begin", "{", "tabular", "}", *rest, "\\end", "{", "tabular", "}"]
    return [*rest, END]


def _with_table(state: State, draft: Draft, key: str) -> None:
    """Cells and code of the float that stand right before it are its own."""
    own = state.builder.last_of(key, Kind.TABLE if draft.kind is not Kind.CODE else Kind.CODE)
    if own is None:
        return
    if draft.kind is Kind.CODE:
        draft.title, draft.content = draft.content.text, own.content
    else:
        draft.rows, draft.heads = own.rows, own.heads
    draft.keys = [*draft.keys, *own.keys]
    state.builder.drop(own)


def part(state: State, body: Tokens) -> None:
    """A subfigure with a caption of its own."""
    images, captions, keys = state.images, state.captions, state.keys
    kind, current = state.float_kind, state.current
    state.images, state.captions, state.keys, state.float_kind = [], [], [], "part"
    state.mouth.push([*body, END])
    while state.mouth.peek() == "[":
        state.mouth.optional()
    state.mouth.argument()
    letter = _LETTERS[state.counters.get("parts", 0) % 26]
    ahead = str(state.counters.get(kind, 0) + 1)
    state.current = (f"{ahead}{letter}", _PRINTED.get(kind, "Figure"))
    walk.walk(state)
    state.flush()
    found, own, own_keys = state.images, state.captions, state.keys
    state.images, state.captions, state.keys, state.float_kind = images, captions, keys, kind
    state.current = current
    add_part(state, own[-1] if own else None, found or [], own_keys)


def add_part(state: State, text: Text | None, images: list[Image], keys: list[str]) -> None:
    """Add a part of the float that is open; without a caption its pictures are the float's."""
    kind = state.float_kind or "figure"
    letter = _LETTERS[state.counters.get("parts", 0) % 26]
    if text is None:
        if state.images is not None:
            state.images += images
        state.keys += keys
        return
    state.step("parts")
    label = f"{_PRINTED.get(kind, 'Figure')} {state.counters.get(kind, 0) + 1}({letter})"
    draft = Draft(Kind.FIGURE, text, label=label, images=images, keys=keys)
    draft.part_of = state.float_key
    state.builder.add(draft)


def subfloat(state: State, token: str) -> None:
    """`\\subfigure[caption]{…}`, `\\subfloat`."""
    del token
    told = state.mouth.optional()
    body = state.mouth.argument()
    images, keys = state.images, state.keys
    state.images, state.keys = [], []
    walk.here(state, body)
    found, own = state.images, state.keys
    state.images, state.keys = images, keys
    text = walk.text_of(state, told) if told else None
    add_part(state, text or None, found or [], own)


def tabular(state: State, name: str) -> None:
    """Cells."""
    body = state.mouth.environment(name)
    state.mouth.push([*body, END])
    if name in ("tabular*", "tabularx", "tabulary"):
        state.mouth.argument()
    state.mouth.optional()
    if name != "tblr":
        state.mouth.argument()
    rest: Tokens = []
    while (token := state.mouth.next()) is not None and token != END:
        rest.append(token)
    if state.captured or "\\includegraphics" in rest or "\\subfigure" in rest:
        walk.here(state, rest)  # it only puts things beside each other
        return
    state.flush()
    heads = 0
    rows: list[list[str]] = []
    ruled = 0
    for row in split_rows(rest):
        rules = _RULE.findall(source(row))
        ruled += bool(rules) and bool(rows)
        cells = _cells(state, row)
        if any(cells):
            if ruled == 1 and not heads and len(rules):
                heads = len(rows)
            rows.append(cells)
    if rows:
        state.add(Draft(Kind.TABLE, heads=min(heads, 4), rows=rows))


def _cells(state: State, row: Tokens) -> list[str]:
    cells: list[Tokens] = [[]]
    depth = 0
    for token in row:
        depth += (token in ("{", "\\begin")) - (token in ("}", "\\end"))
        if token == "&" and depth <= 0:
            cells.append([])
        else:
            cells[-1].append(token)
    found: list[str] = []
    for cell in cells:
        state.counters["columns"] = 1
        found.append(walk.text_of(state, cell).text)
        found += [""] * (min(state.counters["columns"], WIDEST) - 1)
    return found


def multicolumn(state: State, token: str) -> None:
    """A wide cell."""
    del token
    count = state.mouth.name()
    state.mouth.argument()
    state.counters["columns"] = int(count) if count.isdigit() and len(count) < 4 else 1
    walk.here(state, state.mouth.argument())


def skipped(state: State, name: str) -> None:
    """A drawing, or what is not for readers."""
    body = state.mouth.environment(name)
    if "picture" in name and body:
        state.builder.warnings.append("A drawing was left out: it is part of the text's TeX.")


def algorithmic(state: State, name: str) -> None:
    """The lines of an algorithm."""
    body = state.mouth.expanded(state.mouth.environment(name))
    lines: list[Tokens] = [[]]
    for token in body:
        if token in _STEPS:
            lines.append([token])
        else:
            lines[-1].append(token)
    texts, depth = [], 0
    for line in lines:
        word = _STEPS.get(line[0], "") if line else ""
        depth -= word.startswith(("end", "else", "until"))
        text = walk.text_of(
            state, line[1:] if word or line[:1] in (["\\State"], ["\\STATE"]) else line
        ).text
        if shown := f"{word} {text}".strip():
            texts.append("  " * max(0, depth) + shown)
        depth += word.startswith(
            ("if", "for", "while", "else", "repeat", "loop", "function", "proc")
        )
    if texts:
        state.flush()
        state.add(Draft(Kind.CODE, Text("\n".join(texts))))


_STEPS = {
    f"\\{name}": word
    for word, names in {
        "": "State STATE Statex", "if": "If IF", "else if": "ElsIf ELSIF", "else": "Else ELSE",
        "end if": "EndIf ENDIF", "for": "For FOR ForAll FORALL", "end for": "EndFor ENDFOR",
        "while": "While WHILE", "end while": "EndWhile ENDWHILE", "repeat": "Repeat REPEAT",
        "until": "Until UNTIL", "loop": "Loop LOOP", "end loop": "EndLoop ENDLOOP",
        "function": "Function", "end function": "EndFunction", "procedure": "Procedure",
        "end procedure": "EndProcedure", "Input:": "Require REQUIRE", "Output:": "Ensure ENSURE",
        "comment:": "COMMENT", "return": "RETURN",
    }.items()
    for name in names.split()
}  # fmt: skip


def code(state: State, text: str) -> None:
    """A listing."""
    if state.captured:
        state.line.write(text)
        return
    if not state.begun:
        return
    state.flush()
    shown = re.sub(r"^\s*\[[^\]\n]*\]", "", text).strip("\n")
    if shown.strip():
        state.add(Draft(Kind.CODE, Text(shown)))


def verb(state: State, text: str) -> None:
    """Text as it was typed, in the line."""
    with state.line.span(Mark.CODE):
        state.line.write(text)


def url(state: State, text: str) -> None:
    """An address."""
    shown = text.replace("\\", "").strip()
    with state.line.span(Mark.LINK, safe_address(shown) or ""):
        state.line.write(shown)


def comment(state: State, text: str) -> None:
    """Nothing for readers."""


def acknowledgements(state: State, name: str) -> None:
    """Thanks, as a section."""
    body = state.mouth.environment(name)
    state.flush()
    state.builder.section("Acknowledgements")
    walk.here(state, body)
    state.flush()


THEOREMS = {
    short: Theorem(long, short)
    for short, long in {"theorem": "Theorem", "lemma": "Lemma", "definition": "Definition",
                        "corollary": "Corollary", "proposition": "Proposition",
                        "remark": "Remark", "example": "Example"}.items()
}  # fmt: skip
