r"""TeX's mouth: reads tokens, expands macros, takes definitions, decides conditionals.

`\newcommand`, `\def` with its patterns, `\let`, `\newenvironment`, `\newif`, `\DeclareMathOperator`
and their kin are obeyed; a command that has a handler in the reader cannot be redefined.
Source: Knuth, The TeXbook, chapters 7 and 20.
Leaves out: catcodes other than the usual, registers, boxes, `\expandafter`'s order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bookwheel.content.fulltext.tex_tokens import PAR, VERBATIM, Tokens, source, tokens, trimmed
from bookwheel.errors import TooLargeError

MOST_EXPANSIONS = 200_000
MOST_TOKENS = 4_000_000
DEEPEST = 2_000  # macros that wait for each other
END = "\x01"  # the end of a list of tokens that is read on its own


@dataclass(frozen=True, slots=True)
class Macro:
    """`pattern`: what stands between the parameters of a `\\def`; `default`: of the first one."""

    count: int
    body: Tokens
    default: Tokens | None = None
    pattern: tuple[Tokens, ...] = ()


class Expander:
    """A stack of lists of tokens, and what is defined."""

    def __init__(self, protected: Collection[str], known: Collection[str] = ()) -> None:
        self._known = known  # environments that cannot be redefined
        self.macros: dict[str, Macro] = {}
        self.environments: dict[str, tuple[Macro, Tokens]] = {}
        self.flags: dict[str, bool] = {"\\iftrue": True, "\\iffalse": False, "\\ifpdf": True}
        self._protected = protected
        self._stack: list[tuple[Tokens, int]] = []
        self._expansions = self._delivered = 0

    def push(self, parts: Tokens) -> None:
        """Read these next."""
        if parts:
            if len(self._stack) > DEEPEST:
                raise endless()
            self._stack.append((parts, 0))

    def raw(self) -> str | None:
        """The next token as it stands; None at the end."""
        while self._stack:
            parts, place = self._stack[-1]
            if place < len(parts):
                self._stack[-1] = (parts, place + 1)
                self._delivered += 1
                if self._delivered > MOST_TOKENS:
                    raise endless()
                return parts[place]
            self._stack.pop()
        return None

    def next(self) -> str | None:
        """The next token that is no macro of the paper's; None at the end."""
        while (token := self.raw()) is not None:
            if token[0] == SET:
                _, name, value = token.split(SET)
                self.flags[name] = value == "true"
                continue
            if token[0] != "\\":
                return token
            macro = self.macros.get(token)
            if macro is not None:
                self._expand(macro)
            elif not self._primitive(token):
                return token
        return None

    def _primitive(self, token: str) -> bool:
        handler = _PRIMITIVES.get(token)
        if handler is not None:
            handler(self, token)
            return True
        if token.startswith("\\if") and token not in _NO_CONDITIONS:
            self._condition(token)
            return True
        return False

    def _expand(self, macro: Macro) -> None:
        self._expansions += 1
        if self._expansions > MOST_EXPANSIONS:
            raise endless()
        arguments = self._arguments(macro)
        if arguments or "#" in "".join(macro.body):
            self.push([part for token in macro.body for part in _filled(token, arguments)])
        else:
            self.push(macro.body)

    def _arguments(self, macro: Macro) -> list[Tokens]:
        if macro.pattern:
            self._skip(macro.pattern[0])
            return [self._until(after) if after else self.argument() for after in macro.pattern[1:]]
        arguments: list[Tokens] = []
        if macro.default is not None and macro.count:
            optional = self.optional()
            arguments.append(macro.default if optional is None else optional)
        while len(arguments) < macro.count:
            arguments.append(self.argument())
        return arguments

    def _skip(self, parts: Sequence[str]) -> None:
        for part in parts:
            token = self.raw()
            if token != part:
                self.push([token] if token else [])
                return

    def _until(self, after: Tokens) -> Tokens:
        """Tokens before a delimiter, braces kept together."""
        found: Tokens = []
        while (token := self.raw()) is not None:
            if token == "{":
                found += ["{", *self._group(), "}"]
                continue
            if token in (END, PAR):
                self.push([token])
                break
            if len(after) == 1 and after[0] in token and token[0] not in "\\#" + VERBATIM:
                before, _, rest = token.partition(after[0])  # in the middle of a run
                self.push([rest] if rest else [])
                return [*found, before] if before else found
            found.append(token)
            if found[-len(after) :] == after:
                return found[: -len(after)]
        return found

    def peek(self) -> str | None:
        """The next token that is no space, not taken."""
        while (token := self.raw()) == " ":
            pass
        if token is not None:
            self.push([token])
        return token

    def star(self) -> bool:
        """Whether a star follows; it is taken."""
        if self.peek() == "*":
            self.raw()
            return True
        return False

    def argument(self) -> Tokens:
        """The next argument, without its braces."""
        token = self.peek()
        if token is None or token in (END, "}", PAR):
            return []
        self.raw()
        if token == "{":
            return self._group()
        if len(token) > 1 and token[0] not in "\\#" + VERBATIM:  # one letter of a run
            self.push([token[1:]])
            return [token[0]]
        return [token]

    def _group(self) -> Tokens:
        found: Tokens = []
        depth = 1
        while (token := self.raw()) is not None:
            if token == END:
                self.push([END])
                break
            depth += (token == "{") - (token == "}")
            if not depth:
                break
            found.append(token)
        return found

    def optional(self) -> Tokens | None:
        """What stands in square brackets, if they follow."""
        if self.peek() != "[":
            return None
        self.raw()
        found: Tokens = []
        depth = 0
        while (token := self.raw()) is not None:
            if token in (END, PAR):
                self.push([token])
                break
            if token == "]" and depth <= 0:
                break
            depth += (token == "{") - (token == "}")
            found.append(token)
        return found

    def name(self) -> str:
        """An argument that is a name or a key."""
        return source(self.expanded(self.argument())).strip()

    def expanded(self, parts: Tokens) -> Tokens:
        """All of these, with no macro left in them."""
        self.push([*parts, END])
        found: Tokens = []
        while (token := self.next()) is not None and token != END:
            found.append(token)
        return found

    def environment(self, name: str) -> Tokens:
        """What stands before the `\\end` of an environment, as it stands."""
        found: Tokens = []
        depth = 1
        while (token := self.next()) is not None:
            if token == END:
                self.push([END])
                break
            if token in ("\\begin", "\\end"):
                inner = source(self.argument()).strip()
                if self.own_environment(token, inner):
                    continue
                if inner == name:
                    depth += 1 if token == "\\begin" else -1
                    if not depth:
                        break
                found += [token, "{", inner, "}"]
            else:
                found.append(token)
        return found

    def own_environment(self, token: str, name: str) -> bool:
        """Whether an environment is the paper's own; its beginning or end is then read next."""
        if name in self._known or name not in self.environments:
            return False
        macro, closing = self.environments[name]
        if token == "\\begin":
            self._expand(macro)
        else:
            self.push(closing)
        return True

    def define(self, name: str, macro: Macro) -> None:
        """Let a command mean something."""
        if not name or name[0] != "\\" or name in self._protected or name in _PRIMITIVES:
            return
        if name not in macro.body:  # such a macro would only call itself
            self.macros[name] = macro

    def _condition(self, token: str) -> None:
        value = self.flags.get(token)
        if value is None:
            value = _DECISIONS[token](self) if token in _DECISIONS else False
        if not value:
            self._skip_branch(to_else=True)

    def _skip_branch(self, *, to_else: bool) -> None:
        """Leave out tokens up to the `\\fi`, or its `\\else`."""
        depth = 0
        while (token := self.raw()) is not None:
            if token == END:
                self.push([END])
                return
            if token == "\\fi":
                if not depth:
                    return
                depth -= 1
            elif token == "\\else" and to_else and not depth:
                return
            elif token.startswith("\\if") and token not in _NO_CONDITIONS:
                depth += 1

    def take_definition(self, token: str) -> None:
        """Obey a command that defines something."""
        _PRIMITIVES[token](self, token)

    def otherwise(self) -> None:
        """An `\\else` met while reading ends the branch that was true."""
        self._skip_branch(to_else=False)


def endless() -> TooLargeError:
    """What is said of macros without end."""
    return TooLargeError("The macros of this paper expand without end.")


def _filled(token: str, arguments: Sequence[Tokens]) -> Tokens:
    if token[0] == VERBATIM and "#" in token:  # an address made of an argument
        for place, argument in enumerate(arguments, 1):
            token = token.replace(f"#{place}", source(argument))
        return [token]
    if token[0] == "#" and len(token) > 1 and token[-1].isdigit():
        if token.count("#") > 1:  # the parameter of a macro inside
            return [token[1:]]
        place = int(token[-1]) - 1
        return arguments[place] if place < len(arguments) else []
    return [token]


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


SET = "\x02"  # begins a token that sets a flag


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


_NO_CONDITIONS = {"\\iff", "\\ifthenelse", "\\ifmmode@", "\\iftoggle", "\\ifstrequal", "\\ifbool"}
_DECISIONS: dict[str, Callable[[Expander], bool]] = {
    "\\ifx": _same,
    "\\ifdefined": _defined,
    "\\ifnum": _number,
}
_PRIMITIVES: dict[str, Callable[[Expander, str], None]] = {
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
    for token, handler in _PRIMITIVES.items()
    if handler in (_new_command, _def, _new_environment, _operator, _new_if)
)


def read_tokens(text: str) -> Tokens:
    """Tokens of a file, up to its `\\endinput`."""
    found = tokens(text)
    return found[: found.index("\\endinput")] if "\\endinput" in found else found
