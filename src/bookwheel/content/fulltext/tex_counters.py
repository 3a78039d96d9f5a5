r"""Counters that a paper makes for itself: `\newcounter`, `\refstepcounter`, `\arabic` and kin.

Leaves out: the numbers of sections, floats, equations and theorems (`tex_state.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from bookwheel.content.fulltext import tex_walk as walk
from bookwheel.content.fulltext.tex_macros import Macro
from bookwheel.content.fulltext.tex_state import LEVELS, State
from bookwheel.content.fulltext.tex_tokens import source

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HIGHEST = 399
_OFF = "\\ExplSyntaxOff"
_LONGEST = 100_000  # tokens of programming


def new_counter(state: State, token: str) -> None:
    r"""`\newcounter{name}[within]`; it is printed as a number unless the paper says otherwise."""
    del token
    name = state.mouth.name()
    within = source(state.mouth.optional() or []).strip()
    state.counters[_key(name)] = 0
    state.mouth.define(f"\\the{name}", Macro(0, ["\\arabic", "{", name, "}"]))
    if within:
        state.resets.setdefault(within, []).append(_key(name))


def step(state: State, token: str) -> None:
    r"""`\stepcounter` and `\refstepcounter`, which a `\label` then takes."""
    name = state.mouth.name()
    key = _key(name)
    if key not in state.counters:
        return
    state.step(key)
    for below in state.resets.get(name, ()):
        state.counters[below] = 0
    if token == "\\refstepcounter":
        state.current = (walk.text_of(state, [f"\\the{name}"]).text, "")


def change(state: State, token: str) -> None:
    r"""`\setcounter` and `\addtocounter` of the paper's own, by plain numbers."""
    key, told = _key(state.mouth.name()), state.mouth.name()
    digits = told.removeprefix("-")
    if key in state.counters and digits.isascii() and digits.isdigit() and len(digits) < 6:
        before = state.counters[key] if token == "\\addtocounter" else 0
        state.counters[key] = before + int(told)


def printed(state: State, token: str) -> None:
    r"""`\arabic{name}` and the like; of counters that are not the paper's own, nothing."""
    name = state.mouth.name()
    number = state.counters.get(_key(name), state.counters.get(f"\\{name}"))
    if number is not None:
        state.line.write(_FORMS[token[1:]](number))


def section_number(state: State, token: str) -> None:
    r"""`\thesection` inside the form of another counter."""
    names = list(LEVELS)[0 if state.has_chapters else 1 :]
    name = "\\" + token.removeprefix("\\the")
    if name in names:
        state.line.write(state.printed_section(names[: names.index(name) + 1]))


def programming(state: State, token: str) -> None:
    r"""`\ExplSyntaxOn`: what follows is a program, up to `\ExplSyntaxOff`."""
    del token
    taken: list[str] = []
    while (part := state.mouth.raw()) is not None and part != _OFF:
        taken.append(part)
        if len(taken) > _LONGEST:
            break
    if part != _OFF:
        state.mouth.push(taken)


def roman(number: int) -> str:
    """A number in small Roman numerals; as it stands where it has none."""
    if not 0 < number <= _HIGHEST:
        return str(number)
    found = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        found += numeral * count
    return found


def _letter(number: int) -> str:
    return _LETTERS[(number - 1) % 26] if number > 0 else ""


def _key(name: str) -> str:
    return f"counter {name}"


_FORMS: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "roman": roman,
    "Roman": lambda number: roman(number).upper(),
    "alph": _letter,
    "Alph": lambda number: _letter(number).upper(),
    "fnsymbol": str,
}
PRINTED = tuple(f"\\{name}" for name in _FORMS)
