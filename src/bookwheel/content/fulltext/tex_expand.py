r"""TeX's mouth: reads tokens, expands macros, takes definitions, decides conditionals.

`\newcommand`, `\def` with its patterns, `\let`, `\newenvironment`, `\newif`, `\DeclareMathOperator`
and their kin are obeyed; a command that has a handler in the reader cannot be redefined.
Source: Knuth, The TeXbook, chapters 7 and 20.
Leaves out: catcodes other than the usual, registers, boxes, `\expandafter`'s order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bookwheel.content.fulltext.tex_macros import END, SET, Macro, endless, filled
from bookwheel.content.fulltext.tex_primitives import DECISIONS, NO_CONDITIONS, PRIMITIVES
from bookwheel.content.fulltext.tex_tokens import PAR, VERBATIM, Tokens, source

MOST_EXPANSIONS = 200_000
MOST_TOKENS = 4_000_000
DEEPEST = 2_000  # macros that wait for each other


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
        handler = PRIMITIVES.get(token)
        if handler is not None:
            handler(self, token)
            return True
        if token.startswith("\\if") and token not in NO_CONDITIONS:
            self._condition(token)
            return True
        return False

    def _expand(self, macro: Macro) -> None:
        self._expansions += 1
        if self._expansions > MOST_EXPANSIONS:
            raise endless()
        arguments = self._arguments(macro)
        if arguments or "#" in "".join(macro.body):
            self.push([part for token in macro.body for part in filled(token, arguments)])
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
        if not name or name[0] != "\\" or name in self._protected or name in PRIMITIVES:
            return
        if name not in macro.body:  # such a macro would only call itself
            self.macros[name] = macro

    def _condition(self, token: str) -> None:
        value = self.flags.get(token)
        if value is None:
            value = DECISIONS[token](self) if token in DECISIONS else False
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
            elif token.startswith("\\if") and token not in NO_CONDITIONS:
                depth += 1

    def take_definition(self, token: str) -> None:
        """Obey a command that defines something."""
        PRIMITIVES[token](self, token)

    def otherwise(self) -> None:
        """An `\\else` met while reading ends the branch that was true."""
        self._skip_branch(to_else=False)
