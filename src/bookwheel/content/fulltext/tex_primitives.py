r"""TeX's own commands that define macros and decide conditionals, as the expander obeys them.

Leaves out: reading tokens and expanding (`tex_expand.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bookwheel.content.fulltext.tex_macros import END, SET, Macro
from bookwheel.content.fulltext.tex_tokens import PAR, Tokens, source, trimmed

if TYPE_CHECKING:
    from bookwheel.content.fulltext.tex_expand import Expander


def _command_name(mouth: Expander) -> str:
    mouth.star()
    found = trimmed(mouth.argument())
    return found[0] if found else ""


def _new_command(mouth: Expander, token: str) -> None:
    name = _command_name(mouth)
    count = source(mouth.optional() or []).strip()
    default = mouth.optional()
    body = mouth.argument()
    if token == "\\providecommand" and name in mouth.macros:
        return
    number = int(count) if count.isdigit() and len(count) < 2 else 0
    mouth.define(name, Macro(number, body, default))


def _def(mouth: Expander, token: str) -> None:
    name = mouth.raw() or ""
    while name == " ":
        name = mouth.raw() or ""
    pattern: list[Tokens] = [[]]
    while (part := mouth.raw()) is not None and part not in ("{", END, PAR):
        if part[0] == "#" and len(part) > 1:
            pattern.append([])
        else:
            pattern[-1].append(part)
    if part != "{":
        mouth.push([part] if part else [])
        return
    mouth.push(["{"])
    body = mouth.argument()
    if token in ("\\edef", "\\xdef"):
        body = mouth.expanded(body)
    delimited = any(pattern)
    mouth.define(name, Macro(len(pattern) - 1, body, None, tuple(pattern) if delimited else ()))


def _let(mouth: Expander, token: str) -> None:
    del token
    name = mouth.peek() or ""
    mouth.raw()
    if mouth.peek() == "=":
        mouth.raw()
    other = mouth.peek() or ""
    if other == END:
        return
    mouth.raw()
    mouth.define(name, mouth.macros.get(other) or Macro(0, [other] if other != name else []))


def _operator(mouth: Expander, token: str) -> None:
    del token
    starred = mouth.star()
    name = _command_name(mouth)
    body = mouth.argument()
    mouth.define(name, Macro(0, ["\\operatorname", *(["*"] if starred else []), "{", *body, "}"]))


def _new_environment(mouth: Expander, token: str) -> None:
    del token
    mouth.star()
    name = mouth.name()
    count = source(mouth.optional() or []).strip()
    default = mouth.optional()
    begin, end = mouth.argument(), mouth.argument()
    number = int(count) if count.isdigit() and len(count) < 2 else 0
    mouth.environments[name] = (Macro(number, begin, default), end)


def _new_if(mouth: Expander, token: str) -> None:
    del token
    name = mouth.raw() or ""
    if name.startswith("\\if"):
        mouth.flags[name] = False
        for value in ("true", "false"):
            body = [f"{SET}{name}{SET}{value}"]
            mouth.define(f"\\{name[3:]}{value}", Macro(0, body))


def _csname(mouth: Expander, token: str) -> None:
    del token
    found: Tokens = []
    while (part := mouth.next()) is not None and part not in ("\\endcsname", END):
        found.append(part)
    if part == END:
        mouth.push([END])
    mouth.push([f"\\{source(found).strip()}"])


def _ignored(mouth: Expander, token: str) -> None:
    del mouth, token


def _else(mouth: Expander, token: str) -> None:
    del token
    mouth.otherwise()


def _same(mouth: Expander) -> bool:
    """`\\ifx`."""
    first, second = mouth.raw(), mouth.raw()
    if first in mouth.macros or second in mouth.macros:
        return mouth.macros.get(first or "") == mouth.macros.get(second or "")
    return first == second


def _defined(mouth: Expander) -> bool:
    return (mouth.raw() or "") in mouth.macros


def _number(mouth: Expander) -> bool:
    """`\\ifnum` of two plain numbers; anything else is not decided, so false."""
    told: Tokens = []
    for _ in range(12):
        token = mouth.next()
        if token in (None, " ", "\\relax", END) or (token or "")[0] == "\\":
            mouth.push([token] if token not in (None, " ", "\\relax") and token else [])
            break
        told.append(token or "")
    text = "".join(told)
    for sign, holds in (("<", int.__lt__), (">", int.__gt__), ("=", int.__eq__)):
        left, found, right = text.partition(sign)
        if found and left.strip().isdigit() and right.strip().isdigit() and len(text) < 20:
            return bool(holds(int(left), int(right)))
    return False


NO_CONDITIONS = {"\\iff", "\\ifthenelse", "\\ifmmode@", "\\iftoggle", "\\ifstrequal", "\\ifbool"}
DECISIONS: dict[str, Callable[[Expander], bool]] = {
    "\\ifx": _same,
    "\\ifdefined": _defined,
    "\\ifnum": _number,
}
PRIMITIVES: dict[str, Callable[[Expander, str], None]] = {
    **dict.fromkeys(
        (
            "\\newcommand",
            "\\renewcommand",
            "\\providecommand",
            "\\DeclareRobustCommand",
            "\\newrobustcmd",
        ),
        _new_command,
    ),
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _def),
    **dict.fromkeys(("\\newenvironment", "\\renewenvironment"), _new_environment),
    **dict.fromkeys(("\\let", "\\futurelet"), _let),
    **dict.fromkeys(
        (
            "\\expandafter",
            "\\long",
            "\\global",
            "\\outer",
            "\\fi",
            "\\noexpand",
            "\\relax",
            "\\makeatletter",
            "\\makeatother",
            "\\protect",
            "\\unexpanded",
        ),
        _ignored,
    ),
    "\\DeclareMathOperator": _operator,
    "\\newif": _new_if,
    "\\csname": _csname,
    "\\else": _else,
}


DEFINING = frozenset(
    token
    for token, handler in PRIMITIVES.items()
    if handler in (_new_command, _def, _new_environment, _operator, _new_if)
)
